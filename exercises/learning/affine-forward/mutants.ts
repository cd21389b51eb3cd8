import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'forgets the transpose',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [{ find: 'matmul(x, transpose(W))', replace: 'matmul(x, W)' }],
  },
  {
    name: 'forgets the bias',
    caughtBy: 'each output has its own weights and its own bias',
    edits: [{ find: 'add(matmul(x, transpose(W)), b)', replace: 'matmul(x, transpose(W))' }],
  },
  {
    name: 'subtracts the bias, as if it were a threshold',
    caughtBy: "finds the lesson's answers",
    edits: [
      { find: 'import { add, matmul', replace: 'import { subtract, matmul' },
      { find: 'return add(', replace: 'return subtract(' },
    ],
  },
  {
    name: 'gives each example a bias instead of each output',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [
      { find: 'import { add, matmul', replace: 'import { add, expandDims, matmul' },
      { find: 'transpose(W)), b)', replace: 'transpose(W)), expandDims(b, 1))' },
    ],
  },
  {
    name: 'returns one column for each example: W xᵀ',
    caughtBy: 'agrees with plain sums for many shapes',
    edits: [
      { find: 'import { add, matmul', replace: 'import { add, expandDims, matmul' },
      { find: 'add(matmul(x, transpose(W)), b)', replace: 'add(matmul(W, transpose(x)), expandDims(b, 1))' },
    ],
  },
  {
    name: 'divides by the number of inputs, like a mean',
    caughtBy: 'one example and one output are a dot product and a bias',
    edits: [
      { find: 'import { add, matmul', replace: 'import { add, divide, matmul' },
      { find: 'add(matmul(x, transpose(W)), b)', replace: 'add(divide(matmul(x, transpose(W)), W.shape[1]!), b)' },
    ],
  },
  {
    name: 'looks at the first example to see how many inputs there are',
    caughtBy: 'an empty batch gives an empty answer',
    edits: [
      {
        find: '// Each row of W is one question',
        replace: '(x.toNested() as number[][])[0]!.length;\n  // Each row of W is one question',
      },
    ],
  },
  {
    name: 'loops over data into a float32 array',
    caughtBy: 'float64 stays float64',
    source: `
import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

export function affineForward(x: Tensor, W: Tensor, b: Tensor): Tensor {
  const [count, inputs] = x.shape as [number, number];
  const outputs = b.size;
  const y = new Float32Array(count * outputs);
  for (let n = 0; n < count; n += 1) {
    for (let k = 0; k < outputs; k += 1) {
      let sum = b.data[k]!;
      for (let i = 0; i < inputs; i += 1) sum += x.data[n * inputs + i]! * W.data[k * inputs + i]!;
      y[n * outputs + k] = sum;
    }
  }
  return fromData(y, [count, outputs]);
}
`,
  },
  {
    name: 'adds the products onto the bias it was given',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'return add(matmul(x, transpose(W)), b);',
        replace: 'const y = add(matmul(x, transpose(W)), b);\n  b.data.set(y.data.subarray(0, b.size));\n  return y;',
      },
    ],
  },
]);
