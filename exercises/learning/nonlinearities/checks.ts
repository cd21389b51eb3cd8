import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { abs, fromData, negative, tensor, zeros } from 'tensor';
import type { Shape, Tensor } from 'tensor';

/** The specification: `f` of one entry after the other, in the dtype of `x`. */
function each(x: Tensor, f: (value: number) => number): Tensor {
  const y = zeros(x.shape, { dtype: x.dtype });
  x.data.forEach((value, position) => (y.data[position] = f(value)));
  return y;
}

const rectified = (value: number): number => (value <= 0 ? 0 : value);
const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

const shapes: readonly Shape[] = [[7], [3, 5], [1, 1], [2, 3, 4]];

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's values": {
    step: 'relu',
    async run({ learner, expect }) {
      const x = tensor([-3, -0.5, 0, 0.5, 4]);
      expect.close(await learner.relu(x), tensor([0, 0, 0, 0.5, 4]));
      const values = tensor([0.1192, 0.5, 0.8808, 0.9933]);
      // The lesson gives four decimals.
      expect.close(await learner.sigmoid(tensor([-2, 0, 2, 5])), values, {
        tolerance: { absolute: 6e-5, relative: 0 },
      });
    },
  },

  'relu keeps what is positive and makes the rest 0': {
    step: 'relu',
    async run({ learner, random, expect }) {
      for (const shape of shapes) {
        const x = random.normal(shape, { std: 3 });
        expect.close(await learner.relu(x), each(x, rectified));
      }
    },
  },

  'sigmoid agrees with its formula, entry by entry': {
    step: 'sigmoid',
    async run({ learner, random, expect }) {
      for (const shape of shapes) {
        const x = random.normal(shape, { std: 3 });
        expect.close(await learner.sigmoid(x), each(x, logistic));
      }
    },
  },

  'the sigmoid of −x is what the sigmoid of x leaves of 1': {
    step: 'symmetry',
    async run({ learner, random, expect }) {
      const x = random.uniform([4, 3], { low: 0.2, high: 6 });
      const rest = each(x, (value) => 1 - logistic(value));
      expect.close(await learner.sigmoid(negative(x)), rest);
    },
  },

  'two relus add up to an absolute value, which no affine layer can make': {
    step: 'rescue',
    async run({ beside, random, expect }) {
      const x = random.normal([5, 2], { std: 2 });
      const both = ({ relu, tensor: { add, negative } }: Beside<typeof import('./stub')>, values: Tensor) =>
        add(relu(values), relu(negative(values)));
      expect.close(await beside(both, x), abs(x), { subject: 'relu(x) + relu(−x)' });
    },
  },

  'far out, nothing overflows': {
    step: 'sigmoid',
    async run({ learner, expect }) {
      const x = tensor([-Infinity, -1000, -100, 100, 1000, Infinity]);
      expect.close(await learner.relu(x), tensor([0, 0, 0, 100, 1000, Infinity]));
      expect.close(await learner.sigmoid(x), tensor([0, 0, 0, 1, 1, 1]));
    },
  },

  'a NaN stays a NaN': {
    async run({ learner, expect }) {
      const x = tensor([1, NaN, -1]);
      expect.close(await learner.relu(x), tensor([1, NaN, 0]));
      expect.close(await learner.sigmoid(x), tensor([logistic(1), NaN, logistic(-1)]));
    },
  },

  'a single number and an empty tensor keep their shapes': {
    async run({ learner, expect }) {
      expect.close(await learner.relu(tensor(-2)), tensor(0));
      expect.close(await learner.sigmoid(tensor(-2)), tensor(logistic(-2)));
      const nothing = fromData(new Float32Array(0), [0, 4]);
      expect.close(await learner.relu(nothing), nothing);
      expect.close(await learner.sigmoid(nothing), nothing);
    },
  },

  'float64 stays float64': {
    async run({ learner, random, expect }) {
      const x = random.normal([3, 4], { dtype: 'float64' });
      const tolerance = { absolute: 1e-14, relative: 1e-12 };
      expect.close(await learner.relu(x), each(x, rectified), { tolerance });
      expect.close(await learner.sigmoid(x), each(x, logistic), { tolerance });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.relu(random.normal([4, 3]));
      await learner.sigmoid(random.normal([2, 5]));
      expect.inputsUnchanged();
    },
  },
});
