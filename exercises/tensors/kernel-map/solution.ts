/** Two kernels that work entry by entry: one thread, one cell, and a guard for the threads that have none. */
import type { KernelContext } from 'tensor';

/**
 * The pixel of this thread, made lighter by `amount` (darker where that is negative) and kept between 0 and 1. A thread
 * that has no pixel, because `this.thread.x` is not below `size`, reads nothing and returns 0.
 *
 * pixels `(size,)`, launched as `[threads]` → one number for each thread
 */
export function brightenKernel(this: KernelContext, pixels: number[], amount: number, size: number): number {
  // The guard comes before the read: on a graphics card there may be something behind the last pixel.
  if (this.thread.x >= size) {
    return 0;
  }
  return Math.min(1, Math.max(0, pixels[this.thread.x]! + amount));
}

/**
 * How much lighter the pixel of this thread has become: `after − before`. A thread beyond the right or the lower edge of
 * the pictures reads nothing of them and returns 0.
 *
 * before and after `(rows, columns)`, shape `[rows, columns]`, launched as `[x, y]` → one number for each thread, `(y, x)`
 */
export function changeKernel(this: KernelContext, before: number[][], after: number[][], shape: number[]): number {
  // x runs along a row, so it is held against the columns, the second size; y runs down, against the rows.
  if (this.thread.x >= shape[1]! || this.thread.y >= shape[0]!) {
    return 0;
  }
  return after[this.thread.y]![this.thread.x]! - before[this.thread.y]![this.thread.x]!;
}
