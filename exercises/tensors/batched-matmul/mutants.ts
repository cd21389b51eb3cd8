import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'takes the place in the batch for the matrix',
    caughtBy: 'one matrix serves a whole stack, on either side',
    edits: [
      { find: 'matrixAt(place, { batch, own: A.shape.slice(0, -2) }) * m * n', replace: 'place * m * n' },
      { find: 'matrixAt(place, { batch, own: B.shape.slice(0, -2) }) * n * p', replace: 'place * n * p' },
    ],
  },
  {
    name: 'moves along a stretched axis',
    caughtBy: 'a batch axis of size 1 is repeated, wherever it stands',
    edits: [{ find: 'if (size !== 1) matrix += index * stride;', replace: 'matrix += index * stride;' }],
  },
  {
    name: 'counts its own matrices round and round',
    caughtBy: 'a batch axis of size 1 is repeated, wherever it stands',
    edits: [
      {
        find: 'matrixAt(place, { batch, own: A.shape.slice(0, -2) }) * m * n',
        replace: '(place % product(A.shape.slice(0, -2))) * m * n',
      },
    ],
  },
  {
    name: 'uses the strides of the common batch',
    caughtBy: 'a batch axis of size 1 is repeated, wherever it stands',
    edits: [{ find: 'stride *= size;', replace: 'stride *= batch[axis]!;' }],
  },
  {
    name: 'lines the batch axes up at the left',
    caughtBy: 'a batch axis of size 1 is repeated, wherever it stands',
    edits: [
      { find: 'a[axis - (rank - a.length)] ?? 1', replace: 'a[axis] ?? 1' },
      { find: 'b[axis - (rank - b.length)] ?? 1', replace: 'b[axis] ?? 1' },
      { find: 'own[axis - (batch.length - own.length)] ?? 1', replace: 'own[axis] ?? 1' },
    ],
  },
  {
    name: 'multiplies the first two matrices only',
    caughtBy: 'multiplies stack by stack, each matrix with its own',
    edits: [
      { find: 'matrixAt(place, { batch, own: A.shape.slice(0, -2) }) * m * n', replace: '0' },
      { find: 'matrixAt(place, { batch, own: B.shape.slice(0, -2) }) * n * p', replace: '0' },
    ],
  },
  {
    name: 'skips whole matrices by the rows of the wrong one',
    caughtBy: "finds the lesson's costs on three days",
    edits: [
      {
        find: 'matrixAt(place, { batch, own: B.shape.slice(0, -2) }) * n * p',
        replace: 'matrixAt(place, { batch, own: B.shape.slice(0, -2) }) * m * p',
      },
    ],
  },
  {
    name: 'takes A for the batch and leaves B out of it',
    caughtBy: "finds the lesson's costs on three days",
    edits: [
      {
        find: 'const batch = sharedBatch(A.shape.slice(0, -2), B.shape.slice(0, -2));',
        replace: 'const batch = A.shape.slice(0, -2);',
      },
    ],
  },
  {
    name: 'reads B as if its matrices were transposed',
    caughtBy: 'without batch axes it is the matrix product',
    edits: [{ find: 'B.data[b + k * p + j]!', replace: 'B.data[b + j * n + k]!' }],
  },
  {
    name: 'takes the larger batch size',
    caughtBy: 'a batch of no matrices, or a sum of no products, is no error',
    edits: [{ find: 'sizeOfA === 1 ? sizeOfB : sizeOfA', replace: 'Math.max(sizeOfA, sizeOfB)' }],
  },
  {
    name: 'forgets to compare the inner sizes',
    caughtBy: 'inner sizes that do not meet are refused, and the message names both',
    edits: [{ find: 'if (n !== rowsOfB)', replace: 'if (n > 99)' }],
  },
  {
    name: 'lets inner sizes of 1 stretch too',
    caughtBy: 'inner sizes that do not meet are refused, and the message names both',
    edits: [{ find: 'if (n !== rowsOfB)', replace: 'if (n !== rowsOfB && n !== 1 && rowsOfB !== 1)' }],
  },
  {
    name: 'lets any two batch sizes meet',
    caughtBy: 'batch sizes that do not fit are refused, and the message names both',
    edits: [{ find: 'sizeOfA !== sizeOfB && sizeOfA !== 1 && sizeOfB !== 1', replace: 'sizeOfA < 0 || sizeOfB < 0' }],
  },
  {
    name: 'takes a vector for a matrix of one row',
    caughtBy: 'a tensor with fewer than two axes holds no matrix and is refused',
    edits: [
      {
        find: 'const [rows, columns] = shape.slice(-2);',
        replace: 'const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape.slice(-2);',
      },
    ],
  },
  {
    name: 'collects the sums in A',
    caughtBy: 'does not change its input',
    edits: [
      { find: 'values[c + i * p + j] = sum;', replace: 'values[c + i * p + j] = sum;\n        A.data[a] = 0 + sum;' },
    ],
  },
]);
