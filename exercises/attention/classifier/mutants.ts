import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'fills up in front',
    caughtBy: 'a batch holds the tokens of each text, then zeros',
    edits: [
      {
        find: '[...ids, ...Array.from({ length: n - ids.length }, () => 0)]',
        replace: '[...Array.from({ length: n - ids.length }, () => 0), ...ids]',
      },
    ],
  },
  {
    name: 'counts characters instead of tokens',
    caughtBy: 'a batch holds the tokens of each text, then zeros',
    edits: [{ find: 'tokens.map(({ length }) => length)', replace: 'texts.map(({ length }) => length)' }],
  },
  {
    name: 'lets an empty text pass',
    caughtBy: 'an empty text is refused, and the message names its number',
    edits: [{ find: 'if (empty >= 0)', replace: 'if (empty > texts.length)' }],
  },
  {
    name: 'measures the distance from the key to the query',
    caughtBy: 'the bias of a pair is that of its distance, and far ones share the last',
    edits: [{ find: 'key - query)', replace: 'query - key)' }],
  },
  {
    name: 'knows no left and right',
    caughtBy: 'the bias of a pair is that of its distance, and far ones share the last',
    edits: [{ find: 'key - query)', replace: 'Math.abs(key - query))' }],
  },
  {
    name: 'reads beyond the last distance',
    caughtBy: 'the bias of a pair is that of its distance, and far ones share the last',
    edits: [{ find: 'Math.max(-k, Math.min(k, key - query))', replace: 'Math.max(-k, key - query)' }],
  },
  {
    name: 'takes the table off the tape',
    caughtBy: 'each distance gathers the gradients of all its pairs',
    edits: [{ find: 'take(R, columns, 1)', replace: 'take(fromData(R.data.slice(), R.shape), columns, 1)' }],
  },
  {
    name: 'divides by the longest length',
    caughtBy: 'the mean is that of the real tokens',
    edits: [{ find: 'fromData([...lengths],', replace: 'fromData(lengths.map(() => n),' }],
  },
  {
    name: 'counts the padding in',
    caughtBy: 'the mean is that of the real tokens',
    edits: [{ find: 'keyMask(lengths, n), [lengths', replace: 'keyMask(lengths.map(() => n), n), [lengths' }],
  },
  {
    name: 'takes the tokens off the tape',
    caughtBy: 'no gradient reaches what stands behind the end',
    edits: [
      {
        find: 'squeeze(matmul(shares, x), 1)',
        replace: 'squeeze(matmul(shares, fromData(x.data.slice(), x.shape)), 1)',
      },
    ],
  },
  {
    name: 'forgets the mask',
    caughtBy: 'tokens may look at real ones, and prefer by distance',
    edits: [{ find: '{ mask: keyMask(lengths, n), bias', replace: '{ mask: keyMask(lengths.map(() => n), n), bias' }],
  },
  {
    name: 'has no bias',
    caughtBy: 'tokens may look at real ones, and prefer by distance',
    edits: [{ find: ', bias: distanceBias(this.R, n) };', replace: ' };' }],
  },
  {
    name: 'gives every block the embeddings',
    caughtBy: 'tokens go through all blocks, one after another',
    edits: [{ find: '=> block.forward(x, look)', replace: '=> block.forward(embed(batch.ids, this.E), look)' }],
  },
  {
    name: 'goes through the pile from above',
    caughtBy: 'tokens go through all blocks, one after another',
    edits: [{ find: 'this.blocks.reduce(', replace: 'this.blocks.reduceRight(' }],
  },
  {
    name: 'ignores the lengths in the mean',
    caughtBy: 'a text has the same logits alone and in any batch',
    edits: [
      {
        find: 'meanOfTokens(tokens, batch.lengths)',
        replace: 'meanOfTokens(tokens, batch.lengths.map(() => batch.ids.shape[1]!))',
      },
    ],
  },
  {
    name: 'classifies the first token',
    caughtBy: 'the logits are an affine layer over the mean',
    edits: [{ find: 'meanOfTokens(tokens, batch.lengths)', replace: 'squeeze(take(tokens, [0], 1), 1)' }],
  },
  {
    name: 'forgets the bias of the head',
    caughtBy: 'the logits are an affine layer over the mean',
    edits: [{ find: ', this.W, this.b);', replace: ', this.W);' }],
  },
  {
    name: 'keeps its own way of looking',
    caughtBy: 'another way of looking is handed on to every block',
    edits: [{ find: 'this.encoder.forward(batch, look)', replace: 'this.encoder.forward(batch)' }],
  },
  {
    name: 'keeps R as a plain tensor',
    caughtBy: 'gradients reach every parameter, under its name',
    edits: [{ find: 'this.R = parameter(R);', replace: 'this.R = R;' }],
  },
  {
    name: 'keeps the head as plain tensors',
    caughtBy: 'gradients reach every parameter, under its name',
    edits: [
      { find: 'this.W = parameter(W);', replace: 'this.W = W;' },
      { find: 'this.b = parameter(b);', replace: 'this.b = b;' },
    ],
  },
  {
    name: 'writes into the table of distances',
    caughtBy: 'does not change its input',
    edits: [
      { find: '  const k = (distances - 1) / 2;', replace: '  const k = (distances - 1) / 2;\n  R.data[0]! += 1;' },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'const n = Math.max(0, ...lengths);',
    from: 'Math.max(0, ...lengths)',
    to: 'Math.max(1, ...lengths)',
    because: 'No text is empty here, so they differ for no texts at all, of which nothing is asked.',
  },
]);
