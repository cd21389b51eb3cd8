import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'takes x for the row and y for the column',
    caughtBy: 'x is the column and y is the row',
    edits: [
      {
        find: 'A[this.thread.y]![k]! * B[k]![this.thread.x]!',
        replace: 'A[this.thread.x]![k]! * B[k]![this.thread.y]!',
      },
    ],
  },
  {
    name: 'runs one product too far',
    caughtBy: 'sums exactly as many products as inner says',
    edits: [{ find: 'k < inner', replace: 'k <= inner' }],
  },
  {
    name: 'starts at the second product',
    caughtBy: "eight threads find the lesson's costs",
    edits: [{ find: 'let k = 0', replace: 'let k = 1' }],
  },
  {
    name: 'keeps the last product instead of adding',
    caughtBy: "eight threads find the lesson's costs",
    edits: [{ find: 'sum += ', replace: 'sum = ' }],
  },
  {
    name: 'multiplies with rows of B, as if it were transposed',
    caughtBy: 'agrees with plain sums for matrices of many shapes',
    edits: [{ find: 'B[k]![this.thread.x]!', replace: 'B[this.thread.x]![k]!' }],
  },
  {
    name: 'takes the number of threads for the length of the sum',
    caughtBy: 'a smaller launch computes only its own corner',
    edits: [{ find: 'k < inner', replace: 'k < this.output.y' }],
  },
  {
    name: 'caps the sum at a thousand products',
    caughtBy: 'a sum may be long',
    edits: [{ find: 'k < inner', replace: 'k < Math.min(inner, 1000)' }],
  },
]);
