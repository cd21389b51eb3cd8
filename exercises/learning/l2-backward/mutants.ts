import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'forgets the 2 of the square',
    caughtBy: 'dy agrees with central differences',
    edits: [{ find: '2 / outputs.shape[0]!', replace: '1 / outputs.shape[0]!' }],
  },
  {
    name: 'forgets the mean',
    caughtBy: 'with twice the examples each has half the say',
    edits: [{ find: '2 / outputs.shape[0]!', replace: '2' }],
  },
  {
    name: 'divides by the classes as well',
    caughtBy: 'dy agrees with central differences',
    edits: [{ find: '2 / outputs.shape[0]!', replace: '2 / outputs.size' }],
  },
  {
    name: 'divides by the classes instead of the examples',
    caughtBy: "finds the lesson's gradient",
    edits: [{ find: '2 / outputs.shape[0]!', replace: '2 / outputs.shape[1]!' }],
  },
  {
    name: 'points downhill instead of uphill',
    caughtBy: 'a small step against the gradient lowers the loss',
    edits: [{ find: 'subtract(outputs, targets)', replace: 'subtract(targets, outputs)' }],
  },
  {
    name: 'multiplies by the loss: takes the square for the derivative',
    caughtBy: 'dy agrees with central differences',
    edits: [
      { find: 'import { multiply, subtract }', replace: 'import { multiply, square, subtract }' },
      { find: 'multiply(subtract(outputs, targets),', replace: 'multiply(square(subtract(outputs, targets)),' },
    ],
  },
  {
    name: 'compares with the mean target of the batch',
    caughtBy: 'an output that is right needs no change',
    edits: [
      { find: 'import { multiply, subtract }', replace: 'import { mean, multiply, subtract }' },
      {
        find: 'multiply(subtract(outputs, targets),',
        replace: 'multiply(subtract(outputs, mean(targets, { axis: 0, keepdim: true })),',
      },
    ],
  },
  {
    name: 'trusts that the shapes agree',
    caughtBy: 'shapes that differ are refused, even where they would broadcast',
    edits: [{ find: 'outputs.shape.join() !== targets.shape.join()', replace: 'outputs.size !== targets.size' }],
  },
  {
    name: 'looks at the first row to see how many classes there are',
    caughtBy: 'an empty batch has an empty gradient',
    edits: [{ find: '  // dy[n, k]', replace: '  (outputs.toNested() as number[][])[0]!.length;\n  // dy[n, k]' }],
  },
  {
    name: 'subtracts the targets where the outputs lie',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  // dy[n, k]',
        replace: '  outputs.data.set(subtract(outputs, targets).data);\n  // dy[n, k]',
      },
      { find: 'multiply(subtract(outputs, targets),', replace: 'multiply(outputs,' },
    ],
  },
]);
