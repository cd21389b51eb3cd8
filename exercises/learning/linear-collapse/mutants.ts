import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'multiplies in the order in which the input meets the layers',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [{ find: 'matmul(W2, W1)', replace: 'matmul(W1, W2)' }],
  },
  {
    name: 'adds the biases as they are',
    caughtBy: 'nothing is mistaken when all sizes are equal',
    edits: [{ find: 'add(matmul(W2, b1), b2)', replace: 'add(b1, b2)' }],
  },
  {
    name: 'forgets the first bias',
    caughtBy: 'the first bias goes through the second layer',
    edits: [{ find: 'add(matmul(W2, b1), b2)', replace: 'b2' }],
  },
  {
    name: 'forgets the second bias',
    caughtBy: "finds the lesson's layer",
    edits: [{ find: 'add(matmul(W2, b1), b2)', replace: 'matmul(W2, b1)' }],
  },
  {
    name: 'returns the weights as (in, out)',
    caughtBy: 'without biases the weights are one matrix product',
    edits: [
      { find: 'import { add, matmul }', replace: 'import { add, matmul, transpose }' },
      { find: 'W: matmul(W2, W1)', replace: 'W: transpose(matmul(W2, W1))' },
    ],
  },
  {
    name: 'keeps the bias as a column',
    caughtBy: 'the one layer answers as the two do, for many shapes',
    edits: [
      { find: 'import { add, matmul }', replace: 'import { add, expandDims, matmul }' },
      { find: 'add(matmul(W2, b1), b2)', replace: 'add(matmul(W2, expandDims(b1, 1)), expandDims(b2, 1))' },
    ],
  },
  {
    name: 'adds the second bias before the second layer',
    caughtBy: 'three layers collapse too, from either end',
    edits: [{ find: 'add(matmul(W2, b1), b2)', replace: 'matmul(W2, add(b1, b2))' }],
  },
  {
    name: 'loops as far as the first layer reaches, whatever the second takes',
    caughtBy: 'layers that do not fit are refused',
    source: `
import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

export function collapse({ W1, b1 }: { W1: Tensor; b1: Tensor }, { W2, b2 }: { W2: Tensor; b2: Tensor }) {
  const [hidden, inputs] = W1.shape as [number, number];
  const outputs = b2.size;
  const W = W1.data.constructor.from({ length: outputs * inputs });
  const b = b2.data.slice();
  for (let k = 0; k < outputs; k += 1) {
    for (let h = 0; h < hidden; h += 1) {
      const weight = W2.at(k, h);
      b[k] += weight * b1.at(h);
      for (let i = 0; i < inputs; i += 1) W[k * inputs + i] = (W[k * inputs + i] || 0) + weight * W1.at(h, i);
    }
  }
  return { W: fromData(W, [outputs, inputs]), b: fromData(b, [outputs]) };
}
`,
  },
  {
    name: 'rounds to float32 on the way',
    caughtBy: 'float64 stays float64',
    edits: [
      { find: 'import { add, matmul }', replace: 'import { add, astype, matmul }' },
      { find: 'W: matmul(W2, W1)', replace: "W: matmul(astype(W2, 'float32'), astype(W1, 'float32'))" },
    ],
  },
  {
    name: 'adds onto the bias that it was given',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  return {\n    // The input',
        replace:
          '  const moved = matmul(W2, b1).data;\n  b2.data.forEach((value, k) => (b2.data[k] = value + moved[k]!));\n  return {\n    // The input',
      },
      { find: 'add(matmul(W2, b1), b2)', replace: 'b2' },
    ],
  },
]);
