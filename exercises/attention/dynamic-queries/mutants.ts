import { defineMutants } from 'authoring';

const whole = 'attend(linear(x, Wq), linear(x, Wk), linear(x, Wv))';

export default defineMutants([
  {
    name: 'averages the tokens themselves and forgets the values',
    caughtBy: 'the pronouns learn who is meant',
    edits: [{ find: 'linear(x, Wv)', replace: 'x' }],
  },
  {
    name: 'takes the weights of the queries for the keys too',
    caughtBy: 'asking and being asked are two things',
    edits: [{ find: 'linear(x, Wk)', replace: 'linear(x, Wq)' }],
  },
  {
    name: 'exchanges queries and keys',
    caughtBy: 'asking and being asked are two things',
    edits: [{ find: 'linear(x, Wq), linear(x, Wk)', replace: 'linear(x, Wk), linear(x, Wq)' }],
  },
  {
    name: 'does not turn the weights',
    caughtBy: 'tokens, channels, queries and values may all differ in number',
    edits: [
      { find: 'import { linear }', replace: 'import { matmul }' },
      { find: whole, replace: 'attend(matmul(x, Wq), matmul(x, Wk), matmul(x, Wv))' },
    ],
  },
  {
    name: 'tells the keys instead of the values',
    caughtBy: 'tokens, channels, queries and values may all differ in number',
    edits: [{ find: 'linear(x, Wv)', replace: 'linear(x, Wk)' }],
  },
  {
    name: 'asks the mean question of all tokens',
    caughtBy: 'the pronouns learn who is meant',
    edits: [
      { find: 'import { linear }', replace: 'import { broadcastTo, linear, mean }' },
      {
        find: 'linear(x, Wq)',
        replace:
          'broadcastTo(mean(linear(x, Wq), { axis: -2, keepdim: true }), [...x.shape.slice(0, -1), Wq.shape[0]!])',
      },
    ],
  },
  {
    name: 'makes one long sentence of a batch',
    caughtBy: 'sentences of a batch do not see each other',
    edits: [
      { find: 'import { linear }', replace: 'import { linear, reshape }' },
      {
        find: `return ${whole};`,
        replace:
          'const all = reshape(x, [-1, x.shape.at(-1)!]);\n  return reshape(attend(linear(all, Wq), linear(all, Wk), linear(all, Wv)), [...x.shape.slice(0, -1), Wv.shape[0]!]);',
      },
    ],
  },
  {
    name: 'lets no token hear itself',
    caughtBy: 'a token alone hears itself',
    edits: [
      { find: 'import { linear }', replace: 'import { linear, multiply }' },
      { find: `return ${whole};`, replace: `const o = ${whole};\n  return x.shape.at(-2) === 1 ? multiply(o, 0) : o;` },
    ],
  },
  {
    name: 'takes the keys off the tape',
    caughtBy: 'gradients reach the tokens and all three weights',
    edits: [
      { find: 'import { linear }', replace: 'import { detach, linear }' },
      { find: 'linear(x, Wk)', replace: 'detach(linear(x, Wk))' },
    ],
  },
  {
    name: 'cuts the tokens down to the channels of the weights',
    caughtBy: 'weights for other channels are refused, and the message names both numbers',
    edits: [
      { find: 'import { linear }', replace: 'import { linear, transpose, slice }' },
      {
        find: '  // Three views',
        replace:
          '  if (x.shape.at(-1)! > Wq.shape[1]!) return selfAttention(transpose(slice(transpose(x), [[0, Wq.shape[1]!]])), { Wq, Wk, Wv });\n  // Three views',
      },
    ],
  },
  {
    name: 'scales the weights of the queries in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  // Three views',
        replace: '  Wq.data.forEach((value, place) => (Wq.data[place] = value / 1.0001));\n  // Three views',
      },
    ],
  },
]);
