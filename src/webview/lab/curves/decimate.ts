/**
 * Long curves for a narrow chart. Where there are more points than a chart can show, each bucket of steps is drawn as its
 * mean and as the band from its smallest to its largest value: no spike is lost, noise does not hide one line under
 * another, and the cost of drawing does not grow with the run. All lines of a chart share one row of steps, as uPlot wants it.
 */
import { firstAtLeast, type Line } from './runCurves';

export interface Window {
  readonly from: number;
  readonly to: number;
  /** How many buckets at most: one for every few pixels. */
  readonly buckets: number;
  /** Leaves out zero and below, which have no place on a logarithmic axis. */
  readonly positiveOnly?: boolean;
}

export interface AlignedLines {
  readonly steps: readonly number[];
  /** For each line a value for each of `steps`, or null; in buckets, the mean. */
  readonly values: readonly Row[];
  /** In buckets: for each line the smallest and the largest value. */
  readonly bands: readonly { readonly low: Row; readonly high: Row }[];
}

export type Row = readonly (number | null)[];

/** Brings lines to common steps within a window: as they are where the points are few, in buckets where not. */
export function align(lines: readonly Line[], window: Window): AlignedLines {
  const parts = lines.map((line) => within(line, window));
  const longest = Math.max(0, ...parts.map(({ steps }) => steps.length));
  return longest <= window.buckets ? joined(parts, window) : bucketed(parts, window);
}

/** The points of a line in the window, and one beyond each edge, so that the line reaches the chart's border. */
function within({ steps, values }: Line, { from, to }: Window): Line {
  const start = Math.max(0, firstAtLeast(steps, from) - 1);
  const end = Math.min(steps.length, firstAtLeast(steps, to) + 1);
  return { steps: steps.subarray(start, end), values: values.subarray(start, end) };
}

function joined(lines: readonly Line[], { positiveOnly = false }: Window): AlignedLines {
  const steps = [...new Set(lines.flatMap((line) => [...line.steps]))].sort((a, b) => a - b);
  const places = new Map(steps.map((step, index) => [step, index]));
  const values = lines.map((line) => {
    const row = new Array<number | null>(steps.length).fill(null);
    line.steps.forEach((step, index) => {
      row[places.get(step) ?? 0] = drawable(line.values[index], positiveOnly);
    });
    return row;
  });
  return { steps, values, bands: [] };
}

function bucketed(lines: readonly Line[], { from, to, buckets, positiveOnly = false }: Window): AlignedLines {
  const width = (to - from) / buckets || 1;
  const steps = Array.from({ length: buckets }, (_, bucket) => from + width * (bucket + 0.5));
  const rows = lines.map((line) => {
    let next = 0;
    return steps.map((_, bucket) => {
      const end = bucket === buckets - 1 ? line.steps.length : firstAtLeast(line.steps, from + width * (bucket + 1));
      const found = summaryOf(line.values.subarray(next, end), positiveOnly);
      next = end;
      return found;
    });
  });
  return {
    steps,
    values: rows.map((row) => row.map((bucket) => bucket?.mean ?? null)),
    bands: rows.map((row) => ({
      low: row.map((bucket) => bucket?.low ?? null),
      high: row.map((bucket) => bucket?.high ?? null),
    })),
  };
}

interface Summary {
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/** The smallest, the mean and the largest of the values that can be drawn, or undefined where there are none. */
function summaryOf(values: Float64Array, positiveOnly: boolean): Summary | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let count = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = drawable(values[index], positiveOnly);
    if (value !== null) {
      low = Math.min(low, value);
      high = Math.max(high, value);
      sum += value;
      count += 1;
    }
  }
  return count === 0 ? undefined : { low, mean: sum / count, high };
}

function drawable(value: number | undefined, positiveOnly: boolean): number | null {
  return value !== undefined && Number.isFinite(value) && (value > 0 || !positiveOnly) ? value : null;
}
