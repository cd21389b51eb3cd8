/** One question on behalf of all tokens. */
import type { Projections } from 'attention/dynamic-queries';
import { maskedWeights } from 'attention/masks-and-bias';
import { divide, expandDims, linear, matmul, maximum, mean, multiply, squeeze, sum } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * The mean of all tokens' queries. Differentiable. Where no token is real, zeros.
 *
 * x `(…, n, d)`; Wq `(c, d)`; mask `(…, n)`, 1 for each real token, all of them where it is left out → `(…, c)`
 */
export function meanQuery(x: Tensor, Wq: Tensor, mask?: Tensor): Tensor {
  // A projection without bias may be exchanged with the mean: one row is projected instead of n.
  if (!mask) return linear(mean(x, { axis: -2 }), Wq);
  const total = sum(multiply(x, expandDims(mask, -1)), { axis: -2 });
  // Divided by the number of real tokens; where there are none the sum is 0, and so is 0 / 1.
  const count = maximum(sum(mask, { axis: -1, keepdim: true }), 1);
  return linear(divide(total, count), Wq);
}

/**
 * What one query, the mean of all, learns from the tokens. Its cost grows with n, and not with n². Differentiable. Where
 * no token is real, zeros.
 *
 * x `(…, n, d)`; Wq and Wk `(c, d)`; Wv `(v, d)`; mask `(…, n)`, 1 for each real token → `(…, v)`
 */
export function globalAttention(x: Tensor, { Wq, Wk, Wv }: Projections, mask?: Tensor): Tensor {
  // A single row of queries, (…, 1, c), against all keys; the mask gets the same axis.
  const Q = expandDims(meanQuery(x, Wq, mask), -2);
  const weights = maskedWeights(Q, linear(x, Wk), mask ? { mask: expandDims(mask, -2) } : {});
  return squeeze(matmul(weights, linear(x, Wv)), -2);
}
