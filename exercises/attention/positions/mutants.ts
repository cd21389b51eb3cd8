import { defineEquivalent, defineMutants } from 'authoring';

const angle = 'position / 10000 ** ((channel - odd) / d)';

export default defineMutants([
  {
    name: 'puts all sines first and the cosines behind them',
    caughtBy: "finds the lesson's table",
    edits: [
      { find: angle, replace: 'position / 10000 ** ((2 * (channel % (d / 2))) / d)' },
      { find: 'odd === 0 ?', replace: '2 * channel < d ?' },
      { find: '      const odd = channel % 2;\n', replace: '' },
    ],
  },
  {
    name: 'exchanges sine and cosine',
    caughtBy: "finds the lesson's table",
    edits: [{ find: 'odd === 0 ?', replace: 'odd === 1 ?' }],
  },
  {
    name: 'gives each channel an angle of its own',
    caughtBy: 'each pair of channels has a hand of its own speed',
    edits: [{ find: '(channel - odd) / d', replace: 'channel / d' }],
  },
  {
    name: 'forgets the 2 in the exponent',
    caughtBy: 'each pair of channels has a hand of its own speed',
    edits: [{ find: '(channel - odd) / d', replace: '(channel - odd) / 2 / d' }],
  },
  {
    name: 'multiplies the angle by the distance between the pairs instead of dividing',
    caughtBy: 'one step further turns every pair by the same angle',
    edits: [{ find: angle, replace: 'position / 10000 ** ((odd - channel) / d)' }],
  },
  {
    name: 'rounds the angle to float32',
    caughtBy: 'float64 positions give a float64 encoding',
    edits: [{ find: `= ${angle}`, replace: `= Math.fround(${angle})` }],
  },
  {
    name: 'numbers the rows instead of reading the positions',
    caughtBy: 'positions may have any shape, and need be neither whole nor small',
    edits: [{ find: 'flatMap((position) =>', replace: 'flatMap((_position, position) =>' }],
  },
  {
    name: 'takes an odd number of channels',
    caughtBy: 'an odd number of channels is refused, and the message names it',
    edits: [{ find: 'd % 2 !== 0', replace: 'd < 0' }],
  },
  {
    name: 'counts positions from 1',
    caughtBy: 'every token receives the encoding of its place',
    edits: [{ find: 'arange(0, n, {', replace: 'arange(1, n + 1, {' }],
  },
  {
    name: 'counts the sentences instead of the tokens',
    caughtBy: 'every sentence of a batch begins at position 0',
    edits: [
      { find: 'arange, fromData,', replace: 'arange, expandDims, fromData,' },
      {
        find: '  return add(x, sinusoidal(',
        replace:
          '  if (x.rank > 2) {\n    return add(x, expandDims(sinusoidal(arange(0, x.shape.at(-3)!), d), -2));\n  }\n  return add(x, sinusoidal(',
      },
    ],
  },
  {
    name: 'takes the tokens off the tape',
    caughtBy: 'gradients pass to the tokens',
    edits: [
      { find: 'arange, fromData,', replace: 'arange, detach, fromData,' },
      { find: 'add(x, sinusoidal(', replace: 'add(detach(x), sinusoidal(' },
    ],
  },
  {
    name: 'takes the largest difference without its sign',
    caughtBy: 'the gap is what the places make, in size',
    edits: [
      { find: 'import { abs, add,', replace: 'import { add,' },
      { find: 'max(abs(subtract(before, behind)))', replace: 'max(subtract(before, behind))' },
    ],
  },
  {
    name: 'reorders the first axis instead of the tokens',
    caughtBy: 'the gap is what the places make, in size',
    edits: [
      {
        find: '  // Reordered before f',
        replace:
          '  if (x.rank > 2) return max(abs(subtract(f(take(x, order.filter((row) => row < x.shape[0]!), 0)), take(f(x), order.filter((row) => row < x.shape[0]!), 0)))).at();\n  // Reordered before f',
      },
    ],
  },
  {
    name: 'does not reorder the answer',
    caughtBy: 'what treats every token alike has no gap',
    edits: [{ find: 'take(f(x), order, -2)', replace: 'f(x)' }],
  },
  {
    name: 'puts the answer back by the same order once more',
    caughtBy: 'your attention has no gap, and with positions it has one',
    edits: [{ find: 'take(f(x), order, -2)', replace: 'take(take(f(x), order, -2), order, -2)' }],
  },
  {
    name: 'takes any order of the right length',
    caughtBy: 'an order that is none is refused, and the message names the number of rows',
    edits: [{ find: ' || rows.some((row, place) => row !== place)', replace: '' }],
  },
  {
    name: 'adds in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  // (n, d) lines up',
        replace: '  x.data.forEach((value, place) => (x.data[place] = value + 0.5));\n  // (n, d) lines up',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'return before.size === 0 ? 0 : max(abs(subtract(before, behind))).at();',
    from: 'subtract(before, behind)',
    to: 'subtract(behind, before)',
    because: 'The gap is a distance: |a − b| = |b − a|.',
  },
]);
