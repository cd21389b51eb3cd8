import { defineChecks } from 'authoring';
import { fromData, ones, softmax, tensor, zeros } from 'tensor';
import type { Random, Shape, Tensor } from 'tensor';

type Weights = typeof import('attention/weights');

/** The specification: the Jacobian of each row, entry by entry, times the upstream gradient. */
function jacobianProduct(ds: Tensor, s: Tensor): Tensor {
  const n = s.shape.at(-1) ?? 1;
  const [upstream, weights] = [ds.data, s.data];
  const dx = Float64Array.from(weights, (sj, place) => {
    const start = place - (place % n);
    let sum = 0;
    for (let i = 0; i < n; i += 1) {
      const jacobian = (start + i === place ? sj : 0) - weights[start + i]! * sj;
      sum += upstream[start + i]! * jacobian;
    }
    return sum;
  });
  return fromData(s.dtype === 'float64' ? dx : Float32Array.from(dx), s.shape);
}

function inputs(random: Random, shape: Shape) {
  return { ds: random.normal(shape), s: softmax(random.normal(shape)) };
}

// `answer?.dx` and not a pattern in the checks below: what comes from a learner need not be an object at all.

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's gradients": {
    step: 'jacobian',
    async run({ learner, expect }) {
      const s = tensor([0.5, 0.25, 0.25]);
      expect.close(await learner.softmaxBackward(tensor([2, 0, 4]), { s }), { dx: tensor([0, -0.5, 0.5]) });
    },
  },

  'agrees with the Jacobian, entry by entry': {
    step: 'jacobian',
    async run({ learner, random, expect }) {
      const shapes: readonly Shape[] = [[4], [2, 3], [3, 2], [4, 4], [5, 1], [6, 11]];
      for (const shape of shapes) {
        const { ds, s } = inputs(random, shape);
        const answer = await learner.softmaxBackward(ds, { s });
        expect.close(answer?.dx, jacobianProduct(ds, s), { subject: 'dx' });
      }
    },
  },

  'agrees with central differences of your own weights': {
    step: 'chain',
    async run({ learner, earlier, random, expect }) {
      const { attentionWeights } = earlier<Weights>('attention/weights');
      const shapes: readonly Shape[] = [[5], [2, 4], [2, 1, 3]];
      for (const shape of shapes) {
        const x = random.normal(shape, { dtype: 'float64' });
        const ds = random.normal(shape, { dtype: 'float64' });
        const answer = await learner.softmaxBackward(ds, { s: softmax(x) });
        const loss = async (scores: Tensor): Promise<number> => {
          const s = await attentionWeights(scores);
          return ds.data.reduce((sum, d, place) => sum + d * s.data[place]!, 0);
        };
        await expect.gradient(answer?.dx, { of: loss, at: x, subject: 'dx' });
      }
    },
  },

  'leading axes are carried along': {
    step: 'product',
    async run({ learner, random, expect }) {
      const shapes: readonly Shape[] = [
        [2, 3, 4],
        [2, 1, 3, 5],
        [3, 3, 3],
      ];
      for (const shape of shapes) {
        const { ds, s } = inputs(random, shape);
        const answer = await learner.softmaxBackward(ds, { s });
        expect.close(answer?.dx, jacobianProduct(ds, s), { subject: 'dx' });
      }
    },
  },

  'a row of twenty thousand needs no Jacobian': {
    step: 'product',
    async run({ learner, random, expect }) {
      const n = 20_000;
      const { ds, s } = inputs(random, [n]);
      let mean = 0;
      s.data.forEach((weight, place) => (mean += weight * ds.data[place]!));
      const dx = s.data.map((weight, place) => weight * (ds.data[place]! - mean));
      const answer = await learner.softmaxBackward(ds, { s });
      // The gradients are as small as the weights, about 1/n, so the tolerance is too.
      const tolerance = { absolute: 1e-8, relative: 1e-3 };
      expect.close(answer?.dx, fromData(dx, [n]), { subject: 'dx', tolerance });
    },
  },

  'the gradients of a row add up to zero': {
    step: 'sum',
    async run({ learner, random, expect }) {
      const { ds, s } = inputs(random, [3, 6]);
      const answer = await learner.softmaxBackward(ds, { s });
      const dx = answer?.dx as Tensor | undefined;
      const sums = [0, 1, 2].map((row) =>
        Array.from(dx?.data ?? [])
          .slice(row * 6, row * 6 + 6)
          .reduce((a, b) => a + b, 0),
      );
      expect.close(tensor(sums), zeros([3]), { subject: 'the sum of each row of dx' });
      // If all weights are worth the same, none is worth raising.
      const indifferent = await learner.softmaxBackward(ones([3, 6]), { s });
      expect.close(indifferent?.dx, zeros([3, 6]), { subject: 'dx where ds is the same everywhere' });
    },
  },

  'no gradient passes a row that was masked throughout': {
    step: 'sum',
    async run({ learner, random, expect }) {
      const x = random.normal([3, 4]);
      x.data.fill(-Infinity, 4, 8);
      x.data[1] = -Infinity;
      const [ds, s] = [random.normal([3, 4]), softmax(x)];
      const answer = await learner.softmaxBackward(ds, { s });
      expect.close(answer?.dx, jacobianProduct(ds, s), { subject: 'dx' });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { ds, s } = inputs(random, [2, 3]);
      await learner.softmaxBackward(ds, { s });
      expect.inputsUnchanged();
    },
  },
});
