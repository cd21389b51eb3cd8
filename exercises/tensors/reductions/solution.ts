/** Reductions: many numbers along an axis become one. */
import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

// The `!` after an index tells TypeScript that the entry exists: the loops never leave the data.

/** Along which axis, and what becomes of it. */
export interface Along {
  /** Counted from 0 at the left, or negative from the end. */
  readonly axis: number;
  /** Keep the axis, with size 1; without it the axis is gone. */
  readonly keepdim?: boolean;
}

/**
 * The sum along an axis; 0 where it is empty.
 *
 * x `(2, 4)`, axis 1 → `(2,)`, with keepdim `(2, 1)`
 *
 * @throws Error that names the axis, as `axis 3`, when `x` does not have it
 */
export function sum(x: Tensor, along: Along): Tensor {
  return reduce(x, along, total);
}

/**
 * The mean along an axis; NaN where it is empty.
 *
 * x `(2, 4)`, axis 1 → `(2,)`, with keepdim `(2, 1)`
 *
 * @throws Error that names the axis, as `axis 3`, when `x` does not have it
 */
export function mean(x: Tensor, along: Along): Tensor {
  return reduce(x, along, average);
}

/**
 * The standard deviation along an axis, dividing by the count.
 *
 * x `(2, 4)`, axis 1 → `(2,)`, with keepdim `(2, 1)`
 *
 * @throws Error that names the axis, as `axis 3`, when `x` does not have it
 */
export function std(x: Tensor, along: Along): Tensor {
  return reduce(x, along, (line) => {
    // Two sweeps: the mean of the squares minus the square of the mean would lose its digits to rounding.
    const centre = average(line);
    return Math.sqrt(average(line.map((value) => (value - centre) ** 2)));
  });
}

/**
 * The largest entry along an axis.
 *
 * x `(2, 4)`, axis 1 → `(2,)`, with keepdim `(2, 1)`
 *
 * @throws Error that names the axis, as `axis 3`, when `x` does not have it or has no entry along it
 */
export function max(x: Tensor, along: Along): Tensor {
  return reduce(x, along, (line) => {
    if (line.length === 0) throw new Error(`max: there is no entry along axis ${along.axis}`);
    // The first entry, not 0: all of them may be negative.
    let largest = line[0]!;
    for (const value of line) if (value > largest) largest = value;
    return largest;
  });
}

/**
 * The L2 norm along an axis: the root of the sum of the squares.
 *
 * x `(2, 4)`, axis 1 → `(2,)`, with keepdim `(2, 1)`
 *
 * @throws Error that names the axis, as `axis 3`, when `x` does not have it
 */
export function l2Norm(x: Tensor, along: Along): Tensor {
  return reduce(x, along, (line) => Math.sqrt(total(line.map((value) => value * value))));
}

/** The one sweep: `x` as (before, n, after), and each line along the middle handed to `toOne`. */
function reduce(x: Tensor, { axis, keepdim = false }: Along, toOne: (line: Float64Array) => number): Tensor {
  const at = axis < 0 ? axis + x.rank : axis;
  if (at < 0 || at >= x.rank) throw new Error(`there is no axis ${axis} in (${x.shape.join(', ')})`);
  const n = x.shape[at]!;
  const before = product(x.shape.slice(0, at));
  const after = product(x.shape.slice(at + 1));
  const values = new Float32Array(before * after);
  // In double precision, so that what is computed from a line is rounded once, when it is stored.
  const line = new Float64Array(n);
  for (let b = 0; b < before; b += 1) {
    for (let c = 0; c < after; c += 1) {
      for (let k = 0; k < n; k += 1) line[k] = x.data[(b * n + k) * after + c]!;
      values[b * after + c] = toOne(line);
    }
  }
  const kept = keepdim ? [1] : [];
  return fromData(values, [...x.shape.slice(0, at), ...kept, ...x.shape.slice(at + 1)]);
}

function total(line: Float64Array): number {
  let running = 0;
  for (const value of line) running += value;
  return running;
}

function average(line: Float64Array): number {
  return total(line) / line.length;
}

function product(sizes: readonly number[]): number {
  let result = 1;
  for (const size of sizes) result *= size;
  return result;
}
