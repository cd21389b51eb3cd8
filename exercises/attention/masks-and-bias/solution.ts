/** Who may look at whom, and who would rather. */
import type { Look } from 'attention/multi-head';
import { add, divide, equal, fromData, maskedFill, matmul, softmax, transpose } from 'tensor';
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
  lengths.forEach((length, sentence) => {
    if (!Number.isInteger(length) || length < 0 || length > n) {
      throw new Error(`keyMask: sentence ${sentence} has the length ${length}, but there is room for 0 to ${n} tokens`);
    }
  });
  const mask = lengths.flatMap((length) => Array.from({ length: n }, (_, place) => (place < length ? 1 : 0)));
  return fromData(mask, [lengths.length, 1, 1, n]);
}

/** Every token may look at itself and at those before it: 1 where key ≤ query, `(n, n)`. */
export function causalMask(n: number): Tensor {
  const places = Array.from({ length: n }, (_, place) => place);
  return fromData(
    places.flatMap((query) => places.map((key) => (key <= query ? 1 : 0))),
    [n, n],
  );
}

/**
 * The attention weights, with a bias on the scores and some keys ruled out. A query that may attend to nothing gets zeros,
 * and passes no gradient. Differentiable in Q, K and the bias.
 *
 * Q `(…, q, c)`, K `(…, k, c)` → `(…, q, k)`
 */
export function maskedWeights(Q: Tensor, K: Tensor, { mask, bias }: Allowed): Tensor {
  const scaled = divide(matmul(Q, transpose(K)), Math.sqrt(Q.shape.at(-1)!));
  // Behind the root, so that a bias means the same for any number of channels.
  const scores = bias ? add(scaled, bias) : scaled;
  // e^(−∞) is exactly 0. The library's softmax makes zeros of a row that is −∞ throughout; with a large finite number
  // in its place, such a row would share itself out among the keys that were ruled out.
  const allowed = mask ? maskedFill(scores, equal(mask, 0), -Infinity) : scores;
  return softmax(allowed, -1);
}

/** A way of looking for `MultiHeadAttention`: as `attend`, but only where the mask allows, and with the bias. */
export function lookThrough(allowed: Allowed): Look {
  return (Q, K, V) => matmul(maskedWeights(Q, K, allowed), V);
}
