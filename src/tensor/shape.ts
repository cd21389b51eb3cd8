/**
 * What can be said about a tensor without its values: sizes, strides, broadcasting, and the sentences that errors are
 * made of. Nothing in this file touches data.
 */

/** The length of each axis, outermost first: `[2, 3]` is two rows of three. `[]` is a single number. */
export type Shape = readonly number[];

/** Shapes that do not fit an operation. The message names the operation and every shape that matters. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** A shape as people write it: `(2, 3)`, `(4,)` for one axis, `()` for none. */
export function inWords(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/** How many entries a tensor of this shape has; 1 for the shape `()`. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** How far apart neighbours along each axis lie in row-major order: `(2, 3, 4)` has the strides `(12, 4, 1)`. */
export function rowMajorStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] ?? 1) * (shape[axis + 1] ?? 1);
  }
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** Returns a copy of `shape` after making sure that each length is a whole number, zero or more. */
export function checkedShape(op: string, shape: Shape): number[] {
  if (!Array.isArray(shape))
    throw new ShapeError(`${op}: a shape is an array of lengths such as [2, 3], not ${nameOf(shape)}`);
  const lengths: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const length: unknown = shape[axis];
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) {
      throw new ShapeError(
        `${op}: axis ${axis} of the shape is ${nameOf(length)}, but a length is a whole number, zero or more`,
      );
    }
    lengths.push(length);
  }
  return lengths;
}

/** Turns an axis that may count from the end (−1 is the last) into one that counts from the front. */
export function checkedAxis(op: string, axis: number, shape: Shape): number {
  const rank = shape.length;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new ShapeError(`${op}: there is no axis ${axis} in the shape ${inWords(shape)}, which has ${axes(rank)}`);
  }
  return axis < 0 ? axis + rank : axis;
}

/**
 * The shape that `a` and `b` have in common once each is stretched: aligned at the right, two lengths must be equal, or
 * one of them 1. `(6, 1)` and `(4, 6, 3)` give `(4, 6, 3)`.
 */
export function broadcastShapes(op: string, a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  const result = new Array<number>(rank);
  for (let fromEnd = 1; fromEnd <= rank; fromEnd++) {
    const ofA = a[a.length - fromEnd] ?? 1;
    const ofB = b[b.length - fromEnd] ?? 1;
    if (ofA !== ofB && ofA !== 1 && ofB !== 1) {
      throw new ShapeError(
        `${op}: ${inWords(a)} and ${inWords(b)} do not broadcast: aligned at the right, ` +
          `axis −${fromEnd} is ${ofA} in the first and ${ofB} in the second; they must be equal, or one of them 1`,
      );
    }
    result[rank - fromEnd] = ofA === 1 ? ofB : ofA;
  }
  return result;
}

/**
 * Strides that read a tensor of `shape` as if it had the shape `target`: an axis that is stretched, or that was not
 * there, gets the stride 0. Throws where `shape` does not stretch to `target`.
 */
export function stretchedStrides(
  op: string,
  from: { shape: Shape; strides: readonly number[] },
  target: Shape,
): number[] {
  const { shape, strides } = from;
  const added = target.length - shape.length;
  if (added < 0) {
    throw new ShapeError(
      `${op}: ${inWords(shape)} cannot be stretched to ${inWords(target)}, which has fewer axes; broadcasting only adds axes`,
    );
  }
  return target.map((length, axis) => {
    const own = shape[axis - added];
    if (own === undefined) return 0;
    if (own === length) return strides[axis - added] ?? 0;
    if (own === 1) return 0;
    throw new ShapeError(
      `${op}: ${inWords(shape)} cannot be stretched to ${inWords(target)}: ` +
        `axis −${target.length - axis} is ${own} and must be ${length} or 1`,
    );
  });
}

/**
 * Where each row (a run along the last axis) of a strided tensor starts in its storage, in row-major order. Whoever
 * loops over a view takes these starts and steps along the last axis by its stride.
 */
export function rowStarts(shape: Shape, strides: readonly number[], offset: number): Float64Array {
  const outer = shape.slice(0, -1);
  const starts = new Float64Array(sizeOf(shape) === 0 ? 0 : sizeOf(outer));
  if (starts.length === 0) return starts;
  const index = new Array<number>(outer.length).fill(0);
  let start = offset;
  for (let row = 0; row < starts.length; row++) {
    starts[row] = start;
    // The last outer axis turns fastest; one that is full goes back to zero and turns the one before it.
    for (let axis = outer.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      start += stride;
      if (next < (outer[axis] ?? 0)) {
        index[axis] = next;
        break;
      }
      start -= next * stride;
      index[axis] = 0;
    }
  }
  return starts;
}

/** `no axes`, `one axis`, `3 axes`. */
export function axes(rank: number): string {
  return rank === 0 ? 'no axes' : rank === 1 ? 'one axis' : `${rank} axes`;
}

/** What a value that should not be here is, in words: `undefined`, `a string`, `2.5`. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
