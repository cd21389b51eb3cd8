import { defineMutants } from 'authoring';

const passes = 'multiply(add(erf(multiply(x, Math.SQRT1_2)), 1), 0.5)';
const tensors = "import { add, erf, linear, multiply, parameter } from 'tensor';";
const norm1 = 'layerNorm(attended, { gamma: this.gamma1, beta: this.beta1 })';
const norm2 = 'layerNorm(thought, { gamma: this.gamma2, beta: this.beta2 })';

export default defineMutants([
  {
    name: 'forgets the root of two',
    caughtBy: 'gelu lets through what a normal number would',
    edits: [{ find: 'erf(multiply(x, Math.SQRT1_2))', replace: 'erf(x)' }],
  },
  {
    name: 'takes Φ for gelu',
    caughtBy: 'gelu lets through what a normal number would',
    edits: [{ find: 'return multiply(x, passes);', replace: 'return passes;' }],
  },
  {
    name: 'approximates by a sigmoid of 1.702 x',
    caughtBy: 'gelu is the exact one',
    edits: [
      { find: tensors, replace: "import { linear, multiply, parameter, sigmoid } from 'tensor';" },
      { find: passes, replace: 'sigmoid(multiply(x, 1.702))' },
    ],
  },
  {
    name: 'forgets the gelu',
    caughtBy: 'the feed-forward network has two layers with a gelu between them',
    edits: [{ find: 'linear(gelu(linear(x, W1, b1)), W2, b2)', replace: 'linear(linear(x, W1, b1), W2, b2)' }],
  },
  {
    name: 'forgets the second bias',
    caughtBy: 'the feed-forward network has two layers with a gelu between them',
    edits: [
      { find: 'W2, b2);', replace: 'W2);' },
      { find: '{ W1, b1, W2, b2 }: Feed', replace: '{ W1, b1, W2 }: Feed' },
    ],
  },
  {
    name: 'does not add x behind attention',
    caughtBy: 'without a feed-forward network, a block is two norms behind attention',
    edits: [
      {
        find: 'residual((tokens) => this.attention.forward(tokens, look), x)',
        replace: 'this.attention.forward(x, look)',
      },
    ],
  },
  {
    name: 'normalises in front of attention (pre-norm)',
    caughtBy: 'without a feed-forward network, a block is two norms behind attention',
    edits: [
      {
        find: 'this.attention.forward(tokens, look), x)',
        replace: 'this.attention.forward(layerNorm(tokens, { gamma: this.gamma1, beta: this.beta1 }), look), x)',
      },
      { find: `const h = ${norm1}`, replace: 'const h = attended' },
    ],
  },
  {
    name: 'uses one norm for both halves',
    caughtBy: 'attention and feed-forward network each have their Add & Norm',
    edits: [{ find: norm2, replace: 'layerNorm(thought, { gamma: this.gamma1, beta: this.beta1 })' }],
  },
  {
    name: 'adds x once more instead of h',
    caughtBy: 'attention and feed-forward network each have their Add & Norm',
    edits: [{ find: 'residual((tokens) => feedForward(tokens, this), h)', replace: 'add(x, feedForward(h, this))' }],
  },
  {
    name: 'forgets the last norm',
    caughtBy: 'attention and feed-forward network each have their Add & Norm',
    edits: [{ find: `return ${norm2}`, replace: 'return thought' }],
  },
  {
    name: 'makes one long sentence of a batch',
    caughtBy: 'batches and further leading axes are carried along',
    edits: [
      { find: tensors, replace: "import { add, erf, linear, multiply, parameter, reshape } from 'tensor';" },
      {
        find: 'this.attention.forward(tokens, look), x)',
        replace: 'reshape(this.attention.forward(reshape(tokens, [-1, x.shape.at(-1)!]), look), x.shape), x)',
      },
    ],
  },
  {
    name: 'forgets to hand the way of looking on',
    caughtBy: 'another way of looking is handed on, so that a mask hides the future',
    edits: [{ find: 'this.attention.forward(tokens, look)', replace: 'this.attention.forward(tokens)' }],
  },
  {
    name: 'keeps the scale and the shift of a norm as plain tensors',
    caughtBy: 'its parameters are found by their names',
    edits: [
      { find: 'parameter(parameters.gamma2)', replace: 'parameters.gamma2' },
      { find: 'parameter(parameters.beta2)', replace: 'parameters.beta2' },
    ],
  },
  {
    name: 'takes the first half off the tape',
    caughtBy: 'gradients reach every parameter',
    edits: [
      { find: tensors, replace: "import { add, detach, erf, linear, multiply, parameter } from 'tensor';" },
      { find: `const h = ${norm1}`, replace: `const h = detach(${norm1})` },
    ],
  },
  {
    name: 'halves in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'return multiply(x, passes);',
        replace:
          'const y = multiply(x, passes);\n  x.data.forEach((value, place) => (x.data[place] = value / 2));\n  return y;',
      },
    ],
  },
]);
