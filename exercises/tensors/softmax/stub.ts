/**
 * Scores to shares: softmax, and the logarithm of the sum beneath it.
 *
 * Useful here: `import { fromData } from 'tensor'`, the fields `data` and `shape` of a tensor, `Math.exp` and `Math.log`.
 */
import type { Tensor } from 'tensor';

/**
 * The shares of `x` along `axis`: the exponential of each score, divided by the sum of the exponentials of its run. A
 * run that holds only −Infinity becomes zeros.
 *
 * x of any shape → the same shape; every run along `axis` sums to 1
 *
 * @param axis one of the axes 0, 1, … of `x`
 * @throws Error that names the axis when `x` does not have it
 */
export function softmax(x: Tensor, axis: number): Tensor {
  // TODO: find the runs along the axis; in each, subtract the largest score, exponentiate, divide by the sum.
  throw new Error('TODO: write softmax');
}

/**
 * The logarithm of the sum of the exponentials along `axis`, finite wherever the largest score is. For a run that
 * holds only −Infinity, or nothing, it is −Infinity.
 *
 * x of any shape → the same shape without `axis`
 *
 * @param axis one of the axes 0, 1, … of `x`
 * @throws Error that names the axis when `x` does not have it
 */
export function logSumExp(x: Tensor, axis: number): Tensor {
  // TODO: the same runs, the same largest score; it is added again at the end.
  throw new Error('TODO: write logSumExp');
}
