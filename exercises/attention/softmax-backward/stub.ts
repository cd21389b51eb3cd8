/**
 * The softmax, backwards.
 *
 * Useful here: `import { multiply, subtract, sum } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/** What the softmax gave on the way forwards. */
export interface SoftmaxOutput {
  /** The weights, `(…, n)`; each row sums to 1, or is all zeros where everything was masked. */
  readonly s: Tensor;
}

export interface SoftmaxGradient {
  /** The gradient of the scores, `(…, n)`. */
  readonly dx: Tensor;
}

/**
 * The gradient of the loss with respect to the scores `x` of `s = softmax(x)`, along the last axis. Takes memory for the
 * rows and not for their Jacobians.
 *
 * ds `(…, n)`, the upstream gradient ∂L/∂s; s `(…, n)` → dx `(…, n)`
 */
export function softmaxBackward(ds: Tensor, { s }: SoftmaxOutput): SoftmaxGradient {
  // TODO: one sum for each row, and two more operations.
  throw new Error('TODO: write softmaxBackward');
}
