import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'starts the maximum at zero',
    caughtBy: 'the largest of negative scores is negative',
    edits: [{ find: 'let largest = x[this.thread.x]![0]!;', replace: 'let largest = 0;' }],
  },
  {
    name: 'never looks at the last score',
    caughtBy: 'the maximum kernel finds the largest score of each row',
    edits: [{ find: 'for (let k = 1; k < columns; k += 1)', replace: 'for (let k = 1; k < columns - 1; k += 1)' }],
  },
  {
    name: 'keeps the last score instead of the largest',
    caughtBy: 'the maximum kernel finds the largest score of each row',
    edits: [{ find: 'Math.max(largest, x[this.thread.x]![k]!)', replace: 'x[this.thread.x]![k]!' }],
  },
  {
    name: 'takes y for the row in a launch of one axis',
    caughtBy: 'the maximum kernel finds the largest score of each row',
    edits: [
      { find: 'let largest = x[this.thread.x]![0]!;', replace: 'let largest = x[this.thread.y]![0]!;' },
      { find: 'Math.max(largest, x[this.thread.x]![k]!)', replace: 'Math.max(largest, x[this.thread.y]![k]!)' },
    ],
  },
  {
    name: 'walks down the column',
    caughtBy: 'the sum kernel adds the exponentials of each row',
    edits: [
      {
        find: 'Math.exp(x[this.thread.x]![k]! - maxima[this.thread.x]!)',
        replace: 'Math.exp(x[k]![this.thread.x]! - maxima[this.thread.x]!)',
      },
    ],
  },
  {
    name: 'adds the scores themselves',
    caughtBy: 'the sum kernel adds the exponentials of each row',
    edits: [
      {
        find: 'total += Math.exp(x[this.thread.x]![k]! - maxima[this.thread.x]!)',
        replace: 'total += x[this.thread.x]![k]! - maxima[this.thread.x]!',
      },
    ],
  },
  {
    name: 'sums without subtracting the maximum',
    caughtBy: 'scores of a hundred and more do not overflow',
    edits: [
      {
        find: 'Math.exp(x[this.thread.x]![k]! - maxima[this.thread.x]!)',
        replace: 'Math.exp(x[this.thread.x]![k]!) / Math.exp(maxima[this.thread.x]!)',
      },
    ],
  },
  {
    name: 'runs one column too far',
    caughtBy: 'both believe the number of columns that they are told',
    edits: [{ find: 'for (let k = 0; k < columns; k += 1)', replace: 'for (let k = 0; k <= columns; k += 1)' }],
  },
  {
    name: 'takes the number of threads for the number of columns',
    caughtBy: 'both believe the number of columns that they are told',
    edits: [{ find: 'for (let k = 1; k < columns; k += 1)', replace: 'for (let k = 1; k < this.output.x; k += 1)' }],
  },
  {
    name: 'looks the maximum up by the column',
    caughtBy: 'the normalise kernel gives every cell the share of its row',
    edits: [
      {
        find: 'Math.exp(x[this.thread.y]![this.thread.x]! - maxima[this.thread.y]!)',
        replace: 'Math.exp(x[this.thread.y]![this.thread.x]! - maxima[this.thread.x]!)',
      },
    ],
  },
  {
    name: 'forgets to divide by the sum',
    caughtBy: 'three launches one after the other are a softmax',
    edits: [{ find: ' / sums[this.thread.y]!', replace: ' + 0 * sums[this.thread.y]!' }],
  },
  {
    name: 'forgets the maximum in the share',
    caughtBy: 'three launches one after the other are a softmax',
    edits: [
      {
        find: 'Math.exp(x[this.thread.y]![this.thread.x]! - maxima[this.thread.y]!)',
        replace: 'Math.exp(x[this.thread.y]![this.thread.x]! - 0 * maxima[this.thread.y]!)',
      },
    ],
  },
  {
    name: 'caps the row at a thousand scores',
    caughtBy: 'a row may be long',
    edits: [
      { find: 'for (let k = 1; k < columns; k += 1)', replace: 'for (let k = 1; k < Math.min(columns, 1000); k += 1)' },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'for (let k = 1; k < columns; k += 1) {',
    from: 'k = 1',
    to: 'k = 0',
    because: 'The larger of the first score and itself is that score.',
  },
]);
