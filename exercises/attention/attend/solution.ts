/** Attention: every query receives a weighted mean of the values. */
import { divide, matmul, softmax, transpose } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * Scaled dot-product attention, `softmax(Q Kᵀ / √c) V` (Vaswani et al. 2017, §3.2.1).
 *
 * Q `(…, q, c)`, K `(…, k, c)`, V `(…, k, v)` → `(…, q, v)`; the leading axes are the same in all of them
 */
export function attend(Q: Tensor, K: Tensor, V: Tensor): Tensor {
  const channels = Q.shape.at(-1)!;
  // How well each query agrees with each key, (…, q, k). Only the last two axes are turned; a batch stays in front.
  const scores = matmul(Q, transpose(K));
  // A sum of c products of spread 1 has the spread √c; without the division the softmax would be nearly one-hot.
  const scaled = divide(scores, Math.sqrt(channels));
  // Each query shares out its attention among the keys, so every row sums to one.
  const weights = softmax(scaled, -1);
  return matmul(weights, V);
}
