/**
 * The same numbers read another way. None of these functions copies an entry, except `reshape` of a view whose entries
 * no strides can read so. The derivative of reading is the reverse: what was read from a place goes back to it, and
 * what was read several times adds up.
 */
import {
  axes,
  broadcastShapes,
  checkedAxis,
  checkedShape,
  inWords,
  nameOf,
  sameShape,
  ShapeError,
  sizeOf,
  type Shape,
} from './shape';
import { permuted, placed, reshaped, stretched, sumTo } from './strided';
import { remember } from './tape';
import { checkedTensor, layoutOf, Tensor } from './tensor';

/**
 * Axes in another order: axis `i` of the result is axis `order[i]` of `x`. `permute(x, [1, 0])` of a `(2, 3)` has the
 * shape `(3, 2)`.
 */
export function permute(x: Tensor, order: readonly number[]): Tensor {
  const { shape } = checkedTensor('permute', x);
  const from = order.map((axis) => checkedAxis('permute', axis, shape));
  if (from.length !== shape.length || new Set(from).size !== shape.length) {
    throw new ShapeError(
      `permute: ${inWords(order)} does not name each axis of ${inWords(shape)} once; it must hold 0 to ${shape.length - 1} in some order`,
    );
  }
  return remember('permute', permuted(x, from), {
    inputs: [x],
    // Axis i came from axis order[i] and goes back there.
    gradients: [(dy) => permuted(dy, inverse(from))],
  });
}

/** The last two axes swapped: `(…, n, m)` becomes `(…, m, n)`. Throws for fewer than two axes. */
export function transpose(x: Tensor): Tensor {
  const { rank, shape } = checkedTensor('transpose', x);
  if (rank < 2)
    throw new ShapeError(`transpose: ${inWords(shape)} has ${axes(rank)}, and a transpose swaps the last two`);
  const order = Array.from({ length: rank }, (_, axis) => axis);
  return permute(x, [...order.slice(0, -2), rank - 1, rank - 2]);
}

/**
 * The same entries, in the same row-major order, under another shape of the same size. One length may be −1: it becomes
 * what is left over.
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  checkedTensor('reshape', x);
  const open = shape.indexOf(-1);
  const known = checkedShape('reshape', open < 0 ? shape : shape.with(open, 1));
  const left = sizeOf(known) === 0 ? 0 : x.size / sizeOf(known);
  const lengths = open < 0 ? known : known.with(open, left);
  if (sizeOf(lengths) !== x.size || !Number.isInteger(left)) {
    throw new ShapeError(
      `reshape: ${inWords(x.shape)} has ${x.size} entries, which do not fill ${inWords(shape)}` +
        (open < 0 ? `, which has ${sizeOf(lengths)}` : ''),
    );
  }
  return withShape('reshape', x, lengths);
}

/**
 * `x` stretched to `shape`: aligned at the right, axes of length 1 and missing axes repeat, which is a stride of 0.
 * Throws a `ShapeError` that names the axis where it does not fit.
 */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  checkedTensor('broadcastTo', x);
  const lengths = checkedShape('broadcastTo', shape);
  return remember('broadcastTo', stretched(x, lengths), {
    inputs: [x],
    // dx sums dy over the axes that were stretched.
    gradients: [(dy) => sumTo(dy, x.shape)],
  });
}

/**
 * What to take along one axis: a number takes that entry and drops the axis; `[start, end]` takes the entries from
 * `start` up to, without, `end` (left out: to the end), every `step`-th of them; `null` takes them all. Negative
 * numbers count from the end, as in `Array.prototype.slice`.
 */
export type SliceRange = number | null | readonly [start: number, end?: number, step?: number];

/**
 * A part of `x`, one range for each axis from the first on: `slice(x, [[1, 3]])` is rows 1 and 2, `slice(x, [null, 0])`
 * column 0.
 */
export function slice(x: Tensor, ranges: readonly SliceRange[]): Tensor {
  checkedTensor('slice', x);
  return remember('slice', sliceOf(x, ranges), {
    inputs: [x],
    // dx is dy where it was taken from, and 0 elsewhere.
    gradients: [(dy) => placed(dy, x.shape, (whole) => sliceOf(whole, ranges))],
  });
}

