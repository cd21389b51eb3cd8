import { defineChecks } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { Tensor } from 'tensor';

/** Every index of `shape`, the last axis fastest. */
function indicesOf(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (indices, size) => indices.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])),
    [[]],
  );
}

/** An entry of `x` at an index that may have too many axes in front, and stays where `x` has size 1 in a batch axis. */
function entry(
  x: Tensor,
  { batch, matrix }: { readonly batch: readonly number[]; readonly matrix: readonly number[] },
) {
  const own = x.shape.slice(0, -2);
  const index = batch.slice(batch.length - own.length).map((at, axis) => (own[axis] === 1 ? 0 : at));
  return x.at(...index, ...matrix);
}

/** The specification: the common batch shape is given, and every entry is found by its index. */
function products(A: Tensor, B: Tensor, batch: readonly number[]): Tensor {
  const [m = 0, n = 0] = A.shape.slice(-2);
  const p = B.shape.at(-1) ?? 0;
  const shape = [...batch, m, p];
  const values = indicesOf(shape).map((index) => {
    const place = index.slice(0, -2);
    const [i = 0, j = 0] = index.slice(-2);
    let sum = 0;
    for (let k = 0; k < n; k += 1) {
      sum += entry(A, { batch: place, matrix: [i, k] }) * entry(B, { batch: place, matrix: [k, j] });
    }
    return sum;
  });
  return fromData(Float32Array.from(values), shape);
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's costs on three days": {
    step: 'batch',
    async run({ learner, expect }) {
      const recipes = tensor([
        [2, 1, 3],
        [0, 4, 1],
      ]);
      const prices = tensor([
        [
          [3, 2],
          [1, 2],
          [2, 1],
        ],
        [
          [4, 2],
          [1, 3],
          [2, 1],
        ],
        [
          [3, 3],
          [2, 2],
          [4, 1],
        ],
      ]);
      const costs = tensor([
        [
          [13, 9],
          [6, 9],
        ],
        [
          [15, 10],
          [6, 13],
        ],
        [
          [20, 11],
          [12, 9],
        ],
      ]);
      expect.close(await learner.batchedMatmul(recipes, prices), costs);
    },
  },

  'without batch axes it is the matrix product': {
    step: 'stack',
    async run({ learner, random, expect }) {
      for (const [m, n, p] of [
        [2, 3, 4],
        [5, 2, 3],
        [1, 6, 1],
        [3, 1, 2],
      ] as const) {
        const A = random.normal([m, n]);
        const B = random.normal([n, p]);
        expect.close(await learner.batchedMatmul(A, B), products(A, B, []));
      }
    },
  },

  'multiplies stack by stack, each matrix with its own': {
    step: 'stack',
    async run({ learner, random, expect }) {
      for (const [batch, m, n, p] of [
        [[3], 2, 4, 5],
        [[2, 3], 3, 2, 4],
        [[2, 1, 3], 1, 5, 2],
        [[1], 2, 3, 1],
      ] as const) {
        const A = random.normal([...batch, m, n]);
        const B = random.normal([...batch, n, p]);
        expect.close(await learner.batchedMatmul(A, B), products(A, B, batch));
      }
    },
  },

  'one matrix serves a whole stack, on either side': {
    step: 'start',
    async run({ learner, random, expect }) {
      const one = random.normal([2, 3]);
      const stack = random.normal([4, 3, 5]);
      expect.close(await learner.batchedMatmul(one, stack), products(one, stack, [4]));
      const images = random.normal([2, 3, 4, 2]);
      expect.close(await learner.batchedMatmul(images, one), products(images, one, [2, 3]));
    },
  },

  'a batch axis of size 1 is repeated, wherever it stands': {
    step: 'place',
    async run({ learner, random, expect }) {
      for (const [a, b, batch] of [
        [[2, 1], [3], [2, 3]],
        [
          [3, 1],
          [1, 4],
          [3, 4],
        ],
        [[1], [5], [5]],
        [[4], [2, 1, 4], [2, 1, 4]],
        [
          [2, 1, 3],
          [4, 1],
          [2, 4, 3],
        ],
        [
          [1, 3, 2],
          [2, 3, 1],
          [2, 3, 2],
        ],
      ] as const) {
        const A = random.normal([...a, 2, 4]);
        const B = random.normal([...b, 4, 3]);
        expect.close(await learner.batchedMatmul(A, B), products(A, B, batch));
      }
    },
  },

  'a batch of no matrices, or a sum of no products, is no error': {
    step: 'batch',
    async run({ learner, expect }) {
      expect.close(await learner.batchedMatmul(zeros([0, 2, 3]), zeros([0, 3, 4])), zeros([0, 2, 4]));
      expect.close(await learner.batchedMatmul(zeros([1, 2, 3]), zeros([0, 3, 4])), zeros([0, 2, 4]));
      expect.close(await learner.batchedMatmul(zeros([3, 2, 0]), zeros([0, 4])), zeros([3, 2, 4]));
    },
  },

  'inner sizes that do not meet are refused, and the message names both': {
    step: 'stack',
    async run({ learner, random, expect }) {
      for (const [a, b] of [
        [
          [5, 2, 4],
          [5, 7, 3],
        ],
        [
          [2, 4],
          [6, 7, 2],
        ],
        // One column is not stretched to seven: only batch axes are.
        [
          [3, 4],
          [7, 4],
        ],
      ] as const) {
        const [inner = 0, rows = 0] = [a.at(-1), b.at(-2)];
        await expect.throws(learner.batchedMatmul(random.normal(a), random.normal(b)), {
          because: `rows of ${inner} numbers cannot meet columns of ${rows}`,
          mentioning: [String(inner), String(rows)],
        });
      }
      await expect.throws(learner.batchedMatmul(random.normal([3, 1]), random.normal([7, 2])), {
        because: 'only batch axes are stretched, and these are the axes of the matrices: 1 and 7',
        mentioning: ['1', '7'],
      });
    },
  },

  'batch sizes that do not fit are refused, and the message names both': {
    step: 'batch',
    async run({ learner, random, expect }) {
      for (const [a, b, sizes] of [
        [[5], [6], [5, 6]],
        [
          [7, 3],
          [9, 3],
          [7, 9],
        ],
        [[6], [6, 4], [6, 4]],
      ] as const) {
        await expect.throws(learner.batchedMatmul(random.normal([...a, 2, 3]), random.normal([...b, 3, 2])), {
          because: `a batch of ${sizes[0]} cannot meet a batch of ${sizes[1]}`,
          mentioning: [String(sizes[0]), String(sizes[1])],
        });
      }
    },
  },

  'a tensor with fewer than two axes holds no matrix and is refused': {
    step: 'stack',
    async run({ learner, random, expect }) {
      const matrix = random.normal([3, 3]);
      const because = 'a matrix needs two axes, and a tensor of shape (3) has 1';
      await expect.throws(learner.batchedMatmul(random.normal([3]), matrix), { because, mentioning: ['1'] });
      await expect.throws(learner.batchedMatmul(matrix, random.normal([3])), { because, mentioning: ['1'] });
      await expect.throws(learner.batchedMatmul(random.normal([]), matrix), {
        because: 'a matrix needs two axes, and a tensor of shape () has 0',
        mentioning: ['0'],
      });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.batchedMatmul(random.normal([2, 3, 4]), random.normal([4, 2]));
      await learner.batchedMatmul(random.normal([2, 3]), random.normal([5, 3, 2]));
      expect.inputsUnchanged();
    },
  },
});
