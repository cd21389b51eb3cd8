import { defineEquivalent, defineMutants } from 'authoring';

const loss = 'mean(subtract(logSumExp(logits, { axis: -1 }), chosen))';

export default defineMutants([
  {
    name: 'lets each place predict itself',
    caughtBy: 'each place is to predict the token behind it',
    edits: [{ find: '[1, n]', replace: '[0, n - 1]' }],
  },
  {
    name: 'takes an empty text',
    caughtBy: 'a text of fewer than two tokens is refused, and the message names the number',
    edits: [{ find: 'n < 2', replace: 'n === 0' }],
  },
  {
    name: 'forgets the target',
    caughtBy: 'the loss is the mean surprise of all places',
    edits: [{ find: loss, replace: 'mean(logSumExp(subtract(logits, expandDims(chosen, -1)), { axis: 0 }))' }],
  },
  {
    name: 'takes the logarithm of a share that was rounded to 0',
    caughtBy: 'a large surprise stays a number',
    edits: [
      { find: 'gather, logSumExp, mean,', replace: 'gather, log, mean, negative,' },
      { find: 'squeeze, subtract }', replace: 'squeeze }' },
      { find: loss, replace: 'mean(negative(log(chosen)))' },
      { find: 'gather(logits,', replace: 'gather(softmax(logits),' },
    ],
  },
  {
    name: 'takes the targets off the tape with their logits',
    caughtBy: 'its gradient is share minus truth, over the number of places',
    edits: [
      { find: 'import { argmax, divide,', replace: 'import { argmax, detach, divide,' },
      { find: '{ axis: -1 }), chosen)', replace: '{ axis: -1 }), detach(chosen))' },
    ],
  },
  {
    name: 'makes one list of all places without comparing the shapes',
    caughtBy: 'targets for other places are refused, and the message names both shapes',
    edits: [
      { find: 'divide, expandDims, gather,', replace: 'divide, gather,' },
      { find: 'mean, slice, softmax, squeeze,', replace: 'mean, reshape, slice, softmax,' },
      { find: 'logits.shape.slice(0, -1).join() !== targets.shape.join()', replace: 'logits.rank < targets.rank' },
      {
        find: 'squeeze(gather(logits, expandDims(targets, -1), -1), -1)',
        replace:
          'reshape(gather(reshape(logits, [-1, logits.shape.at(-1)!]), reshape(targets, [-1, 1])), logits.shape.slice(0, -1))',
      },
    ],
  },
  {
    name: 'always takes the most likely',
    caughtBy: 'the draw picks its token',
    edits: [{ find: 'temperature === 0', replace: 'temperature >= 0' }],
  },
  {
    name: 'stops at a token without a share where the draw is 0',
    caughtBy: 'a forbidden token is never drawn',
    edits: [
      { find: '    if (share === 0) continue;\n', replace: '' },
      { find: 'total > draw', replace: 'total >= draw' },
    ],
  },
  {
    name: 'multiplies by the temperature',
    caughtBy: 'temperature sharpens and flattens, and at 0 the most likely token is taken',
    edits: [
      { find: 'divide, expandDims,', replace: 'expandDims,' },
      { find: 'mean, slice,', replace: 'mean, multiply, slice,' },
      { find: 'divide(logits, temperature)', replace: 'multiply(logits, temperature)' },
    ],
  },
  {
    name: 'takes a negative temperature',
    caughtBy: 'a negative temperature is refused, and the message names it',
    edits: [{ find: 'temperature < 0', replace: 'Number.isNaN(temperature)' }],
  },
  {
    name: 'cools the logits in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  const shares =',
        replace: '  logits.data.forEach((z, id) => (logits.data[id] = z - 1));\n  const shares =',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'if (logits.shape.slice(0, -1).join() !== targets.shape.join()) {',
    from: 'if (logits.shape.slice(0, -1).join() !== targets.shape.join()) { const [scores, wanted] = [logits, …',
    to: '',
    because: 'Then gather refuses the same shapes, and names both.',
  },
  {
    at: "const [scores, wanted] = [logits, targets].map(({ shape }) => `(${shape.join(', ')})`);",
    from: '[logits, targets]',
    to: '[targets, logits]',
    because: 'The two shapes are named either way; how the sentence about them runs is the learner’s own.',
  },
  {
    at: 'let last = 0;',
    from: 'last = 0',
    to: 'last = 1',
    because: 'Some share is not 0, so another value has taken its place before it is returned.',
  },
]);
