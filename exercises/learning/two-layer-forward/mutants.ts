import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'forgets what stands between the layers',
    caughtBy: 'hidden numbers below zero become zero, and the others stay',
    edits: [{ find: 'const h = relu(z);', replace: 'const h = z;' }],
  },
  {
    name: 'hands the second layer what was there before the ReLU',
    caughtBy: 'the second layer weighs what is left, and the sigmoid ends it',
    edits: [{ find: 'affineForward(h, W2, b2)', replace: 'affineForward(z, W2, b2)' }],
  },
  {
    name: 'ends with the second layer, without a sigmoid',
    caughtBy: "finds the lesson's answers",
    edits: [{ find: 'sigmoid(affineForward(h, W2, b2))', replace: 'affineForward(h, W2, b2)' }],
  },
  {
    name: 'exchanges ReLU and sigmoid',
    caughtBy: 'hidden numbers below zero become zero, and the others stay',
    edits: [
      { find: 'relu(z)', replace: 'sigmoid(z)' },
      { find: 'sigmoid(affineForward(h, W2, b2))', replace: 'relu(affineForward(h, W2, b2))' },
    ],
  },
  {
    name: 'puts a ReLU after the second layer as well',
    caughtBy: 'the second layer weighs what is left, and the sigmoid ends it',
    edits: [{ find: 'sigmoid(affineForward(h, W2, b2))', replace: 'sigmoid(relu(affineForward(h, W2, b2)))' }],
  },
  {
    name: 'forgets the first bias',
    caughtBy: 'the first layer weighs the inputs',
    edits: [
      { find: 'import type { Tensor }', replace: 'import { zeros, type Tensor }' },
      { find: 'affineForward(x, W1, b1)', replace: 'affineForward(x, W1, zeros(b1.shape, { dtype: b1.dtype }))' },
    ],
  },
  {
    name: 'turns the second weights, since the hidden layer has as many rows',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [
      { find: 'import type { Tensor }', replace: 'import { transpose, type Tensor }' },
      { find: 'affineForward(h, W2, b2)', replace: 'affineForward(h, transpose(W2), b2)' },
    ],
  },
  {
    name: 'rectifies z where it lies, so that the cache holds h twice',
    caughtBy: 'the cache keeps x, z, h and y as they were',
    edits: [
      {
        find: 'const h = relu(z);',
        replace: 'z.data.forEach((value, place) => (z.data[place] = Math.max(value, 0)));\n  const h = z;',
      },
    ],
  },
  {
    name: 'keeps what stood before the sigmoid in the place of y',
    caughtBy: 'the cache keeps x, z, h and y as they were',
    edits: [{ find: 'cache: { x, z, h, y }', replace: 'cache: { x, z, h, y: affineForward(h, W2, b2) }' }],
  },
  {
    name: 'looks at the first example to see how wide it is',
    caughtBy: 'an empty batch gives empty answers',
    edits: [
      { find: '  const h = relu(z);', replace: '  (x.toNested() as number[][])[0]!.length;\n  const h = relu(z);' },
    ],
  },
  {
    name: 'rounds the hidden numbers to float32',
    caughtBy: 'float64 stays float64',
    edits: [
      { find: 'import type { Tensor }', replace: 'import { astype, type Tensor }' },
      { find: 'relu(z)', replace: "relu(astype(z, 'float32'))" },
    ],
  },
  {
    name: 'centres the inputs in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  const z = affineForward(x, W1, b1);',
        replace:
          '  x.data.forEach((value, place) => (x.data[place] = value - 0.5));\n  const z = affineForward(x, W1, b1);',
      },
    ],
  },
]);
