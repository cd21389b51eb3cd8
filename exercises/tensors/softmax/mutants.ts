import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'divides by the sum of the scores themselves',
    caughtBy: "softmax finds the lesson's shares",
    edits: [
      {
        find: 'total += Math.exp(x.data[start + i * step]! - largest)',
        replace: 'total += x.data[start + i * step]! - largest',
      },
    ],
  },
  {
    name: 'divides by the largest instead of subtracting it',
    caughtBy: 'adding a constant to all scores changes nothing',
    edits: [
      {
        find: 'total += Math.exp(x.data[start + i * step]! - largest)',
        replace: 'total += Math.exp(x.data[start + i * step]! / largest)',
      },
      {
        find: 'Math.exp(x.data[position]! - largest) / total',
        replace: 'Math.exp(x.data[position]! / largest) / total',
      },
    ],
  },
  {
    name: 'forgets to subtract the largest score',
    caughtBy: 'scores of a thousand, and of minus a thousand, still give shares',
    edits: [
      {
        find: 'total += Math.exp(x.data[start + i * step]! - largest)',
        replace: 'total += Math.exp(x.data[start + i * step]!)',
      },
      { find: 'Math.exp(x.data[position]! - largest) / total', replace: 'Math.exp(x.data[position]!) / total' },
      { find: 'largest + Math.log(total)', replace: 'Math.log(total)' },
    ],
  },
  {
    name: 'lets the largest score begin at zero',
    caughtBy: 'scores of a thousand, and of minus a thousand, still give shares',
    edits: [{ find: 'let largest = -Infinity;', replace: 'let largest = 0;' }],
  },
  {
    name: 'takes the largest score of the whole tensor',
    caughtBy: 'scores of a thousand, and of minus a thousand, still give shares',
    edits: [
      {
        find: 'for (let i = 0; i < length; i += 1) largest = Math.max(largest, x.data[start + i * step]!);',
        replace: 'for (let i = 0; i < x.size; i += 1) largest = Math.max(largest, x.data[i]!);',
      },
    ],
  },
  {
    name: 'takes every axis for the last',
    caughtBy: 'softmax agrees with the definition along every axis',
    edits: [
      {
        find: 'const length = x.shape[axis];',
        replace: 'const length = x.shape[axis] === undefined ? undefined : x.shape.at(-1);',
      },
      { find: 'x.shape.slice(0, axis)', replace: 'x.shape.slice(0, -1)' },
      { find: 'x.shape.slice(axis + 1)', replace: '[]' },
    ],
  },
  {
    name: 'steps by the length of the axis itself',
    caughtBy: 'softmax agrees with the definition along every axis',
    edits: [
      {
        find: 'const step = product(x.shape.slice(axis + 1));',
        replace: 'const step = axis === x.shape.length - 1 ? 1 : length;',
      },
    ],
  },
  {
    name: 'normalises over the whole tensor',
    caughtBy: "softmax finds the lesson's shares",
    edits: [
      {
        find: 'const { largest, total } = exponentials(x, { start, step, length });',
        replace: 'const { largest, total } = exponentials(x, { start: 0, step: 1, length: x.size });',
      },
    ],
  },
  {
    name: 'forgets to give the largest score back',
    caughtBy: 'logSumExp agrees with the definition along every axis',
    edits: [{ find: 'largest + Math.log(total)', replace: 'Math.log(total)' }],
  },
  {
    name: 'keeps the axis with size 1',
    caughtBy: 'logSumExp agrees with the definition along every axis',
    edits: [
      {
        find: 'x.shape.filter((_, at) => at !== axis)',
        replace: 'x.shape.map((size, at) => (at === axis ? 1 : size))',
      },
    ],
  },
  {
    name: 'takes the logarithm of the shifted sum without a shift in it',
    caughtBy: 'logSumExp stays finite where the exponentials do not',
    edits: [{ find: 'largest + Math.log(total)', replace: 'Math.log(Math.exp(largest) * total)' }],
  },
  {
    name: 'does not look for a run of −Infinity alone',
    caughtBy: 'a score of −Infinity gets no share, and a run of nothing else becomes zeros',
    edits: [{ find: 'largest === -Infinity ? 0 : ', replace: '' }],
  },
  {
    name: 'gives equal shares where nothing may be chosen',
    caughtBy: 'a score of −Infinity gets no share, and a run of nothing else becomes zeros',
    edits: [{ find: 'largest === -Infinity ? 0 : ', replace: 'largest === -Infinity ? 1 / length : ' }],
  },
  {
    name: 'starts from the first score of the run',
    caughtBy: 'a run of one score gets all, and a run of none is no trouble',
    edits: [{ find: 'let largest = -Infinity;', replace: 'let largest = x.data[start]!;' }],
  },
  {
    name: 'accepts an axis one too many',
    caughtBy: 'an axis that x does not have is refused, and the message names it',
    edits: [
      { find: 'const length = x.shape[axis];', replace: 'const length = axis === x.shape.length ? 1 : x.shape[axis];' },
    ],
  },
  {
    name: 'writes the exponentials into the scores',
    caughtBy: 'does not change its input',
    edits: [{ find: 'const shares = new Float32Array(x.size);', replace: 'const shares = x.data;' }],
  },
]);
