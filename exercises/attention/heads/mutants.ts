import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'reshapes in one go',
    caughtBy: 'each head takes its own channels of every token',
    edits: [
      {
        find: 'return permute(cut, exchanged(cut.rank));',
        replace: 'return reshape(cut, [...x.shape.slice(0, -2), heads, x.shape.at(-2)!, channels / heads]);',
      },
    ],
  },
  {
    name: 'leaves the heads behind the tokens',
    caughtBy: 'tokens, heads and channels may all differ in number',
    edits: [{ find: 'return permute(cut, exchanged(cut.rank));', replace: 'return cut;' }],
  },
  {
    name: 'deals the channels out like cards, one to each head in turn',
    caughtBy: 'each head takes its own channels of every token',
    edits: [
      { find: 'import { permute, reshape }', replace: 'import { permute, reshape, transpose }' },
      { find: 'heads, channels / heads]);', replace: 'channels / heads, heads]);' },
      { find: 'permute(cut, exchanged(cut.rank))', replace: 'permute(transpose(cut), exchanged(cut.rank))' },
    ],
  },
  {
    name: 'takes the number of heads for the channels of each',
    caughtBy: 'tokens, heads and channels may all differ in number',
    edits: [{ find: 'heads, channels / heads]);', replace: 'channels / heads, heads]);' }],
  },
  {
    name: 'brings the heads to the very front, before the batch',
    caughtBy: 'leading axes stay where they are when heads are split',
    edits: [
      {
        find: 'return permute(cut, exchanged(cut.rank));',
        replace:
          'return permute(cut, [cut.rank - 2, ...Array.from({ length: cut.rank - 2 }, (_, axis) => axis), cut.rank - 1]);',
      },
    ],
  },
  {
    name: 'merges by a reshape alone',
    caughtBy: 'merging puts the heads side by side, the first one first',
    edits: [
      {
        find: 'return reshape(turned, [',
        replace: 'return reshape(x, [',
      },
    ],
  },
  {
    name: 'merges the heads into the tokens',
    caughtBy: 'merging puts the heads side by side, the first one first',
    edits: [{ find: 'n, heads * c]', replace: 'n * heads, c]' }],
  },
  {
    name: 'merges as if there were never a batch',
    caughtBy: 'leading axes stay where they are when heads are merged',
    edits: [
      {
        find: 'permute(x, exchanged(x.rank))',
        replace: 'permute(x, x.rank === 3 ? [1, 0, 2] : [1, 2, 0, 3, 4].slice(0, x.rank))',
      },
    ],
  },
  {
    name: 'drops the channels that are left over',
    caughtBy: 'channels that cannot be dealt out evenly are refused, and the message names both numbers',
    edits: [
      { find: 'import { permute, reshape }', replace: 'import { permute, reshape, slice, transpose }' },
      {
        find: 'if (channels % heads !== 0) {',
        replace:
          'if (channels % heads !== 0) {\n    const fitting = slice(transpose(x), [[0, channels - (channels % heads)]]);\n    if (channels > heads) return splitHeads(transpose(fitting), heads);',
      },
    ],
  },
  {
    name: 'copies the numbers, past the tape',
    caughtBy: 'gradients travel back to where their numbers came from',
    edits: [
      { find: 'import { permute, reshape }', replace: 'import { fromData, permute, reshape }' },
      {
        find: 'permute(cut, exchanged(cut.rank))',
        replace: 'permute(fromData(cut.data, cut.shape), exchanged(cut.rank))',
      },
    ],
  },
  {
    name: 'divides the size by the number of tokens to find the channels',
    caughtBy: 'no tokens, no rows',
    edits: [
      {
        find: 'const channels = x.shape.at(-1)!;',
        replace: 'const channels = x.size / x.shape.slice(0, -1).reduce((product, size) => product * size, 1);',
      },
    ],
  },
  {
    name: 'sorts the channels of its input',
    caughtBy: 'does not change its input',
    edits: [
      { find: '  const channels = x.shape.at(-1)!;', replace: '  const channels = x.shape.at(-1)!;\n  x.data.sort();' },
    ],
  },
]);
