/** From scores to weights. */
import { divide, exp, max, subtract, sum } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * How attention is shared out: the softmax of each row of scores, finite however large they are. Differentiable.
 *
 * scores `(…, n)` → `(…, n)`, positive, and each row along the last axis sums to 1; a score of −Infinity gets the weight 0
 */
export function attentionWeights(scores: Tensor): Tensor {
  // Each row's own largest score: then no exponent is above 0, and one of them is 0, so that the sum is at least 1.
  const largest = max(scores, { axis: -1, keepdim: true });
  const exponentials = exp(subtract(scores, largest));
  // The axis is kept, (…, 1), for each row to be divided by its own sum.
  return divide(exponentials, sum(exponentials, { axis: -1, keepdim: true }));
}
