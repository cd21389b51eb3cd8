import { defineMutants } from 'authoring';

const mean = 'sum(multiply(ds, s), { axis: -1, keepdim: true })';

export default defineMutants([
  {
    name: 'keeps the diagonal alone, as for a sigmoid',
    caughtBy: "finds the lesson's gradients",
    edits: [{ find: 'multiply(s, subtract(ds, mean))', replace: 'multiply(multiply(s, subtract(1, s)), ds)' }],
  },
  {
    name: 'forgets the diagonal',
    caughtBy: 'agrees with the Jacobian, entry by entry',
    edits: [{ find: 'subtract(ds, mean)', replace: 'subtract(0, mean)' }],
  },
  {
    name: 'adds the mean instead of subtracting it',
    caughtBy: 'agrees with central differences of your own weights',
    edits: [
      { find: 'import { multiply, subtract,', replace: 'import { add, multiply,' },
      { find: 'subtract(ds, mean)', replace: 'add(ds, mean)' },
    ],
  },
  {
    name: 'takes the plain mean of the upstream gradients',
    caughtBy: 'agrees with central differences of your own weights',
    edits: [
      { find: 'import { multiply,', replace: 'import { mean as plainMean, multiply,' },
      { find: mean, replace: 'plainMean(ds, { axis: -1, keepdim: true })' },
      { find: 'subtract, sum }', replace: 'subtract }' },
    ],
  },
  {
    name: 'forgets to weigh by the attention at the end',
    caughtBy: 'the gradients of a row add up to zero',
    edits: [{ find: 'multiply(s, subtract(ds, mean))', replace: 'subtract(ds, mean)' }],
  },
  {
    name: 'drops the axis of the sum',
    caughtBy: 'agrees with the Jacobian, entry by entry',
    edits: [{ find: ', keepdim: true', replace: '' }],
  },
  {
    name: 'takes one mean for all rows',
    caughtBy: 'agrees with the Jacobian, entry by entry',
    edits: [{ find: mean, replace: 'sum(multiply(ds, s))' }],
  },
  {
    name: 'takes axis 1 for the last where there is a batch',
    caughtBy: 'leading axes are carried along',
    edits: [{ find: 'axis: -1', replace: 'axis: Math.min(1, s.rank - 1)' }],
  },
  {
    name: 'forms the Jacobian',
    caughtBy: 'a row of twenty thousand needs no Jacobian',
    edits: [
      { find: 'import { multiply,', replace: 'import { expandDims, matmul, multiply, squeeze,' },
      {
        find: '{ dx: multiply(s, subtract(ds, mean)) }',
        replace:
          '{ dx: subtract(multiply(s, ds), squeeze(matmul(expandDims(ds, -2), multiply(expandDims(s, -1), expandDims(s, -2))), -2)) }',
      },
    ],
  },
  {
    name: 'divides by the sum of the weights, to be safe',
    caughtBy: 'no gradient passes a row that was masked throughout',
    edits: [
      { find: 'import { multiply,', replace: 'import { divide, multiply,' },
      {
        find: mean,
        replace: 'divide(sum(multiply(ds, s), { axis: -1, keepdim: true }), sum(s, { axis: -1, keepdim: true }))',
      },
    ],
  },
  {
    name: 'computes in the upstream gradient',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  return { dx: multiply(s, subtract(ds, mean)) };',
        replace: '  ds.data.set(subtract(ds, mean).data);\n  return { dx: multiply(s, ds) };',
      },
    ],
  },
]);
