import { defineChecks } from 'authoring';
import { fromData } from 'tensor';
import type { Shape, Tensor } from 'tensor';

/** The specification in plain recursion: at each axis of `shape`, take the entry of `x`, or its only one. */
function repeated(x: Tensor, shape: Shape): Tensor {
  const missing = shape.length - x.rank;
  const values: number[] = [];
  const visit = (index: readonly number[]): void => {
    if (index.length === shape.length) {
      values.push(x.at(...index.slice(missing).map((i, axis) => (x.shape[axis] === 1 ? 0 : i))));
      return;
    }
    for (let i = 0; i < (shape[index.length] ?? 0); i += 1) visit([...index, i]);
  };
  visit([]);
  return fromData(Float32Array.from(values), shape);
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'shapes are lined up at the right, and a missing axis counts as one': {
    step: 'align',
    async run({ learner, expect }) {
      expect.equal(await learner.broadcastShapes([6, 1], [4, 6, 3]), [4, 6, 3]);
      expect.equal(await learner.broadcastShapes([4, 6, 3], [3]), [4, 6, 3]);
      expect.equal(await learner.broadcastShapes([3, 1], [2]), [3, 2]);
      expect.equal(await learner.broadcastShapes([], [5, 2]), [5, 2]);
      expect.equal(await learner.broadcastShapes([], []), []);
    },
  },

  'an axis of size one takes whatever size the other has': {
    step: 'sizes',
    async run({ learner, random, expect }) {
      expect.equal(await learner.broadcastShapes([7, 1, 5], [1, 3, 1]), [7, 3, 5]);
      expect.equal(await learner.broadcastShapes([2, 1], [1, 0]), [2, 0]);
      expect.equal(await learner.broadcastShapes([1, 0], [2, 1]), [2, 0]);
      for (let round = 0; round < 4; round += 1) {
        const result = Array.from({ length: 4 }, () => random.integer(2, 9));
        const a = result.map((size) => (random.number() < 0.5 ? 1 : size));
        // Where `a` is 1, `b` must bring the size; its leading axis may be missing when `a` has it.
        const b = result.map((size, axis) => (a[axis] !== 1 && random.number() < 0.5 ? 1 : size));
        expect.equal(await learner.broadcastShapes(a, b), result);
        expect.equal(await learner.broadcastShapes(b, a), result);
      }
    },
  },

  'sizes that differ are refused, and the message names the axis and both sizes': {
    step: 'sizes',
    async run({ learner, expect }) {
      await expect.throws(learner.broadcastShapes([6], [4, 6, 3]), {
        because: '(6,) meets (4, 6, 3) at the right: 6 against 3, on axis 2',
        mentioning: ['axis 2', '6', '3'],
      });
      await expect.throws(learner.broadcastShapes([4, 6, 3], [5, 3]), {
        because: '(5, 3) meets (4, 6, 3) at the right: 5 against 6, on axis 1 of the result',
        mentioning: ['axis 1', '5', '6'],
      });
      await expect.throws(learner.broadcastShapes([2, 7], [3, 7]), {
        because: '2 and 3 differ on axis 0, and neither is 1',
        mentioning: ['axis 0', '2', '3'],
      });
    },
  },

  'a (6, 1) column is repeated over (4, 6, 3)': {
    step: 'strides',
    async run({ learner, random, expect }) {
      const x = random.uniform([6, 1], { low: -5, high: 5 });
      expect.close(await learner.broadcastTo(x, [4, 6, 3]), repeated(x, [4, 6, 3]));
    },
  },

  'broadcastTo agrees with plain recursion for many shapes': {
    step: 'strides',
    async run({ learner, random, expect }) {
      const cases: readonly (readonly [from: Shape, to: Shape])[] = [
        [
          [3, 1],
          [3, 2],
        ],
        [[5], [2, 5]],
        [
          [2, 3],
          [2, 3],
        ],
        [
          [1, 4],
          [3, 4],
        ],
        [
          [2, 1, 3],
          [5, 2, 4, 3],
        ],
        [
          [3, 1, 2, 1],
          [3, 4, 2, 5],
        ],
        [[], [2, 3]],
        [
          [2, 1],
          [2, 0],
        ],
      ];
      for (const [from, to] of cases) {
        const x = random.normal(from);
        expect.close(await learner.broadcastTo(x, to), repeated(x, to));
      }
    },
  },

  'a (6,) tensor does not fit (4, 6, 3), and the message names axis 2': {
    step: 'align',
    async run({ learner, random, expect }) {
      await expect.throws(learner.broadcastTo(random.normal([6]), [4, 6, 3]), {
        because: 'lined up at the right, 6 meets 3',
        mentioning: ['axis 2', '6', '3'],
      });
    },
  },

  'only the tensor stretches, never the shape it is broadcast to': {
    step: 'sizes',
    async run({ learner, random, expect }) {
      await expect.throws(learner.broadcastTo(random.normal([3]), [1]), {
        because: 'three entries do not fit into one',
        mentioning: ['axis 0'],
      });
      await expect.throws(learner.broadcastTo(random.normal([4, 6, 3]), [6, 3]), {
        because: 'the tensor has three axes and the target only two: it has too many axes',
        mentioning: ['axes'],
      });
    },
  },

  'outerSum adds every entry of the first to every entry of the second': {
    step: 'outer',
    async run({ learner, random, expect }) {
      const table = fromData(Float32Array.of(11, 12, 21, 22, 31, 32), [3, 2]);
      const tens = fromData(Float32Array.of(10, 20, 30), [3]);
      expect.close(await learner.outerSum(tens, fromData(Float32Array.of(1, 2), [2])), table);
      for (const [m, n] of [
        [4, 7],
        [1, 5],
        [6, 1],
        [5, 5],
      ] as const) {
        const a = random.normal([m]);
        const b = random.normal([n]);
        const values = Float32Array.from({ length: m * n }, (_, position) => {
          return a.at(Math.floor(position / n)) + b.at(position % n);
        });
        expect.close(await learner.outerSum(a, b), fromData(values, [m, n]));
      }
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.broadcastShapes([3], [4, 6, 3]);
      await learner.broadcastShapes([2, 4, 6, 1], [6, 5]);
      await learner.broadcastTo(random.normal([3, 1]), [2, 3, 4]);
      await learner.outerSum(random.normal([4]), random.normal([3]));
      expect.inputsUnchanged();
    },
  },
});
