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

/** The specification: each entry of the result is looked up by its index, put back into the order of `x`. */
function permuted(x: Tensor, order: readonly number[]): Tensor {
  const shape = order.map((axis) => x.shape[axis] ?? 0);
  const values = indicesOf(shape).map((index) => x.at(...x.shape.map((_, axis) => index[order.indexOf(axis)] ?? 0)));
  return fromData(values, shape);
}

const sizes = [
  [3, 5],
  [5, 2],
  [1, 4],
  [4, 1],
  [3, 3],
  [2, 0],
] as const;

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'flattenRows lays line after line': {
    step: 'rows',
    async run({ learner, random, expect }) {
      const x = tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      expect.equal(await learner.flattenRows(x), tensor([1, 2, 3, 4, 5, 6]));
      for (const [m, n] of sizes) {
        const any = random.normal([m, n]);
        const values: number[] = [];
        for (let i = 0; i < m; i += 1) for (let j = 0; j < n; j += 1) values.push(any.at(i, j));
        expect.equal(await learner.flattenRows(any), fromData(values, [m * n]));
      }
    },
  },

  'flattenColumns lays column after column': {
    step: 'columns',
    async run({ learner, random, expect }) {
      const x = tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      expect.equal(await learner.flattenColumns(x), tensor([1, 4, 2, 5, 3, 6]));
      for (const [m, n] of sizes) {
        const any = random.normal([m, n]);
        const values: number[] = [];
        for (let j = 0; j < n; j += 1) for (let i = 0; i < m; i += 1) values.push(any.at(i, j));
        expect.equal(await learner.flattenColumns(any), fromData(values, [m * n]));
      }
    },
  },

  'a matrix is flattened, and nothing else': {
    step: 'rows',
    async run({ learner, random, expect }) {
      await expect.throws(learner.flattenRows(random.normal([6])), {
        because: 'a vector has one axis, and no lines',
        mentioning: [/ax[ei]s/i, '1'],
      });
      await expect.throws(learner.flattenColumns(random.normal([2, 3, 4])), {
        because: 'a tensor with three axes has many matrices',
        mentioning: [/ax[ei]s/i, '3'],
      });
    },
  },

  'flattened by columns and cut into columns, a matrix comes back turned': {
    step: 'unflatten',
    async run({ learner, random, expect }) {
      for (const [m, n] of [
        [3, 5],
        [4, 2],
        [3, 3],
      ] as const) {
        const x = random.normal([m, n]);
        const turned = await learner.permute(x, [1, 0]);
        expect.equal(turned, permuted(x, [1, 0]));
        const list = await learner.flattenColumns(x);
        expect.equal(list, await learner.flattenRows(permuted(x, [1, 0])), { subject: 'flattenColumns(x)' });
        // Cut into rows as long as a column was, and turned once more.
        const rows = fromData(permuted(x, [1, 0]).data, [n, m]);
        expect.equal(await learner.permute(rows, [1, 0]), x);
      }
    },
  },

  'permute exchanges two axes of a matrix': {
    step: 'permute',
    async run({ learner, random, expect }) {
      const x = tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      expect.equal(
        await learner.permute(x, [1, 0]),
        tensor([
          [1, 4],
          [2, 5],
          [3, 6],
        ]),
      );
      const any = random.normal([4, 3]);
      expect.equal(await learner.permute(any, [0, 1]), any);
    },
  },

  'each axis of the result is the axis of x that the order names': {
    step: 'permute',
    async run({ learner, random, expect }) {
      for (const [shape, order] of [
        [
          [2, 3, 4],
          [1, 2, 0],
        ],
        [
          [2, 3, 4],
          [2, 0, 1],
        ],
        [
          [2, 3, 4],
          [0, 2, 1],
        ],
        [
          [3, 3, 3],
          [2, 0, 1],
        ],
        [
          [2, 1, 3, 2],
          [3, 1, 0, 2],
        ],
        [
          [2, 5, 4, 3],
          [0, 3, 1, 2],
        ],
      ] as const) {
        const x = random.normal(shape);
        expect.equal(await learner.permute(x, order), permuted(x, order));
      }
      const order = random.permutation(4);
      const x = random.normal([2, 3, 4, 5]);
      expect.equal(await learner.permute(x, order), permuted(x, order));
    },
  },

  'one axis, no axis and an empty axis can be permuted too': {
    step: 'permute',
    async run({ learner, random, expect }) {
      const x = random.normal([5]);
      expect.equal(await learner.permute(x, [0]), x);
      expect.equal(await learner.permute(tensor(-3), []), tensor(-3));
      expect.equal(await learner.permute(fromData([], [2, 0, 3]), [1, 2, 0]), fromData([], [0, 3, 2]));
    },
  },

  'an order of too many or too few axes is refused, and the message gives both counts': {
    step: 'permute',
    async run({ learner, random, expect }) {
      await expect.throws(learner.permute(random.normal([2, 3, 4]), [1, 0]), {
        because: 'the order has two axes, and the tensor three',
        mentioning: ['2', '3'],
      });
      await expect.throws(learner.permute(random.normal([5]), [0, 1, 2, 3]), {
        because: 'the order has four axes, and the tensor one',
        mentioning: ['4', '1'],
      });
    },
  },

  'an axis that does not exist, or stands there twice, is refused by name': {
    step: 'permute',
    async run({ learner, random, expect }) {
      await expect.throws(learner.permute(random.normal([2, 3]), [2, 0]), {
        because: 'a matrix has the axes 0 and 1',
        mentioning: ['axis 2'],
      });
      await expect.throws(learner.permute(random.normal([2, 3, 4]), [0, 1, 1]), {
        because: 'axis 1 stands there twice, and axis 2 nowhere',
        mentioning: ['axis 1'],
      });
      await expect.throws(learner.permute(random.normal([3, 3]), [0, 0]), {
        because: 'axis 0 stands there twice',
        mentioning: ['axis 0'],
      });
    },
  },

  'the result has numbers of its own': {
    step: 'rows',
    async run({ beside, random, expect }) {
      const x = random.normal([2, 3]);
      const after = await beside(({ flattenRows, flattenColumns, permute }, t: Tensor) => {
        flattenRows(t).data.fill(99);
        flattenColumns(t).data.fill(99);
        permute(t, [0, 1]).data.fill(99);
        return t;
      }, x);
      expect.equal(after, x, { subject: 'x, after the results were overwritten' });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const x = random.normal([3, 4]);
      await learner.flattenRows(x);
      await learner.flattenColumns(x);
      await learner.permute(x, [1, 0]);
      await learner.permute(random.normal([2, 3, 4]), [2, 0, 1]);
      expect.inputsUnchanged();
    },
  },
});
