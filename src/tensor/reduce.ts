/** Many entries become one: sums, means, extremes, along chosen axes or over all of them. */
import { divide, equal, multiply, subtract } from './arithmetic';
import { backendFor } from './backends/use';
import type { ReduceOp } from './backends/backend';
import { negative, sqrt, square } from './functions';
import { checkedAxis, inWords, ShapeError, sizeOf, type Shape } from './shape';
import { lastAxes, reshaped, stretched, sumOver } from './strided';
import { isFollowed, remember, type Rules } from './tape';
import { checkedTensor, type Tensor } from './tensor';

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

/**
 * The largest entry, of all or along `axis`; NaN where there is a NaN. Throws a `ShapeError` where there is no entry.
 */
export function max(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduce('max', x, options);
}

/**
 * The smallest entry, of all or along `axis`; NaN where there is a NaN. Throws a `ShapeError` where there is no entry.
 */
export function min(x: Tensor, options: ReduceOptions = {}): Tensor {
  return reduce('min', x, options);
}

/**
 * The standard deviation, of all entries or along `axis`. It divides by the count n, not by n − 1:
 * `√(mean((x − mean(x))²))`.
 */
export function std(x: Tensor, options: ReduceOptions = {}): Tensor {
  return sqrt(varianceOf('std', x, options));
}

/** The variance, `mean((x − mean(x))²)`, of all entries or along `axis`; `var` in the Array API standard. */
export function variance(x: Tensor, options: ReduceOptions = {}): Tensor {
  return varianceOf('variance', x, options);
}

/**
 * Where the largest entry is along `axis`, counted from 0; without an axis, its place in row-major order. The first of
 * several; a NaN counts as largest. Throws a `ShapeError` where there is no entry.
 */
export function argmax(x: Tensor, options: { readonly axis?: number; readonly keepdim?: boolean } = {}): Tensor {
  return reduce('argmax', x, options);
}

/**
 * Where the smallest entry is along `axis`, counted from 0; without an axis, its place in row-major order. The first of
 * several; a NaN counts as smallest. Throws a `ShapeError` where there is no entry.
 */
export function argmin(x: Tensor, options: { readonly axis?: number; readonly keepdim?: boolean } = {}): Tensor {
  // −x has its largest entry where x has its smallest.
  return reduce('argmax', negative(checkedTensor('argmin', x)), { ...options, called: 'argmin' });
}

interface Reduced {
  readonly x: Tensor;
  /** The result, with the reduced axes kept at the length 1. */
  readonly y: Tensor;
  /** How many entries became one. */
  readonly count: number;
}

/**
 * For `y = f(x)` along some axes: the gradient of `x`, which may be stretched to its shape still. `dy` has kept the
 * axes.
 */
const reduceRules: Rules<ReduceOp, (dy: Tensor, reduced: Reduced) => Tensor> = {
  // y = Σᵢ xᵢ           dxᵢ = dy
  sum: (dy) => dy,
  // y = 1/n Σᵢ xᵢ       dxᵢ = dy / n
  mean: (dy, { count }) => divide(dy, count),
  // y = maxᵢ xᵢ         dxᵢ = dy [xᵢ = y], in equal parts where several are largest
  max: shareAmongEqual,
  // y = minᵢ xᵢ         dxᵢ = dy [xᵢ = y], in equal parts where several are smallest
  min: shareAmongEqual,
  // A place is a whole number: flat wherever it has a derivative.
  argmax: 'none',
};

function shareAmongEqual(dy: Tensor, { x, y }: Reduced): Tensor {
  const chosen = equal(x, y);
  const several = sumOver(chosen, goneIn(x.shape, y.shape));
  return multiply(chosen, divide(dy, reshaped(several, y.shape)));
}

function varianceOf(called: string, x: Tensor, options: ReduceOptions): Tensor {
  const distance = subtract(x, reduce('mean', x, { ...options, keepdim: true, called }));
  return reduce('mean', square(distance), { ...options, called });
}

function goneIn(shape: Shape, kept: Shape): boolean[] {
  return shape.map((length, axis) => length !== kept[axis]);
}

/** `called` is the name that errors use, where it is not that of the operation. */
function reduce(op: ReduceOp, x: Tensor, options: ReduceOptions & { readonly called?: string }): Tensor {
  const { axis, keepdim = false, called = op } = options;
  const { shape, rank } = checkedTensor(called, x);
  const all = Array.from({ length: rank }, (_, i) => i);
  const wanted = axis === undefined ? all : typeof axis === 'number' ? [axis] : axis;
  const gone = new Set(wanted.map((one) => checkedAxis(called, one, shape)));
  if (gone.size !== wanted.length)
    throw new ShapeError(`${called}: the axes ${inWords(wanted)} of ${inWords(shape)} name one axis twice`);

  const kept = all.filter((i) => !gone.has(i));
  const count = sizeOf([...gone].map((i) => shape[i] ?? 0));
  if (count === 0 && op !== 'sum' && op !== 'mean') {
    throw new ShapeError(
      `${called}: ${inWords(shape)} has no entry along ${axis === undefined ? 'its axes' : `axis ${wanted.join(', ')}`}`,
    );
  }
  const keptShape = shape.map((length, i) => (gone.has(i) ? 1 : length));
  const y = computed(op, x, kept);
  const result = keepdim ? reshaped(y, keptShape) : y;
  if (!isFollowed(x)) return result;
  const rule = reduceRules[op];
  const gradient = (dy: Tensor): Tensor => {
    if (rule === 'none') return dy;
    return stretched(rule(reshaped(dy, keptShape), { x, y: reshaped(y, keptShape), count }), shape);
  };
  return remember(called, result, { inputs: [x], gradients: [rule === 'none' ? 'none' : gradient] });
}

/** Backends reduce the last axis, so the others move to the front and the reduced ones become one. */
function computed(op: ReduceOp, x: Tensor, kept: readonly number[]): Tensor {
  if (op === 'sum') {
    return sumOver(
      x,
      x.shape.map((_, axis) => !kept.includes(axis)),
    );
  }
  const rows = lastAxes(x, kept);
  return backendFor(op, rows).reduce(op, rows);
}
