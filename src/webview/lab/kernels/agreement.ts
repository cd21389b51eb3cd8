/** How far two backends' answers are apart. */

export interface Agreement {
  /** Infinite where only one of them is a number. */
  readonly maxDifference: number;
  /** Within what float32 and another order of summing explain. */
  readonly agrees: boolean;
}

/** Compares with a reference: `1e-5 + 1e-4 · (the reference's largest magnitude)` is what may be between them. */
export function agreement(values: Float32Array, reference: Float32Array): Agreement {
  if (values.length !== reference.length) {
    return { maxDifference: Number.POSITIVE_INFINITY, agrees: false };
  }
  let maxDifference = 0;
  let magnitude = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const a = values[index] ?? Number.NaN;
    const b = reference[index] ?? Number.NaN;
    // Also where both are the same infinity, or both are no number.
    if (!Object.is(a, b)) {
      const difference = Math.abs(a - b);
      maxDifference = Math.max(maxDifference, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
    }
    magnitude = Number.isFinite(b) ? Math.max(magnitude, Math.abs(b)) : magnitude;
  }
  return { maxDifference, agrees: maxDifference <= 1e-5 + 1e-4 * magnitude };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}
