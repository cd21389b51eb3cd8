/** Choosing from a tensor: an entry, a row, a column, and whatever a mask means. */
import { fromData } from 'tensor';
import type { Shape, Tensor } from 'tensor';

// The `!` after an index tells TypeScript that the entry exists: the loops never leave the data.

/**
 * One entry. Negative numbers count from the end.
 *
 * x `(4, 3)`, index `(2, -1)` → a number
 *
 * @throws Error that gives both counts when the index has not one number for each axis, and that names the axis, as
 * `axis 1`, with the number and the size when a number lies outside
 */
export function item(x: Tensor, index: readonly number[]): number {
  if (index.length !== x.rank) {
    throw new Error(`item: an index of ${index.length} numbers cannot lead into ${x.rank} axes`);
  }
  let place = 0;
  let stride = 1;
  for (let axis = x.rank - 1; axis >= 0; axis -= 1) {
    place += fromStart(x, axis, index[axis]!) * stride;
    stride *= x.shape[axis]!;
  }
  return x.data[place]!;
}

/**
 * Row `i` of a matrix; a negative number counts from the end.
 *
 * x `(m, n)` → `(n,)`
 *
 * @throws Error that says how many axes `x` has when they are not two, and that names `axis 0` when `i` lies outside
 */
export function row(x: Tensor, i: number): Tensor {
  const [, n] = sizesOf('row', x);
  const first = fromStart(x, 0, i) * n;
  const values = new Float32Array(n);
  for (let j = 0; j < n; j += 1) values[j] = x.data[first + j]!;
  return fromData(values, [n]);
}

/**
 * Column `j` of a matrix; a negative number counts from the end.
 *
 * x `(m, n)` → `(m,)`
 *
 * @throws Error that says how many axes `x` has when they are not two, and that names `axis 1` when `j` lies outside
 */
export function column(x: Tensor, j: number): Tensor {
  const [m, n] = sizesOf('column', x);
  const first = fromStart(x, 1, j);
  const values = new Float32Array(m);
  for (let i = 0; i < m; i += 1) values[i] = x.data[first + i * n]!;
  return fromData(values, [m]);
}

/**
 * The same numbers with one more axis, of size 1, which is axis `axis` of the result; -1 is the last.
 *
 * x `(2, 3)`, axis 1 → `(2, 1, 3)`
 *
 * @throws Error that gives the axis when the result has no such axis
 */
export function newAxis(x: Tensor, axis: number): Tensor {
  const rank = x.rank + 1;
  // Counted from the end of the result, which has one axis more than x.
  const at = axis < 0 ? axis + rank : axis;
  if (at < 0 || at >= rank) throw new Error(`newAxis: a result with ${rank} axes has no axis ${axis}`);
  return fromData(Float32Array.from(x.data), [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/**
 * The entries of `x` where `mask` is not 0, in row-major order.
 *
 * x `(2, 3)`, mask `(2, 3)` → `(count,)`
 *
 * @throws Error that gives both shapes, as `(2, 3)`, when they differ
 */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  checkShapes('maskedSelect', x, mask);
  const chosen: number[] = [];
  for (let p = 0; p < x.size; p += 1) {
    if (mask.data[p] !== 0) chosen.push(x.data[p]!);
  }
  return fromData(chosen, [chosen.length]);
}

/**
 * `x` with `value` wherever `mask` is not 0.
 *
 * x `(2, 3)`, mask `(2, 3)`, value a number → `(2, 3)`
 *
 * @throws Error that gives both shapes, as `(2, 3)`, when they differ
 */
export function maskedFill(x: Tensor, mask: Tensor, value: number): Tensor {
  checkShapes('maskedFill', x, mask);
  // A copy to write into: x belongs to someone else.
  const values = Float32Array.from(x.data);
  for (let p = 0; p < values.length; p += 1) {
    if (mask.data[p] !== 0) values[p] = value;
  }
  return fromData(values, x.shape);
}

/** An index along an axis, counted from 0 whichever way it was given. */
function fromStart(x: Tensor, axis: number, i: number): number {
  const size = x.shape[axis]!;
  const counted = i < 0 ? i + size : i;
  if (counted < 0 || counted >= size) throw new Error(`${i} lies outside axis ${axis}, which has size ${size}`);
  return counted;
}

function sizesOf(name: string, x: Tensor): [rows: number, columns: number] {
  if (x.rank !== 2) throw new Error(`${name}: a matrix has two axes, and here are ${x.rank} axes`);
  return [x.shape[0]!, x.shape[1]!];
}

function checkShapes(name: string, x: Tensor, mask: Tensor): void {
  if (inWords(x.shape) !== inWords(mask.shape)) {
    throw new Error(`${name}: a mask of shape ${inWords(mask.shape)} does not fit ${inWords(x.shape)}`);
  }
}

function inWords(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}
