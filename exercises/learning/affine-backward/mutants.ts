import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'averages the bias gradient over the batch',
    caughtBy: 'db agrees with central differences',
    edits: [
      { find: 'import { matmul, sum,', replace: 'import { matmul, mean,' },
      { find: 'sum(dy, { axis: 0 })', replace: 'mean(dy, { axis: 0 })' },
    ],
  },
  {
    name: 'divides the weight gradient by the batch once more',
    caughtBy: 'the batch is summed, not averaged',
    edits: [
      { find: 'import { matmul, sum,', replace: 'import { divide, matmul, sum,' },
      { find: 'dW: matmul(transpose(dy), x)', replace: 'dW: divide(matmul(transpose(dy), x), x.shape[0]!)' },
    ],
  },
  {
    name: 'sums the bias gradient over the outputs',
    caughtBy: 'db agrees with central differences',
    edits: [{ find: '{ axis: 0 }', replace: '{ axis: 1 }' }],
  },
  {
    name: 'keeps the summed axis of the bias gradient',
    caughtBy: 'db agrees with central differences',
    edits: [{ find: '{ axis: 0 }', replace: '{ axis: 0, keepdim: true }' }],
  },
  {
    name: 'returns the weight gradient transposed',
    caughtBy: 'dW agrees with central differences',
    edits: [{ find: 'matmul(transpose(dy), x)', replace: 'matmul(transpose(x), dy)' }],
  },
  {
    name: 'turns W on the way back too',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [{ find: 'matmul(dy, W)', replace: 'matmul(dy, transpose(W))' }],
  },
  {
    name: 'uses only the first example for the weights',
    caughtBy: 'dW agrees with central differences',
    edits: [
      { find: 'import { matmul, sum,', replace: 'import { matmul, slice, sum,' },
      { find: 'matmul(transpose(dy), x)', replace: 'matmul(transpose(slice(dy, [[0, 1]])), slice(x, [[0, 1]]))' },
    ],
  },
  {
    name: 'adds up the downstream gradient over the batch',
    caughtBy: 'an example moves its own outputs only',
    edits: [
      { find: 'import { matmul, sum,', replace: 'import { broadcastTo, matmul, sum,' },
      {
        find: 'dx: matmul(dy, W)',
        replace: 'dx: broadcastTo(sum(matmul(dy, W), { axis: 0, keepdim: true }), x.shape)',
      },
    ],
  },
  {
    name: 'forgets the upstream gradient in dx',
    caughtBy: 'dx agrees with central differences',
    edits: [
      { find: 'import { matmul, sum,', replace: 'import { matmul, ones, sum,' },
      { find: 'matmul(dy, W)', replace: 'matmul(ones(dy.shape), W)' },
    ],
  },
  {
    name: 'swaps dx and dW',
    caughtBy: "finds the lesson's gradients",
    edits: [
      { find: 'dx: matmul(dy, W)', replace: 'dW: matmul(dy, W)' },
      { find: 'summed over the batch.\n    dW:', replace: 'summed over the batch.\n    dx:' },
    ],
  },
  {
    name: 'normalises the upstream gradient in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  return {\n    // dx',
        replace:
          '  dy.data.forEach((value, position) => (dy.data[position] = value / x.shape[0]!));\n  return {\n    // dx',
      },
    ],
  },
]);
