/**
 * Choosing from a tensor: an entry, a row, a column, and whatever a mask means.
 *
 * Useful here: `import { fromData } from 'tensor'`, and the fields `data`, `shape`, `rank` and `size` of a tensor.
 */
import type { Tensor } from 'tensor';

/**
 * One entry. Negative numbers count from the end.
 *
 * x `(4, 3)`, index `(2, -1)` → a number
 *
 * @throws Error that gives both counts when the index has not one number for each axis, and that names the axis, as
 * `axis 1`, with the number and the size when a number lies outside
 */
export function item(x: Tensor, index: readonly number[]): number {
  // TODO: find the place of the entry, then read it.
  throw new Error('TODO: write item');
}

/**
 * Row `i` of a matrix; a negative number counts from the end.
 *
 * x `(m, n)` → `(n,)`
 *
 * @throws Error that says how many axes `x` has when they are not two, and that names `axis 0` when `i` lies outside
 */
export function row(x: Tensor, i: number): Tensor {
  // TODO: where does the row start, and how far apart are its numbers?
  throw new Error('TODO: write row');
}

/**
 * Column `j` of a matrix; a negative number counts from the end.
 *
 * x `(m, n)` → `(m,)`
 *
 * @throws Error that says how many axes `x` has when they are not two, and that names `axis 1` when `j` lies outside
 */
export function column(x: Tensor, j: number): Tensor {
  // TODO: where does the column start, and how far apart are its numbers?
  throw new Error('TODO: write column');
}

/**
 * The same numbers with one more axis, of size 1, which is axis `axis` of the result; -1 is the last.
 *
 * x `(2, 3)`, axis 1 → `(2, 1, 3)`
 *
 * @throws Error that gives the axis when the result has no such axis
 */
export function newAxis(x: Tensor, axis: number): Tensor {
  // TODO: only the shape changes.
  throw new Error('TODO: write newAxis');
}

/**
 * The entries of `x` where `mask` is not 0, in row-major order.
 *
 * x `(2, 3)`, mask `(2, 3)` → `(count,)`
 *
 * @throws Error that gives both shapes, as `(2, 3)`, when they differ
 */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  // TODO: collect the numbers first; their count is the shape.
  throw new Error('TODO: write maskedSelect');
}

/**
 * `x` with `value` wherever `mask` is not 0.
 *
 * x `(2, 3)`, mask `(2, 3)`, value a number → `(2, 3)`
 *
 * @throws Error that gives both shapes, as `(2, 3)`, when they differ
 */
export function maskedFill(x: Tensor, mask: Tensor, value: number): Tensor {
  // TODO: start from a copy of the data.
  throw new Error('TODO: write maskedFill');
}
