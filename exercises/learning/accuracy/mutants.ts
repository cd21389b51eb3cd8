import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'takes the largest output of each class instead of each example',
    caughtBy: 'agrees with counting, for many shapes',
    edits: [{ find: '{ axis: 1 }', replace: '{ axis: 0 }' }],
  },
  {
    name: 'counts the right answers and does not divide',
    caughtBy: "finds the lesson's accuracy",
    edits: [
      { find: 'import { argmax, equal, mean }', replace: 'import { argmax, equal, sum }' },
      { find: 'mean(equal(', replace: 'sum(equal(' },
    ],
  },
  {
    name: 'returns per cent',
    caughtBy: 'all right is 1, all wrong is 0',
    edits: [{ find: 'labels)).at();', replace: 'labels)).at() * 100;' }],
  },
  {
    name: 'returns the share of wrong answers',
    caughtBy: 'all right is 1, all wrong is 0',
    edits: [
      { find: 'import { argmax, equal, mean }', replace: 'import { argmax, mean, notEqual }' },
      { find: 'equal(argmax', replace: 'notEqual(argmax' },
    ],
  },
  {
    name: 'calls an answer right when the label’s own output is above one half',
    caughtBy: 'the largest output answers, however small or negative it is',
    edits: [
      { find: 'import { argmax, equal, mean }', replace: 'import { expandDims, gather, greater, mean }' },
      {
        find: 'mean(equal(argmax(outputs, { axis: 1 }), labels))',
        replace: 'mean(greater(gather(outputs, expandDims(labels, 1)), 0.5))',
      },
    ],
  },
  {
    name: 'lets the last of several largest outputs win',
    caughtBy: 'of several largest outputs the first one counts',
    source: `
import type { Tensor } from 'tensor';

export function accuracy(outputs: Tensor, labels: Tensor): number {
  const [count, classes] = outputs.shape as [number, number];
  if (labels.rank !== 1 || labels.size !== count) throw new Error('one label each, please');
  let right = 0;
  for (let n = 0; n < count; n += 1) {
    let answer = 0;
    for (let k = 1; k < classes; k += 1) if (outputs.at(n, k) >= outputs.at(n, answer)) answer = k;
    if (answer === labels.at(n)) right += 1;
  }
  return right / count;
}
`,
  },
  {
    name: 'gives credit for how large the label’s own output is',
    caughtBy: 'a nudge changes nothing, until one output overtakes another',
    edits: [
      { find: 'import { argmax, equal, mean }', replace: 'import { expandDims, gather, mean }' },
      {
        find: 'mean(equal(argmax(outputs, { axis: 1 }), labels))',
        replace: 'mean(gather(outputs, expandDims(labels, 1)))',
      },
    ],
  },
  {
    name: 'compares with whatever labels there are',
    caughtBy: 'labels that are not one for each example are refused',
    edits: [{ find: 'labels.rank !== 1 || labels.size !== count', replace: 'count === undefined' }],
  },
  {
    name: 'calls the accuracy of nobody zero',
    caughtBy: 'the accuracy of nobody is not a number',
    edits: [{ find: '  // The mean of ones', replace: '  if (count === 0) return 0;\n  // The mean of ones' }],
  },
  {
    name: 'lifts weak outputs to one half where they lie',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: '  // The mean of ones',
        replace:
          '  outputs.data.forEach((value, i) => (outputs.data[i] = Math.max(value, 0.5)));\n  // The mean of ones',
      },
    ],
  },
]);
