/**
 * Functions of numbers, asked of every entry of a tensor or of every pair of entries of two.
 *
 * Useful here: `import { fromData } from 'tensor'`, and the fields `data`, `shape` and `size` of a tensor.
 */
import type { Tensor } from 'tensor';

/**
 * `f` of every entry. It is asked once for each, in row-major order, with the entry alone.
 *
 * x `(…)` → `(…)`
 */
export function map(f: (value: number) => number, x: Tensor): Tensor {
  // TODO: one loop, whatever the rank.
  throw new Error('TODO: write map');
}

/**
 * `f` of every pair of entries that have the same index, the one of `a` first.
 *
 * a `(…)`, b of the same shape → that shape
 *
 * @throws Error that gives both shapes, as `(2, 3)`, when they differ
 */
export function zip(f: (left: number, right: number) => number, a: Tensor, b: Tensor): Tensor {
  // TODO: compare the shapes, then the same loop over both.
  throw new Error('TODO: write zip');
}
