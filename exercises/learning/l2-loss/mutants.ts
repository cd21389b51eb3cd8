import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'counts the classes from 1',
    caughtBy: 'oneHot puts a single 1 into each row, at its label',
    edits: [{ find: 'n * classes + label]', replace: 'n * classes + label - 1]' }],
  },
  {
    name: 'lets a label reach into the next row',
    caughtBy: 'a label that is no class is refused, and the message names it',
    edits: [
      { find: '!Number.isInteger(label) || label < 0 || label >= classes', replace: 'targets.data.length === 0' },
    ],
  },
  {
    name: 'refuses the last class',
    caughtBy: 'the first and the last class are classes like any other',
    edits: [{ find: 'label >= classes', replace: 'label >= classes - 1' }],
  },
  {
    name: 'writes the label itself instead of a 1',
    caughtBy: 'oneHot puts a single 1 into each row, at its label',
    edits: [{ find: 'n * classes + label] = 1', replace: 'n * classes + label] = label' }],
  },
  {
    name: 'takes the mean over outputs too',
    caughtBy: 'the loss of one example is the sum of its squared errors',
    edits: [{ find: '/ outputs.shape[0]!', replace: '/ outputs.size' }],
  },
  {
    name: 'adds up the batch and does not divide',
    caughtBy: 'the loss of a batch is the mean over its examples',
    edits: [{ find: ' / outputs.shape[0]!', replace: '' }],
  },
  {
    name: 'divides by the number of outputs',
    caughtBy: 'the loss of a batch is the mean over its examples',
    edits: [{ find: '/ outputs.shape[0]!', replace: '/ outputs.shape[1]!' }],
  },
  {
    name: 'takes the root at the end, like a norm',
    caughtBy: "finds the lesson's loss",
    edits: [
      {
        find: 'sum(square(subtract(outputs, targets))).at() / outputs.shape[0]!',
        replace: 'Math.sqrt(sum(square(subtract(outputs, targets))).at() / outputs.shape[0]!)',
      },
    ],
  },
  {
    name: 'adds the errors up before squaring, so that they cancel',
    caughtBy: 'one answer for every picture costs what the lesson says',
    edits: [{ find: 'sum(square(subtract(outputs, targets)))', replace: 'square(sum(subtract(outputs, targets)))' }],
  },
  {
    name: 'forgets the squares',
    caughtBy: 'perfect outputs cost nothing',
    edits: [
      { find: 'import { square, subtract,', replace: 'import { subtract,' },
      { find: 'sum(square(subtract(outputs, targets)))', replace: 'sum(subtract(outputs, targets))' },
    ],
  },
  {
    name: 'halves the loss, as textbooks do',
    caughtBy: 'one answer for every picture costs what the lesson says',
    edits: [{ find: '/ outputs.shape[0]!', replace: '/ outputs.shape[0]! / 2' }],
  },
  {
    name: 'trusts that the shapes agree',
    caughtBy: 'shapes that differ are refused, even where they would broadcast',
    edits: [{ find: 'outputs.shape.join() !== targets.shape.join()', replace: 'outputs.size !== targets.size' }],
  },
  {
    name: 'rounds to float32',
    caughtBy: 'float64 keeps its digits',
    edits: [
      { find: 'import { square,', replace: 'import { fromData, square,' },
      {
        find: 'subtract(outputs, targets)',
        replace: 'subtract(fromData(Float32Array.from(outputs.data), outputs.shape), targets)',
      },
    ],
  },
  {
    name: 'keeps the differences in the outputs it was given',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  // A mean over the batch only',
        replace: '  outputs.data.set(subtract(outputs, targets).data);\n  // A mean over the batch only',
      },
      { find: 'square(subtract(outputs, targets))', replace: 'square(outputs)' },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'return sum(square(subtract(outputs, targets))).at() / outputs.shape[0]!;',
    from: 'subtract(outputs, targets)',
    to: 'subtract(targets, outputs)',
    because: 'What is squared may have either sign.',
  },
]);
