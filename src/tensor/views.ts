/**
 * The same numbers read another way. None of these functions copies an entry, except `reshape` of a view whose entries
 * do not follow each other, and `concat` and `stack`, which make new tensors.
 */
import {
  axes,
  broadcastShapes,
  checkedAxis,
  checkedShape,
  inWords,
  nameOf,
  rowMajorStrides,
  sameShape,
  ShapeError,
  sizeOf,
  stretchedStrides,
  type Shape,
} from './shape';
import { checkedTensor, commonDtype, emptyValues, isRowMajor, layoutOf, ofValues, Tensor } from './tensor';

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
  const { strides, ...rest } = layoutOf(x);
  return new Tensor(
    from.map((axis) => shape[axis] ?? 0),
    { ...rest, strides: from.map((axis) => strides[axis] ?? 0) },
  );
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
  const layout = layoutOf(x);
  if (isRowMajor(x.shape, layout.strides)) return new Tensor(lengths, { ...layout, strides: rowMajorStrides(lengths) });
  return ofValues(x.data, lengths);
}

/**
 * `x` stretched to `shape`: aligned at the right, axes of length 1 and missing axes repeat, which is a stride of 0.
 * Throws a `ShapeError` that names the axis where it does not fit.
 */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  checkedTensor('broadcastTo', x);
  const lengths = checkedShape('broadcastTo', shape);
  const layout = layoutOf(x);
  return new Tensor(lengths, {
    ...layout,
    strides: stretchedStrides('broadcastTo', { shape: x.shape, strides: layout.strides }, lengths),
  });
}

/**
 * What to take along one axis: a number takes that entry and drops the axis; `[start, end]` takes the entries from
 * `start` up to, without, `end` (left out: to the end), every `step`-th of them; `null` takes them all. Negative numbers
 * count from the end, as in `Array.prototype.slice`.
 */
export type SliceRange = number | null | readonly [start: number, end?: number, step?: number];

/**
 * A part of `x`, one range for each axis from the first on: `slice(x, [[1, 3]])` is rows 1 and 2, `slice(x, [null, 0])`
 * column 0.
 */
export function slice(x: Tensor, ranges: readonly SliceRange[]): Tensor {
  const { shape, rank } = checkedTensor('slice', x);
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
  const layout = layoutOf(x);
  return new Tensor(shape.toSpliced(at, 0, 1), { ...layout, strides: layout.strides.toSpliced(at, 0, 0) });
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
  const layout = layoutOf(x);
  return new Tensor(
    shape.filter((_, at) => stays(at)),
    { ...layout, strides: layout.strides.filter((_, at) => stays(at)) },
  );
}

/** Tensors one after the other along an axis they have; all other axes must agree. `(2, 3)` and `(4, 3)` give `(6, 3)`. */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  const [first, ...others] = tensors.map((x) => checkedTensor('concat', x, 'each of its tensors'));
  if (!first) throw new ShapeError('concat: there are no tensors to put together');
  const at = checkedAxis('concat', axis, first.shape);
  for (const other of others) {
    if (!sameShape(other.shape.with(at < other.rank ? at : 0, 0), first.shape.with(at, 0))) {
      throw new ShapeError(
        `concat: ${inWords(first.shape)} and ${inWords(other.shape)} along axis ${axis}: all other axes must agree`,
      );
    }
  }
  const along = tensors.reduce((sum, x) => sum + (x.shape[at] ?? 0), 0);
  const shape = first.shape.with(at, along);
  const values = emptyValues(commonDtype(...tensors), sizeOf(shape));
  // Seen as (before, along, after), each tensor fills a block of `along · after` entries in every one of `before`.
  const after = sizeOf(shape.slice(at + 1));
  const before = sizeOf(shape.slice(0, at));
  let start = 0;
  for (const x of tensors) {
    const block = (x.shape[at] ?? 0) * after;
    for (let i = 0; i < before; i++) values.set(x.data.subarray(i * block, (i + 1) * block), i * along * after + start);
    start += block;
  }
  return ofValues(values, shape);
}

/** Tensors of one shape side by side along a new axis: three of shape `(2, 4)` give `(3, 2, 4)`. */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  const [first, ...others] = tensors.map((x) => checkedTensor('stack', x, 'each of its tensors'));
  if (!first) throw new ShapeError('stack: there are no tensors to put together');
  for (const other of others) {
    if (!sameShape(other.shape, first.shape)) {
      throw new ShapeError(`stack: ${inWords(first.shape)} and ${inWords(other.shape)}: all shapes must be the same`);
    }
  }
  return concat(
    tensors.map((x) => expandDims(x, axis)),
    axis,
  );
}

/** Stretches several tensors to the shape they have in common. */
export function broadcastTogether(op: string, tensors: readonly Tensor[]): Tensor[] {
  const shape = tensors.reduce<number[]>((common, x) => broadcastShapes(op, common, x.shape), []);
  return tensors.map((x) => (sameShape(x.shape, shape) ? x : broadcastTo(x, shape)));
}

function fromFront(index: number, length: number): number {
  return Math.min(length, Math.max(0, index < 0 ? index + length : index));
}
