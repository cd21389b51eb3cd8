/**
 * What stands between two affine layers, and after the last one.
 *
 * Useful here: `import { add, divide, exp, maximum, negative } from 'tensor'`. Each takes plain numbers beside tensors.
 */
import type { Tensor } from 'tensor';

/**
 * The rectified linear unit, entry by entry: `max(x, 0)`.
 *
 * x of any shape → the same shape; a NaN stays NaN
 */
export function relu(x: Tensor): Tensor {
  // TODO: keep what is positive, and put 0 in the place of the rest.
  throw new Error('TODO: write relu');
}

/**
 * The logistic sigmoid, entry by entry: `1 / (1 + e⁻ˣ)`, between 0 and 1.
 *
 * x of any shape → the same shape; a NaN stays NaN
 */
export function sigmoid(x: Tensor): Tensor {
  // TODO: write the formula with operations on tensors.
  throw new Error('TODO: write sigmoid');
}
