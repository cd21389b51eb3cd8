import { defineEquivalent, defineMutants } from 'authoring';

const firstLayer = 'before === undefined ? here : matmul(here, before)';
const normalised = 'divide(kept, sum(kept, { axis: -1, keepdim: true }))';
const logs = 'log(where(equal(weights, 0), 1, weights))';

export default defineMutants([
  {
    name: 'shows every block the tokens of the beginning',
    caughtBy: 'every layer is watched on what the one before it made',
    edits: [
      {
        find: 'blocks.reduce((h, block) => block.forward(h, watched), x);',
        replace: 'blocks.forEach((block) => block.forward(x, watched));',
      },
    ],
  },
  {
    name: 'puts the last layer first',
    caughtBy: 'every layer is watched on what the one before it made',
    edits: [{ find: 'seen.push(w);', replace: 'seen.unshift(w);' }],
  },
  {
    name: 'answers with the values instead of their mean, so that later layers see something else',
    caughtBy: 'every layer is watched on what the one before it made',
    edits: [{ find: 'return matmul(w, V);', replace: 'return V;' }],
  },
  {
    name: 'watches without the mask',
    caughtBy: 'what a mask hides has no weight, and later layers know nothing of it',
    edits: [{ find: 'maskedWeights(Q, K, allowed)', replace: 'maskedWeights(Q, K, {})' }],
  },
  {
    name: 'takes the first sentence for all',
    caughtBy: 'a batch keeps its axes behind that of the layers',
    edits: [
      { find: 'return stack(seen);', replace: 'return stack(seen.map((w) => (w.rank > 3 ? slice(w, [0]) : w)));' },
    ],
  },
  {
    name: 'stays on the tape',
    caughtBy: 'watching leaves nothing on the tape',
    edits: [
      { find: 'return noGrad(() => {', replace: 'return [0].map(() => {' },
      { find: '  });\n}\n\n/** Five', replace: '  })[0]!;\n}\n\n/** Five' },
    ],
  },
  {
    name: 'forgets the sign of the entropy',
    caughtBy: 'entropy is 0 for a look at one token and ln n for a look at all alike',
    edits: [{ find: 'negative(divide(total(logs), n))', replace: 'divide(total(logs), n)' }],
  },
  {
    name: 'measures entropy in bits',
    caughtBy: 'entropy is 0 for a look at one token and ln n for a look at all alike',
    edits: [{ find: 'divide(total(logs), n)', replace: 'divide(total(logs), n * Math.LN2)' }],
  },
  {
    name: 'adds up over the queries and takes no mean',
    caughtBy: 'entropy is 0 for a look at one token and ln n for a look at all alike',
    edits: [{ find: 'negative(divide(total(logs), n))', replace: 'negative(total(logs))' }],
  },
  {
    name: 'takes the logarithm of 0',
    caughtBy: 'a weight of 0 adds nothing to the entropy',
    edits: [{ find: logs, replace: 'log(weights)' }],
  },
  {
    name: 'lets distances to the left and to the right cancel',
    caughtBy: 'distance counts the tokens between query and key, to either side',
    edits: [{ find: 'total(abs(apart))', replace: 'total(apart)' }],
  },
  {
    name: 'squares the distance',
    caughtBy: 'distance counts the tokens between query and key, to either side',
    edits: [{ find: 'total(abs(apart))', replace: 'total(square(apart))' }],
  },
  {
    name: 'takes the next token for the previous one',
    caughtBy: 'shares of the token itself, the one before and the first one',
    edits: [{ find: 'total(equal(apart, -1))', replace: 'total(equal(apart, 1))' }],
  },
  {
    name: 'divides the share of the previous token by all queries',
    caughtBy: 'shares of the token itself, the one before and the first one',
    edits: [{ find: 'Math.max(n - 1, 1)', replace: 'n' }],
  },
  {
    name: 'takes what the first token looks at for looks at the first token',
    caughtBy: 'shares of the token itself, the one before and the first one',
    edits: [{ find: 'equal(keys, 0)', replace: 'equal(expandDims(keys, 1), 0)' }],
  },
  {
    name: 'divides by zero for a single token',
    caughtBy: 'a single token has none before it',
    edits: [{ find: 'Math.max(n - 1, 1)', replace: '(n - 1)' }],
  },
  {
    name: 'answers with the last layer alone',
    caughtBy: "the lesson's two layers are rolled out",
    edits: [{ find: '  return stack(rollout);', replace: '  return rollout.at(-1)!;' }],
  },
  {
    name: 'forgets what the shortcut keeps',
    caughtBy: 'heads are averaged, and one layer mixes half of what was kept',
    edits: [
      { find: 'add(mean(weights, { axis: -3 }), identity)', replace: 'mean(weights, { axis: -3 })' },
      { find: '  const identity = equal(expandDims(places, 1), places);\n', replace: '' },
    ],
  },
  {
    name: 'lets rows add up to two',
    caughtBy: 'every row adds up to one',
    edits: [{ find: `const mixing = ${normalised}`, replace: 'const mixing = kept' }],
  },
  {
    name: 'makes columns add up to one',
    caughtBy: 'heads are averaged, and one layer mixes half of what was kept',
    edits: [{ find: 'sum(kept, { axis: -1, keepdim: true })', replace: 'sum(kept, { axis: -2, keepdim: true })' }],
  },
  {
    name: 'adds the heads up',
    caughtBy: 'heads are averaged, and one layer mixes half of what was kept',
    edits: [{ find: 'mean(weights, { axis: -3 })', replace: 'sum(weights, { axis: -3 })' }],
  },
  {
    name: 'multiplies from the other side',
    caughtBy: 'layers are multiplied, the later one on the left',
    edits: [{ find: 'matmul(here, before)', replace: 'matmul(before, here)' }],
  },
  {
    name: 'shows each layer by itself',
    caughtBy: 'layers are multiplied, the later one on the left',
    edits: [{ find: firstLayer, replace: 'before === undefined ? here : here' }],
  },
  {
    name: 'halves instead of dividing by the sum of the row',
    caughtBy: 'a query that may attend to nothing keeps what it has',
    edits: [{ find: normalised, replace: 'divide(kept, 2)' }],
  },
  {
    name: 'averages over the sentences of a batch',
    caughtBy: 'a batch is rolled out sentence by sentence',
    edits: [{ find: 'mean(weights, { axis: -3 })', replace: 'mean(weights, { axis: 1 })' }],
  },
  {
    name: 'takes weights without an axis for layers',
    caughtBy: 'weights without an axis for layers, or with other keys than queries, are refused',
    edits: [{ find: 'shape.length < 4 ||', replace: 'shape.length < 3 ||' }],
  },
  {
    name: 'takes the weights alone for contributions',
    caughtBy: 'a contribution is the weight times the length of the value',
    edits: [
      {
        find: 'multiply(weights, expandDims(lengths, -2))',
        replace: 'add(weights, multiply(expandDims(lengths, -2), 0))',
      },
    ],
  },
  {
    name: 'forgets the root of the length',
    caughtBy: 'a contribution is the weight times the length of the value',
    edits: [
      { find: 'sqrt(sum(square(V), { axis: -1 }))', replace: 'sum(square(V), { axis: -1 })' },
      { find: '  sqrt,\n', replace: '' },
    ],
  },
  {
    name: 'normalises in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  const { shape } = weights;',
        replace: '  const { shape } = weights;\n  weights.data.forEach((w, place) => (weights.data[place] = w / 2));',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'const logs = log(where(equal(weights, 0), 1, weights));',
    from: 'where(equal(weights, 0), 1, weights)',
    to: 'where(equal(weights, 0), 2, weights)',
    because: 'The logarithm that stands there is multiplied by the weight, which is 0.',
  },
  {
    at: 'const n = weights.shape.at(-1)!;',
    from: '-1',
    to: '-2',
    because: 'There are as many keys as queries.',
  },
  {
    at: 'const total = (of: Tensor): Tensor => sum(multiply(weights, of), { axis: [-2, -1] });',
    from: '[-2, -1]',
    to: '[-1, -2]',
    because: 'A sum over both axes is the same in either order.',
  },
]);
