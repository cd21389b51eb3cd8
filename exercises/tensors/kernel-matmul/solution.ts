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
  // The loops over rows and columns are gone: each thread is told which cell is its own. x runs along a row, so it
  // counts columns. The `!` is for TypeScript alone and is gone before the kernel is translated.
  let sum = 0;
  for (let k = 0; k < inner; k += 1) {
    sum += A[this.thread.y]![k]! * B[k]![this.thread.x]!;
  }
  return sum;
}
