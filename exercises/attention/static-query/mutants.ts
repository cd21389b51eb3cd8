import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'forgets the root',
    caughtBy: 'with a thousand channels, scores still spread by about one',
    edits: [{ find: 'divide(agreement, Math.sqrt(q.shape[0]!))', replace: 'divide(agreement, 1)' }],
  },
  {
    name: 'divides by the channels instead of their root',
    caughtBy: 'scores are divided by the root of the channels',
    edits: [{ find: 'Math.sqrt(q.shape[0]!)', replace: 'q.shape[0]!' }],
  },
  {
    name: 'divides by the root of the tokens',
    caughtBy: "finds the lesson's scores",
    edits: [{ find: 'q.shape[0]!', replace: 'K.shape.at(-2)!' }],
  },
  {
    name: 'takes the length of the query instead of its number of channels',
    caughtBy: 'every token is asked, whatever the number of tokens and channels',
    edits: [
      { find: 'import { divide, matmul }', replace: 'import { divide, matmul, sqrt, square, sum }' },
      { find: 'Math.sqrt(q.shape[0]!)', replace: 'sqrt(sum(square(q)))' },
    ],
  },
  {
    name: 'takes axis 1 for the channels, as if there were never a batch',
    caughtBy: 'leading axes are carried along',
    edits: [
      { find: 'import { divide, matmul }', replace: 'import { divide, matmul, multiply, sum }' },
      {
        find: 'const agreement = matmul(K, q);',
        replace:
          'if (q.shape[0] !== K.shape.at(-1)) throw new Error(`${q.shape} and ${K.shape}`);\n  const agreement = sum(multiply(K, q), { axis: 1 });',
      },
    ],
  },
  {
    name: 'asks every channel instead of every token',
    caughtBy: 'every token is asked, whatever the number of tokens and channels',
    edits: [
      { find: 'import { divide, matmul }', replace: 'import { divide, matmul, multiply, sum }' },
      { find: 'matmul(K, q);', replace: 'sum(multiply(K, q), { axis: -2 });' },
    ],
  },
  {
    name: 'keeps the axis that was summed',
    caughtBy: "finds the lesson's scores",
    edits: [
      { find: 'import { divide, matmul }', replace: 'import { divide, expandDims, matmul }' },
      { find: 'matmul(K, q)', replace: 'matmul(K, expandDims(q, 1))' },
    ],
  },
  {
    name: 'lets a query of one channel be broadcast',
    caughtBy: 'a query with other channels than the keys is refused, and the message names both numbers',
    edits: [
      { find: 'import { divide, matmul }', replace: 'import { divide, matmul, multiply, sum }' },
      { find: 'matmul(K, q);', replace: 'sum(multiply(K, q), { axis: -1 });' },
    ],
  },
  {
    name: 'computes in loops, past the tape',
    caughtBy: 'gradients reach the query and the keys',
    edits: [
      { find: 'import { divide, matmul }', replace: 'import { divide, fromData, matmul }' },
      {
        find: 'const agreement = matmul(K, q);',
        replace: 'const product = matmul(K, q);\n  const agreement = fromData(product.data, product.shape);',
      },
    ],
  },
  {
    name: 'scales by the first key',
    caughtBy: 'no tokens, no scores',
    edits: [
      { find: 'import { divide, matmul }', replace: 'import { divide, matmul, slice }' },
      {
        find: 'Math.sqrt(q.shape[0]!)',
        replace: 'Math.sqrt(slice(K, K.shape.slice(0, -1).map(() => 0)).size)',
      },
    ],
  },
  {
    name: 'scales the query in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  // A matrix times a vector',
        replace:
          '  q.data.forEach((value, a) => (q.data[a] = value / Math.sqrt(q.size)));\n  // A matrix times a vector',
      },
      { find: 'divide(agreement, Math.sqrt(q.shape[0]!))', replace: 'divide(agreement, 1)' },
    ],
  },
]);
