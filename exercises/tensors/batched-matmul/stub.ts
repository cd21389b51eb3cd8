/**
 * Many matrix products at once, their batch axes broadcast.
 *
 * Useful here: `import { fromData } from 'tensor'`, and the fields `data` and `shape` of a tensor.
 */
import type { Tensor } from 'tensor';

/**
 * The matrix product of the last two axes, for every place in the axes in front of them. Those batch axes are broadcast:
 * lined up at the right, a size of 1 or a missing axis is repeated.
 *
 * A `(…, m, n)`, B `(…, n, p)` → `(…, m, p)`
 *
 * @throws Error that names both sizes when the rows of `A` are not as long as the columns of `B`, or when two batch sizes
 * do not fit; and one that names the number of axes when `A` or `B` has fewer than two
 */
export function batchedMatmul(A: Tensor, B: Tensor): Tensor {
  // TODO: settle the batch axes; for each place in them, find the two matrices that meet there and multiply them.
  throw new Error('TODO: write batchedMatmul');
}
