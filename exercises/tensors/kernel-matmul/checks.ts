import { defineChecks } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Tensor } from 'tensor';

interface Extent {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
}

/** The specification: the first `inner` products of each sum, for the first `rows` and `columns` of the product. */
function product(A: Tensor, B: Tensor, { rows, columns, inner }: Extent): Tensor {
  const values: number[] = [];
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      let sum = 0;
      for (let k = 0; k < inner; k += 1) sum += A.at(i, k) * B.at(k, j);
      values.push(sum);
    }
  }
  return fromData(Float32Array.from(values), [rows, columns]);
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "eight threads find the lesson's costs": {
    step: 'sum',
    async run({ learner, expect }) {
      const recipes = [
        [2, 1, 3],
        [0, 4, 1],
      ];
      const prices = [
        [3, 2, 4, 1],
        [1, 2, 1, 3],
        [2, 1, 1, 2],
      ];
      const costs = [
        [13, 9, 12, 11],
        [6, 9, 5, 14],
      ];
      const run = await learner.matmulKernel({ output: [4, 2], arguments: [tensor(recipes), tensor(prices), 3] });
      expect.close(run.values, tensor(costs));
    },
  },

  'x is the column and y is the row': {
    step: 'thread',
    async run({ learner, random, expect }) {
      for (const [rows, inner, columns] of [
        [1, 5, 7],
        [7, 5, 1],
        [2, 3, 6],
        [6, 3, 2],
      ] as const) {
        const A = random.normal([rows, inner]);
        const B = random.normal([inner, columns]);
        const run = await learner.matmulKernel({ output: [columns, rows], arguments: [A, B, inner] });
        expect.close(run.values, product(A, B, { rows, columns, inner }));
      }
    },
  },

  'agrees with plain sums for matrices of many shapes': {
    step: 'loops',
    async run({ learner, random, expect }) {
      for (const [rows, inner, columns] of [
        [3, 1, 4],
        [4, 4, 4],
        [5, 9, 2],
        [1, 6, 1],
        [33, 17, 65],
      ] as const) {
        const A = random.normal([rows, inner]);
        const B = random.normal([inner, columns]);
        const run = await learner.matmulKernel({ output: [columns, rows], arguments: [A, B, inner] });
        expect.close(run.values, product(A, B, { rows, columns, inner }));
      }
    },
  },

  'sums exactly as many products as inner says': {
    step: 'sum',
    async run({ learner, random, expect }) {
      const A = random.normal([3, 6]);
      const B = random.normal([6, 4]);
      for (const inner of [1, 4, 5]) {
        const run = await learner.matmulKernel({ output: [4, 3], arguments: [A, B, inner] });
        expect.close(run.values, product(A, B, { rows: 3, columns: 4, inner }));
      }
    },
  },

  'a sum may be long': {
    step: 'sum',
    async run({ learner, random, expect }) {
      const A = random.uniform([2, 1300]);
      const B = random.uniform([1300, 3]);
      const run = await learner.matmulKernel({ output: [3, 2], arguments: [A, B, 1300] });
      // A thousand roundings to float32 one after the other leave an error that grows with the length of the sum.
      expect.close(run.values, product(A, B, { rows: 2, columns: 3, inner: 1300 }), {
        tolerance: { absolute: 1e-3, relative: 1e-4 },
      });
    },
  },

  'a smaller launch computes only its own corner': {
    step: 'thread',
    async run({ learner, random, expect }) {
      const A = random.normal([5, 3]);
      const B = random.normal([3, 6]);
      const run = await learner.matmulKernel({ output: [4, 2], arguments: [A, B, 3] });
      expect.close(run.values, product(A, B, { rows: 2, columns: 4, inner: 3 }));
    },
  },
});
