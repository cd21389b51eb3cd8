/**
 * Who may look at whom, and who would rather.
 *
 * Useful here: `import { add, divide, equal, fromData, maskedFill, matmul, softmax, transpose, where } from 'tensor'`.
 */
import type { Look } from 'attention/multi-head';
import type { Tensor } from 'tensor';

/** What is allowed and what is preferred; each broadcasts to the scores, `(…, q, k)`. */
export interface Allowed {
  /** 1 where a query may attend to a key, 0 where it may not; left out, all may attend to all. */
  readonly mask?: Tensor;
  /** Added to the scaled scores; left out, nothing is. */
  readonly bias?: Tensor;
}

/**
 * Which tokens of a padded batch are real. Throws, naming the length, where one is no whole number from 0 to n.
 *
 * lengths: N numbers → `(N, 1, 1, n)`, 1 for the first `lengths[i]` tokens of sentence i, 0 for the padding. The axes of
 * size 1 are for heads and queries.
 */
export function keyMask(lengths: readonly number[], n: number): Tensor {
  // TODO: compare each place with the length of its sentence.
  throw new Error('TODO: write keyMask');
}

/** Every token may look at itself and at those before it: 1 where key ≤ query, `(n, n)`. */
export function causalMask(n: number): Tensor {
  // TODO: compare each key's place with its query's.
  throw new Error('TODO: write causalMask');
}

/**
 * The attention weights, with a bias on the scores and some keys ruled out. A query that may attend to nothing gets zeros,
 * and passes no gradient. Differentiable in Q, K and the bias.
 *
 * Q `(…, q, c)`, K `(…, k, c)` → `(…, q, k)`
 */
export function maskedWeights(Q: Tensor, K: Tensor, { mask, bias }: Allowed): Tensor {
  // TODO: scores, scale, bias, mask, softmax.
  throw new Error('TODO: write maskedWeights');
}

/** A way of looking for `MultiHeadAttention`: as `attend`, but only where the mask allows, and with the bias. */
export function lookThrough(allowed: Allowed): Look {
  // TODO: a function of Q, K and V.
  throw new Error('TODO: write lookThrough');
}
