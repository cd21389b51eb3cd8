import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'returns the mask without the upstream gradient',
    caughtBy: 'the gradient through your relu agrees with central differences',
    edits: [{ find: 'multiply(dy, greater(x, 0))', replace: 'greater(x, 0)' }],
  },
  {
    name: 'rectifies the gradient by its own sign',
    caughtBy: 'the gradient through your relu agrees with central differences',
    edits: [{ find: 'greater(x, 0)', replace: 'greater(dy, 0)' }],
  },
  {
    name: 'multiplies by what came out instead of the slope',
    caughtBy: "finds the lesson's gradients",
    edits: [
      { find: 'import { greater, multiply,', replace: 'import { maximum, multiply,' },
      { find: 'greater(x, 0)', replace: 'maximum(x, 0)' },
    ],
  },
  {
    name: 'lets the gradient through at 0',
    caughtBy: 'at the kink itself nothing passes',
    edits: [
      { find: 'import { greater, multiply,', replace: 'import { greaterEqual, multiply,' },
      { find: 'greater(x, 0)', replace: 'greaterEqual(x, 0)' },
    ],
  },
  {
    name: 'takes y for x, and computes its sigmoid once more',
    caughtBy: 'the slope of the sigmoid is a quarter in the middle and less on both sides',
    edits: [
      { find: 'import { greater, multiply,', replace: 'import { greater, multiply, sigmoid,' },
      { find: 'multiply(y, subtract(1, y))', replace: 'multiply(sigmoid(y), subtract(1, sigmoid(y)))' },
    ],
  },
  {
    name: 'forgets the upstream gradient of the sigmoid',
    caughtBy: 'the gradient through your sigmoid agrees with central differences',
    edits: [{ find: 'multiply(dy, multiply(y, subtract(1, y)))', replace: 'multiply(y, subtract(1, y))' }],
  },
  {
    name: 'loses the minus sign: y (y − 1)',
    caughtBy: 'the gradient through your sigmoid agrees with central differences',
    edits: [{ find: 'subtract(1, y)', replace: 'subtract(y, 1)' }],
  },
  {
    name: 'takes the slope of the hyperbolic tangent, 1 − y²',
    caughtBy: 'the slope of the sigmoid is a quarter in the middle and less on both sides',
    edits: [{ find: 'multiply(y, subtract(1, y))', replace: 'subtract(1, multiply(y, y))' }],
  },
  {
    name: 'goes back to x through a logarithm',
    caughtBy: 'a saturated sigmoid passes nothing, and no NaN either',
    edits: [
      {
        find: 'import { greater, multiply,',
        replace: 'import { add, divide, exp, greater, log, multiply, negative, square,',
      },
      {
        find: 'multiply(y, subtract(1, y))',
        replace:
          'divide(exp(negative(log(divide(y, subtract(1, y))))), square(add(1, exp(negative(log(divide(y, subtract(1, y))))))))',
      },
    ],
  },
  {
    name: 'multiplies matrices instead of entries',
    caughtBy: 'tensors of every rank keep their shape',
    edits: [
      { find: 'import { greater, multiply,', replace: 'import { greater, matmul, multiply, transpose,' },
      { find: 'multiply(dy, greater(x, 0))', replace: 'matmul(dy, transpose(greater(x, 0)))' },
    ],
  },
  {
    name: 'clears the upstream gradient where it lies',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  return { dx: multiply(dy, greater(x, 0)) };',
        replace: '  x.data.forEach((value, i) => (dy.data[i] = value > 0 ? dy.data[i]! : 0));\n  return { dx: dy };',
      },
    ],
  },
]);
