import { defineChecks } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Shape, Tensor } from 'tensor';

/** All indices of a shape, in the order in which its entries are read. */
function indicesOf(shape: Shape): number[][] {
  const [length, ...rest] = shape;
  if (length === undefined) return [[]];
  const inner = indicesOf(rest);
  return Array.from({ length }, (_, i) => inner.map((index) => [i, ...index])).flat();
}

interface Reduction {
  readonly axis: number;
  readonly toOne: (line: readonly number[]) => number;
}

/** The specification: for each index of the result, the line of entries along `axis`, found one by one with `at`. */
function reduced(x: Tensor, { axis, toOne }: Reduction): Tensor {
  const shape = x.shape.toSpliced(axis, 1);
  const values = indicesOf(shape).map((index) => {
    return toOne(Array.from({ length: x.shape[axis] ?? 0 }, (_, k) => x.at(...index.toSpliced(axis, 0, k))));
  });
  return fromData(values, shape);
}

const add = (line: readonly number[]): number => line.reduce((total, value) => total + value, 0);
const average = (line: readonly number[]): number => add(line) / line.length;
const spread = (line: readonly number[]): number => {
  return Math.sqrt(average(line.map((value) => (value - average(line)) ** 2)));
};
const length = (line: readonly number[]): number => Math.sqrt(add(line.map((value) => value * value)));

