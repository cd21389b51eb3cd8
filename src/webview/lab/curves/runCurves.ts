/**
 * The points of one run, gathered as they come: columns that grow by doubling, so that a hundred thousand steps cost no
 * copying on each message, and that charts read in place.
 */
import type { RunPoints } from '../../labProtocol';

/** A curve as a chart reads it: `steps[i]` belongs to `values[i]`; NaN where the step has no value. */
export interface Line {
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

export class RunCurves {
  private count = 0;
  private steps = new Float64Array(256);
  private readonly columns = new Map<string, Float64Array>();

  constructor(points?: RunPoints) {
    if (points !== undefined) {
      this.append(points);
    }
  }

  get length(): number {
    return this.count;
  }

  /** The last step that is here, or 0 before the first one. */
  get lastStep(): number {
    return this.count === 0 ? 0 : (this.steps[this.count - 1] ?? 0);
  }

  /** Adds points. Steps that are here already are replaced: a run that catches up tells them again. */
  append({ steps, curves }: RunPoints): void {
    const first = steps[0];
    if (first === undefined) {
      return;
    }
    this.count = firstAtLeast(this.line('').steps, first);
    const needed = this.count + steps.length;
    if (needed > this.steps.length) {
      this.grow(needed);
    }
    for (const name of Object.keys(curves)) {
      if (!this.columns.has(name)) {
        this.columns.set(name, new Float64Array(this.steps.length).fill(Number.NaN));
      }
    }
    this.steps.set(steps, this.count);
    for (const [name, column] of this.columns) {
      const values = Object.hasOwn(curves, name) ? curves[name] : undefined;
      column.fill(Number.NaN, this.count, needed);
      if (values !== undefined) {
        column.set(values.subarray(0, steps.length), this.count);
      }
    }
    this.count = needed;
  }

  /** The curve of that name, without a copy; all NaN where the run has none of it. Valid until the next `append`. */
  line(name: string): Line {
    const values = this.columns.get(name)?.subarray(0, this.count) ?? new Float64Array(this.count).fill(Number.NaN);
    return { steps: this.steps.subarray(0, this.count), values };
  }

  private grow(needed: number): void {
    const capacity = Math.max(needed, this.steps.length * 2);
    const steps = new Float64Array(capacity);
    steps.set(this.steps);
    this.steps = steps;
    for (const [name, column] of this.columns) {
      const grown = new Float64Array(capacity).fill(Number.NaN);
      grown.set(column);
      this.columns.set(name, grown);
    }
  }
}

/** The index of the first of the growing `numbers` that is at least `bound`, or their count. */
export function firstAtLeast(numbers: ArrayLike<number>, bound: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < bound) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The last value of a line that is a number, with its step. */
export function lastPoint({ steps, values }: Line): { readonly step: number; readonly value: number } | undefined {
  for (let index = values.length - 1; index >= 0; index -= 1) {
    const value = values[index] ?? Number.NaN;
    if (Number.isFinite(value)) {
      return { step: steps[index] ?? 0, value };
    }
  }
  return undefined;
}

/** The point of a line with a value whose step is nearest to `step`. */
export function nearestPoint(
  { steps, values }: Line,
  step: number,
): { readonly step: number; readonly value: number } | undefined {
  const start = firstAtLeast(steps, step);
  for (let distance = 0; distance <= steps.length; distance += 1) {
    const candidates = [start - distance - 1, start + distance].filter((at) => Number.isFinite(values[at]));
    const [nearest] = candidates.sort((a, b) => Math.abs((steps[a] ?? 0) - step) - Math.abs((steps[b] ?? 0) - step));
    if (nearest !== undefined) {
      return { step: steps[nearest] ?? 0, value: values[nearest] ?? Number.NaN };
    }
  }
  return undefined;
}
