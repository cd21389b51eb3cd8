import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'item lets the first axis run fastest',
    caughtBy: 'item finds the entry at an index',
    edits: [
      {
        find: 'for (let axis = x.rank - 1; axis >= 0; axis -= 1) {',
        replace: 'for (let axis = 0; axis < x.rank; axis += 1) {',
      },
    ],
  },
  {
    name: 'counts negative numbers from one too far',
    caughtBy: 'a negative number counts from the end',
    edits: [{ find: 'i < 0 ? i + size : i', replace: 'i < 0 ? i + size - 1 : i' }],
  },
  {
    name: 'takes every index round the axis, however large',
    caughtBy: 'a number outside its axis is refused, and the message names axis, number and size',
    edits: [{ find: 'i < 0 ? i + size : i', replace: '((i % size) + size) % size' }],
  },
  {
    name: 'names the number after it has been counted from the start',
    caughtBy: 'a number outside its axis is refused, and the message names axis, number and size',
    edits: [{ find: '`${i} lies outside', replace: '`${counted} lies outside' }],
  },
  {
    name: 'compares a row with the number of columns',
    caughtBy: 'a number outside its axis is refused, and the message names axis, number and size',
    edits: [{ find: 'fromStart(x, 0, i) * n', replace: 'fromStart(x, 1, i) * n' }],
  },
  {
    name: 'takes a short index for one with zeros behind it',
    caughtBy: 'an index needs one number for each axis',
    edits: [
      { find: 'if (index.length !== x.rank) {', replace: 'if (index.length > x.rank) {' },
      { find: 'index[axis]!', replace: '(index[axis] ?? 0)' },
    ],
  },
  {
    name: 'starts a row after as many numbers as there are rows',
    caughtBy: 'row reads one row',
    edits: [
      {
        find: "const [, n] = sizesOf('row', x);\n  const first = fromStart(x, 0, i) * n;",
        replace: "const [m, n] = sizesOf('row', x);\n  const first = fromStart(x, 0, i) * m;",
      },
    ],
  },
  {
    name: 'reads a column as a run',
    caughtBy: 'column reads one column',
    edits: [{ find: 'x.data[first + i * n]!', replace: 'x.data[first + i]!' }],
  },
  {
    name: 'steps down a column by the number of rows',
    caughtBy: 'column reads one column',
    edits: [{ find: 'x.data[first + i * n]!', replace: 'x.data[first + i * m]!' }],
  },
  {
    name: 'keeps the axis that a column has answered',
    caughtBy: 'column reads one column',
    edits: [{ find: 'return fromData(values, [m]);', replace: 'return fromData(values, [m, 1]);' }],
  },
  {
    name: 'takes the first two axes for a matrix, whatever follows',
    caughtBy: 'rows and columns belong to matrices',
    edits: [{ find: 'x.rank !== 2', replace: 'x.rank < 2' }],
  },
  {
    name: 'always puts the new axis last',
    caughtBy: 'newAxis puts a 1 into the shape and moves no number',
    edits: [{ find: '[...x.shape.slice(0, at), 1, ...x.shape.slice(at)]', replace: '[...x.shape, 1]' }],
  },
  {
    name: 'replaces an axis by the new one',
    caughtBy: 'newAxis puts a 1 into the shape and moves no number',
    edits: [{ find: '...x.shape.slice(at)]', replace: '...x.shape.slice(at + 1)]' }],
  },
  {
    name: 'counts a negative new axis from the end of x',
    caughtBy: 'a negative new axis counts from the end of the result',
    edits: [{ find: 'axis < 0 ? axis + rank : axis', replace: 'axis < 0 ? axis + x.rank : axis' }],
  },
  {
    name: 'lets the new axis stand beyond the end',
    caughtBy: 'an axis that the result cannot have is refused',
    edits: [{ find: 'if (at < 0 || at >= rank) throw', replace: 'if (at < 0) throw' }],
  },
  {
    name: 'keeps the shape and puts zeros where nothing is meant',
    caughtBy: 'maskedSelect keeps the entries that the mask means, in their order',
    edits: [
      {
        find: 'if (mask.data[p] !== 0) chosen.push(x.data[p]!);',
        replace: 'chosen.push(mask.data[p] !== 0 ? x.data[p]! : 0);',
      },
      { find: 'return fromData(chosen, [chosen.length]);', replace: 'return fromData(chosen, x.shape);' },
    ],
  },
  {
    name: 'selects what the mask does not mean',
    caughtBy: 'maskedSelect keeps the entries that the mask means, in their order',
    edits: [{ find: 'if (mask.data[p] !== 0) chosen', replace: 'if (mask.data[p] === 0) chosen' }],
  },
  {
    name: 'returns an axis of size 1 where nothing is meant',
    caughtBy: 'a mask may mean nothing, or everything',
    edits: [
      {
        find: 'return fromData(chosen, [chosen.length]);',
        replace: 'if (chosen.length === 0) chosen.push(0);\n  return fromData(chosen, [chosen.length]);',
      },
    ],
  },
  {
    name: 'takes only a 1 for meant',
    caughtBy: 'whatever is not 0 counts as meant, and a chosen entry may be 0',
    edits: [{ find: 'if (mask.data[p] !== 0) values', replace: 'if (mask.data[p] === 1) values' }],
  },
  {
    name: 'selects by the product, so that a chosen 0 is lost',
    caughtBy: 'whatever is not 0 counts as meant, and a chosen entry may be 0',
    edits: [{ find: 'if (mask.data[p] !== 0) chosen', replace: 'if (mask.data[p]! * x.data[p]! !== 0) chosen' }],
  },
  {
    name: 'fills what the mask does not mean',
    caughtBy: 'maskedFill writes over what the mask means, and nothing else',
    edits: [{ find: 'if (mask.data[p] !== 0) values', replace: 'if (mask.data[p] === 0) values' }],
  },
  {
    name: 'fills by arithmetic instead of choosing',
    caughtBy: 'the value may be minus infinity, and what it replaces may be NaN',
    edits: [
      {
        find: 'if (mask.data[p] !== 0) values[p] = value;',
        replace: 'const meant = mask.data[p] === 0 ? 0 : 1;\n    values[p] = x.data[p]! * (1 - meant) + value * meant;',
      },
    ],
  },
  {
    name: 'compares the sizes of mask and tensor, not their shapes',
    caughtBy: 'a mask of another shape is refused, and the message gives both',
    edits: [{ find: 'if (inWords(x.shape) !== inWords(mask.shape)) {', replace: 'if (x.size !== mask.size) {' }],
  },
  {
    name: 'fills the tensor that it was given',
    caughtBy: 'does not change its input',
    edits: [{ find: 'const values = Float32Array.from(x.data);', replace: 'const values = x.data;' }],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'for (let j = 0; j < n; j += 1) values[j] = x.data[first + j]!;',
    from: 'j < n',
    to: 'j <= n',
    because: 'A typed array ignores what is written behind its end.',
  },
  {
    at: 'for (let i = 0; i < m; i += 1) values[i] = x.data[first + i * n]!;',
    from: 'i < m',
    to: 'i <= m',
    because: 'A typed array ignores what is written behind its end.',
  },
  {
    at: 'for (let p = 0; p < values.length; p += 1) {',
    from: 'p < values.length',
    to: 'p <= values.length',
    because: 'A typed array ignores what is written behind its end.',
  },
]);
