import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'sums over the batch instead of taking the mean',
    caughtBy: "finds the lesson's loss",
    edits: [{ find: 'sum(surprise).at() / countOf(logits)', replace: 'sum(surprise).at()' }],
  },
  {
    name: 'forgets the minus sign',
    caughtBy: 'the loss is the mean surprise, for many shapes',
    edits: [
      {
        find: 'subtract(logSumExp(logits, { axis: 1 }), sum(multiply(targets, logits), { axis: 1 }))',
        replace: 'subtract(sum(multiply(targets, logits), { axis: 1 }), logSumExp(logits, { axis: 1 }))',
      },
    ],
  },
  {
    name: 'divides by the number of classes as well',
    caughtBy: 'shares that look alike cost the logarithm of their number',
    edits: [{ find: '.at() / countOf(logits)', replace: '.at() / logits.size' }],
  },
  {
    name: 'takes the logarithm of a finished softmax',
    caughtBy: 'large logits overflow nothing',
    edits: [
      { find: 'divide, logSumExp,', replace: 'divide, log, negative,' },
      {
        find: 'subtract(logSumExp(logits, { axis: 1 }), sum(multiply(targets, logits), { axis: 1 }))',
        replace: 'negative(sum(multiply(targets, log(softmax(logits, 1))), { axis: 1 }))',
      },
    ],
  },
  {
    name: 'guards the logarithm with a small constant',
    caughtBy: 'large logits overflow nothing',
    edits: [
      { find: 'divide, logSumExp,', replace: 'add, divide, log, negative,' },
      {
        find: 'subtract(logSumExp(logits, { axis: 1 }), sum(multiply(targets, logits), { axis: 1 }))',
        replace: 'negative(sum(multiply(targets, log(add(softmax(logits, 1), 1e-15))), { axis: 1 }))',
      },
    ],
  },
  {
    name: 'writes out the exponentials in the gradient',
    caughtBy: 'large logits overflow nothing',
    edits: [
      { find: 'divide, logSumExp,', replace: 'divide, exp, logSumExp,' },
      { find: 'softmax(logits, 1)', replace: 'divide(exp(logits), sum(exp(logits), { axis: 1, keepdim: true }))' },
    ],
  },
  {
    name: 'asks only for the share of the right class',
    caughtBy: 'the gradient agrees with central differences of your loss',
    edits: [
      { find: 'subtract(softmax(logits, 1), targets)', replace: 'multiply(targets, subtract(softmax(logits, 1), 1))' },
    ],
  },
  {
    name: 'turns the gradient round',
    caughtBy: "finds the lesson's gradient",
    edits: [{ find: 'subtract(softmax(logits, 1), targets)', replace: 'subtract(targets, softmax(logits, 1))' }],
  },
  {
    name: 'forgets the mean in the gradient',
    caughtBy: 'the gradient agrees with central differences of your loss',
    edits: [
      {
        find: 'divide(subtract(softmax(logits, 1), targets), countOf(logits))',
        replace: 'divide(subtract(softmax(logits, 1), targets), 1)',
      },
    ],
  },
  {
    name: 'takes the softmax over the examples',
    caughtBy: 'the gradient is shares less truth, over the batch',
    edits: [{ find: 'softmax(logits, 1)', replace: 'softmax(logits, 0)' }],
  },
  {
    name: 'takes the softmax of the whole batch at once, in loss and gradient',
    caughtBy: 'a constant added to all logits of an example changes nothing',
    edits: [
      { find: 'divide, logSumExp,', replace: 'divide, exp, log,' },
      { find: 'logSumExp(logits, { axis: 1 })', replace: 'log(sum(exp(logits)))' },
      { find: 'softmax(logits, 1)', replace: 'divide(exp(logits), sum(exp(logits)))' },
    ],
  },
  {
    name: 'looks up the one right class, whatever else the targets say',
    caughtBy: 'the truth may be shared among classes',
    edits: [
      { find: 'divide, logSumExp,', replace: 'argmax, divide, logSumExp, oneHot,' },
      {
        find: 'sum(multiply(targets, logits)',
        replace: 'sum(multiply(oneHot(argmax(targets, { axis: 1 }), logits.shape[1]!), logits)',
      },
    ],
  },
  {
    name: 'reads the first row to learn the number of classes',
    caughtBy: 'an empty batch has an empty gradient',
    edits: [
      {
        find: '  // ∂L/∂z = (p − t) / N',
        replace:
          '  if ((logits.toNested() as number[][])[0]!.length === 1) return multiply(logits, 0);\n  // ∂L/∂z = (p − t) / N',
      },
    ],
  },
  {
    name: 'lets targets of another shape broadcast',
    caughtBy: 'targets of another shape are an error that mentions them',
    edits: [{ find: 'logits.shape.join() !== targets.shape.join()', replace: 'logits.rank === 0' }],
  },
  {
    name: 'writes the gradient over the logits',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'return divide(subtract(softmax(logits, 1), targets), countOf(logits));',
        replace:
          'const answer = divide(subtract(softmax(logits, 1), targets), countOf(logits));\n  logits.data.set(answer.data);\n  return answer;',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'return logits.shape[0] ?? 0;',
    from: 'logits.shape[0] ?? 0',
    to: 'logits.shape[0] || 0',
    because: 'A batch of size 0 has the count 0 either way.',
  },
  {
    at: 'return logits.shape[0] ?? 0;',
    from: 'logits.shape[0] ?? 0',
    to: 'logits.shape[0] ?? 1',
    because: 'Logits without a first axis have no axis 1 either, and were refused before they are counted.',
  },
]);
