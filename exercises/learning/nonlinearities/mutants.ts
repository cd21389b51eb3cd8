import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'takes the absolute value',
    caughtBy: "finds the lesson's values",
    edits: [
      { find: 'import { add,', replace: 'import { abs, add,' },
      { find: 'maximum(x, 0)', replace: 'abs(x)' },
    ],
  },
  {
    name: 'keeps what is negative instead',
    caughtBy: 'relu keeps what is positive and makes the rest 0',
    edits: [
      { find: 'exp, maximum,', replace: 'exp, minimum,' },
      { find: 'maximum(x, 0)', replace: 'minimum(x, 0)' },
    ],
  },
  {
    name: 'lets a hundredth of the negative side through',
    caughtBy: 'two relus add up to an absolute value, which no affine layer can make',
    edits: [
      { find: 'maximum, negative }', replace: 'maximum, multiply, negative }' },
      { find: 'maximum(x, 0)', replace: 'maximum(x, multiply(x, 0.01))' },
    ],
  },
  {
    name: 'multiplies by a mask of ones and zeros',
    caughtBy: 'far out, nothing overflows',
    edits: [
      { find: 'maximum, negative }', replace: 'greater, multiply, negative }' },
      { find: 'maximum(x, 0)', replace: 'multiply(x, greater(x, 0))' },
    ],
  },
  {
    name: 'chooses by x > 0, so that a NaN becomes 0',
    caughtBy: 'a NaN stays a NaN',
    edits: [
      { find: 'maximum, negative }', replace: 'greater, negative, where }' },
      { find: 'maximum(x, 0)', replace: 'where(greater(x, 0), x, 0)' },
    ],
  },
  {
    name: 'writes the sigmoid as eˣ / (1 + eˣ)',
    caughtBy: 'far out, nothing overflows',
    edits: [{ find: 'divide(1, add(1, exp(negative(x))))', replace: 'divide(exp(x), add(1, exp(x)))' }],
  },
  {
    name: 'forgets the minus sign in the exponent',
    caughtBy: 'sigmoid agrees with its formula, entry by entry',
    edits: [{ find: 'exp(negative(x))', replace: 'exp(x)' }],
  },
  {
    name: 'stretches the sigmoid from −1 to 1',
    caughtBy: 'the sigmoid of −x is what the sigmoid of x leaves of 1',
    edits: [
      { find: 'maximum, negative }', replace: 'maximum, negative, subtract }' },
      { find: 'divide(1, add(1, exp(negative(x))))', replace: 'subtract(divide(2, add(1, exp(negative(x)))), 1)' },
    ],
  },
  {
    name: 'loops over rows and columns, as if there were always two axes',
    caughtBy: 'a single number and an empty tensor keep their shapes',
    edits: [
      { find: 'import { add,', replace: 'import { zeros, add,' },
      {
        find: 'return maximum(x, 0);',
        replace:
          'const [n, k] = x.shape as [number, number];\n  const y = zeros([n, k], { dtype: x.dtype });\n  for (let i = 0; i < n * k; i += 1) y.data[i] = Math.max(x.data[i]!, 0);\n  return y;',
      },
    ],
  },
  {
    name: 'writes the results into a new Float32Array',
    caughtBy: 'float64 stays float64',
    edits: [
      { find: 'import { add,', replace: 'import { fromData, add,' },
      {
        find: 'divide(1, add(1, exp(negative(x))))',
        replace: 'fromData(Float32Array.from(x.data, (value) => 1 / (1 + Math.exp(-value))), x.shape)',
      },
    ],
  },
  {
    name: 'overwrites the negative entries with 0',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'return maximum(x, 0);',
        replace: 'x.data.forEach((value, i) => (x.data[i] = Math.max(value, 0)));\n  return x;',
      },
    ],
  },
]);
