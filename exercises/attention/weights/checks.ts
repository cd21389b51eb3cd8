import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { add, fromData, ones, tensor } from 'tensor';
import type { Shape, Tensor } from 'tensor';

type Stub = typeof import('./stub');

/** The specification, row after row in double precision. */
function shares(scores: Tensor): Tensor {
  const length = scores.shape.at(-1) ?? 1;
  const values = Array.from(scores.data);
  const w = values.map((score, place) => {
    const row = values.slice(place - (place % length), place - (place % length) + length);
    const largest = Math.max(...row);
    return Math.exp(score - largest) / row.reduce((sum, other) => sum + Math.exp(other - largest), 0);
  });
  return fromData(Float32Array.from(w), scores.shape);
}

interface Sharing {
  readonly scores: Tensor;
  readonly dw: Tensor;
}

const gradient = ({ attentionWeights, tensor: { backward, grad, parameter } }: Beside<Stub>, sharing: Sharing) => {
  const s = parameter(sharing.scores);
  backward(attentionWeights(s), sharing.dw);
  return grad(s);
};

export default defineChecks<Stub, typeof import('./solution')>({
  "finds the lesson's weights": {
    step: 'share',
    async run({ learner, expect }) {
      const weights = tensor([0.0131, 0.2628, 0.0048, 0.7145, 0.0048]);
      // The lesson gives four decimals.
      expect.close(await learner.attentionWeights(tensor([0, 3, -1, 4, -1])), weights, {
        tolerance: { absolute: 6e-5, relative: 0 },
      });
    },
  },

  'a score that is higher by one gets e times the weight': {
    step: 'positive',
    async run({ learner, random, expect }) {
      const first = random.number() * 4 - 2;
      const answer = (await learner.attentionWeights(tensor([first, first + 1, first - 1]))) as Tensor | undefined;
      const [a = NaN, b = NaN, c = NaN] = Array.from(answer?.data ?? []);
      expect.close(b / a, Math.E, { subject: 'the second weight over the first' });
      expect.close(a / c, Math.E, { subject: 'the first weight over the third' });
    },
  },

  'each row shares out one portion, by its own scores': {
    step: 'share',
    async run({ learner, random, expect }) {
      const shapes: readonly Shape[] = [[5], [2, 3], [3, 2], [4, 4], [2, 3, 5], [2, 1, 3, 4], [11, 17]];
      for (const shape of shapes) {
        const scores = random.normal(shape, { std: 2 });
        expect.close(await learner.attentionWeights(scores), shares(scores));
      }
    },
  },

  'a token alone gets all the attention': {
    step: 'share',
    async run({ learner, random, expect }) {
      expect.close(await learner.attentionWeights(random.normal([4, 1])), ones([4, 1]));
      expect.close(await learner.attentionWeights(random.normal([1])), ones([1]));
    },
  },

  'adding the same to all scores of a row changes nothing': {
    step: 'shift',
    async run({ learner, random, expect }) {
      const scores = random.normal([3, 4]);
      const shifted = add(scores, tensor([[2], [-3], [1]]));
      expect.close(await learner.attentionWeights(shifted), shares(scores));
    },
  },

  'large scores overflow nothing, and rows far apart do not disturb each other': {
    step: 'shift',
    async run({ learner, random, expect }) {
      const scores = add(random.normal([4, 5]), tensor([[1000], [0], [-1000], [95]]));
      // float32 keeps about four decimals of a score near a thousand, which is what the weights then have.
      expect.close(await learner.attentionWeights(scores), shares(scores), {
        tolerance: { absolute: 1e-4, relative: 1e-3 },
      });
    },
  },

  'a score of −∞ gets the weight 0': {
    step: 'positive',
    async run({ learner, expect }) {
      const scores = tensor([
        [1, -Infinity, 2],
        [-Infinity, -1, -Infinity],
      ]);
      expect.close(await learner.attentionWeights(scores), shares(scores));
    },
  },

  'gradients pass, and agree with central differences': {
    step: 'shift',
    async run({ learner, beside, random, expect }) {
      const scores = random.normal([2, 4], { dtype: 'float64' });
      const dw = random.normal([2, 4], { dtype: 'float64' });
      const loss = async (s: Tensor): Promise<number> => {
        const w = await learner.attentionWeights(s);
        return dw.data.reduce((sum, d, place) => sum + d * w.data[place]!, 0);
      };
      await expect.gradient(await beside(gradient, { scores, dw }), {
        of: loss,
        at: scores,
        subject: 'the gradient of the scores',
      });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.attentionWeights(random.normal([2, 3]));
      expect.inputsUnchanged();
    },
  },
});
