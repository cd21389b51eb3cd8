/**
 * The same numbers in another arrangement: flattened by rows or by columns, or with the axes in another order.
 *
 * Useful here: `import { fromData } from 'tensor'`, and the fields `data`, `shape`, `rank` and `size` of a tensor.
 */
import type { Tensor } from 'tensor';

/**
 * A matrix in one row, line after line.
 *
 * x `(m, n)` → `(m · n,)`
 *
 * @throws Error that says how many axes `x` has when they are not two
 */
export function flattenRows(x: Tensor): Tensor {
  // TODO: in which order does `data` hold the numbers already?
  throw new Error('TODO: write flattenRows');
}

/**
 * A matrix in one row, column after column.
 *
 * x `(m, n)` → `(m · n,)`
 *
 * @throws Error that says how many axes `x` has when they are not two
 */
export function flattenColumns(x: Tensor): Tensor {
  // TODO: where does entry (i, j) go?
  throw new Error('TODO: write flattenColumns');
}

/**
 * `x` with its axes in another order: axis `d` of the result is axis `order[d]` of `x`.
 *
 * x `(2, 3, 4)`, order `(1, 2, 0)` → `(3, 4, 2)`
 *
 * @throws Error that gives both counts when `order` has not as many axes as `x`, and that names the axis, as `axis 2`,
 * which does not exist or is there twice
 */
export function permute(x: Tensor, order: readonly number[]): Tensor {
  // TODO: sizes and strides of x in the new order, then read every cell of the result.
  throw new Error('TODO: write permute');
}
