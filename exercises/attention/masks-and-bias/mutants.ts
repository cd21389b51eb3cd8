import { defineMutants } from 'authoring';

const filled = 'maskedFill(scores, equal(mask, 0), -Infinity)';

export default defineMutants([
  {
    name: 'sets the weights to 0 after the softmax',
    caughtBy: 'the padding gets nothing, and the others share the whole portion',
    edits: [
      { find: `mask ? ${filled} : scores`, replace: 'scores' },
      {
        find: 'return softmax(allowed, -1);',
        replace: 'return mask ? maskedFill(softmax(allowed, -1), equal(mask, 0), 0) : softmax(allowed, -1);',
      },
    ],
  },
  {
    name: 'reads the mask the wrong way round',
    caughtBy: 'the padding gets nothing, and the others share the whole portion',
    edits: [{ find: 'equal(mask, 0)', replace: 'equal(mask, 1)' }],
  },
  {
    name: 'sets forbidden scores to 0',
    caughtBy: 'whatever is ruled out, the rest sums to one',
    edits: [{ find: '-Infinity)', replace: '0)' }],
  },
  {
    name: 'lowers forbidden scores by a billion, and lets a query that may attend to nothing attend to all',
    caughtBy: 'a query that may attend to nothing gets zeros',
    edits: [{ find: '-Infinity)', replace: '-1e9)' }],
  },
  {
    name: 'writes its own softmax, which divides zero by zero',
    caughtBy: 'a query that may attend to nothing gets zeros',
    edits: [
      { find: 'import { add, divide, equal,', replace: 'import { add, divide, equal, exp, sum,' },
      { find: 'maskedFill, matmul, softmax,', replace: 'maskedFill, matmul,' },
      {
        find: 'return softmax(allowed, -1);',
        replace: 'return divide(exp(allowed), sum(exp(allowed), { axis: -1, keepdim: true }));',
      },
    ],
  },
  {
    name: 'mends the NaN afterwards, in the values and not in the gradients',
    caughtBy: 'gradients agree with central differences, and none passes a row that is ruled out',
    edits: [
      { find: filled, replace: 'add(scores, where(mask, 0, -Infinity))' },
      { find: 'import { add, divide, equal,', replace: 'import { add, divide, equal, exp, notEqual, sum, where,' },
      { find: 'maskedFill, matmul, softmax,', replace: 'maskedFill, matmul,' },
      {
        find: 'return softmax(allowed, -1);',
        replace:
          'const w = divide(exp(allowed), sum(exp(allowed), { axis: -1, keepdim: true }));\n  return maskedFill(w, notEqual(w, w), 0);',
      },
    ],
  },
  {
    name: 'divides the bias by the root too',
    caughtBy: 'a bias is added behind the root',
    edits: [
      {
        find: 'const scaled = divide(matmul(Q, transpose(K)), Math.sqrt(Q.shape.at(-1)!));',
        replace: 'const scaled = matmul(Q, transpose(K));',
      },
      {
        find: 'bias ? add(scaled, bias) : scaled',
        replace: 'divide(bias ? add(scaled, bias) : scaled, Math.sqrt(Q.shape.at(-1)!))',
      },
    ],
  },
  {
    name: 'multiplies by the bias',
    caughtBy: 'a bias is added behind the root',
    edits: [
      { find: 'import { add, divide,', replace: 'import { divide, multiply,' },
      { find: 'add(scaled, bias)', replace: 'multiply(scaled, bias)' },
    ],
  },
  {
    name: 'forgets the bias where there is a mask',
    caughtBy: 'whatever is ruled out, the rest sums to one',
    edits: [{ find: 'maskedFill(scores,', replace: 'maskedFill(scaled,' }],
  },
  {
    name: 'takes the bias off the tape',
    caughtBy: 'gradients agree with central differences, and none passes a row that is ruled out',
    edits: [
      { find: 'import { add, divide,', replace: 'import { add, detach, divide,' },
      { find: 'add(scaled, bias)', replace: 'add(scaled, detach(bias))' },
    ],
  },
  {
    name: 'masks the padding as it asks instead of as it is asked',
    caughtBy: 'a key mask holds 1 for each token of a sentence and 0 for its padding',
    edits: [{ find: '[lengths.length, 1, 1, n]', replace: '[lengths.length, 1, n, 1]' }],
  },
  {
    name: 'counts one token too many',
    caughtBy: 'in your gated module, padding changes nothing',
    edits: [{ find: 'place < length ? 1 : 0', replace: 'place <= length ? 1 : 0' }],
  },
  {
    name: 'leaves out the axes for heads and queries',
    caughtBy: 'an empty batch has an empty mask',
    edits: [{ find: '[lengths.length, 1, 1, n]', replace: '[lengths.length, n]' }],
  },
  {
    name: 'lets no token look at itself',
    caughtBy: 'a causal mask lets each token look at itself and at those before it',
    edits: [{ find: 'key <= query', replace: 'key < query' }],
  },
  {
    name: 'shows each token the future and hides the past',
    caughtBy: 'in your gated module, no token sees the future',
    edits: [{ find: 'key <= query', replace: 'key >= query' }],
  },
  {
    name: 'takes any length',
    caughtBy: 'a length for which there is no room is refused, and the message names it',
    edits: [{ find: '|| length > n', replace: '' }],
  },
  {
    name: 'applies a mask only where it has as many axes as the scores',
    caughtBy: 'masks and biases are broadcast over sentences, heads and queries',
    edits: [
      {
        find: 'const allowed = mask ?',
        replace: 'const allowed = mask && mask.rank === scores.rank ?',
      },
    ],
  },
  {
    name: 'forgets the root where nothing is given',
    caughtBy: 'without mask and bias it looks as attend does',
    edits: [
      {
        find: 'return (Q, K, V) => matmul(maskedWeights(Q, K, allowed), V);',
        replace:
          'if (!allowed.mask && !allowed.bias) return (Q, K, V) => matmul(softmax(matmul(Q, transpose(K))), V);\n  return (Q, K, V) => matmul(maskedWeights(Q, K, allowed), V);',
      },
    ],
  },
  {
    name: 'clips the bias in the tensor that it was given',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  const scaled = divide',
        replace:
          '  if (bias) bias.data.forEach((value, place) => (bias.data[place] = Math.max(value, 0)));\n  const scaled = divide',
      },
    ],
  },
]);
