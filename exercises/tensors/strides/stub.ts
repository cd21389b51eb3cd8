/**
 * Strides: the way from an index to a place in memory, and back.
 *
 * Shapes and indices are arrays of numbers, so nothing of `'tensor'` is needed here.
 */
import type { Shape } from 'tensor';

/**
 * The place at which the entry with this index lies in a row-major tensor.
 *
 * index `(1, 2)`, shape `(2, 3)` → 5
 *
 * @throws Error that gives both counts when the index has not one number for each axis, and that names the axis, as
 * `axis 1`, with the number and the size when a number lies outside
 */
export function flatIndex(index: readonly number[], shape: Shape): number {
  // TODO: go from the last axis to the first, and let the stride grow.
  throw new Error('TODO: write flatIndex');
}

/**
 * The index of the entry that lies at this place in a row-major tensor.
 *
 * flat 5, shape `(2, 3)` → `(1, 2)`
 *
 * @throws Error that gives the place and the size when the place lies outside
 */
export function multiIndex(flat: number, shape: Shape): number[] {
  // TODO: remainder and whole part, axis by axis.
  throw new Error('TODO: write multiIndex');
}

/**
 * The strides with which a row-major tensor's memory is read as its transpose: the last two axes exchanged.
 *
 * shape `(2, 3)`, strides `(3, 1)` → `(1, 3)`, which belong to the shape `(3, 2)`
 *
 * @throws Error that says how many axes there are when there are fewer than two
 */
export function transposeStrides(shape: Shape): number[] {
  // TODO: the row-major strides first; which two of them change places?
  throw new Error('TODO: write transposeStrides');
}
