/** Scores to shares: softmax, and the logarithm of the sum beneath it. */
import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * The shares of `x` along `axis`: the exponential of each score, divided by the sum of the exponentials of its run. A
 * run that holds only −Infinity becomes zeros.
 *
 * x of any shape → the same shape; every run along `axis` sums to 1
 *
 * @param axis one of the axes 0, 1, … of `x`
 * @throws Error that names the axis when `x` does not have it
 */
export function softmax(x: Tensor, axis: number): Tensor {
  const shares = new Float32Array(x.size);
  for (const { start, step, length } of runsAlong(x, axis)) {
    const { largest, total } = exponentials(x, { start, step, length });
    for (let i = 0; i < length; i += 1) {
      const position = start + i * step;
      // In a run of −Infinity alone the difference would be NaN. Nothing there has a share.
      shares[position] = largest === -Infinity ? 0 : Math.exp(x.data[position]! - largest) / total;
    }
  }
  return fromData(shares, x.shape);
}

/**
 * The logarithm of the sum of the exponentials along `axis`, finite wherever the largest score is. For a run that
 * holds only −Infinity, or nothing, it is −Infinity.
 *
 * x of any shape → the same shape without `axis`
 *
 * @param axis one of the axes 0, 1, … of `x`
 * @throws Error that names the axis when `x` does not have it
 */
export function logSumExp(x: Tensor, axis: number): Tensor {
  const sums = runsAlong(x, axis).map((run) => {
    const { largest, total } = exponentials(x, run);
    // Every exponential was divided by e to the power of the largest score, which the logarithm gives back as a sum.
    return largest === -Infinity ? -Infinity : largest + Math.log(total);
  });
  return fromData(
    Float32Array.from(sums),
    x.shape.filter((_, at) => at !== axis),
  );
}

/** One run along an axis: `length` entries, the first at `start`, each `step` places after the one before. */
interface Run {
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

/** The runs of `x` along `axis`, in the row-major order of the axes that remain. */
function runsAlong(x: Tensor, axis: number): Run[] {
  const length = x.shape[axis];
  if (length === undefined) throw new Error(`axis ${axis} does not exist: x has ${x.shape.length} axes`);
  const product = (sizes: readonly number[]): number => sizes.reduce((size, next) => size * next, 1);
  const before = product(x.shape.slice(0, axis));
  // One step along the axis passes over everything that the axes behind it hold.
  const step = product(x.shape.slice(axis + 1));
  const runs: Run[] = [];
  for (let outer = 0; outer < before; outer += 1) {
    for (let inner = 0; inner < step; inner += 1) {
      runs.push({ start: outer * length * step + inner, step, length });
    }
  }
  return runs;
}

/** The largest score of a run, and the sum of the exponentials after it was subtracted. */
function exponentials(x: Tensor, { start, step, length }: Run): { readonly largest: number; readonly total: number } {
  let largest = -Infinity;
  for (let i = 0; i < length; i += 1) largest = Math.max(largest, x.data[start + i * step]!);
  let total = 0;
  for (let i = 0; i < length; i += 1) total += Math.exp(x.data[start + i * step]! - largest);
  return { largest, total };
}
