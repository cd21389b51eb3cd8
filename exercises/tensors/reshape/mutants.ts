import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'keeps the shape of the matrix',
    caughtBy: 'flattenRows lays line after line',
    edits: [
      {
        find: 'fromData(Float32Array.from(x.data), [x.size])',
        replace: 'fromData(Float32Array.from(x.data), x.shape)',
      },
    ],
  },
  {
    name: 'flattens by columns where rows are asked for',
    caughtBy: 'flattenRows lays line after line',
    edits: [{ find: 'return fromData(Float32Array.from(x.data), [x.size]);', replace: 'return flattenColumns(x);' }],
  },
  {
    name: 'flattens by rows where columns are asked for',
    caughtBy: 'flattenColumns lays column after column',
    edits: [{ find: 'values[j * m + i] =', replace: 'values[i * n + j] =' }],
  },
  {
    name: 'takes a column to be as long as a row',
    caughtBy: 'flattenColumns lays column after column',
    edits: [{ find: 'values[j * m + i] =', replace: 'values[j * n + i] =' }],
  },
  {
    name: 'flattens whatever it is given',
    caughtBy: 'a matrix is flattened, and nothing else',
    edits: [
      {
        find: 'if (x.rank !== 2) throw new Error(`flattenRows:',
        replace: 'if (x.rank > 2) throw new Error(`flattenRows:',
      },
    ],
  },
  {
    name: 'flattens the first matrix of many',
    caughtBy: 'a matrix is flattened, and nothing else',
    edits: [
      {
        find: 'if (x.rank !== 2) throw new Error(`flattenColumns:',
        replace: 'if (x.rank < 2) throw new Error(`flattenColumns:',
      },
    ],
  },
  {
    name: 'cuts the ribbon into the new shape instead of turning the axes',
    caughtBy: 'permute exchanges two axes of a matrix',
    edits: [{ find: 'values[place] = x.data[source]!;', replace: 'values[place] = x.data[place]!;' }],
  },
  {
    name: 'turns the numbers and forgets the shape',
    caughtBy: 'flattened by columns and cut into columns, a matrix comes back turned',
    edits: [{ find: 'return fromData(values, shape);', replace: 'return fromData(values, x.shape);' }],
  },
  {
    name: 'takes the order for where each axis goes to',
    caughtBy: 'each axis of the result is the axis of x that the order names',
    edits: [
      {
        find: 'const own = rowMajorStrides',
        replace: 'const from = order.map((_, axis) => order.indexOf(axis));\n  const own = rowMajorStrides',
      },
      { find: 'const shape = order.map(', replace: 'const shape = from.map(' },
      { find: 'const strides = order.map(', replace: 'const strides = from.map(' },
    ],
  },
  {
    name: 'takes the sizes in the new order, and the strides in the old one',
    caughtBy: 'permute exchanges two axes of a matrix',
    edits: [{ find: 'order.map((axis) => own[axis]!)', replace: 'own' }],
  },
  {
    name: 'always turns the axes round, whatever the order',
    caughtBy: 'each axis of the result is the axis of x that the order names',
    edits: [
      {
        find: 'const own = rowMajorStrides',
        replace: 'order = order.map((_, axis) => order.length - 1 - axis);\n  const own = rowMajorStrides',
      },
    ],
  },
  {
    name: 'refuses a tensor without axes',
    caughtBy: 'one axis, no axis and an empty axis can be permuted too',
    edits: [{ find: 'if (order.length !== x.rank) {', replace: 'if (order.length !== x.rank || x.rank === 0) {' }],
  },
  {
    name: 'leaves axes that the order does not name where they are',
    caughtBy: 'an order of too many or too few axes is refused, and the message gives both counts',
    edits: [
      {
        find: 'if (order.length !== x.rank) {',
        replace:
          'order = [...order, ...x.shape.keys()].slice(0, Math.max(order.length, x.rank));\n  if (order.length > x.rank) {',
      },
    ],
  },
  {
    name: 'lets an axis stand there twice',
    caughtBy: 'an axis that does not exist, or stands there twice, is refused by name',
    edits: [{ find: 'if (order.indexOf(axis) !== d) throw', replace: 'if (order.indexOf(axis) > d) throw' }],
  },
  {
    name: 'gives an axis that does not exist the size 1',
    caughtBy: 'an axis that does not exist, or stands there twice, is refused by name',
    edits: [
      { find: 'if (x.shape[axis] === undefined) throw', replace: 'if (Number.isNaN(axis)) throw' },
      { find: 'order.map((axis) => x.shape[axis]!)', replace: 'order.map((axis) => x.shape[axis] ?? 1)' },
      { find: 'order.map((axis) => own[axis]!)', replace: 'order.map((axis) => own[axis] ?? 0)' },
      {
        find: 'const values = new Float32Array(x.size);\n  for (let place = 0',
        replace: 'const values = new Float32Array(shape.reduce((a, b) => a * b, 1));\n  for (let place = 0',
      },
    ],
  },
  {
    name: 'shares the memory of the matrix',
    caughtBy: 'the result has numbers of its own',
    edits: [{ find: 'fromData(Float32Array.from(x.data), [x.size])', replace: 'fromData(x.data, [x.size])' }],
  },
  {
    name: 'returns the tensor itself where the order changes nothing',
    caughtBy: 'the result has numbers of its own',
    edits: [
      {
        find: 'const own = rowMajorStrides',
        replace: 'if (order.every((axis, d) => axis === d)) return x;\n  const own = rowMajorStrides',
      },
    ],
  },
  {
    name: 'sorts the order to see whether each axis is there',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'const own = rowMajorStrides',
        replace:
          'const wanted = [...order];\n  (order as number[]).sort((a, b) => a - b);\n  const own = rowMajorStrides',
      },
      { find: 'const shape = order.map(', replace: 'const shape = wanted.map(' },
      { find: 'const strides = order.map(', replace: 'const strides = wanted.map(' },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'for (let j = 0; j < n; j += 1) values[j * m + i] = x.data[i * n + j]!;',
    from: 'j < n',
    to: 'j <= n',
    because: 'A typed array ignores what is written behind its end.',
  },
  {
    at: 'for (let place = 0; place < x.size; place += 1) {',
    from: 'place < x.size',
    to: 'place <= x.size',
    because: 'A typed array ignores what is written behind its end.',
  },
]);
