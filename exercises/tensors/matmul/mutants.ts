import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'dot forgets the last entry',
    caughtBy: 'dot multiplies entry by entry and adds up',
    edits: [{ find: 'k < a.size', replace: 'k < a.size - 1' }],
  },
  {
    name: 'dot starts from the first product instead of zero',
    caughtBy: 'a sum over nothing is zero',
    edits: [
      { find: 'let sum = 0;', replace: 'let sum = a.data[0]! * b.data[0]!;' },
      { find: 'for (let k = 0; k < a.size', replace: 'for (let k = 1; k < a.size' },
    ],
  },
  {
    name: 'matvec walks down the columns',
    caughtBy: 'matvec takes the dot product of each row with the vector',
    edits: [{ find: 'A.data[i * n + k]! * x.data[k]!', replace: 'A.data[k * m + i]! * x.data[k]!' }],
  },
  {
    name: 'matvec never starts its sum again',
    caughtBy: 'matvec takes the dot product of each row with the vector',
    edits: [
      { find: 'const y = new Float32Array(m);', replace: 'const y = new Float32Array(m);\n  let running = 0;' },
      { find: 'let total = 0;', replace: 'let total = running;' },
      { find: 'y[i] = total;', replace: 'y[i] = total;\n    running = total;' },
    ],
  },
  {
    name: 'matmul keeps the last product instead of adding',
    caughtBy: "matmul finds the lesson's costs",
    edits: [{ find: 'cell += A.data', replace: 'cell = A.data' }],
  },
  {
    name: 'matmul reads rows of B, as if it were already transposed',
    caughtBy: 'matmul agrees with plain sums for matrices of many shapes',
    edits: [{ find: 'B.data[k * p + j]!', replace: 'B.data[j * n + k]!' }],
  },
  {
    name: 'matmul takes the row length of A from its rows',
    caughtBy: 'matmul agrees with plain sums for matrices of many shapes',
    edits: [{ find: 'cell += A.data[i * n + k]!', replace: 'cell += A.data[i * m + k]!' }],
  },
  {
    name: 'matmul stores the cells column by column',
    caughtBy: 'matmul agrees with plain sums for matrices of many shapes',
    edits: [{ find: 'C[i * p + j] = cell;', replace: 'C[j * m + i] = cell;' }],
  },
  {
    name: 'matmul sums over as many products as A has rows',
    caughtBy: 'one row, one column or one product is enough',
    edits: [{ find: 'k < n; k += 1) cell', replace: 'k < Math.min(m, n); k += 1) cell' }],
  },
  {
    name: 'sizes are never compared',
    caughtBy: 'sizes that do not meet are refused, and the message names both',
    edits: [{ find: 'if (n !== rowsOfB) throw', replace: 'if (n < 0) throw' }],
  },
  {
    name: 'dot keeps its products in the first vector',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'sum += a.data[k]! * b.data[k]!;',
        replace: 'a.data[k] = a.data[k]! * b.data[k]!;\n    sum += a.data[k]!;',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'for (let i = 0; i < m; i += 1) {',
    from: 'i < m',
    to: 'i <= m',
    because: 'A typed array ignores what is written behind its end, and the row of nothing lies there.',
  },
  {
    at: 'for (let j = 0; j < p; j += 1) {',
    from: 'j < p',
    to: 'j <= p',
    because:
      'What is written behind the end of a row is overwritten when the next row begins; behind the last, it is ignored.',
  },
]);
