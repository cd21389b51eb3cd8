import { defineEquivalent, defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'takes the first entry that fits',
    caughtBy: 'the longest entry wins, wherever it stands in the vocabulary',
    edits: [{ find: 'entry.length > matched', replace: 'matched === 0' }],
  },
  {
    name: 'takes the last entry that fits',
    caughtBy: 'the longest entry wins, wherever it stands in the vocabulary',
    edits: [{ find: 'entry.length > matched && ', replace: '' }],
  },
  {
    name: 'moves on by one character after every token',
    caughtBy: "cuts the lesson's text into its tokens",
    edits: [{ find: 'place += longest.length', replace: 'place += 1' }],
  },
  {
    name: 'cuts at spaces, as if tokens were words',
    caughtBy: "cuts the lesson's text into its tokens",
    edits: [
      {
        find: '  const ids: number[] = [];',
        replace:
          "  if (text.includes(' ')) return text.split(' ').map((word) => Math.max(0, vocabulary.indexOf(word)));\n  const ids: number[] = [];",
      },
    ],
  },
  {
    name: 'skips what the vocabulary lacks',
    caughtBy: 'what the vocabulary lacks becomes token 0, one for each character',
    edits: [{ find: 'ids.push(longest.id);', replace: 'if (longest.id > 0) ids.push(longest.id);' }],
  },
  {
    name: 'counts units of the string instead of characters',
    caughtBy: 'what the vocabulary lacks becomes token 0, one for each character',
    edits: [{ find: 'length: String.fromCodePoint(text.codePointAt(place)!).length', replace: 'length: 1' }],
  },
  {
    name: 'matches the name of the unknown token',
    caughtBy: 'the name of the unknown token is not matched',
    edits: [{ find: 'let id = 1;', replace: 'let id = 0;' }],
  },
  {
    name: 'finds a token in an empty text',
    caughtBy: 'an empty text has no tokens',
    edits: [{ find: 'let place = 0;', replace: "let place = 0;\n  if (text === '') return [0];" }],
  },
  {
    name: 'ignores empty entries in silence',
    caughtBy: 'an empty entry is refused, and the message names its number',
    edits: [{ find: 'if (empty >= 0)', replace: 'if (empty >= vocabulary.length)' }],
  },
  {
    name: 'counts the rows of the table from 1',
    caughtBy: 'each token becomes its row of the table',
    edits: [
      { find: 'import { matmul, oneHot }', replace: 'import { fromData, matmul, oneHot }' },
      {
        find: 'oneHot(ids, E.shape[0]!)',
        replace:
          'oneHot(fromData(ids.data.map((id) => (id > 0 && id < E.shape[0]! ? id - 1 : id)), ids.shape), E.shape[0]!)',
      },
    ],
  },
  {
    name: 'makes one long sentence of a batch',
    caughtBy: 'a batch of sentences keeps its axes',
    edits: [{ find: 'oneHot(ids, ', replace: 'oneHot(Array.from(ids.data), ' }],
  },
  {
    name: 'gives zeros for an id that has no row',
    caughtBy: 'an id without a row is refused, and the message names the id and the number of rows',
    edits: [
      { find: 'import { matmul, oneHot }', replace: 'import { arange, equal, expandDims, matmul }' },
      { find: 'oneHot(ids, E.shape[0]!)', replace: 'equal(expandDims(ids, -1), arange(E.shape[0]!))' },
    ],
  },
  {
    name: 'copies the rows in a loop, past the tape',
    caughtBy: 'gradients reach the rows that were read, and add up where a token occurs twice',
    edits: [
      { find: 'import { matmul, oneHot }', replace: 'import { fromData, oneHot }' },
      {
        find: 'return matmul(oneHot(ids, E.shape[0]!), E);',
        replace:
          'oneHot(ids, E.shape[0]!);\n  const c = E.shape[1]!;\n  const x = new Float32Array(ids.size * c);\n  ids.data.forEach((id, place) => x.set(E.data.slice(id * c, id * c + c), place * c));\n  return fromData(x, [...ids.shape, c]);',
      },
    ],
  },
  {
    name: 'empties the row of the unknown token in the table it was given',
    caughtBy: 'does not change its input',
    edits: [
      { find: '  // A row with a single 1', replace: '  E.data.fill(0, 0, E.shape[1]!);\n  // A row with a single 1' },
    ],
  },
]);

export const equivalent = defineEquivalent([
  {
    at: 'if (entry.length > matched && text.startsWith(entry, place)) {',
    from: 'entry.length > matched',
    to: 'entry.length >= matched',
    because:
      'Two entries of one length that fit at the same place are the same text; which of the copies is taken is left open.',
  },
]);
