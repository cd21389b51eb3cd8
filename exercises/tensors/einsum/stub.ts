/**
 * Index notation as a function: letters name the axes, and a letter that the result lacks is summed over.
 *
 * Useful here: `import { fromData } from 'tensor'`, and the fields `data` and `shape` of a tensor.
 */
import type { Tensor } from 'tensor';

/** `'ij,jk->ik'` taken apart: `{ inputs: ['ij', 'jk'], output: 'ik' }`. */
export interface Expression {
  readonly inputs: readonly string[];
  readonly output: string;
}

/** What an expression means for tensors of given shapes. */
export interface Plan {
  /** The letters of the result, in its order. */
  readonly kept: string;
  /** The letters that are summed over, in the order in which they first occur. */
  readonly summed: string;
  /** How long the axis of each letter is. */
  readonly sizes: Readonly<Record<string, number>>;
}

/**
 * Takes a specification apart: letters for each tensor, commas between them, an arrow, the letters of the result. Spaces
 * mean nothing.
 *
 * @throws Error that names what is wrong: a missing `->`, a character that is no letter, a letter of the result that no
 * tensor has or that the result has twice
 */
export function parse(spec: string): Expression {
  // TODO: leave the spaces out, split at the arrow, split at the commas, then look at every character.
  throw new Error('TODO: write parse');
}

/**
 * Gives every letter its size, and says which are kept and which summed over.
 *
 * @param shapes one for each of the expression's inputs
 * @throws Error that names both numbers when there are more or fewer shapes than inputs, or when a shape has more or fewer
 * axes than its input has letters; and one that names the letter and both sizes when a letter would have two
 */
export function plan(expression: Expression, shapes: readonly (readonly number[])[]): Plan {
  // TODO: go through the letters of every input, axis by axis.
  throw new Error('TODO: write plan');
}

/**
 * For every choice of the kept indices: the sum, over every choice of the others, of the product of one entry of each
 * tensor.
 *
 * `'ij,jk->ik'` with `(m, n)` and `(n, p)` → `(m, p)`; `'ij->'` with `(m, n)` → `()`
 *
 * @throws Error as `parse` and `plan` do
 */
export function einsum(spec: string, ...tensors: readonly Tensor[]): Tensor {
  // TODO: a loop over the result's cells, in it a loop over the terms of the sum, in it the product of the entries.
  throw new Error('TODO: write einsum');
}
