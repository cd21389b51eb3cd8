/** The matrix product, from loops. */
import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

// The `!` after an index tells TypeScript that the entry exists: the loops never leave the data.

/**
 * The sum of `a[k] * b[k]` over k.
 *
 * a `(n,)`, b `(n,)` → a number
 *
 * @throws Error that names both lengths when they differ
 */
export function dot(a: Tensor, b: Tensor): number {
  if (a.size !== b.size) throw new Error(`dot: ${a.size} entries cannot meet ${b.size}`);
  let sum = 0;
  for (let k = 0; k < a.size; k += 1) {
    sum += a.data[k]! * b.data[k]!;
  }
  return sum;
}

/**
 * Matrix times vector: entry `i` is the dot product of row `i` of `A` with `x`.
 *
 * A `(m, n)`, x `(n,)` → `(m,)`
 *
 * @throws Error that names both sizes when `A` has not as many columns as `x` has entries
 */
export function matvec(A: Tensor, x: Tensor): Tensor {
  const [m = 0, n = 0] = A.shape;
  if (n !== x.size) throw new Error(`matvec: ${n} columns cannot meet ${x.size} entries`);
  const y = new Float32Array(m);
  for (let i = 0; i < m; i += 1) {
    let total = 0;
    for (let k = 0; k < n; k += 1) total += A.data[i * n + k]! * x.data[k]!;
    y[i] = total;
  }
  return fromData(y, [m]);
}

/**
 * Matrix times matrix: entry `(i, j)` is the dot product of row `i` of `A` with column `j` of `B`.
 *
 * A `(m, n)`, B `(n, p)` → `(m, p)`
 *
 * @throws Error that names both sizes when `A` has not as many columns as `B` has rows
 */
export function matmul(A: Tensor, B: Tensor): Tensor {
  const [m = 0, n = 0] = A.shape;
  const [rowsOfB = 0, p = 0] = B.shape;
  if (n !== rowsOfB) throw new Error(`matmul: ${n} columns cannot meet ${rowsOfB} rows`);
  const C = new Float32Array(m * p);
  for (let i = 0; i < m; i += 1) {
    for (let j = 0; j < p; j += 1) {
      // A fresh sum for each cell, in double precision: it is rounded once, when it is stored.
      let cell = 0;
      // k walks along row i of A, one place at a time, and down column j of B, one row of B at a time.
      for (let k = 0; k < n; k += 1) cell += A.data[i * n + k]! * B.data[k * p + j]!;
      C[i * p + j] = cell;
    }
  }
  return fromData(C, [m, p]);
}
