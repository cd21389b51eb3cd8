/** From text to tensors: tokens, and a vector for each of them. */
import { matmul, oneHot } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * Cuts a text into tokens, from left to right, each the longest entry of the vocabulary that fits there. Entry 0 stands for
 * what the vocabulary lacks: it is never matched, and a character that no other entry begins with becomes one token 0.
 * Throws, with the entry's number, where an entry is empty.
 */
export function tokenise(text: string, vocabulary: readonly string[]): number[] {
  const empty = vocabulary.indexOf('');
  if (empty >= 0) {
    // It would fit everywhere and lead nowhere: the walk would never end.
    throw new Error(`tokenise: entry ${empty} of the vocabulary is empty; every token needs at least one character`);
  }
  const ids: number[] = [];
  let place = 0;
  while (place < text.length) {
    // A character may take two units of a JavaScript string, so its length is asked for.
    let longest = { id: 0, length: String.fromCodePoint(text.codePointAt(place)!).length };
    let matched = 0;
    for (let id = 1; id < vocabulary.length; id += 1) {
      const entry = vocabulary[id]!;
      if (entry.length > matched && text.startsWith(entry, place)) {
        longest = { id, length: entry.length };
        matched = entry.length;
      }
    }
    ids.push(longest.id);
    place += longest.length;
  }
  return ids;
}

/**
 * The vector of each token, differentiable in the table. Throws, naming the id and the size of the table, where there is
 * no such row.
 *
 * ids `(…)`, whole numbers from 0 to v − 1; E `(v, c)`, a row for each entry of the vocabulary → `(…, c)`
 */
export function embed(ids: Tensor, E: Tensor): Tensor {
  // A row with a single 1 picks one row of the table. oneHot refuses an id that has no row, and the product is on the
  // tape, so gradients find the rows that were picked.
  return matmul(oneHot(ids, E.shape[0]!), E);
}
