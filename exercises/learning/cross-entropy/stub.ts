/**
 * Cross-entropy of a softmax: the loss for choosing one of several classes, and its gradient.
 *
 * Useful here: `import { divide, logSumExp, multiply, softmax, subtract, sum } from 'tensor'`. `logSumExp(x, { axis: 1 })`
 * and `softmax(x, 1)` work along axis 1, as yours did.
 */
import type { Tensor } from 'tensor';

/**
 * The mean over the batch of `−Σₖ tₙₖ ln softmax(zₙ)ₖ`: how surprised the network is by the truth. Throws an error that
 * mentions the targets where their shape is not that of the logits.
 *
 * logits z `(N, K)`, any numbers; targets t `(N, K)`, each row one-hot or shares that sum to 1 → a number, 0 or more
 */
export function softmaxCrossEntropy(logits: Tensor, targets: Tensor): number {
  // TODO: two terms for each example, then the mean. `sum(x).at()` is a number.
  throw new Error('TODO: write softmaxCrossEntropy');
}

/**
 * The gradient of `softmaxCrossEntropy` with respect to the logits. Throws as above.
 *
 * logits `(N, K)`, targets `(N, K)` → `(N, K)`
 */
export function softmaxCrossEntropyBackward(logits: Tensor, targets: Tensor): Tensor {
  // TODO: one line.
  throw new Error('TODO: write softmaxCrossEntropyBackward');
}
