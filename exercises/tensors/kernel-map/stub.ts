/** Two kernels that work entry by entry: one thread, one cell, and a guard for the threads that have none. */
import type { KernelContext } from 'tensor';

/**
 * The pixel of this thread, made lighter by `amount` (darker where that is negative) and kept between 0 and 1. A thread
 * that has no pixel, because `this.thread.x` is not below `size`, reads nothing and returns 0.
 *
 * pixels `(size,)`, launched as `[threads]` → one number for each thread
 */
export function brightenKernel(this: KernelContext, pixels: number[], amount: number, size: number): number {
  // TODO: the guard, then one pixel.
  throw new Error('TODO: write brightenKernel');
}

/**
 * How much lighter the pixel of this thread has become: `after − before`. A thread beyond the right or the lower edge of
 * the pictures reads nothing of them and returns 0.
 *
 * before and after `(rows, columns)`, shape `[rows, columns]`, launched as `[x, y]` → one number for each thread, `(y, x)`
 */
export function changeKernel(this: KernelContext, before: number[][], after: number[][], shape: number[]): number {
  // TODO: the guard for both directions, then one pixel of each picture.
  throw new Error('TODO: write changeKernel');
}
