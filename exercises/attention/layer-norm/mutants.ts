import { defineMutants } from 'authoring';

const centred = 'const centred = subtract(x, mean(x, along));';
const r = 'reciprocal(sqrt(add(mean(square(centred), along), epsilon)))';
const variance = 'mean(square(centred), along)';
const guard = 'rank !== 1 || shape[0] !== n';

export default defineMutants([
  {
    name: 'forgets to centre',
    caughtBy: "normalises the lesson's token",
    edits: [{ find: centred, replace: 'const centred = x;' }],
  },
  {
    name: 'divides the variance by n − 1',
    caughtBy: "normalises the lesson's token",
    edits: [
      { find: variance, replace: 'multiply(mean(square(centred), along), x.shape.at(-1)! / (x.shape.at(-1)! - 1))' },
    ],
  },
  {
    name: 'divides by the variance, without the root',
    caughtBy: 'every token is normalised over its own channels',
    edits: [{ find: r, replace: 'reciprocal(add(mean(square(centred), along), epsilon))' }],
  },
  {
    name: 'takes the mean over the tokens',
    caughtBy: 'every token is normalised over its own channels',
    edits: [{ find: 'mean(x, along)', replace: 'mean(x, { axis: 0, keepdim: true })' }],
  },
  {
    name: 'forgets the shift',
    caughtBy: 'each channel has its scale and its shift',
    edits: [{ find: 'add(multiply(normalised(x).xHat, gamma), beta)', replace: 'multiply(normalised(x).xHat, gamma)' }],
  },
  {
    name: 'shifts before it scales',
    caughtBy: 'each channel has its scale and its shift',
    edits: [
      {
        find: 'add(multiply(normalised(x).xHat, gamma), beta)',
        replace: 'multiply(add(normalised(x).xHat, beta), gamma)',
      },
    ],
  },
  {
    name: 'adds ε outside the root',
    caughtBy: 'ε stands inside the root',
    edits: [{ find: r, replace: 'reciprocal(add(sqrt(mean(square(centred), along)), epsilon))' }],
  },
  {
    name: 'leaves ε out',
    caughtBy: 'a token of equal channels, or of a single one, gives the shift',
    edits: [{ find: r, replace: 'reciprocal(sqrt(mean(square(centred), along)))' }],
  },
  {
    name: 'broadcasts one scale to all channels',
    caughtBy: 'parameters for another number of channels are refused, and the message names what was wrong',
    edits: [{ find: guard, replace: 'shape.at(-1) !== n && shape.at(-1) !== 1' }],
  },
  {
    name: 'takes mean and spread off the tape',
    caughtBy: 'the tape follows it',
    edits: [
      {
        find: 'subtract(x, mean(x, along))',
        replace: 'subtract(x, add(fromData(mean(x, along).data, mean(x, along).shape), 0))',
      },
      { find: 'import { add, mean,', replace: 'import { add, fromData, mean,' },
    ],
  },
  {
    name: 'treats mean and spread as constants on the way back',
    caughtBy: "finds the lesson's gradient",
    edits: [{ find: 'multiply(r, subtract(subtract(g, shift), multiply(xHat, factor)))', replace: 'multiply(r, g)' }],
  },
  {
    name: 'forgets the way through the mean',
    caughtBy: 'what is the same for all channels moves nothing',
    edits: [{ find: 'subtract(subtract(g, shift), ', replace: 'subtract(g, ' }],
  },
  {
    name: 'forgets the way through the spread',
    caughtBy: 'without a scale, only the three ways count',
    edits: [{ find: 'subtract(subtract(g, shift), multiply(xHat, factor))', replace: 'subtract(g, shift)' }],
  },
  {
    name: 'forgets r on the way back',
    caughtBy: 'dx agrees with central differences',
    edits: [{ find: 'multiply(r, subtract(subtract', replace: 'multiply(1, subtract(subtract' }],
  },
  {
    name: 'forgets the scale on the way back',
    caughtBy: 'the scale counts on the way back too',
    edits: [{ find: 'const g = multiply(dy, gamma);', replace: 'const g = dy;' }],
  },
  {
    name: 'takes the mean over the tokens for dgamma and dbeta',
    caughtBy: 'dgamma and dbeta are summed over all tokens',
    edits: [{ find: 'return sum(reshape(', replace: 'return mean(reshape(' }],
  },
  {
    name: 'sums over the first axis alone',
    caughtBy: 'dgamma and dbeta are summed over all tokens',
    edits: [
      {
        find: 'sum(reshape(x, [tokens, x.shape.at(-1)!]), { axis: 0 })',
        replace: 'tokens === 1 ? reshape(x, [-1]) : sum(x, { axis: 0 })',
      },
    ],
  },
  {
    name: 'lets the compiler of reshape guess how many tokens there are',
    caughtBy: 'no tokens, nothing to learn',
    edits: [{ find: 'reshape(x, [tokens, x.shape.at(-1)!])', replace: 'reshape(x, [tokens || 1, x.shape.at(-1)!])' }],
  },
  {
    name: 'centres in place',
    caughtBy: 'does not change its input',
    edits: [{ find: centred, replace: `${centred}\n  x.data.set(centred.data);` }],
  },
]);
