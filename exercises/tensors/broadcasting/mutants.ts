import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'lines the shapes up at the left',
    caughtBy: 'shapes are lined up at the right, and a missing axis counts as one',
    edits: [
      { find: 'a[axis - (rank - a.length)] ?? 1', replace: 'a[axis] ?? 1' },
      { find: 'b[axis - (rank - b.length)] ?? 1', replace: 'b[axis] ?? 1' },
    ],
  },
  {
    name: 'takes the larger size, also of 1 and 0',
    caughtBy: 'an axis of size one takes whatever size the other has',
    edits: [{ find: 'sizeOfA === 1 ? sizeOfB : sizeOfA', replace: 'Math.max(sizeOfA, sizeOfB)' }],
  },
  {
    name: 'lets a size that divides the other pass',
    caughtBy: 'sizes that differ are refused, and the message names the axis and both sizes',
    edits: [
      {
        find: 'sizeOfA !== sizeOfB && sizeOfA !== 1 && sizeOfB !== 1',
        replace: 'sizeOfA % sizeOfB !== 0 && sizeOfB % sizeOfA !== 0',
      },
    ],
  },
  {
    name: 'counts the axis from the right',
    caughtBy: 'sizes that differ are refused, and the message names the axis and both sizes',
    edits: [{ find: '`axis ${axis}: sizes', replace: '`axis ${rank - 1 - axis}: sizes' }],
  },
  {
    name: 'repeats the data from its start until the result is full',
    caughtBy: 'a (6, 1) column is repeated over (4, 6, 3)',
    edits: [{ find: 'x.data[source]!', replace: 'x.data[position % x.size]!' }],
  },
  {
    name: 'moves along a stretched axis',
    caughtBy: 'broadcastTo agrees with plain recursion for many shapes',
    edits: [{ find: 'if (size !== 1) strides[axis] = stride;', replace: 'strides[axis] = stride;' }],
  },
  {
    name: 'uses the strides of the result',
    caughtBy: 'broadcastTo agrees with plain recursion for many shapes',
    edits: [{ find: 'stride *= size;', replace: 'stride *= shape[axis]!;' }],
  },
  {
    name: 'looks for an axis of the same size instead of lining up',
    caughtBy: 'a (6,) tensor does not fit (4, 6, 3), and the message names axis 2',
    edits: [{ find: 'size !== 1 && size !== shape[axis]', replace: '!shape.includes(size) && size !== 1' }],
  },
  {
    name: 'lets the target shape stretch too',
    caughtBy: 'only the tensor stretches, never the shape it is broadcast to',
    edits: [
      {
        find: 'size !== 1 && size !== shape[axis]',
        replace: 'size !== 1 && shape[axis] !== 1 && size !== shape[axis]',
      },
    ],
  },
  {
    name: 'swaps the two axes of the table',
    caughtBy: 'outerSum adds every entry of the first to every entry of the second',
    edits: [
      { find: 'fromData(a.data, [a.size, 1])', replace: 'fromData(b.data, [b.size, 1])' },
      { find: 'broadcastTo(b, shape)', replace: 'broadcastTo(a, shape)' },
      { find: '[a.size, b.size]', replace: '[b.size, a.size]' },
    ],
  },
  {
    name: 'pads the shorter shape in place',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'const result: number[] = [];',
        replace: 'const result: number[] = [];\n  while (a.length < rank) (a as number[]).unshift(1);',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'for (let position = 0; position < size; position += 1) {',
    from: 'position < size',
    to: 'position <= size',
    because: 'A typed array ignores what is written behind its end.',
  },
]);
