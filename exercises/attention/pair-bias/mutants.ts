import { defineEquivalent, defineMutants } from 'authoring';

const norm = 'layerNorm(z, { gamma: gammaZ, beta: betaZ })';
const normM = 'layerNorm(m, { gamma: this.gammaM, beta: this.betaM })';
const order = '[...leading, head, i, j]';

export default defineMutants([
  {
    name: 'turns the pairs round',
    caughtBy: 'every head has a preference for every pair, in front of the residues',
    edits: [{ find: order, replace: '[...leading, head, j, i]' }],
  },
  {
    name: 'shifts and does not scale the pairs',
    caughtBy: 'every head has a preference for every pair, in front of the residues',
    edits: [
      { find: 'gamma: gammaZ, beta: betaZ', replace: 'gamma: betaZ, beta: betaZ' },
      { find: '{ gammaZ, betaZ, Wb }: PairParameters', replace: '{ betaZ, Wb }: PairParameters' },
    ],
  },
  {
    name: 'counts the axes from the front',
    caughtBy: 'the pairs of several proteins are kept apart',
    edits: [
      {
        find: `permute(preferences, ${order})`,
        replace: `leading.length > 1 ? permute(preferences, [leading.length + 2, ...leading, i, j].slice(0, 5)) : permute(preferences, ${order})`,
      },
    ],
  },
  {
    name: 'forgets the bias',
    caughtBy: 'each sequence attends along its own row, with the bias of the pairs',
    edits: [
      { find: 'mask === undefined ? { bias } :', replace: 'mask === undefined ? { bias: multiply(bias, 0) } :' },
      { find: 'linear, parameter', replace: 'linear, multiply, parameter' },
    ],
  },
  {
    name: 'gives the bias of head i to sequence i',
    caughtBy: 'each sequence attends along its own row, with the bias of the pairs',
    edits: [{ find: 'expandDims(pairBias(z, this), -4)', replace: 'expandDims(pairBias(z, this), -3)' }],
  },
  {
    name: 'adds the bias behind the attention of a module without gate',
    caughtBy: 'each sequence attends along its own row, with the bias of the pairs',
    edits: [
      {
        find: 'return this.attention.forward(rows, lookThrough(allowed));',
        replace:
          'const open = this.attention.gates(multiply(rows, 0));\n    return add(this.attention.forward(rows, lookThrough(allowed)), mean(open));',
      },
      { find: 'expandDims, linear, parameter', replace: 'add, expandDims, linear, mean, multiply, parameter' },
    ],
  },
  {
    name: 'adds what came in, which is done outside',
    caughtBy: 'each sequence attends along its own row, with the bias of the pairs',
    edits: [
      {
        find: 'return this.attention.forward(rows, lookThrough(allowed));',
        replace: 'return add(m, this.attention.forward(rows, lookThrough(allowed)));',
      },
      { find: 'expandDims, linear, parameter', replace: 'add, expandDims, linear, parameter' },
    ],
  },
  {
    name: 'takes the pairs of the first protein for all',
    caughtBy: 'several proteins at once are several alone',
    edits: [
      {
        find: 'expandDims(pairBias(z, this), -4)',
        replace: 'expandDims(pairBias(z.rank > 3 ? slice(z, [0]) : z, this), -4)',
      },
      { find: 'parameter, permute }', replace: 'parameter, permute, slice }' },
    ],
  },
  {
    name: 'does not normalise the pairs',
    caughtBy: 'the size of alignment and pairs does not matter',
    edits: [
      { find: norm, replace: 'add(multiply(z, gammaZ), betaZ)' },
      { find: 'expandDims, linear, parameter', replace: 'add, expandDims, linear, multiply, parameter' },
    ],
  },
  {
    name: 'does not normalise the alignment',
    caughtBy: 'the size of alignment and pairs does not matter',
    edits: [
      { find: normM, replace: 'add(multiply(m, this.gammaM), this.betaM)' },
      { find: 'expandDims, linear, parameter', replace: 'add, expandDims, linear, multiply, parameter' },
    ],
  },
  {
    name: 'looks at gaps',
    caughtBy: 'gaps are not looked at, and a sequence of gaps hears nothing',
    edits: [
      {
        find: '{ bias, mask: expandDims(expandDims(mask, -2), -3) }',
        replace: '{ bias, mask: expandDims(expandDims(greaterEqual(mask, 0), -2), -2) }',
      },
      { find: 'expandDims, linear', replace: 'expandDims, greaterEqual, linear' },
    ],
  },
  {
    name: 'takes a large number for minus infinity',
    caughtBy: 'gaps are not looked at, and a sequence of gaps hears nothing',
    edits: [
      {
        find: '{ bias, mask: expandDims(expandDims(mask, -2), -3) }',
        replace: '{ bias: add(bias, multiply(subtract(expandDims(expandDims(mask, -2), -3), 1), 1e9)) }',
      },
      {
        find: 'expandDims, linear, parameter, permute }',
        replace: 'add, expandDims, linear, multiply, parameter, permute, subtract }',
      },
    ],
  },
  {
    name: 'masks the queries instead of the keys',
    caughtBy: 'gaps are not looked at, and a sequence of gaps hears nothing',
    edits: [{ find: 'expandDims(expandDims(mask, -2), -3)', replace: 'expandDims(expandDims(mask, -1), -3)' }],
  },
  {
    name: 'keeps the projection as a plain tensor',
    caughtBy: 'its parameters are found by their names',
    edits: [{ find: 'parameter(parameters.Wb)', replace: 'parameters.Wb' }],
  },
  {
    name: 'takes the bias off the tape',
    caughtBy: 'gradients reach every parameter, the alignment and the pairs',
    edits: [
      { find: 'expandDims(pairBias(z, this), -4)', replace: 'expandDims(detach(pairBias(z, this)), -4)' },
      { find: '{ expandDims,', replace: '{ detach, expandDims,' },
    ],
  },
  {
    name: 'lets one row of Wb serve all heads',
    caughtBy: 'a Wb without a row for each head is refused, and the message names both numbers',
    edits: [{ find: 'if (rows !== attention.heads)', replace: 'if (rows !== attention.heads && rows !== 1)' }],
  },
  {
    name: 'lets a single pair be broadcast',
    caughtBy: 'pairs of another number of residues are refused, and the message names both shapes',
    edits: [
      { find: 'z.shape.at(-2) !== residues || z.shape.at(-3) !== residues', replace: 'z.shape.at(-2) !== residues' },
    ],
  },
  {
    name: 'opens the gates in the tensor that it was given',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '    this.attention = attention;',
        replace: '    this.attention = attention;\n    parameters.betaZ.data.fill(0);',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: "const [rows, pairs] = [m, z].map(({ shape }) => `(${shape.join(', ')})`);",
    from: '[m, z]',
    to: '[z, m]',
    because: 'The two shapes are named either way; how the sentence about them runs is the learner’s own.',
  },
  {
    at: 'const allowed = mask === undefined ? { bias } : { bias, mask: expandDims(expandDims(mask, -2), -3) };',
    from: '-3',
    to: '-2',
    because: 'Both put the second axis of size 1 beside the first.',
  },
]);
