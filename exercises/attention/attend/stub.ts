/**
 * Attention: every query receives a weighted mean of the values.
 *
 * Useful here: `import { divide, matmul, softmax, transpose } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/**
 * Scaled dot-product attention, `softmax(Q Kᵀ / √c) V` (Vaswani et al. 2017, §3.2.1).
 *
 * Q `(…, q, c)`, K `(…, k, c)`, V `(…, k, v)` → `(…, q, v)`; the leading axes are the same in all of them
 */
export function attend(Q: Tensor, K: Tensor, V: Tensor): Tensor {
  // TODO: scores, scale, weights, weighted mean.
  throw new Error('TODO: write attend');
}
