/** What a wrong tensor looks like beside the right one where an axis was mistaken for another, or an index for the next. */
import { fromData } from '../../tensor';
import type { Tensor } from '../../tensor';
import { describeShape, indexAt, positionAt } from '../present/formatNumber';
import type { PatternInput } from './pattern';

/** Larger tensors are not searched: somebody waits for the verdict. */
const mostNumbers = 20_000;

/** Values that moved: shifted by one, or laid along the wrong axis. The shapes are equal. */
export function axisPatternOf(input: PatternInput): string | undefined {
  if (input.expected.size > mostNumbers || !isVaried(input.expected.data)) return undefined;
  return shiftedByOne(input) ?? normalisedAlong(input) ?? broadcastAlong(input);
}

/** Whether a pattern can be told from chance: at least two different numbers must bear it out. */
export function isVaried(values: ArrayLike<number>): boolean {
  const first = values[0] ?? 0;
  return Array.from(values).some(
    (value) => Math.abs(value - first) > 1e-3 * Math.max(Math.abs(value), Math.abs(first)),
  );
}

/** All that is not at the end along one axis is its neighbour's. */
function shiftedByOne({ actual, expected, agree }: PatternInput): string | undefined {
  const { shape, data } = expected;
  for (let axis = 0; axis < shape.length; axis += 1) {
    const length = shape[axis] ?? 1;
    if (length < 3) continue;
    for (const step of [-1, 1]) {
      const holds = Array.from(actual.data).every((value, position) => {
        const index = [...indexAt(position, shape)];
        const from = (index[axis] ?? 0) + step;
        if (from < 0 || from >= length) return true;
        index[axis] = from;
        return agree(value, data[positionAt(index, shape)] ?? NaN);
      });
      if (holds)
        return `the numbers along axis ${axis} are shifted by one: index i holds what belongs at i ${step < 0 ? '−' : '+'} 1`;
    }
  }
  return undefined;
}

/** What should sum to one, or average to zero, along one axis does so along another. */
function normalisedAlong({ actual, expected, agree }: PatternInput): string | undefined {
  if (expected.rank < 2) return undefined;
  for (const [words, target, mean] of [
    ['sum to 1', 1, false],
    ['have the mean 0', 0, true],
  ] as const) {
    const axesOf = (x: Tensor): readonly number[] =>
      x.shape.flatMap((length, axis) =>
        length > 1 && sumsAlong(x, axis).every((sum) => near(mean ? sum / length : sum, target)) ? [axis] : [],
      );
    const [meant, ...others] = axesOf(expected);
    const [found, ...more] = axesOf(actual);
    if (meant === undefined || found === undefined || others.length > 0 || more.length > 0 || meant === found) continue;
    return `its numbers ${words} along axis ${found}, and should along axis ${meant}`;
  }
  return undefined;

  function near(value: number, target: number): boolean {
    return agree(value, target) || Math.abs(value - target) < 1e-4;
  }
}

function sumsAlong(x: Tensor, axis: number): readonly number[] {
  const sums = new Map<number, number>();
  x.data.forEach((value, position) => {
    const index = [...indexAt(position, x.shape)];
    index[axis] = 0;
    const at = positionAt(index, x.shape);
    sums.set(at, (sums.get(at) ?? 0) + value);
  });
  return [...sums.values()];
}

/** In a square, a vector that was added along the wrong one of the last two axes leaves `D[i, j] = v[i] − v[j]`. */
function broadcastAlong({ actual, expected, agree }: PatternInput): string | undefined {
  const [rows = 0, columns = 0] = expected.shape;
  if (expected.rank !== 2 || rows !== columns || rows < 3) return undefined;
  const difference = (i: number, j: number): number =>
    (actual.data[i * rows + j] ?? NaN) - (expected.data[i * rows + j] ?? NaN);
  const vector = Array.from({ length: rows }, (_, i) => difference(i, 0));
  if (vector.every((value) => Math.abs(value) < 1e-9)) return undefined;
  const holds = Array.from(actual.data).every((value, position) => {
    const [i, j] = [Math.floor(position / rows), position % rows];
    return agree(value, (expected.data[position] ?? NaN) + (vector[i] ?? NaN) - (vector[j] ?? NaN));
  });
  return holds
    ? 'a vector is added along the wrong axis: to each row instead of each column, or the reverse'
    : undefined;
}

/** What a tensor of another shape has in common with what was expected. */
export function shapePatternOf({ actual, expected, agree }: PatternInput): string | undefined {
  if (Math.max(actual.size, expected.size) > mostNumbers || !isVaried(expected.data)) return undefined;
  const same = (candidate: Tensor, wanted: Tensor): boolean =>
    candidate.size === wanted.size &&
    candidate.size > 0 &&
    candidate.data.every((value, position) => agree(value, wanted.data[position] ?? NaN));
  if (
    actual.rank === 2 &&
    expected.rank === 2 &&
    same(transposed(actual), expected) &&
    transposed(actual).shape.join() === expected.shape.join()
  ) {
    return 'it is the transpose of what was expected';
  }
  if (same(actual, expected)) return `the numbers are right, in the shape ${describeShape(actual.shape)}`;
  if (actual.rank !== expected.rank) return undefined;
  const axes = actual.shape.flatMap((length, axis) => (length === expected.shape[axis] ? [] : [axis]));
  const [axis] = axes;
  if (axis === undefined || axes.length > 1 || expected.shape[axis] !== (actual.shape[axis] ?? 0) + 1) return undefined;
  const name = (expected.rank === 2 ? ['row', 'column'][axis] : undefined) ?? `entry along axis ${axis}`;
  if (same(actual, without(expected, { axis, at: (expected.shape[axis] ?? 1) - 1 })))
    return `the last ${name} is missing`;
  return same(actual, without(expected, { axis, at: 0 })) ? `the first ${name} is missing` : undefined;
}

function transposed(x: Tensor): Tensor {
  const [rows = 0, columns = 0] = x.shape;
  const values = Float64Array.from(x.data, (_, position) => {
    const [j, i] = [Math.floor(position / rows), position % rows];
    return x.data[i * columns + j] ?? NaN;
  });
  return fromData(values, [columns, rows]);
}

function without(x: Tensor, { axis, at }: { readonly axis: number; readonly at: number }): Tensor {
  const kept = Array.from(x.data).filter((_, position) => indexAt(position, x.shape)[axis] !== at);
  return fromData(
    Float64Array.from(kept),
    x.shape.map((length, each) => (each === axis ? length - 1 : length)),
  );
}
