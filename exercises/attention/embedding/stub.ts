/**
 * From text to tensors: tokens, and a vector for each of them.
 *
 * Useful here: `import { matmul, oneHot } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/**
 * Cuts a text into tokens, from left to right, each the longest entry of the vocabulary that fits there. Entry 0 stands for
 * what the vocabulary lacks: it is never matched, and a character that no other entry begins with becomes one token 0.
 * Throws, with the entry's number, where an entry is empty.
 */
export function tokenise(text: string, vocabulary: readonly string[]): number[] {
  // TODO: walk through the text; at each place, look for the longest entry.
  throw new Error('TODO: write tokenise');
}

/**
 * The vector of each token, differentiable in the table. Throws, naming the id and the size of the table, where there is
 * no such row.
 *
 * ids `(…)`, whole numbers from 0 to v − 1; E `(v, c)`, a row for each entry of the vocabulary → `(…, c)`
 */
export function embed(ids: Tensor, E: Tensor): Tensor {
  // TODO: one-hot rows, and a matrix product.
  throw new Error('TODO: write embed');
}
