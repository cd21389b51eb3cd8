/** Functions of numbers, asked of every entry of a tensor or of every pair of entries of two. */
import { fromData } from 'tensor';
import type { Shape, Tensor } from 'tensor';

// The `!` after an index tells TypeScript that the entry exists: the loops never leave the data.

/**
 * `f` of every entry. It is asked once for each, in row-major order, with the entry alone.
 *
 * x `(…)` → `(…)`
 */
export function map(f: (value: number) => number, x: Tensor): Tensor {
  const values = new Float32Array(x.size);
  // One loop for every rank: the same place on both ribbons has the same index.
  for (let p = 0; p < x.size; p += 1) values[p] = f(x.data[p]!);
  return fromData(values, x.shape);
}

/**
 * `f` of every pair of entries that have the same index, the one of `a` first.
 *
 * a `(…)`, b of the same shape → that shape
 *
 * @throws Error that gives both shapes, as `(2, 3)`, when they differ
 */
export function zip(f: (left: number, right: number) => number, a: Tensor, b: Tensor): Tensor {
  if (inWords(a.shape) !== inWords(b.shape)) {
    throw new Error(`zip: ${inWords(a.shape)} and ${inWords(b.shape)} have no entries in common places`);
  }
  const values = new Float32Array(a.size);
  for (let p = 0; p < a.size; p += 1) values[p] = f(a.data[p]!, b.data[p]!);
  return fromData(values, a.shape);
}

function inWords(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}
