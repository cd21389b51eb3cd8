import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: "counts an axis's own size into its stride",
    caughtBy: 'one step along an axis skips all that lies behind it',
    edits: [
      { find: 'place += i * stride;\n    stride *= size;', replace: 'stride *= size;\n    place += i * stride;' },
    ],
  },
  {
    name: 'lets the first axis run fastest',
    caughtBy: 'the steps add up to the place of the entry',
    edits: [
      {
        find: 'for (let axis = shape.length - 1; axis >= 0; axis -= 1) {\n    const i',
        replace: 'for (let axis = 0; axis < shape.length; axis += 1) {\n    const i',
      },
    ],
  },
  {
    name: 'adds the sizes up to a stride',
    caughtBy: 'one step along an axis skips all that lies behind it',
    edits: [{ find: 'stride *= size;', replace: 'stride += size - 1;' }],
  },
  {
    name: 'has no place for a single number',
    caughtBy: 'a single number lies at place 0, and its index is empty',
    edits: [
      {
        find: 'let place = 0;',
        replace: "if (shape.length === 0) throw new Error('flatIndex: no axes');\n  let place = 0;",
      },
    ],
  },
  {
    name: 'asks only whether the place exists',
    caughtBy: 'an index outside its axis is refused, although its place may exist',
    edits: [
      {
        find: 'if (i < 0 || i >= size) throw',
        replace: 'if (i * stride < 0 || i * stride >= size * stride * 2) throw',
      },
    ],
  },
  {
    name: 'lets an index be as large as its axis',
    caughtBy: 'an index outside its axis is refused, although its place may exist',
    edits: [{ find: 'i >= size', replace: 'i > size' }],
  },
  {
    name: 'names the axis from the right',
    caughtBy: 'an index outside its axis is refused, although its place may exist',
    edits: [{ find: 'outside axis ${axis}', replace: 'outside axis ${shape.length - 1 - axis}' }],
  },
  {
    name: 'takes a short index for one with zeros behind it',
    caughtBy: 'an index needs one number for each axis',
    edits: [
      { find: 'if (index.length !== shape.length) {', replace: 'if (index.length > shape.length) {' },
      { find: 'const i = index[axis]!;', replace: 'const i = index[axis] ?? 0;' },
    ],
  },
  {
    name: 'ignores what an index has too much',
    caughtBy: 'an index needs one number for each axis',
    edits: [{ find: 'index.length !== shape.length', replace: 'index.length < shape.length' }],
  },
  {
    name: 'divides without rounding down',
    caughtBy: 'every place leads back to its index',
    edits: [{ find: 'rest = Math.floor(rest / shape[axis]!);', replace: 'rest = rest / shape[axis]!;' }],
  },
  {
    name: 'returns the index from the last axis to the first',
    caughtBy: 'every place leads back to its index',
    edits: [{ find: 'return index;', replace: 'return index.reverse();' }],
  },
  {
    name: 'peels off the first axis first',
    caughtBy: 'every place leads back to its index',
    edits: [
      {
        find: 'for (let axis = shape.length - 1; axis >= 0; axis -= 1) {\n    // The remainder',
        replace: 'for (let axis = 0; axis < shape.length; axis += 1) {\n    // The remainder',
      },
    ],
  },
  {
    name: 'wraps a place beyond the end round to the start',
    caughtBy: 'a place outside the ribbon is refused, and the message gives it and the size',
    edits: [{ find: 'if (flat < 0 || flat >= size) throw', replace: 'if (flat < 0) throw' }],
  },
  {
    name: 'leaves the strides as they are',
    caughtBy: 'a transpose exchanges the strides of the last two axes',
    edits: [
      {
        find: 'strides[rank - 2] = last;\n  return strides;',
        replace: 'strides[rank - 2] = last;\n  return [...strides.slice(0, -2), ...strides.slice(-2).reverse()];',
      },
    ],
  },
  {
    name: 'takes the row-major strides of the transposed shape',
    caughtBy: "the same memory, read with the transpose's strides, has rows and columns exchanged",
    edits: [
      {
        find: 'const strides = shape.map(() => 1);',
        replace:
          'shape = [...shape.slice(0, -2), ...shape.slice(-2).reverse()];\n  const strides = shape.map(() => 1);',
      },
      {
        find: 'strides[rank - 1] = strides[rank - 2]!;\n  strides[rank - 2] = last;',
        replace: 'strides[rank - 1] = last;',
      },
    ],
  },
  {
    name: 'turns all strides round, not the last two',
    caughtBy: 'a transpose exchanges the strides of the last two axes',
    edits: [
      {
        find: 'const last = strides[rank - 1]!;\n  strides[rank - 1] = strides[rank - 2]!;\n  strides[rank - 2] = last;\n  return strides;',
        replace: 'return strides.reverse();',
      },
    ],
  },
  {
    name: 'transposes a vector into itself',
    caughtBy: 'fewer than two axes have no transpose, and the message says how many there are',
    edits: [
      {
        find: 'if (rank < 2) throw new Error(`transposeStrides: a transpose needs two axes, and here are only ${rank}`);',
        replace: 'if (rank < 2) return shape.map(() => 1);',
      },
    ],
  },
  {
    name: 'pops the sizes off the shape',
    caughtBy: 'does not change its input',
    edits: [
      {
        find: 'for (const length of shape) size *= length;',
        replace: 'for (const length of shape) size *= length;\n  const sizes = shape as number[];',
      },
      {
        find: 'index[axis] = rest % shape[axis]!;\n    rest = Math.floor(rest / shape[axis]!);',
        replace:
          'const length = sizes.pop()!;\n    index[axis] = rest % length;\n    rest = Math.floor(rest / length);',
      },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'const index = shape.map(() => 0);',
    from: '() => 0',
    to: '() => 1',
    because: 'The loop writes over every entry.',
  },
]);