function sliceOf(x: Tensor, ranges: readonly SliceRange[]): Tensor {
  const { shape, rank } = x;
  if (ranges.length > rank) {
    throw new ShapeError(`slice: ${ranges.length} ranges for the shape ${inWords(shape)}, which has ${axes(rank)}`);
  }
  const layout = layoutOf(x);
  let { offset } = layout;
  const lengths: number[] = [];
  const strides: number[] = [];
  shape.forEach((length, axis) => {
    const stride = layout.strides[axis] ?? 0;
    const range = ranges[axis] ?? [0];
    if (typeof range === 'number') {
      if (!Number.isInteger(range) || range < -length || range >= length) {
        throw new ShapeError(`slice: ${range} is no index along axis ${axis} of ${inWords(shape)}`);
      }
      offset += fromFront(range, length) * stride;
      return;
    }
    const [start, end = length, step = 1] = range;
    if (!Number.isInteger(step) || step < 1)
      throw new ShapeError(`slice: the step along axis ${axis} is ${nameOf(step)}; it must be 1 or more`);
    if (!Number.isInteger(start) || !Number.isInteger(end)) {
      throw new ShapeError(
        `slice: along axis ${axis} from ${nameOf(start)} to ${nameOf(end)}; both must be whole numbers`,
      );
    }
    const first = fromFront(start, length);
    const count = Math.max(0, Math.ceil((fromFront(end, length) - first) / step));
    if (count > 0) offset += first * stride;
    lengths.push(count);
    strides.push(stride * step);
  });
  return new Tensor(lengths, { ...layout, strides, offset });
}

/** A new axis of length 1 at `axis` of the result: `(2, 3)` becomes `(2, 1, 3)` for 1 and `(2, 3, 1)` for −1. */
export function expandDims(x: Tensor, axis: number): Tensor {
  const { shape, rank } = checkedTensor('expandDims', x);
  if (!Number.isInteger(axis) || axis < -rank - 1 || axis > rank) {
    throw new ShapeError(
      `expandDims: the result of adding an axis to ${inWords(shape)} has ${axes(rank + 1)}, and none is ${axis}`,
    );
  }
  const at = axis < 0 ? axis + rank + 1 : axis;
  return withShape('expandDims', x, shape.toSpliced(at, 0, 1));
}

/** Without the axis `axis`, which must have the length 1; without an axis given, without all that have. */
export function squeeze(x: Tensor, axis?: number): Tensor {
  const { shape } = checkedTensor('squeeze', x);
  const only = axis === undefined ? undefined : checkedAxis('squeeze', axis, shape);
  if (only !== undefined && shape[only] !== 1) {
    throw new ShapeError(
      `squeeze: axis ${axis} of ${inWords(shape)} has the length ${shape[only]}; only an axis of length 1 can go`,
    );
  }
  const stays = (at: number) => (only === undefined ? shape[at] !== 1 : at !== only);
  return withShape(
    'squeeze',
    x,
    shape.filter((_, at) => stays(at)),
  );
}

/** Several tensors stretched to the shape they have in common, without a word to the tape. */
export function broadcastTogether(op: string, tensors: readonly Tensor[]): Tensor[] {
  const shape = tensors.reduce<number[]>((common, x) => broadcastShapes(op, common, x.shape), []);
  return tensors.map((x) => (sameShape(x.shape, shape) ? x : stretched(x, shape, op)));
}

/** The same entries under another shape; its derivative is the same step back. */
function withShape(op: string, x: Tensor, shape: Shape): Tensor {
  return remember(op, reshaped(x, shape), { inputs: [x], gradients: [(dy) => reshaped(dy, x.shape)] });
}

function inverse(order: readonly number[]): number[] {
  const back = new Array<number>(order.length);
  order.forEach((from, at) => (back[from] = at));
  return back;
}

function fromFront(index: number, length: number): number {
  return Math.min(length, Math.max(0, index < 0 ? index + length : index));
}
