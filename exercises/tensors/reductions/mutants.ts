import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'keeps the axis that it should sweep along',
    caughtBy: 'sum adds up along the axis that it is given',
    edits: [{ find: 'axis < 0 ? axis + x.rank : axis', replace: 'x.rank - 1 - (axis < 0 ? axis + x.rank : axis)' }],
  },
  {
    name: 'adds everything up, whatever the axis',
    caughtBy: 'sum adds up along the axis that it is given',
    edits: [
      { find: 'return reduce(x, along, total);', replace: 'return fromData([total(Float64Array.from(x.data))], []);' },
    ],
  },
  {
    name: 'takes every line for a run of neighbours',
    caughtBy: 'sum adds up along the axis that it is given',
    edits: [{ find: '(b * n + k) * after + c', replace: '(b * after + c) * n + k' }],
  },
  {
    name: 'forgets the axes before the one that is swept',
    caughtBy: 'any axis of any tensor can be swept, also one in the middle',
    edits: [{ find: '(b * n + k) * after + c', replace: '(at === x.rank - 1 ? b * n + k : k) * after + c' }],
  },
  {
    name: 'steps along a line by the size of the next axis only',
    caughtBy: 'any axis of any tensor can be swept, also one in the middle',
    edits: [
      {
        find: 'const after = product(x.shape.slice(at + 1));\n  const values = new Float32Array(before * after);',
        replace:
          'const after = x.shape[at + 1] ?? 1;\n  const values = new Float32Array(before * product(x.shape.slice(at + 1)));',
      },
    ],
  },
  {
    name: 'counts a negative axis from one too far',
    caughtBy: 'a negative axis counts from the end',
    edits: [{ find: 'axis < 0 ? axis + x.rank : axis', replace: 'axis < 0 ? axis + x.rank - 1 : axis' }],
  },
  {
    name: 'sweeps along an axis that is not there',
    caughtBy: 'an axis that is not there is refused, and the message names it',
    edits: [
      { find: 'if (at < 0 || at >= x.rank) throw', replace: 'if (Number.isNaN(at)) throw' },
      { find: 'const n = x.shape[at]!;', replace: 'const n = x.shape[at] ?? 1;' },
    ],
  },
  {
    name: 'never keeps the axis',
    caughtBy: 'keepdim leaves the axis in place, with size 1',
    edits: [{ find: 'keepdim ? [1] : []', replace: 'keepdim ? [] : []' }],
  },
  {
    name: 'always keeps the axis',
    caughtBy: 'sum adds up along the axis that it is given',
    edits: [{ find: 'keepdim ? [1] : []', replace: 'keepdim ? [1] : [1]' }],
  },
  {
    name: 'keeps the axis at the end',
    caughtBy: 'keepdim leaves the axis in place, with size 1',
    edits: [{ find: '...kept, ...x.shape.slice(at + 1)]', replace: '...x.shape.slice(at + 1), ...kept]' }],
  },
  {
    name: 'keeps the running total in float32',
    caughtBy: 'small numbers are not lost beside a large one',
    edits: [{ find: 'running += value;', replace: 'running = Math.fround(running + value);' }],
  },
  {
    name: 'refuses to reduce nothing',
    caughtBy: 'the sum over nothing is 0, and the mean of nothing NaN',
    edits: [
      {
        find: 'let running = 0;',
        replace: "if (line.length === 0) throw new Error('total: there is nothing to add');\n  let running = 0;",
      },
    ],
  },
  {
    name: 'divides the mean by the size of the whole tensor',
    caughtBy: 'mean divides by as many numbers as there are in a line',
    edits: [
      {
        find: 'return reduce(x, along, average);',
        replace: 'return reduce(x, along, (line) => total(line) / x.size);',
      },
    ],
  },
  {
    name: 'divides the spread by one less than the count',
    caughtBy: 'std is the root of the mean squared distance from the mean',
    edits: [
      {
        find: 'Math.sqrt(average(line.map((value) => (value - centre) ** 2)))',
        replace: 'Math.sqrt(total(line.map((value) => (value - centre) ** 2)) / (line.length - 1))',
      },
    ],
  },
  {
    name: 'returns the variance',
    caughtBy: 'std is the root of the mean squared distance from the mean',
    edits: [
      {
        find: 'Math.sqrt(average(line.map((value) => (value - centre) ** 2)))',
        replace: 'average(line.map((value) => (value - centre) ** 2))',
      },
    ],
  },
  {
    name: 'averages the distances without squaring them',
    caughtBy: 'std is the root of the mean squared distance from the mean',
    edits: [
      {
        find: 'Math.sqrt(average(line.map((value) => (value - centre) ** 2)))',
        replace: 'average(line.map((value) => Math.abs(value - centre)))',
      },
    ],
  },
  {
    name: 'takes the mean of the squares minus the square of the mean',
    caughtBy: 'std does not mind a mean that is much larger',
    edits: [
      {
        find: 'Math.sqrt(average(line.map((value) => (value - centre) ** 2)))',
        replace: 'Math.sqrt(Math.max(0, average(line.map((value) => value * value)) - centre * centre))',
      },
    ],
  },
  {
    name: 'starts looking for the largest at 0',
    caughtBy: 'max finds the largest entry, also where all are negative',
    edits: [{ find: 'let largest = line[0]!;', replace: 'let largest = 0;' }],
  },
  {
    name: 'returns minus infinity for the largest of nothing',
    caughtBy: 'there is no largest entry of nothing, and the message names the axis',
    edits: [
      {
        find: 'if (line.length === 0) throw new Error(`max: there is no entry along axis ${along.axis}`);',
        replace: 'if (line.length === 0) return -Infinity;',
      },
    ],
  },
  {
    name: 'forgets the root of the norm',
    caughtBy: 'l2Norm is the length of each line',
    edits: [
      {
        find: 'Math.sqrt(total(line.map((value) => value * value)))',
        replace: 'total(line.map((value) => value * value))',
      },
    ],
  },
  {
    name: 'adds up the numbers without their signs for a norm',
    caughtBy: 'l2Norm is the length of each line',
    edits: [
      {
        find: 'Math.sqrt(total(line.map((value) => value * value)))',
        replace: 'total(line.map((value) => Math.abs(value)))',
      },
    ],
  },
  {
    name: 'subtracts the mean from the tensor itself',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'values[b * after + c] = toOne(line);',
        replace:
          'values[b * after + c] = toOne(line);\n      for (let k = 0; k < n; k += 1) x.data[(b * n + k) * after + c] = line[k]!;',
      },
      {
        find: 'return Math.sqrt(average(line.map((value) => (value - centre) ** 2)));',
        replace:
          'line.forEach((value, k) => (line[k] = value - centre));\n    return Math.sqrt(average(line.map((value) => value ** 2)));',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'for (const value of line) if (value > largest) largest = value;',
    from: 'value > largest',
    to: 'value >= largest',
    because: 'The largest entry is replaced by its equal.',
  },
  {
    at: 'for (let b = 0; b < before; b += 1) {',
    from: 'b < before',
    to: 'b <= before',
    because: 'A typed array ignores what is written behind its end.',
  },
  {
    at: 'for (let k = 0; k < n; k += 1) line[k] = x.data[(b * n + k) * after + c]!;',
    from: 'k < n',
    to: 'k <= n',
    because: 'A typed array ignores what is written behind its end.',
  },
  {
    at: 'for (let c = 0; c < after; c += 1) {',
    from: 'c < after',
    to: 'c <= after',
    because:
      'What is written behind the end of a block is overwritten when the next block begins; behind the last, it is ignored.',
  },
]);
