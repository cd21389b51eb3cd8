import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'adds the lengths of the axes instead of multiplying them',
    caughtBy: 'full puts one value in every place',
    edits: [
      { find: 'let size = 1;', replace: 'let size = 0;' },
      { find: 'size *= length;', replace: 'size += length;' },
      { find: 'new Float32Array(size).fill(value), shape', replace: 'new Float32Array(size).fill(value), [size]' },
    ],
  },
  {
    name: 'makes nothing of a shape without axes',
    caughtBy: 'without an axis there is one number, with an axis of size 0 there is none',
    edits: [
      {
        find: 'return fromData(new Float32Array(size).fill(value), shape);',
        replace: 'return shape.length === 0 ? fromData([], [0]) : fromData(new Float32Array(size).fill(value), shape);',
      },
    ],
  },
  {
    name: 'arange takes the end in',
    caughtBy: 'arange counts in equal steps and leaves the end out',
    edits: [{ find: 'Math.ceil((stop - start) / step)', replace: 'Math.floor((stop - start) / step) + 1' }],
  },
  {
    name: 'arange leaves out a step that is not finished',
    caughtBy: 'arange counts in equal steps and leaves the end out',
    edits: [{ find: 'Math.ceil(', replace: 'Math.floor(' }],
  },
  {
    name: 'arange begins at the first step',
    caughtBy: 'arange counts in equal steps and leaves the end out',
    edits: [{ find: 'start + i * step', replace: 'start + (i + 1) * step' }],
  },
  {
    name: 'arange steps by nothing in particular',
    caughtBy: 'arange steps by 1 unless told otherwise',
    edits: [{ find: 'step = 1): Tensor', replace: 'step: number): Tensor' }],
  },
  {
    name: 'arange knows only the way up',
    caughtBy: 'arange counts down with a negative step',
    edits: [{ find: 'Math.ceil((stop - start) / step)', replace: 'Math.ceil((stop - start) / Math.abs(step))' }],
  },
  {
    name: 'arange turns round when the step leads away',
    caughtBy: 'there is nothing where the step leads away from the end',
    edits: [
      {
        find: 'Math.max(0, Math.ceil((stop - start) / step))',
        replace: 'Math.ceil(Math.abs((stop - start) / step))',
      },
    ],
  },
  {
    name: 'arange adds one step after another until it is there',
    caughtBy: 'from 0 to 1 there are ten steps of 0.1',
    edits: [
      {
        find: 'const count = Math.max(0, Math.ceil((stop - start) / step));\n  const values = new Float32Array(count);',
        replace: 'const values: number[] = [];',
      },
      {
        find: 'for (let i = 0; i < count; i += 1) values[i] = start + i * step;\n  return fromData(values, [count]);',
        replace:
          'for (let x = start; step > 0 ? x < stop : x > stop; x += step) values.push(x);\n  return fromData(values, [values.length]);',
      },
    ],
  },
  {
    name: 'arange lets a step of 0 pass',
    caughtBy: 'a step of 0 is refused, and the message says so',
    edits: [
      { find: 'if (step === 0) throw', replace: 'if (Number.isNaN(step)) throw' },
      {
        find: 'Math.max(0, Math.ceil((stop - start) / step))',
        replace: 'step === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / step))',
      },
    ],
  },
  {
    name: 'linspace has as many gaps as posts',
    caughtBy: 'linspace shares out the distance, both ends included',
    edits: [{ find: '(stop - start) / (count - 1)', replace: '(stop - start) / count' }],
  },
  {
    name: 'linspace divides by no gaps at all',
    caughtBy: 'linspace of one number is its start, of none is empty',
    edits: [{ find: 'count > 1 ? (stop - start) / (count - 1) : 0', replace: '(stop - start) / (count - 1)' }],
  },
  {
    name: 'linspace rounds a count silently',
    caughtBy: 'a count that is negative or not whole is refused, and the message says so',
    edits: [
      {
        find: 'if (!Number.isInteger(count) || count < 0) {',
        replace: 'count = Math.max(0, Math.floor(count));\n  if (count < 0) {',
      },
    ],
  },
  {
    name: 'fromNested gives the shape from the inside out',
    caughtBy: 'fromNested reads the shape off the brackets',
    edits: [
      {
        find: 'return fromData(values, shape);\n}\n\n/** The lengths',
        replace: 'return fromData(values, shape.reverse());\n}\n\n/** The lengths',
      },
    ],
  },
  {
    name: 'fromNested leaves the axis of an empty list out',
    caughtBy: 'an empty list is an axis of size 0',
    edits: [
      {
        find: "while (typeof level === 'object') {",
        replace: "while (typeof level === 'object' && level.length > 0) {",
      },
    ],
  },
  {
    name: 'fromNested collects the lists from the last to the first',
    caughtBy: 'fromNested keeps the order of the numbers, however deep they lie',
    edits: [
      {
        find: 'part.forEach((inner, i) => visit(inner, [...path, i]));',
        replace: 'for (let i = part.length - 1; i >= 0; i -= 1) visit(part[i]!, [...path, i]);',
      },
    ],
  },
  {
    name: 'fromNested counts only the numbers, and never looks at a list',
    caughtBy: 'lists of different lengths are refused, and the message names the place and both lengths',
    edits: [{ find: 'if (part.length !== length) {', replace: 'if (part.length < 0) {' }],
  },
  {
    name: 'fromNested says only that something is wrong',
    caughtBy: 'lists of different lengths are refused, and the message names the place and both lengths',
    edits: [
      {
        find: '`fromNested: ${place(path)} is a list of ${part.length}, not ${wanted}`',
        replace: "'fromNested: the lists are not of one length'",
      },
    ],
  },
  {
    name: 'fromNested takes a number for a list of itself',
    caughtBy: "a number in a list's place, or a list in a number's, is refused",
    edits: [
      {
        find: 'if (length !== undefined) throw new Error(`fromNested: ${place(path)} is a number, not a list of ${length}`);\n      values.push(part);',
        replace: 'for (let i = 0; i < (length ?? 1); i += 1) values.push(part);',
      },
    ],
  },
  {
    name: 'takes the nested lists apart as it goes',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'part.forEach((inner, i) => visit(inner, [...path, i]));',
        replace:
          'const list = part as Nested[];\n    for (let i = 0; i < length; i += 1) visit(list.shift()!, [...path, i]);',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'for (let i = 0; i < count; i += 1) values[i] = start + i * step;',
    from: 'i < count',
    to: 'i <= count',
    because: 'A typed array ignores what is written behind its end.',
  },
  {
    at: 'for (let i = 0; i < count; i += 1) values[i] = start + i * gap;',
    from: 'i < count',
    to: 'i <= count',
    because: 'A typed array ignores what is written behind its end.',
  },
  {
    at: 'const gap = count > 1 ? (stop - start) / (count - 1) : 0;',
    from: 'count > 1 ? (stop - start) / (count - 1) : 0',
    to: 'count > 1 ? (stop - start) / (count - 1) : 1',
    because: 'Of a single number only the start is written, and there the gap is multiplied by 0; of none, nothing is.',
  },
]);
