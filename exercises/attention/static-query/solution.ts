/** One question, asked of every token. */
import { divide, matmul } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * How well each token's key agrees with the query: their dot product, divided by the root of the number of channels.
 * Differentiable in both. Throws, naming both sizes, where query and keys differ in channels.
 *
 * q `(c,)`, K `(…, n, c)` → `(…, n)`
 */
export function scores(q: Tensor, K: Tensor): Tensor {
  // A matrix times a vector: each row of K meets q, and leading axes are carried along. matmul compares the channels;
  // multiplying entry by entry would let a query of one channel be broadcast.
  const agreement = matmul(K, q);
  // A sum of c products of spread 1 has the spread √c.
  return divide(agreement, Math.sqrt(q.shape[0]!));
}
