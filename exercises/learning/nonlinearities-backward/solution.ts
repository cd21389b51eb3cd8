/** ReLU and sigmoid, backwards. */
import { greater, multiply, subtract } from 'tensor';
import type { Tensor } from 'tensor';

/** How the loss changes with each entry that went in. */
export interface EntryGradient {
  /** Of the shape of what went in. */
  readonly dx: Tensor;
}

/**
 * The gradient of the loss with respect to the input of `y = relu(x)`.
 *
 * dy, the upstream gradient, and x of one shape → dx of that shape; 0 where x is 0
 */
export function reluBackward(dy: Tensor, { x }: { readonly x: Tensor }): EntryGradient {
  // A mask of ones and zeros: what was switched off on the way forwards had no part in the loss.
  return { dx: multiply(dy, greater(x, 0)) };
}

/**
 * The gradient of the loss with respect to the input of `y = sigmoid(x)`, from what came *out* of it.
 *
 * dy, the upstream gradient, and y of one shape → dx of that shape
 */
export function sigmoidBackward(dy: Tensor, { y }: { readonly y: Tensor }): EntryGradient {
  // σ′(x) = σ(x) (1 − σ(x)), and σ(x) is y, so no exponential is computed twice.
  return { dx: multiply(dy, multiply(y, subtract(1, y))) };
}
