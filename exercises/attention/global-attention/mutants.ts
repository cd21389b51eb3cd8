import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'counts padding in the mean',
    caughtBy: "finds the lesson's means",
    edits: [{ find: 'sum(multiply(x, expandDims(mask, -1)), { axis: -2 })', replace: 'sum(x, { axis: -2 })' }],
  },
  {
    name: 'divides by all tokens, padding included',
    caughtBy: 'padding does not count for the mean',
    edits: [{ find: 'divide(total, count)', replace: 'divide(total, maximum(count, mask.shape.at(-1)!))' }],
  },
  {
    name: 'sums the queries and takes no mean',
    caughtBy: "the query is the mean of all tokens' queries",
    edits: [{ find: 'linear(mean(x, { axis: -2 }), Wq)', replace: 'linear(sum(x, { axis: -2 }), Wq)' }],
  },
  {
    name: 'takes the mean over axis 0, as if there were never a batch',
    caughtBy: "the query is the mean of all tokens' queries",
    edits: [{ find: 'mean(x, { axis: -2 })', replace: 'mean(x, { axis: 0 })' }],
  },
  {
    name: 'hears the padding',
    caughtBy: 'padding is neither asked nor heard',
    edits: [{ find: 'mask ? { mask: expandDims(mask, -2) } : {}', replace: '{}' }],
  },
  {
    name: 'divides by the number of real tokens, even by 0',
    caughtBy: 'a sequence without a real token gives zeros',
    edits: [
      {
        find: 'maximum(sum(mask, { axis: -1, keepdim: true }), 1)',
        replace: 'maximum(sum(mask, { axis: -1, keepdim: true }), 0)',
      },
    ],
  },
  {
    name: 'lets every token ask the mean question',
    caughtBy: 'twenty thousand tokens fit',
    edits: [
      { find: 'import { divide, expandDims,', replace: 'import { add, divide, expandDims,' },
      { find: 'maskedWeights(Q, linear', replace: 'maskedWeights(add(multiply(linear(x, Wq), 0), Q), linear' },
      {
        find: 'return squeeze(matmul(weights, linear(x, Wv)), -2);',
        replace: 'return mean(matmul(weights, linear(x, Wv)), { axis: -2 });',
      },
    ],
  },
  {
    name: 'lets every token ask its own question and averages the answers',
    caughtBy: 'each sequence of a batch has an answer of its own',
    edits: [
      { find: 'maskedWeights(Q, linear', replace: 'maskedWeights(linear(x, Wq), linear' },
      {
        find: 'return squeeze(matmul(weights, linear(x, Wv)), -2);',
        replace: 'return mean(matmul(weights, linear(x, Wv)), { axis: -2 });',
      },
      { find: '  const Q = expandDims(meanQuery(x, Wq, mask), -2);\n', replace: '' },
    ],
  },
  {
    name: 'averages the keys instead of the values',
    caughtBy: 'one query attends to all tokens',
    edits: [{ find: 'matmul(weights, linear(x, Wv))', replace: 'matmul(weights, linear(x, Wk))' }],
  },
  {
    name: 'takes the query off the tape',
    caughtBy: 'gradients agree with central differences',
    edits: [
      { find: 'import { divide, expandDims,', replace: 'import { detach, divide, expandDims,' },
      { find: 'expandDims(meanQuery(x, Wq, mask), -2)', replace: 'expandDims(detach(meanQuery(x, Wq, mask)), -2)' },
    ],
  },
  {
    name: 'clears the padding in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  const total = sum(',
        replace:
          '  const d = x.shape.at(-1)!;\n  x.data.forEach((value, place) => (x.data[place] = mask.data[Math.floor(place / d)] === 1 ? value : 0));\n  const total = sum(',
      },
    ],
  },
]);
