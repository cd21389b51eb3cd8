import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'uses the variance as the standard deviation',
    caughtBy: 'the spread of heNormal is √(2 / in)',
    edits: [{ find: 'Math.sqrt(2 / inputs)', replace: '2 / inputs' }],
  },
  {
    name: 'takes the outputs for the inputs',
    caughtBy: 'the spread of heNormal is √(2 / in)',
    edits: [{ find: 'const [, inputs]', replace: 'const [inputs]' }],
  },
  {
    name: 'forgets that ReLU takes half',
    caughtBy: 'through twenty layers of ReLU the signal neither dies nor explodes',
    edits: [{ find: 'Math.sqrt(2 / inputs)', replace: 'Math.sqrt(1 / inputs)' }],
  },
  {
    name: 'gives Xavier the inputs alone',
    caughtBy: 'the spread of xavierNormal is √(2 / (in + out))',
    edits: [{ find: '2 / (inputs + outputs)', replace: '1 / inputs' }],
  },
  {
    name: 'writes 1 over the sum of both widths',
    caughtBy: 'the spread of xavierNormal is √(2 / (in + out))',
    edits: [{ find: '2 / (inputs + outputs)', replace: '1 / (inputs + outputs)' }],
  },
  {
    name: 'draws evenly spread numbers of that size',
    caughtBy: 'the weights are normal numbers',
    edits: [
      {
        find: 'random.normal(shape, { std: Math.sqrt(2 / inputs) })',
        replace: 'random.uniform(shape, { low: -Math.sqrt(6 / inputs), high: Math.sqrt(6 / inputs) })',
      },
    ],
  },
  {
    name: 'draws from 0 up instead of around 0',
    caughtBy: 'the weights lie around zero',
    edits: [
      {
        find: 'random.normal(shape, { std: Math.sqrt(2 / inputs) })',
        replace: 'random.uniform(shape, { low: 0, high: Math.sqrt(24 / inputs) })',
      },
    ],
  },
  {
    name: 'begins a stream of its own',
    caughtBy: 'two layers drawn from one stream differ',
    edits: [
      { find: 'import type { Random', replace: "import { random as begin } from 'tensor';\nimport type { Random" },
      {
        find: 'random.normal(shape, { std: Math.sqrt(2 / inputs) })',
        replace: 'begin(0).normal(shape, { std: Math.sqrt(2 / inputs) })',
      },
      {
        find: 'random.normal(shape, { std: Math.sqrt(2 / (inputs',
        replace: 'begin(0).normal(shape, { std: Math.sqrt(2 / (inputs',
      },
    ],
  },
  {
    name: 'asks Math.random',
    caughtBy: 'the same seed gives the same weights, another seed others',
    edits: [
      { find: 'import type { Random', replace: "import { random as begin } from 'tensor';\nimport type { Random" },
      {
        find: 'random.normal(shape, { std: Math.sqrt(2 / inputs) })',
        replace: 'begin(Math.floor(Math.random() * 1e9)).normal(shape, { std: Math.sqrt(2 / inputs) })',
      },
    ],
  },
  {
    name: 'returns the weights the other way round',
    caughtBy: 'the weights have the shape (out, in)',
    edits: [
      {
        find: 'return random.normal(shape, { std: Math.sqrt(2 / inputs) })',
        replace: 'return random.normal([inputs, shape[0]!], { std: Math.sqrt(2 / inputs) })',
      },
    ],
  },
  {
    name: 'takes any shape',
    caughtBy: 'a shape that is not (out, in) is an error that says so',
    edits: [
      {
        find: 'shape.length !== 2 || outputs === undefined || inputs === undefined',
        replace: 'outputs === 0.5 || inputs === 0.5',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'if (shape.length !== 2 || outputs === undefined || inputs === undefined) {',
    from: 'shape.length !== 2 || outputs === undefined || inputs === undefined',
    to: 'shape.length !== 2 || outputs === undefined && inputs === undefined',
    because: 'A shape of two sizes has both; only the compiler needs to be told.',
  },
]);
