/**
 * Reductions: many numbers along an axis become one.
 *
 * Useful here: `import { fromData } from 'tensor'`, and the fields `data`, `shape`, `rank` and `size` of a tensor.
 * All five functions sweep in the same way, so a function of your own that does it once saves four times the work.
 */
import type { Tensor } from 'tensor';

/** Along which axis, and what becomes of it. */
export interface Along {
  /** Counted from 0 at the left, or negative from the end. */
  readonly axis: number;
  /** Keep the axis, with size 1; without it the axis is gone. */
  readonly keepdim?: boolean;
}

/**
 * The sum along an axis; 0 where it is empty.
 *
 * x `(2, 4)`, axis 1 → `(2,)`, with keepdim `(2, 1)`
 *
 * @throws Error that names the axis, as `axis 3`, when `x` does not have it
 */
export function sum(x: Tensor, along: Along): Tensor {
  // TODO: for each line along the axis, a running total.
  throw new Error('TODO: write sum');
}

/**
 * The mean along an axis; NaN where it is empty.
 *
 * x `(2, 4)`, axis 1 → `(2,)`, with keepdim `(2, 1)`
 *
 * @throws Error that names the axis, as `axis 3`, when `x` does not have it
 */
export function mean(x: Tensor, along: Along): Tensor {
  // TODO: how many numbers are in one line?
  throw new Error('TODO: write mean');
}

/**
 * The standard deviation along an axis, dividing by the count.
 *
 * x `(2, 4)`, axis 1 → `(2,)`, with keepdim `(2, 1)`
 *
 * @throws Error that names the axis, as `axis 3`, when `x` does not have it
 */
export function std(x: Tensor, along: Along): Tensor {
  // TODO: first the mean of the line, then the squared distances from it.
  throw new Error('TODO: write std');
}

/**
 * The largest entry along an axis.
 *
 * x `(2, 4)`, axis 1 → `(2,)`, with keepdim `(2, 1)`
 *
 * @throws Error that names the axis, as `axis 3`, when `x` does not have it or has no entry along it
 */
export function max(x: Tensor, along: Along): Tensor {
  // TODO: what is the largest entry before you have looked at the second?
  throw new Error('TODO: write max');
}

/**
 * The L2 norm along an axis: the root of the sum of the squares.
 *
 * x `(2, 4)`, axis 1 → `(2,)`, with keepdim `(2, 1)`
 *
 * @throws Error that names the axis, as `axis 3`, when `x` does not have it
 */
export function l2Norm(x: Tensor, along: Along): Tensor {
  // TODO: squares, sum, root.
  throw new Error('TODO: write l2Norm');
}
