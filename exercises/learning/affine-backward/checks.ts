import { defineChecks } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { Random, Shape, Tensor } from 'tensor';

type Forward = typeof import('learning/affine-forward');

interface Sizes {
  readonly count: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** A layer and an upstream gradient in float64, which is what differences are taken in. */
function layerOf(random: Random, { count, inputs, outputs }: Sizes) {
  const normal = (shape: Shape): Tensor => random.normal(shape, { dtype: 'float64' });
  return {
    dy: normal([count, outputs]),
    x: normal([count, inputs]),
    W: normal([outputs, inputs]),
    b: normal([outputs]),
  };
}

/** A loss whose gradient with respect to `y` is `dy`: every output, weighed by its entry of `dy`, added up. */
function lossOf(dy: Tensor, y: Tensor): number {
  let loss = 0;
  for (let n = 0; n < y.shape[0]!; n += 1) {
    for (let k = 0; k < y.shape[1]!; k += 1) loss += dy.at(n, k) * y.at(n, k);
  }
  return loss;
}

/** The specification: every weight `W[k, i]` and every input `x[n, i]` once for each product that it is part of. */
function gradients(dy: Tensor, { x, W }: { readonly x: Tensor; readonly W: Tensor }) {
  const [count = 0, inputs = 0] = x.shape;
  const outputs = W.shape[0] ?? 0;
  const dx = new Float64Array(x.size);
  const dW = new Float64Array(W.size);
  const db = new Float64Array(outputs);
  for (let n = 0; n < count; n += 1) {
    for (let k = 0; k < outputs; k += 1) {
      db[k]! += dy.at(n, k);
      for (let i = 0; i < inputs; i += 1) {
        dW[k * inputs + i]! += dy.at(n, k) * x.at(n, i);
        dx[n * inputs + i]! += dy.at(n, k) * W.at(k, i);
      }
    }
  }
  return { dx: fromData(dx, x.shape), dW: fromData(dW, W.shape), db: fromData(db, [outputs]) };
}

const sizes: readonly Sizes[] = [
  { count: 4, inputs: 3, outputs: 2 },
  { count: 2, inputs: 3, outputs: 5 },
  { count: 1, inputs: 2, outputs: 3 },
];

// `answer?.db` and not a pattern in the checks below: what comes from a learner need not be an object at all.

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's gradients": {
    step: 'chain',
    async run({ learner, expect }) {
      const dy = tensor([
        [1, -1, 2],
        [2, 0, -1],
      ]);
      const x = tensor([
        [3, 2, 0, 1],
        [0, 1, 2, 4],
      ]);
      const W = tensor([
        [1, 1, -1, -1],
        [1, -1, 1, -1],
        [1, -1, -1, 1],
      ]);
      expect.close(await learner.affineBackward(dy, { x, W }), {
        dx: tensor([
          [2, 0, -4, 2],
          [1, 3, -1, -3],
        ]),
        dW: tensor([
          [3, 4, 4, 9],
          [-3, -2, 0, -1],
          [6, 3, -2, -2],
        ]),
        db: tensor([3, -1, 1]),
      });
    },
  },

  'db agrees with central differences': {
    step: 'db',
    async run({ learner, earlier, random, expect }) {
      const layer = earlier<Forward>('learning/affine-forward');
      for (const size of sizes) {
        const { dy, x, W, b } = layerOf(random, size);
        const answer = await learner.affineBackward(dy, { x, W });
        const loss = async (bias: Tensor) => lossOf(dy, await layer.affineForward(x, W, bias));
        await expect.gradient(answer?.db, { of: loss, at: b, subject: 'db' });
      }
    },
  },

  'dW agrees with central differences': {
    step: 'dW',
    async run({ learner, earlier, random, expect }) {
      const layer = earlier<Forward>('learning/affine-forward');
      for (const size of sizes) {
        const { dy, x, W, b } = layerOf(random, size);
        const answer = await learner.affineBackward(dy, { x, W });
        const loss = async (weights: Tensor) => lossOf(dy, await layer.affineForward(x, weights, b));
        await expect.gradient(answer?.dW, { of: loss, at: W, subject: 'dW' });
      }
    },
  },

  'dx agrees with central differences': {
    step: 'dx',
    async run({ learner, earlier, random, expect }) {
      const layer = earlier<Forward>('learning/affine-forward');
      for (const size of sizes) {
        const { dy, x, W, b } = layerOf(random, size);
        const answer = await learner.affineBackward(dy, { x, W });
        const loss = async (inputs: Tensor) => lossOf(dy, await layer.affineForward(inputs, W, b));
        await expect.gradient(answer?.dx, { of: loss, at: x, subject: 'dx' });
      }
    },
  },

  'an example moves its own outputs only': {
    step: 'dx-survive',
    async run({ learner, random, expect }) {
      const { x, W } = layerOf(random, { count: 3, inputs: 4, outputs: 2 });
      // Only example 1 matters to this loss, so no other example can have a gradient.
      const dy = tensor(
        [
          [0, 0],
          [1, -2],
          [0, 0],
        ],
        { dtype: 'float64' },
      );
      const dx = zeros([3, 4], { dtype: 'float64' });
      for (let i = 0; i < 4; i += 1) dx.data[4 + i] = W.at(0, i) - 2 * W.at(1, i);
      const answer = await learner.affineBackward(dy, { x, W });
      expect.close(answer?.dx, dx, { subject: 'dx' });
    },
  },

  'the batch is summed, not averaged': {
    step: 'dW',
    async run({ learner, random, expect }) {
      const { dy, x, W } = layerOf(random, { count: 7, inputs: 2, outputs: 3 });
      expect.close(await learner.affineBackward(dy, { x, W }), gradients(dy, { x, W }));
    },
  },

  'nothing is mistaken when all sizes are equal': {
    step: 'dx-write',
    async run({ learner, random, expect }) {
      // Here a transpose too many, or one too few, still has the right shape.
      const { dy, x, W } = layerOf(random, { count: 3, inputs: 3, outputs: 3 });
      expect.close(await learner.affineBackward(dy, { x, W }), gradients(dy, { x, W }));
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { dy, x, W } = layerOf(random, { count: 4, inputs: 3, outputs: 2 });
      await learner.affineBackward(dy, { x, W });
      expect.inputsUnchanged();
    },
  },
});
