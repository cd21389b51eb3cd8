import { defineEquivalent, defineMutants } from 'authoring';

const gated = 'return multiply(this.gates(x), super.summaries(x, look));';

export default defineMutants([
  {
    name: 'computes gates and never closes them',
    caughtBy: "only the lesson's wanted answers pass",
    edits: [
      { find: 'import { linear, multiply,', replace: 'import { linear,' },
      { find: gated, replace: 'return super.summaries(x, look);' },
    ],
  },
  {
    name: 'adds the gates instead of multiplying',
    caughtBy: 'what the heads found is multiplied by the gates',
    edits: [
      { find: 'import { linear, multiply,', replace: 'import { add, linear,' },
      { find: gated, replace: 'return add(this.gates(x), super.summaries(x, look));' },
    ],
  },
  {
    name: 'forgets the sigmoid',
    caughtBy: 'every channel of every token has a gate of its own',
    edits: [
      { find: ', parameter, sigmoid }', replace: ', parameter }' },
      { find: 'sigmoid(linear(x, this.Wg, this.bg))', replace: 'linear(x, this.Wg, this.bg)' },
    ],
  },
  {
    name: 'takes tanh for the gate',
    caughtBy: 'shut gates leave the bias alone, open gates leave everything',
    edits: [
      { find: ', parameter, sigmoid }', replace: ', parameter, tanh }' },
      { find: 'sigmoid(linear', replace: 'tanh(linear' },
    ],
  },
  {
    name: 'forgets the bias of the gate',
    caughtBy: 'every channel of every token has a gate of its own',
    edits: [{ find: 'linear(x, this.Wg, this.bg)', replace: 'linear(x, this.Wg)' }],
  },
  {
    name: 'shares one gate among all channels of a token',
    caughtBy: 'every channel of every token has a gate of its own',
    edits: [
      { find: 'import { linear, multiply,', replace: 'import { broadcastTo, linear, mean, multiply,' },
      {
        find: 'return sigmoid(linear(x, this.Wg, this.bg));',
        replace:
          'const g = sigmoid(linear(x, this.Wg, this.bg));\n    return broadcastTo(mean(g, { axis: -1, keepdim: true }), g.shape);',
      },
    ],
  },
  {
    name: 'gates behind the output projection',
    caughtBy: 'the gates come before the output projection',
    edits: [
      {
        find: '    return multiply(this.gates(x), super.summaries(x, look));\n  }',
        replace:
          '    return multiply(this.gates(x), super.summaries(x, look));\n  }\n\n  override forward(x: Tensor, look?: Look): Tensor {\n    const y = linear(super.summaries(x, look), this.Wo, this.bo);\n    return multiply(y, linear(this.gates(x), this.Wo));\n  }',
      },
    ],
  },
  {
    name: 'gates the bias of the output too',
    caughtBy: 'shut gates leave the bias alone, open gates leave everything',
    edits: [
      {
        find: '    return multiply(this.gates(x), super.summaries(x, look));\n  }',
        replace:
          '    return multiply(this.gates(x), super.summaries(x, look));\n  }\n\n  override forward(x: Tensor, look?: Look): Tensor {\n    return linear(this.summaries(x, look), this.Wo);\n  }',
      },
    ],
  },
  {
    name: 'takes the gates of the first sentence for all',
    caughtBy: 'batches and further leading axes are carried along',
    edits: [
      { find: 'import { linear, multiply, parameter,', replace: 'import { linear, multiply, parameter, slice,' },
      {
        find: gated,
        replace:
          'const first = x.shape.slice(0, -2).map(() => 0);\n    return multiply(this.gates(slice(x, first)), super.summaries(x, look));',
      },
    ],
  },
  {
    name: 'forgets to hand the way of looking on',
    caughtBy: 'another way of looking is gated too',
    edits: [{ find: 'super.summaries(x, look)', replace: 'super.summaries(x)' }],
  },
  {
    name: 'keeps the tensors of the gate and makes no parameters of them',
    caughtBy: 'its parameters are found by their names',
    edits: [
      { find: 'this.Wg = parameter(parameters.Wg)', replace: 'this.Wg = parameters.Wg' },
      { find: 'this.bg = parameter(parameters.bg)', replace: 'this.bg = parameters.bg' },
    ],
  },
  {
    name: 'takes the gates off the tape',
    caughtBy: 'gradients reach every parameter, those of the gate included',
    edits: [
      { find: 'import { linear, multiply,', replace: 'import { detach, linear, multiply,' },
      { find: 'multiply(this.gates(x),', replace: 'multiply(detach(this.gates(x)),' },
    ],
  },
  {
    name: 'lets a single gate be broadcast',
    caughtBy: 'gates that are not one for each channel are refused, and the message names both numbers',
    edits: [{ find: 'if (gates !== channels)', replace: 'if (gates !== channels && gates !== 1)' }],
  },
  {
    name: 'opens its gates wide in the tensor that it was given',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '    this.bg = parameter(parameters.bg);',
        replace: '    this.bg = parameter(parameters.bg);\n    parameters.bg.data.fill(1);',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'const [gates, channels] = [parameters.Wg.shape[0]!, parameters.Wq.shape[0]!];',
    from: '[parameters.Wg.shape[0], parameters.Wq.shape[0]]',
    to: '[parameters.Wq.shape[0], parameters.Wg.shape[0]]',
    because: 'The two numbers are compared and named; how the sentence about them runs is the learner’s own.',
  },
]);
