import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'forgets to scale the scores',
    caughtBy: 'scores are divided by the root of the channels of queries and keys',
    edits: [{ find: 'divide(scores, Math.sqrt(channels))', replace: 'scores' }],
  },
  {
    name: 'divides by the channels instead of their root',
    caughtBy: 'scores are divided by the root of the channels of queries and keys',
    edits: [{ find: 'Math.sqrt(channels)', replace: 'channels' }],
  },
  {
    name: 'takes the channels of the values for the scale',
    caughtBy: 'scores are divided by the root of the channels of queries and keys',
    edits: [{ find: 'Q.shape.at(-1)!', replace: 'V.shape.at(-1)!' }],
  },
  {
    name: 'takes the number of keys for the scale',
    caughtBy: 'queries, keys and channels may all differ in number',
    edits: [{ find: 'Q.shape.at(-1)!', replace: 'K.shape.at(-2)!' }],
  },
  {
    name: 'lets the queries compete for each key',
    caughtBy: 'a single key is attended to fully',
    edits: [{ find: 'softmax(scaled, -1)', replace: 'softmax(scaled, -2)' }],
  },
  {
    name: 'takes axis 1 for the keys, as if there were never a batch',
    caughtBy: 'leading axes are carried along',
    edits: [{ find: 'softmax(scaled, -1)', replace: 'softmax(scaled, 1)' }],
  },
  {
    name: 'weighs by the exponentials and does not divide',
    caughtBy: "each query's weights sum to one",
    edits: [
      { find: 'import { divide, matmul, softmax,', replace: 'import { divide, exp, matmul,' },
      { find: 'softmax(scaled, -1)', replace: 'exp(scaled)' },
    ],
  },
  {
    name: 'writes the softmax as it stands in the book, without subtracting the maximum',
    caughtBy: 'large scores overflow nothing',
    edits: [
      { find: 'import { divide, matmul, softmax,', replace: 'import { divide, exp, matmul, sum,' },
      {
        find: 'softmax(scaled, -1)',
        replace: 'divide(exp(scaled), sum(exp(scaled), { axis: -1, keepdim: true }))',
      },
    ],
  },
  {
    name: 'averages the keys instead of the values',
    caughtBy: "finds the lesson's answers",
    edits: [{ find: 'matmul(weights, V)', replace: 'matmul(weights, K)' }],
  },
  {
    name: 'looks only at tokens that came before',
    caughtBy: 'the order of the tokens does not matter',
    edits: [
      { find: 'import { divide, matmul,', replace: 'import { arange, divide, expandDims, greater, matmul, where,' },
      {
        find: 'softmax(scaled, -1)',
        replace:
          'softmax(where(greater(arange(K.shape.at(-2)!), expandDims(arange(Q.shape.at(-2)!), 1)), -1e9, scaled), -1)',
      },
    ],
  },
  {
    name: 'reads the number of channels from the first query',
    caughtBy: 'no queries, no answers',
    edits: [{ find: 'Q.shape.at(-1)!', replace: '(Q.toNested() as number[][])[0]!.length' }],
  },
  {
    name: 'scales the queries in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '// How well each query',
        replace:
          'Q.data.forEach((value, position) => (Q.data[position] = value / Math.sqrt(channels)));\n  // How well each query',
      },
      { find: 'divide(scores, Math.sqrt(channels))', replace: 'divide(scores, 1)' },
    ],
  },
]);
