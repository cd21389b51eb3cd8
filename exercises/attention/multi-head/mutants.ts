import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'does not split: one head with all channels',
    caughtBy: 'two heads ask two questions',
    edits: [
      { find: 'splitHeads(linear(x, this.Wq), this.heads)', replace: 'splitHeads(linear(x, this.Wq), 1)' },
      { find: 'splitHeads(linear(x, this.Wk), this.heads)', replace: 'splitHeads(linear(x, this.Wk), 1)' },
      { find: 'splitHeads(linear(x, this.Wv), this.heads)', replace: 'splitHeads(linear(x, this.Wv), 1)' },
    ],
  },
  {
    name: 'divides by the root of all channels',
    caughtBy: 'scores are divided by the root of the channels of one head',
    edits: [
      { find: 'import { linear,', replace: 'import { divide, linear,' },
      { find: 'look(queries, keys,', replace: 'look(divide(queries, Math.sqrt(this.heads)), keys,' },
    ],
  },
  {
    name: 'takes the weights of the keys for the queries too',
    caughtBy: 'each head has its rows of the weights and a softmax of its own',
    edits: [{ find: 'linear(x, this.Wq)', replace: 'linear(x, this.Wk)' }],
  },
  {
    name: 'exchanges keys and values',
    caughtBy: 'each head has its rows of the weights and a softmax of its own',
    edits: [{ find: 'look(queries, keys, values)', replace: 'look(queries, values, keys)' }],
  },
  {
    name: 'merges by a reshape alone',
    caughtBy: 'each head has its rows of the weights and a softmax of its own',
    edits: [
      { find: 'import { mergeHeads, splitHeads }', replace: 'import { splitHeads }' },
      { find: 'import { linear,', replace: 'import { linear, reshape,' },
      {
        find: 'mergeHeads(look(queries, keys, values))',
        replace: 'reshape(look(queries, keys, values), [...x.shape.slice(0, -1), -1])',
      },
    ],
  },
  {
    name: 'forgets the bias of the output',
    caughtBy: 'the output adds up what every head contributes',
    edits: [{ find: 'this.Wo, this.bo)', replace: 'this.Wo)' }],
  },
  {
    name: 'makes one long sentence of a batch',
    caughtBy: 'batches and further leading axes are carried along',
    edits: [
      { find: 'import { linear,', replace: 'import { linear, reshape,' },
      {
        find: '    return linear(this.summaries(x, look), this.Wo, this.bo);',
        replace:
          '    const all = x.rank > 2 ? reshape(x, [-1, x.shape.at(-1)!]) : x;\n    return reshape(linear(this.summaries(all, look), this.Wo, this.bo), [...x.shape.slice(0, -1), this.bo.shape[0]!]);',
      },
    ],
  },
  {
    name: 'keeps the tensors and makes no parameters of them',
    caughtBy: 'its parameters are found by their names',
    edits: [
      { find: 'this.Wq = parameter(parameters.Wq)', replace: 'this.Wq = parameters.Wq' },
      { find: 'this.Wk = parameter(parameters.Wk)', replace: 'this.Wk = parameters.Wk' },
    ],
  },
  {
    name: 'keeps a second list of its parameters, which is trained instead',
    caughtBy: 'gradients reach every parameter',
    edits: [{ find: 'linear(x, this.Wv)', replace: 'linear(x, parameter(this.Wv))' }],
  },
  {
    name: 'takes the values off the tape',
    caughtBy: 'gradients reach every parameter',
    edits: [
      { find: 'import { linear,', replace: 'import { detach, linear,' },
      { find: 'linear(x, this.Wv)', replace: 'detach(linear(x, this.Wv))' },
    ],
  },
  {
    name: 'projects with the tensors it was given instead of its parameters',
    caughtBy: 'a step of training changes the module and not what it was made from',
    edits: [
      { find: '    this.heads = heads;', replace: '    this.heads = heads;\n    this.#given = parameters;' },
      {
        find: '  readonly heads: number;\n  readonly Wq',
        replace: '  readonly #given: AttentionParameters;\n  readonly heads: number;\n  readonly Wq',
      },
      { find: 'linear(x, this.Wv)', replace: 'linear(x, this.#given.Wv)' },
    ],
  },
  {
    name: 'always attends, whatever way of looking is given',
    caughtBy: 'another way of looking can be given, and gets the heads as a leading axis',
    edits: [{ find: 'mergeHeads(look(', replace: 'mergeHeads(attend(' }],
  },
  {
    name: 'forgets to hand the way of looking on',
    caughtBy: 'another way of looking can be given, and gets the heads as a leading axis',
    edits: [{ find: 'this.summaries(x, look)', replace: 'this.summaries(x)' }],
  },
  {
    name: 'writes forward without summaries',
    caughtBy: 'forward goes through summaries, so that a subclass can change them',
    edits: [{ find: 'this.summaries(x, look)', replace: 'MultiHeadAttention.prototype.summaries.call(this, x, look)' }],
  },
  {
    name: 'notices uneven heads only at the first sentence',
    caughtBy: 'channels that cannot be dealt out evenly are refused at once, and the message names both numbers',
    edits: [{ find: 'channels % heads !== 0', replace: 'channels < heads' }],
  },
  {
    name: 'scales the tokens in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '    // One product serves',
        replace: '    x.data.forEach((value, place) => (x.data[place] = value / 2));\n    // One product serves',
      },
    ],
  },
]);
