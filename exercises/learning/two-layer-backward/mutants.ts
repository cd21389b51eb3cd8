import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'forgets the sigmoid on the way back',
    caughtBy: 'the gradient of b2 agrees with central differences',
    edits: [{ find: 'const output = sigmoidBackward(dy, { y });', replace: 'const output = { dx: dy };' }],
  },
  {
    name: 'forgets the ReLU on the way back',
    caughtBy: 'a layer whose every hidden number is off learns nothing',
    edits: [
      { find: 'const hidden = reluBackward(second.dx, { x: z });', replace: 'const hidden = { dx: second.dx };' },
    ],
  },
  {
    name: 'masks the gradient by its own sign',
    caughtBy: 'the gradient of b1 agrees with central differences',
    edits: [{ find: 'reluBackward(second.dx, { x: z })', replace: 'reluBackward(second.dx, { x: second.dx })' }],
  },
  {
    name: 'hands the second layer z, as if it had never been rectified',
    caughtBy: 'the gradient of W2 agrees with central differences',
    edits: [
      { find: 'affineBackward(output.dx, { x: h, W: W2 })', replace: 'affineBackward(output.dx, { x: z, W: W2 })' },
    ],
  },
  {
    name: 'hands the first layer what the ReLU saw',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [{ find: 'affineBackward(hidden.dx, { x, W: W1 })', replace: 'affineBackward(hidden.dx, { x: h, W: W1 })' }],
  },
  {
    name: 'turns the second weights on the way back',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [
      { find: 'import type { Tensor }', replace: 'import { transpose, type Tensor }' },
      { find: '{ x: h, W: W2 }', replace: '{ x: h, W: transpose(W2) }' },
    ],
  },
  {
    name: 'takes the mean over the batch once more',
    caughtBy: 'from your loss, through your network, to the first weights',
    edits: [
      { find: 'import type { Tensor }', replace: 'import { divide, type Tensor }' },
      { find: 'sigmoidBackward(dy, { y })', replace: 'sigmoidBackward(divide(dy, dy.shape[0]!), { y })' },
    ],
  },
  {
    name: 'applies the slope of the sigmoid to the hidden numbers too',
    caughtBy: 'the gradient of W1 agrees with central differences',
    edits: [{ find: 'reluBackward(second.dx, { x: z })', replace: 'sigmoidBackward(second.dx, { y: h })' }],
  },
  {
    name: 'returns the second bias for both',
    caughtBy: 'the gradient of b1 agrees with central differences',
    edits: [{ find: 'b1: first.db', replace: 'b1: second.db' }],
  },
  {
    name: 'calls the gradients dW1, db1, dW2 and db2',
    caughtBy: "finds the lesson's gradients",
    edits: [
      {
        find: 'return { W1: first.dW, b1: first.db, W2: second.dW, b2: second.db };',
        replace:
          'return { dW1: first.dW, db1: first.db, dW2: second.dW, db2: second.db } as unknown as NetworkParameters;',
      },
    ],
  },
  {
    name: 'multiplies the slope of the sigmoid into the gradient that it was given',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'const output = sigmoidBackward(dy, { y });',
        replace: 'dy.data.set(sigmoidBackward(dy, { y }).dx.data);\n  const output = { dx: dy };',
      },
    ],
  },
]);
