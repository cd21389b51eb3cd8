/** Softmax along the rows as three kernels, launched one after the other: each gathers what it needs and returns one number. */
import type { KernelContext } from 'tensor';

/**
 * The largest score of this thread's row.
 *
 * x `(rows, columns)`, launched as `[rows]` → one number for each row; `columns` is at least 1
 */
export function rowMaximumKernel(this: KernelContext, x: number[][], columns: number): number {
  // TODO: one loop, along the row.
  throw new Error('TODO: write rowMaximumKernel');
}

/**
 * The sum of the exponentials of this thread's row, each after the row's largest score was subtracted.
 *
 * x `(rows, columns)`, maxima `(rows,)`, launched as `[rows]` → one number for each row
 */
export function rowSumKernel(this: KernelContext, x: number[][], maxima: number[], columns: number): number {
  // TODO: the same loop, with a sum.
  throw new Error('TODO: write rowSumKernel');
}

/**
 * The share of this thread's cell: its exponential, after the row's largest score was subtracted, divided by the row's sum.
 *
 * x `(rows, columns)`, maxima `(rows,)`, sums `(rows,)`, launched as `[columns, rows]` → one number for each cell
 */
export function normaliseKernel(this: KernelContext, x: number[][], maxima: number[], sums: number[]): number {
  // TODO: no loop at all.
  throw new Error('TODO: write normaliseKernel');
}
