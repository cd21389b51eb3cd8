/** What stands between two affine layers, and after the last one. */
import { add, divide, exp, maximum, negative } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * The rectified linear unit, entry by entry: `max(x, 0)`.
 *
 * x of any shape → the same shape; a NaN stays NaN
 */
export function relu(x: Tensor): Tensor {
  // Not x times a mask: −∞ · 0 is NaN. And not a choice by x > 0, which would turn a NaN into an innocent 0.
  return maximum(x, 0);
}

/**
 * The logistic sigmoid, entry by entry: `1 / (1 + e⁻ˣ)`, between 0 and 1.
 *
 * x of any shape → the same shape; a NaN stays NaN
 */
export function sigmoid(x: Tensor): Tensor {
  // For very negative x the exponential overflows to infinity, and 1/∞ is 0, which is right. The other way to write it,
  // eˣ / (1 + eˣ), has ∞/∞ for large x.
  return divide(1, add(1, exp(negative(x))));
}
