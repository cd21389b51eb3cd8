/**
 * The matrix product, from loops.
 *
 * Useful here: `import { fromData } from 'tensor'`, and the fields `data` and `shape` of a tensor.
 */
import type { Tensor } from 'tensor';

/**
 * The sum of `a[k] * b[k]` over k.
 *
 * a `(n,)`, b `(n,)` → a number
 *
 * @throws Error that names both lengths when they differ
 */
export function dot(a: Tensor, b: Tensor): number {
  // TODO: one loop, over k.
  throw new Error('TODO: write dot');
}

/**
 * Matrix times vector: entry `i` is the dot product of row `i` of `A` with `x`.
 *
 * A `(m, n)`, x `(n,)` → `(m,)`
 *
 * @throws Error that names both sizes when `A` has not as many columns as `x` has entries
 */
export function matvec(A: Tensor, x: Tensor): Tensor {
  // TODO: a loop over the rows around the loop over k.
  throw new Error('TODO: write matvec');
}

/**
 * Matrix times matrix: entry `(i, j)` is the dot product of row `i` of `A` with column `j` of `B`.
 *
 * A `(m, n)`, B `(n, p)` → `(m, p)`
 *
 * @throws Error that names both sizes when `A` has not as many columns as `B` has rows
 */
export function matmul(A: Tensor, B: Tensor): Tensor {
  // TODO: three loops, over i, j and k.
  throw new Error('TODO: write matmul');
}
