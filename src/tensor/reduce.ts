/** Many entries become one: sums, means, extremes, along chosen axes or over all of them. */
import { backendFor } from './backends/use';
import type { ReduceOp } from './backends/backend';
import { multiply, sqrt, subtract } from './elementwise';
import { checkedAxis, inWords, ShapeError, sizeOf } from './shape';
import { checkedTensor, type Tensor } from './tensor';
import { permute, reshape } from './views';

export interface ReduceOptions {
  /** The axis or axes to reduce, negative from the end; all of them where it is left out. */
  readonly axis?: number | readonly number[] | undefined;
  /** Keep each reduced axis with the length 1, so that the result broadcasts against what it came from. */
  readonly keepdim?: boolean | undefined;
}

/**
 * The sum: of all entries, shape `()`, or along `axis`. `sum(x, { axis: 0 })` of a `(2, 3)` has the shape `(3,)`, with
 * `keepdim` `(1, 3)`. The sum of nothing is 0.
 */
export function sum(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduce('sum', x, options);
}

/** The mean, of all entries or along `axis`. The mean of nothing is NaN. */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduce('mean', x, options);
}

/** The largest entry, of all or along `axis`; NaN where there is a NaN. Throws a `ShapeError` where there is no entry. */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduce('max', x, options);
}

/** The smallest entry, of all or along `axis`; NaN where there is a NaN. Throws a `ShapeError` where there is no entry. */
export function min(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduce('min', x, options);
}

/**
 * The standard deviation, of all entries or along `axis`. It divides by the count n, not by n − 1:
 * `√(mean((x − mean(x))²))`.
 */
export function std(x: Tensor, options: ReduceOptions = {}): Tensor {
  checkedTensor('std', x);
  const distance = subtract(x, reduce('mean', x, { ...options, keepdim: true }));
  return sqrt(reduce('mean', multiply(distance, distance), options));
}

/**
 * Where the largest entry is along `axis`, counted from 0; without an axis, its place in row-major order. The first of
 * several; a NaN counts as largest. Throws a `ShapeError` where there is no entry.
 */
export function argmax(x: Tensor, options: { readonly axis?: number; readonly keepdim?: boolean } = {}): Tensor {
  return reduce('argmax', x, options);
}

function reduce(op: ReduceOp, x: Tensor, { axis, keepdim = false }: ReduceOptions): Tensor {
  const { shape, rank } = checkedTensor(op, x);
  const all = Array.from({ length: rank }, (_, i) => i);
  const wanted = axis === undefined ? all : typeof axis === 'number' ? [axis] : axis;
  const gone = new Set(wanted.map((one) => checkedAxis(op, one, shape)));
  if (gone.size !== wanted.length)
    throw new ShapeError(`${op}: the axes ${inWords(wanted)} of ${inWords(shape)} name one axis twice`);

  const kept = all.filter((i) => !gone.has(i));
  const keptShape = kept.map((i) => shape[i] ?? 0);
  const count = sizeOf([...gone].map((i) => shape[i] ?? 0));
  if (count === 0 && op !== 'sum' && op !== 'mean') {
    throw new ShapeError(
      `${op}: ${inWords(shape)} has no entry along ${axis === undefined ? 'its axes' : `axis ${wanted.join(', ')}`}`,
    );
  }
  // Backends reduce the last axis only, so the others move to the front and the reduced ones become one.
  const last = all.filter((i) => gone.has(i));
  const rows = reshape(permute(x, [...kept, ...last]), [...keptShape, count]);
  const result = backendFor(op, rows).reduce(op, rows);
  return keepdim
    ? reshape(
        result,
        shape.map((length, i) => (gone.has(i) ? 1 : length)),
      )
    : result;
}
