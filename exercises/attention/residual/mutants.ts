import { defineEquivalent, defineMutants } from 'authoring';

const each = '(skip ? residual(layer, h) : layer(h))';

export default defineMutants([
  {
    name: 'forgets to add what came in',
    caughtBy: 'adds what came in',
    edits: [{ find: 'return add(x, change);', replace: 'return change;' }],
  },
  {
    name: 'adds what came out twice',
    caughtBy: 'adds what came in',
    edits: [{ find: 'add(x, change)', replace: 'add(change, change)' }],
  },
  {
    name: 'computes the layer once for the shape and once for the sum',
    caughtBy: 'asks the layer once',
    edits: [{ find: 'add(x, change)', replace: 'add(x, f(x))' }],
  },
  {
    name: 'lets a change be broadcast',
    caughtBy: 'a layer that changes the shape is refused, and the message names both shapes',
    edits: [{ find: 'change.shape.join() !== x.shape.join()', replace: 'change.rank !== x.rank' }],
  },
  {
    name: 'applies the last layer first',
    caughtBy: 'a plain stack applies its layers in order',
    edits: [{ find: 'layers.reduce(', replace: 'layers.reduceRight(' }],
  },
  {
    name: 'always skips',
    caughtBy: 'a plain stack applies its layers in order',
    edits: [{ find: each, replace: '(skip !== undefined ? residual(layer, h) : layer(h))' }],
  },
  {
    name: 'adds the input of the whole stack to every layer',
    caughtBy: 'with skip, every layer has a connection of its own',
    edits: [{ find: each, replace: '(skip ? add(x, layer(h)) : layer(h))' }],
  },
  {
    name: 'has one connection around the whole stack',
    caughtBy: 'with skip, every layer has a connection of its own',
    edits: [
      {
        find: `(x) => layers.reduce((h, layer) => ${each}, x)`,
        replace:
          '(x) => {\n    const plain: Layer = (h) => layers.reduce((g, layer) => layer(g), h);\n    return skip ? residual(plain, x) : plain(x);\n  }',
      },
    ],
  },
  {
    name: 'needs a first layer',
    caughtBy: 'without layers, what comes in goes out',
    edits: [
      {
        find: '  return (x) => layers',
        replace: "  if (layers.length === 0) throw new Error('no layers');\n  return (x) => layers",
      },
    ],
  },
  {
    name: 'goes on from where the last call ended',
    caughtBy: 'a stack may be used more than once',
    edits: [
      { find: '  return (x) => layers', replace: '  let state: Tensor | undefined;\n  return (x) => (state = layers' },
      { find: `${each}, x);`, replace: `${each}, state ?? x));` },
    ],
  },
  {
    name: 'forgets to divide by the length of dy',
    caughtBy: 'the gain is the length behind over the length before',
    edits: [{ find: ' / Math.hypot(...dy.data)', replace: '' }],
  },
  {
    name: 'compares sums of squares instead of lengths',
    caughtBy: 'the gain is the length behind over the length before',
    edits: [
      {
        find: 'Math.hypot(...grad(input).data) / Math.hypot(...dy.data)',
        replace: '(Math.hypot(...grad(input).data) / Math.hypot(...dy.data)) ** 2',
      },
    ],
  },
  {
    name: 'squares in float32',
    caughtBy: 'a gradient as small as 1e-25 is still measured',
    edits: [
      { find: 'grad, parameter }', replace: 'grad, parameter, square, sum }' },
      { find: 'Math.hypot(...grad(input).data)', replace: 'Math.sqrt(sum(square(grad(input))).at())' },
    ],
  },
  {
    name: 'measures the outputs instead of the gradients',
    caughtBy: 'through twenty sigmoid layers the plain gradient dies, and the residual one arrives',
    edits: [{ find: 'Math.hypot(...grad(input).data)', replace: 'Math.hypot(...f(input).data)' }],
  },
  {
    name: 'adds in place',
    caughtBy: 'does not change its input',
    edits: [{ find: 'return add(x, change);', replace: 'x.data.set(add(x, change).data);\n  return add(x, 0);' }],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: "const [from, to] = [x, change].map(({ shape }) => `(${shape.join(', ')})`);",
    from: '[x, change]',
    to: '[change, x]',
    because: 'The two shapes are named either way; how the sentence about them runs is the learner’s own.',
  },
]);
