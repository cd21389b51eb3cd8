/** The L2 loss, backwards. */
import { multiply, subtract } from 'tensor';
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
  if (outputs.shape.join() !== targets.shape.join()) {
    throw new Error(
      `l2LossBackward: outputs of shape (${outputs.shape.join(', ')}), targets of shape (${targets.shape.join(', ')})`,
    );
  }
  // dy[n, k] = 2/N (ŷ[n, k] − y[n, k]): every output has a square of its own. N is the number of examples alone, since the
  // loss adds up over the classes. From here on the 1/N is inside the gradient, and nobody needs to divide again.
  return { dy: multiply(subtract(outputs, targets), 2 / outputs.shape[0]!) };
}
