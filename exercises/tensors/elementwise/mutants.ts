import { defineMutants } from 'authoring';

export default defineMutants([
  {
    name: 'leaves the last entry out',
    caughtBy: 'map asks the function of every entry',
    edits: [{ find: 'p < x.size', replace: 'p < x.size - 1' }],
  },
  {
    name: 'flattens what it maps',
    caughtBy: 'the shape stays, whatever the rank',
    edits: [{ find: 'return fromData(values, x.shape);', replace: 'return fromData(values, [x.size]);' }],
  },
  {
    name: 'loops over the first axis only',
    caughtBy: 'the shape stays, whatever the rank',
    edits: [{ find: 'p < x.size', replace: 'p < (x.shape[0] ?? 1)' }],
  },
  {
    name: 'goes through the entries from the end',
    caughtBy: 'the function is asked once for each entry, in row-major order',
    edits: [{ find: 'for (let p = 0; p < x.size; p += 1)', replace: 'for (let p = x.size - 1; p >= 0; p -= 1)' }],
  },
  {
    name: 'asks the function twice, to see whether it answers',
    caughtBy: 'the function is asked once for each entry, in row-major order',
    edits: [
      { find: 'values[p] = f(x.data[p]!);', replace: 'values[p] = Number.isNaN(f(x.data[p]!)) ? NaN : f(x.data[p]!);' },
    ],
  },
  {
    name: "uses the array's own map",
    caughtBy: 'the function is given the entry, and nothing else',
    edits: [
      { find: 'const values = new Float32Array(x.size);', replace: 'const values = x.data.map(f);' },
      { find: 'for (let p = 0; p < x.size; p += 1) values[p] = f(x.data[p]!);\n', replace: '' },
    ],
  },
  {
    name: 'asks the function once to find out what it gives',
    caughtBy: 'a single number is an entry, and an empty tensor has none',
    edits: [
      {
        find: 'const values = new Float32Array(x.size);',
        replace: 'const values = new Float32Array(x.size);\n  if (x.size === 0) f(0);',
      },
    ],
  },
  {
    name: 'makes nothing of a tensor without axes',
    caughtBy: 'a single number is an entry, and an empty tensor has none',
    edits: [{ find: 'p < x.size', replace: 'p < x.size && x.shape.length > 0' }],
  },
  {
    name: 'joins every entry with the first of the other tensor',
    caughtBy: 'zip joins the entries that have the same index',
    edits: [{ find: 'f(a.data[p]!, b.data[p]!)', replace: 'f(a.data[p]!, b.data[0]!)' }],
  },
  {
    name: 'gives the second entry first',
    caughtBy: 'zip gives the entry of the first tensor first',
    edits: [{ find: 'f(a.data[p]!, b.data[p]!)', replace: 'f(b.data[p]!, a.data[p]!)' }],
  },
  {
    name: 'compares the sizes, not the shapes',
    caughtBy: 'shapes that differ are refused, and the message gives both',
    edits: [{ find: 'if (inWords(a.shape) !== inWords(b.shape)) {', replace: 'if (a.size !== b.size) {' }],
  },
  {
    name: 'joins as far as the shorter ribbon goes',
    caughtBy: 'shapes that differ are refused, and the message gives both',
    edits: [
      {
        find: 'if (inWords(a.shape) !== inWords(b.shape)) {',
        replace: 'if (a.size > b.size) [a, b] = [b, a];\n  if (a.size < 0) {',
      },
    ],
  },
  {
    name: 'returns the tensor itself where the function changes nothing',
    caughtBy: 'the result has numbers of its own',
    edits: [
      {
        find: 'return fromData(values, x.shape);',
        replace: 'return values.every((value, p) => value === x.data[p]) ? x : fromData(values, x.shape);',
      },
    ],
  },
  {
    name: 'writes the answers over the entries',
    caughtBy: 'does not change its input',
    edits: [{ find: 'const values = new Float32Array(a.size);', replace: 'const values = a.data;' }],
  },
]);
