/** The softmax, backwards. */
import { multiply, subtract, sum } from 'tensor';
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
  // What a row is worth at present: the mean of ds, weighed by s. (…, 1), to line up with its row.
  const mean = sum(multiply(ds, s), { axis: -1, keepdim: true });
  // (diag(s) − s sᵀ) ds = s ⊙ (ds − s·ds): raising a score pays as far as its token is better than the mean.
  return { dx: multiply(s, subtract(ds, mean)) };
}