const rain = [
  [3, 5, 1, 7],
  [2, 8, 8, 2],
];
const shapes: readonly Shape[] = [[6], [3, 5], [5, 2], [2, 3, 4], [3, 1, 2], [1, 4], [2, 2, 3, 2]];
const empty = (shape: Shape): Tensor => fromData([], shape);

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'sum adds up along the axis that it is given': {
    step: 'sum',
    async run({ learner, random, expect }) {
      expect.close(await learner.sum(tensor(rain), { axis: 0 }), tensor([5, 13, 9, 9]));
      expect.close(await learner.sum(tensor(rain), { axis: 1 }), tensor([16, 20]));
      expect.close(await learner.sum(tensor([4, -1, 2]), { axis: 0 }), tensor(5));
      for (const [m, n] of [
        [3, 5],
        [5, 2],
        [1, 4],
        [4, 1],
      ] as const) {
        const x = random.normal([m, n]);
        for (const axis of [0, 1]) {
          expect.close(await learner.sum(x, { axis }), reduced(x, { axis, toOne: add }));
        }
      }
    },
  },

  'any axis of any tensor can be swept, also one in the middle': {
    step: 'sweep',
    async run({ learner, random, expect }) {
      for (const shape of [
        [2, 3, 4],
        [3, 1, 2],
        [2, 2, 3, 2],
        [2, 3, 1, 4],
      ]) {
        const x = random.normal(shape);
        for (const axis of shape.keys()) {
          expect.close(await learner.sum(x, { axis }), reduced(x, { axis, toOne: add }));
        }
      }
    },
  },

  'a negative axis counts from the end': {
    step: 'sweep',
    async run({ learner, random, expect }) {
      const x = random.normal([2, 3, 4]);
      for (const axis of [-1, -2, -3]) {
        expect.close(await learner.sum(x, { axis }), reduced(x, { axis: axis + 3, toOne: add }));
        const kept = reduced(x, { axis: axis + 3, toOne: average });
        expect.close(await learner.mean(x, { axis, keepdim: true }), fromData(kept.data, x.shape.with(axis, 1)));
      }
    },
  },

  'an axis that is not there is refused, and the message names it': {
    step: 'sweep',
    async run({ learner, random, expect }) {
      await expect.throws(learner.sum(random.normal([2, 4]), { axis: 2 }), {
        because: 'a matrix has the axes 0 and 1',
        mentioning: ['axis 2'],
      });
      await expect.throws(learner.max(random.normal([5]), { axis: -2 }), {
        because: 'a vector has one axis, 0 or -1',
        mentioning: ['axis -2'],
      });
      await expect.throws(learner.l2Norm(random.normal([]), { axis: 0 }), {
        because: 'a single number has no axis to sweep along',
        mentioning: ['axis 0'],
      });
    },
  },

  'keepdim leaves the axis in place, with size 1': {
    step: 'keepdim',
    async run({ learner, random, expect }) {
      expect.close(await learner.mean(tensor(rain), { axis: 1, keepdim: true }), tensor([[4], [5]]));
      for (const shape of shapes) {
        const x = random.normal(shape);
        for (const axis of shape.keys()) {
          const kept = shape.with(axis, 1);
          const sums = reduced(x, { axis, toOne: add });
          expect.close(await learner.sum(x, { axis, keepdim: true }), fromData(sums.data, kept));
          const largest = reduced(x, { axis, toOne: (line) => Math.max(...line) });
          expect.close(await learner.max(x, { axis, keepdim: true }), fromData(largest.data, kept));
        }
      }
      for (const shape of [
        [3, 5],
        [2, 3, 4],
      ]) {
        const x = random.normal(shape);
        expect.close(await learner.sum(x, { axis: 0, keepdim: false }), reduced(x, { axis: 0, toOne: add }));
      }
    },
  },

  'small numbers are not lost beside a large one': {
    step: 'sum',
    async run({ learner, expect }) {
      const many = fromData([1e8, ...Array.from({ length: 400 }, () => 1)], [401]);
      // The tolerance is that of one rounding to float32; in float32 throughout, all the ones would vanish.
      const tolerance = { absolute: 0, relative: 1e-6 };
      expect.close(await learner.sum(many, { axis: 0 }), tensor(100_000_400), { tolerance });
    },
  },

  'the sum over nothing is 0, and the mean of nothing NaN': {
    step: 'mean',
    async run({ learner, expect }) {
      expect.close(await learner.sum(empty([2, 0]), { axis: 1 }), tensor([0, 0]));
      expect.close(await learner.l2Norm(empty([0, 3]), { axis: 0 }), tensor([0, 0, 0]));
      expect.close(await learner.mean(empty([2, 0]), { axis: 1 }), tensor([NaN, NaN]));
      expect.close(await learner.sum(empty([0, 3]), { axis: 1, keepdim: true }), empty([0, 1]));
    },
  },

  'mean divides by as many numbers as there are in a line': {
    step: 'mean',
    async run({ learner, random, expect }) {
      expect.close(await learner.mean(tensor(rain), { axis: 1 }), tensor([4, 5]));
      expect.close(await learner.mean(tensor(rain), { axis: 0 }), tensor([2.5, 6.5, 4.5, 4.5]));
      for (const shape of shapes) {
        const x = random.normal(shape, { mean: 2 });
        const axis = random.integer(0, shape.length);
        expect.close(await learner.mean(x, { axis }), reduced(x, { axis, toOne: average }));
      }
    },
  },

  'std is the root of the mean squared distance from the mean': {
    step: 'std',
    async run({ learner, random, expect }) {
      expect.close(await learner.std(tensor(rain), { axis: 1 }), tensor([Math.sqrt(5), 3]));
      expect.close(await learner.std(tensor([[7], [-2]]), { axis: 1, keepdim: true }), tensor([[0], [0]]));
      for (const shape of shapes) {
        const x = random.normal(shape, { mean: -3, std: 2 });
        for (const axis of shape.keys()) {
          expect.close(await learner.std(x, { axis }), reduced(x, { axis, toOne: spread }));
        }
      }
    },
  },

  'std does not mind a mean that is much larger': {
    step: 'std',
    async run({ learner, expect }) {
      const far = tensor([
        [1e9, 1e9 + 64, 1e9 + 128],
        [-1e9, -1e9, -1e9],
      ]);
      expect.close(await learner.std(far, { axis: 1 }), tensor([Math.sqrt(8192 / 3), 0]));
    },
  },

  'max finds the largest entry, also where all are negative': {
    step: 'max',
    async run({ learner, random, expect }) {
      expect.close(await learner.max(tensor(rain), { axis: 0 }), tensor([3, 8, 8, 7]));
      expect.close(
        await learner.max(
          tensor([
            [-3, -5],
            [-Infinity, -2],
          ]),
          { axis: 1 },
        ),
        tensor([-3, -2]),
      );
      for (const shape of shapes) {
        const x = random.uniform(shape, { low: -9, high: -1 });
        for (const axis of shape.keys()) {
          expect.equal(await learner.max(x, { axis }), reduced(x, { axis, toOne: (line) => Math.max(...line) }));
        }
      }
    },
  },

  'there is no largest entry of nothing, and the message names the axis': {
    step: 'max',
    async run({ learner, expect }) {
      await expect.throws(learner.max(empty([2, 0]), { axis: 1 }), {
        because: 'two lines without an entry have no largest one',
        mentioning: ['axis 1'],
      });
      expect.close(await learner.max(empty([0, 3]), { axis: 1 }), empty([0]));
    },
  },

  'l2Norm is the length of each line': {
    step: 'norm',
    async run({ learner, random, expect }) {
      expect.close(await learner.l2Norm(tensor([3, -4]), { axis: 0 }), tensor(5));
      expect.close(await learner.l2Norm(tensor(rain), { axis: 1 }), tensor([Math.sqrt(84), Math.sqrt(136)]));
      for (const shape of shapes) {
        const x = random.normal(shape, { mean: 1 });
        for (const axis of shape.keys()) {
          expect.close(await learner.l2Norm(x, { axis }), reduced(x, { axis, toOne: length }));
        }
      }
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const x = random.normal([2, 3, 4]);
      for (const axis of [0, 1, 2]) {
        await learner.sum(x, { axis });
        await learner.mean(x, { axis, keepdim: true });
        await learner.std(x, { axis });
        await learner.max(x, { axis });
        await learner.l2Norm(x, { axis });
      }
      expect.inputsUnchanged();
    },
  },
});
