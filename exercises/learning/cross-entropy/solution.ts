/** Cross-entropy of a softmax: the loss for choosing one of several classes, and its gradient. */
import { divide, logSumExp, multiply, softmax, subtract, sum } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * The mean over the batch of `−Σₖ tₙₖ ln softmax(zₙ)ₖ`: how surprised the network is by the truth.
 *
 * logits z `(N, K)`, any numbers; targets t `(N, K)`, each row one-hot or shares that sum to 1 → a number, 0 or more
 */
export function softmaxCrossEntropy(logits: Tensor, targets: Tensor): number {
  assertSameShape('softmaxCrossEntropy', { logits, targets });
  // −ln pₖ = ln Σⱼ eᶻʲ − zₖ, without ever making the p that might round to 0. A row of targets sums to 1, so the first
  // term comes once for each example.
  const surprise = subtract(logSumExp(logits, { axis: 1 }), sum(multiply(targets, logits), { axis: 1 }));
  return sum(surprise).at() / countOf(logits);
}

/**
 * The gradient of `softmaxCrossEntropy` with respect to the logits.
 *
 * logits `(N, K)`, targets `(N, K)` → `(N, K)`
 */
export function softmaxCrossEntropyBackward(logits: Tensor, targets: Tensor): Tensor {
  assertSameShape('softmaxCrossEntropyBackward', { logits, targets });
  // ∂L/∂z = (p − t) / N: the shares, less the truth. The 1/N is that of the mean.
  return divide(subtract(softmax(logits, 1), targets), countOf(logits));
}

function countOf(logits: Tensor): number {
  return logits.shape[0] ?? 0;
}

/** Targets of shape (K,) would broadcast to the whole batch, and the loss would be that of another question. */
function assertSameShape(
  name: string,
  { logits, targets }: { readonly logits: Tensor; readonly targets: Tensor },
): void {
  if (logits.shape.join() !== targets.shape.join()) {
    throw new Error(
      `${name}: the logits have the shape (${logits.shape.join(', ')}), but the targets (${targets.shape.join(', ')})`,
    );
  }
}
