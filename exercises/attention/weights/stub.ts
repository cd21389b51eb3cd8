/**
 * From scores to weights.
 *
 * Useful here: `import { divide, exp, max, subtract, sum } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/**
 * How attention is shared out: the softmax of each row of scores, finite however large they are. Differentiable.
 *
 * scores `(…, n)` → `(…, n)`, positive, and each row along the last axis sums to 1; a score of −Infinity gets the weight 0
 */
export function attentionWeights(scores: Tensor): Tensor {
  // TODO: shift, exponential, share.
  throw new Error('TODO: write attentionWeights');
}
