/**
 * Broadcasting: how tensors of different shapes agree on one.
 *
 * Useful here: `import { fromData } from 'tensor'`, and the fields `data`, `shape`, `rank` and `size` of a tensor.
 */
import type { Shape, Tensor } from 'tensor';

/**
 * The shape that two shapes share: lined up at the right, a missing axis counts as 1, and 1 gives way to any size.
 *
 * `(6, 1)` and `(4, 6, 3)` → `(4, 6, 3)`
 *
 * @throws Error that names the axis, as `axis 2` (counted from 0 at the left of the result), and both sizes
 */
export function broadcastShapes(a: Shape, b: Shape): number[] {
  // TODO: settle each axis of the result on its own.
  throw new Error('TODO: write broadcastShapes');
}

/**
 * A tensor of shape `shape` that repeats `x` along every axis where `x` has size 1 or no axis at all.
 *
 * x `(6, 1)`, shape `(4, 6, 3)` → `(4, 6, 3)`
 *
 * @throws Error that names the axis of `shape` along which `x` does not fit, or says that `x` has too many axes
 */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  // TODO: find the stride of x along each axis of the result (0 where it repeats), then read every cell.
  throw new Error('TODO: write broadcastTo');
}

/**
 * The table of all sums: entry `(i, j)` is `a[i] + b[j]`.
 *
 * a `(m,)`, b `(n,)` → `(m, n)`
 */
export function outerSum(a: Tensor, b: Tensor): Tensor {
  // TODO: broadcast both to (m, n) and add them cell by cell.
  throw new Error('TODO: write outerSum');
}
