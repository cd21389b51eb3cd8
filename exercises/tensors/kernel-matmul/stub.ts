/** The matrix product as a kernel: one thread, one cell. */
import type { KernelContext } from 'tensor';

/**
 * The entry of the product `A B` that belongs to this thread: row `this.thread.y`, column `this.thread.x`.
 *
 * A `(rows, inner)`, B `(inner, columns)`, launched as `[columns, rows]` → one number for each cell of `(rows, columns)`
 *
 * A kernel is translated from its text, so it must be self-contained: nothing from outside, and no `A.length`. That is
 * what `inner` is for, the number of products in one sum.
 */
export function matmulKernel(this: KernelContext, A: number[][], B: number[][], inner: number): number {
  // TODO: the loop that stays.
  throw new Error('TODO: write matmulKernel');
}
