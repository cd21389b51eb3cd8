/**
 * The L2 loss, backwards.
 *
 * Useful here: `import { multiply, subtract } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/** How the loss changes with each output. */
export interface LossGradient {
  /** `(N, out)`, like the outputs. */
  readonly dy: Tensor;
}

/**
 * The gradient of the L2 loss with respect to the outputs: where every way back begins.
 *
 * outputs `(N, out)`, targets `(N, out)` → dy `(N, out)`
 *
 * @throws Error that names both shapes where they differ
 */
export function l2LossBackward(outputs: Tensor, targets: Tensor): LossGradient {
  // TODO: the derivative of each square, and the mean over the examples.
  throw new Error('TODO: write l2LossBackward');
}
