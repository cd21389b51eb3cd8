import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'writes it as it stands in the book, without subtracting the largest',
    caughtBy: 'large scores overflow nothing, and rows far apart do not disturb each other',
    edits: [{ find: 'exp(subtract(scores, largest))', replace: 'exp(scores)' }],
  },
  {
    name: 'subtracts the largest score of all rows',
    caughtBy: 'large scores overflow nothing, and rows far apart do not disturb each other',
    edits: [{ find: 'max(scores, { axis: -1, keepdim: true })', replace: 'max(scores)' }],
  },
  {
    name: 'divides the scores by their sum, without the exponential',
    caughtBy: 'a score that is higher by one gets e times the weight',
    edits: [{ find: 'exp(subtract(scores, largest))', replace: 'subtract(scores, largest)' }],
  },
  {
    name: 'squares the scores to make them positive',
    caughtBy: 'adding the same to all scores of a row changes nothing',
    edits: [
      { find: 'exp, max,', replace: 'max, multiply,' },
      { find: 'exp(subtract(scores, largest))', replace: 'multiply(scores, scores)' },
    ],
  },
  {
    name: 'forgets to divide',
    caughtBy: "finds the lesson's weights",
    edits: [
      {
        find: 'return divide(exponentials, sum(exponentials, { axis: -1, keepdim: true }));',
        replace: 'return exponentials;',
      },
    ],
  },
  {
    name: 'shares one portion among all rows',
    caughtBy: 'each row shares out one portion, by its own scores',
    edits: [{ find: 'sum(exponentials, { axis: -1, keepdim: true })', replace: 'sum(exponentials)' }],
  },
  {
    name: 'lets the rows share each column',
    caughtBy: 'each row shares out one portion, by its own scores',
    edits: [{ find: 'sum(exponentials, { axis: -1,', replace: 'sum(exponentials, { axis: 0,' }],
  },
  {
    name: 'drops the axis of the sum',
    caughtBy: 'each row shares out one portion, by its own scores',
    edits: [{ find: 'sum(exponentials, { axis: -1, keepdim: true })', replace: 'sum(exponentials, { axis: -1 })' }],
  },
  {
    name: 'takes axis 1 for the last',
    caughtBy: "finds the lesson's weights",
    edits: [
      { find: 'max(scores, { axis: -1,', replace: 'max(scores, { axis: 1,' },
      { find: 'sum(exponentials, { axis: -1,', replace: 'sum(exponentials, { axis: 1,' },
    ],
  },
  {
    name: 'adds a little to the sum for fear of dividing by zero',
    caughtBy: 'a token alone gets all the attention',
    edits: [
      { find: 'import { divide,', replace: 'import { add, divide,' },
      {
        find: 'sum(exponentials, { axis: -1, keepdim: true }))',
        replace: 'add(sum(exponentials, { axis: -1, keepdim: true }), 1e-3))',
      },
    ],
  },
  {
    name: 'gives a score of −∞ a tiny weight',
    caughtBy: 'a score of −∞ gets the weight 0',
    edits: [
      { find: 'import { divide, exp, max, subtract,', replace: 'import { divide, exp, max, maximum, subtract,' },
      { find: 'exp(subtract(scores, largest))', replace: 'exp(maximum(subtract(scores, largest), -9))' },
    ],
  },
  {
    name: 'returns fresh data, past the tape',
    caughtBy: 'gradients pass, and agree with central differences',
    edits: [
      { find: 'import { divide, exp, max,', replace: 'import { divide, exp, fromData, max,' },
      { find: 'return divide(', replace: 'const w = divide(' },
      {
        find: 'sum(exponentials, { axis: -1, keepdim: true }));',
        replace: 'sum(exponentials, { axis: -1, keepdim: true }));\n  return fromData(w.data, w.shape);',
      },
    ],
  },
  {
    name: 'subtracts the largest in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'const exponentials = exp(subtract(scores, largest));',
        replace: 'scores.data.set(subtract(scores, largest).data);\n  const exponentials = exp(scores);',
      },
    ],
  },
]);
