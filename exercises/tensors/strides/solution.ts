/** Strides: the way from an index to a place in memory, and back. */
import type { Shape } from 'tensor';

// The `!` after an index tells TypeScript that the entry exists: the loops never leave the arrays.

/**
 * The place at which the entry with this index lies in a row-major tensor.
 *
 * index `(1, 2)`, shape `(2, 3)` → 5
 *
 * @throws Error that gives both counts when the index has not one number for each axis, and that names the axis, as
 * `axis 1`, with the number and the size when a number lies outside
 */
export function flatIndex(index: readonly number[], shape: Shape): number {
  if (index.length !== shape.length) {
    throw new Error(`flatIndex: an index of ${index.length} numbers cannot lead into ${shape.length} axes`);
  }
  let place = 0;
  let stride = 1;
  // From the right, where the stride is 1; each axis then multiplies it for those to its left.
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const i = index[axis]!;
    const size = shape[axis]!;
    if (i < 0 || i >= size) throw new Error(`flatIndex: ${i} lies outside axis ${axis}, which has size ${size}`);
    place += i * stride;
    stride *= size;
  }
  return place;
}

/**
 * The index of the entry that lies at this place in a row-major tensor.
 *
 * flat 5, shape `(2, 3)` → `(1, 2)`
 *
 * @throws Error that gives the place and the size when the place lies outside
 */
export function multiIndex(flat: number, shape: Shape): number[] {
  let size = 1;
  for (const length of shape) size *= length;
  if (flat < 0 || flat >= size) throw new Error(`multiIndex: there is no place ${flat} among ${size}`);
  const index = shape.map(() => 0);
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    // The remainder is the index here; the whole part counts the runs that came before.
    index[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}

/**
 * The strides with which a row-major tensor's memory is read as its transpose: the last two axes exchanged.
 *
 * shape `(2, 3)`, strides `(3, 1)` → `(1, 3)`, which belong to the shape `(3, 2)`
 *
 * @throws Error that says how many axes there are when there are fewer than two
 */
export function transposeStrides(shape: Shape): number[] {
  const rank = shape.length;
  if (rank < 2) throw new Error(`transposeStrides: a transpose needs two axes, and here are only ${rank}`);
  const strides = shape.map(() => 1);
  for (let axis = rank - 2; axis >= 0; axis -= 1) {
    strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  }
  const last = strides[rank - 1]!;
  strides[rank - 1] = strides[rank - 2]!;
  strides[rank - 2] = last;
  return strides;
}
