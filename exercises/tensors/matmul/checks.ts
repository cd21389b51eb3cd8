import { defineChecks } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Tensor } from 'tensor';

/** The specification: `at` finds every entry by its index, so nothing here depends on how data is laid out. */
function product(A: Tensor, B: Tensor): Tensor {
  const [m = 0, n = 0] = A.shape;
  const p = B.shape[1] ?? 0;
  const values: number[] = [];
  for (let i = 0; i < m; i += 1) {
    for (let j = 0; j < p; j += 1) {
      let sum = 0;
      for (let k = 0; k < n; k += 1) sum += A.at(i, k) * B.at(k, j);
      values.push(sum);
    }
  }
  return fromData(Float32Array.from(values), [m, p]);
}

function productWithVector(A: Tensor, x: Tensor): Tensor {
  const column = fromData(x.data, [x.size, 1]);
  return fromData(product(A, column).data, [A.shape[0] ?? 0]);
}

const recipes = [
  [2, 1, 3],
  [0, 4, 1],
];
const prices = [
  [3, 2, 4, 1],
  [1, 2, 1, 3],
  [2, 1, 1, 2],
];

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'dot multiplies entry by entry and adds up': {
    step: 'dot',
    async run({ learner, random, expect }) {
      expect.close(await learner.dot(tensor([2, 1, 3]), tensor([3, 1, 2])), 13);
      for (const length of [1, 2, 5, 83]) {
        const a = random.uniform([length], { low: -1, high: 2 });
        const b = random.uniform([length], { low: -1, high: 2 });
        let sum = 0;
        for (let k = 0; k < length; k += 1) sum += a.at(k) * b.at(k);
        expect.close(await learner.dot(a, b), sum);
      }
    },
  },

  'a sum over nothing is zero': {
    step: 'dot',
    async run({ learner, expect }) {
      const none = fromData(new Float32Array(0), [0]);
      expect.equal(await learner.dot(none, none), 0);
      const A = fromData(new Float32Array(0), [2, 0]);
      const B = fromData(new Float32Array(0), [0, 3]);
      expect.close(await learner.matvec(A, none), tensor([0, 0]));
      expect.close(await learner.matmul(A, B), fromData(new Float32Array(6), [2, 3]));
    },
  },

  'matvec takes the dot product of each row with the vector': {
    step: 'matvec',
    async run({ learner, random, expect }) {
      expect.close(await learner.matvec(tensor(recipes), tensor([3, 1, 2])), tensor([13, 6]));
      for (const [m, n] of [
        [2, 3],
        [5, 2],
        [1, 6],
        [6, 1],
        [4, 4],
        [19, 31],
      ] as const) {
        const A = random.normal([m, n]);
        const x = random.normal([n]);
        expect.close(await learner.matvec(A, x), productWithVector(A, x));
      }
    },
  },

  "matmul finds the lesson's costs": {
    step: 'matmul',
    async run({ learner, expect }) {
      const costs = [
        [13, 9, 12, 11],
        [6, 9, 5, 14],
      ];
      expect.close(await learner.matmul(tensor(recipes), tensor(prices)), tensor(costs));
    },
  },

  'matmul agrees with plain sums for matrices of many shapes': {
    step: 'position',
    async run({ learner, random, expect }) {
      for (const [m, n, p] of [
        [2, 3, 4],
        [4, 3, 2],
        [3, 5, 3],
        [5, 2, 6],
        [4, 4, 4],
        [17, 33, 23],
      ] as const) {
        const A = random.normal([m, n]);
        const B = random.normal([n, p]);
        expect.close(await learner.matmul(A, B), product(A, B));
      }
    },
  },

  'one row, one column or one product is enough': {
    step: 'position',
    async run({ learner, random, expect }) {
      for (const [m, n, p] of [
        [1, 5, 3],
        [4, 5, 1],
        [1, 6, 1],
        [3, 1, 4],
        [1, 1, 1],
      ] as const) {
        const A = random.normal([m, n]);
        const B = random.normal([n, p]);
        expect.close(await learner.matmul(A, B), product(A, B));
      }
    },
  },

  'sizes that do not meet are refused, and the message names both': {
    step: 'matmul',
    async run({ learner, random, expect }) {
      await expect.throws(learner.dot(random.normal([3]), random.normal([5])), {
        because: '3 entries cannot meet 5',
        mentioning: ['3', '5'],
      });
      await expect.throws(learner.matvec(random.normal([2, 3]), random.normal([7])), {
        because: 'rows of 3 entries cannot meet a vector of 7',
        mentioning: ['3', '7'],
      });
      await expect.throws(learner.matmul(random.normal([2, 4]), random.normal([6, 2])), {
        because: '4 columns cannot meet 6 rows',
        mentioning: ['4', '6'],
      });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.dot(random.normal([4]), random.normal([4]));
      await learner.matvec(random.normal([2, 3]), random.normal([3]));
      await learner.matmul(random.normal([2, 3]), random.normal([3, 4]));
      expect.inputsUnchanged();
    },
  },
});
