/**
 * ReLU and sigmoid, backwards.
 *
 * Useful here: `import { greater, multiply, subtract } from 'tensor'`. Each takes plain numbers beside tensors.
 */
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
  // TODO: let through what was let through on the way forwards.
  throw new Error('TODO: write reluBackward');
}

/**
 * The gradient of the loss with respect to the input of `y = sigmoid(x)`, from what came *out* of it.
 *
 * dy, the upstream gradient, and y of one shape → dx of that shape
 */
export function sigmoidBackward(dy: Tensor, { y }: { readonly y: Tensor }): EntryGradient {
  // TODO: the slope of the sigmoid, from its own value, times the upstream gradient.
  throw new Error('TODO: write sigmoidBackward');
}
