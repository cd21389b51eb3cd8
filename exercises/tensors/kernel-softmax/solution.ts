/** Softmax along the rows as three kernels, launched one after the other: each gathers what it needs and returns one number. */
import type { KernelContext } from 'tensor';

/**
 * The largest score of this thread's row.
 *
 * x `(rows, columns)`, launched as `[rows]` → one number for each row; `columns` is at least 1
 */
export function rowMaximumKernel(this: KernelContext, x: number[][], columns: number): number {
  // The launch has one axis, so x counts what it runs along: rows. Zero would be no good start for scores below zero.
  let largest = x[this.thread.x]![0]!;
  for (let k = 1; k < columns; k += 1) {
    largest = Math.max(largest, x[this.thread.x]![k]!);
  }
  return largest;
}

/**
 * The sum of the exponentials of this thread's row, each after the row's largest score was subtracted.
 *
 * x `(rows, columns)`, maxima `(rows,)`, launched as `[rows]` → one number for each row
 */
export function rowSumKernel(this: KernelContext, x: number[][], maxima: number[], columns: number): number {
  let total = 0;
  for (let k = 0; k < columns; k += 1) {
    total += Math.exp(x[this.thread.x]![k]! - maxima[this.thread.x]!);
  }
  return total;
}

/**
 * The share of this thread's cell: its exponential, after the row's largest score was subtracted, divided by the row's sum.
 *
 * x `(rows, columns)`, maxima `(rows,)`, sums `(rows,)`, launched as `[columns, rows]` → one number for each cell
 */
export function normaliseKernel(this: KernelContext, x: number[][], maxima: number[], sums: number[]): number {
  // Two axes again: x is the column, y the row, and what belongs to a row is found at y.
  return Math.exp(x[this.thread.y]![this.thread.x]! - maxima[this.thread.y]!) / sums[this.thread.y]!;
}
