/**
 * Views without checks and without a tape: a shape and strides that read the same storage another way. `views` checks
 * what a learner passes and records it; derivatives and backends' callers, whose shapes are right by construction,
 * come here.
 */
import { backendFor } from './backends/use';
import { checkBudget } from './budget';
import { rowMajorStrides, rowStarts, sameShape, sizeOf, stretchedStrides, type Shape } from './shape';
import { emptyValues, isRowMajor, layoutOf, ofValues, peekAt, Tensor, type DType } from './tensor';

/** Axis `i` of the result is axis `order[i]` of `x`. */
export function permuted(x: Tensor, order: readonly number[]): Tensor {
  const layout = layoutOf(x);
  return new Tensor(
    order.map((axis) => x.shape[axis] ?? 0),
    { ...layout, strides: order.map((axis) => layout.strides[axis] ?? 0) },
  );
}

/** The last two axes swapped. */
export function transposed(x: Tensor): Tensor {
  const order = Array.from({ length: x.rank }, (_, axis) => axis);
  return permuted(x, [...order.slice(0, -2), x.rank - 1, x.rank - 2]);
}

/** Another shape of the same size. Copies only where no strides can read it so. */
export function reshaped(x: Tensor, shape: Shape): Tensor {
  const layout = layoutOf(x);
  if (sameShape(x.shape, shape)) return new Tensor(x.shape, layout);
  const strides = isRowMajor(x.shape, layout.strides)
    ? rowMajorStrides(shape)
    : regrouped({ shape: x.shape, strides: layout.strides }, shape);
  if (strides) return new Tensor(shape, { ...layout, strides });
  checkBudget('reshape', shape, x.dtype);
  const copy = backendFor('contiguous', x).contiguous(x);
  return new Tensor(shape, { ...layoutOf(copy), strides: rowMajorStrides(shape) });
}

/**
 * Strides under which the entries read by `from` appear in `shape`, in the same order, where there are such strides.
 * Axes are matched in groups of one size, from the front; a group can be cut anew if its entries are evenly spaced.
 */
function regrouped(from: { shape: Shape; strides: readonly number[] }, shape: Shape): number[] | undefined {
  const axes = from.shape.map((length, axis) => ({ length, stride: from.strides[axis] ?? 0 }));
  // Axes of length 1 may have any stride, so they neither help nor hinder.
  const old = axes.filter(({ length }) => length !== 1);
  const strides = new Array<number>(shape.length).fill(1);
  let [next, axis] = [0, 0];
  while (next < old.length) {
    let last = old[next++] ?? { length: 1, stride: 1 };
    let [ofOld, ofNew] = [last.length, 1];
    const first = axis;
    while (ofOld !== ofNew) {
      if (ofNew < ofOld) {
        if (axis >= shape.length) return undefined;
        ofNew *= shape[axis++] ?? 1;
      } else {
        const inner = old[next++];
        if (!inner || last.stride !== inner.stride * inner.length) return undefined;
        ofOld *= inner.length;
        last = inner;
      }
    }
    let { stride } = last;
    for (let at = axis - 1; at >= first; at--) {
      strides[at] = stride;
      stride *= shape[at] ?? 1;
    }
  }
  return strides;
}

/** Stretched to `shape`; throws, naming `op`, where it does not fit. */
export function stretched(x: Tensor, shape: Shape, op = 'broadcastTo'): Tensor {
  const layout = layoutOf(x);
  return new Tensor(shape, {
    ...layout,
    strides: stretchedStrides(op, { shape: x.shape, strides: layout.strides }, shape),
  });
}

/** The entries from `start` up to, without, `end` along one axis. */
export function sliced(x: Tensor, axis: number, [start, end]: readonly [number, number]): Tensor {
  const layout = layoutOf(x);
  const stride = layout.strides[axis] ?? 0;
  return new Tensor(x.shape.with(axis, end - start), { ...layout, offset: layout.offset + start * stride });
}

/**
 * The sum of `x` over every axis along which `shape` was stretched to become `x.shape`: the derivative of stretching,
 * for an entry that was read several times gathers the gradients of all its readings.
 */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const added = x.rank - shape.length;
  const gone = x.shape.map((length, axis) => axis < added || (shape[axis - added] === 1 && length !== 1));
  return reshaped(sumOver(x, gone), shape);
}

/** The sum over the axes marked in `gone`, which go. */
export function sumOver(x: Tensor, gone: readonly boolean[]): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  const kept = axes.filter((axis) => !gone[axis]);
  const shape = kept.map((axis) => x.shape[axis] ?? 0);
  const lead = axes.length - kept.length;
  if (lead > 0 && kept.length > 0 && kept[0] === lead && x.size > 0) {
    // Only axes in front go: as rows of one matrix they are added up where they lie.
    const rows = reshaped(x, [x.size / sizeOf(shape), sizeOf(shape)]);
    return reshaped(backendFor('sumRows', rows).sumRows(rows), shape);
  }
  const rows = lastAxes(x, kept);
  return backendFor('sum', rows).reduce('sum', rows);
}

/** `x` with the axes `kept` in front and all others flattened into one last axis. */
export function lastAxes(x: Tensor, kept: readonly number[]): Tensor {
  const rest = x.shape.map((_, axis) => axis).filter((axis) => !kept.includes(axis));
  const shape = kept.map((axis) => x.shape[axis] ?? 0);
  const count = sizeOf(rest.map((axis) => x.shape[axis] ?? 0));
  return reshaped(permuted(x, [...kept, ...rest]), [...shape, count]);
}

/** Zeros of `shape`, and in them `dy`, where `view` of such a tensor reads: the derivative of taking a part. */
export function placed(dy: Tensor, shape: Shape, view: (whole: Tensor) => Tensor): Tensor {
  const values = emptyValues(dy.dtype, sizeOf(shape));
  const part = view(ofValues(values, shape));
  const { strides, offset } = layoutOf(part);
  const from = peekAt(dy);
  const length = part.shape.at(-1) ?? 1;
  const step = strides.at(-1) ?? 0;
  let next = 0;
  for (const start of rowStarts(part.shape, strides, offset)) {
    for (let i = 0; i < length; i++) values[start + i * step] = from[next++] ?? NaN;
  }
  return ofValues(values, shape);
}

/** A tensor of one number that reads as any shape once it is stretched. */
export function scalar(value: number, dtype: DType): Tensor {
  const storage = emptyValues(dtype, 1);
  storage[0] = value;
  return ofValues(storage, []);
}
