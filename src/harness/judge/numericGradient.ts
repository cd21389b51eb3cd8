/**
 * Central differences, the oracle of every gradient: `∂f/∂xᵢ ≈ (f(x + h eᵢ) − f(x − h eᵢ)) / 2h` in float64, where the
 * error of the formula, `O(h²)`, and that of rounding, `O(ε/h)`, are both far below the tolerance.
 */
import { fromData } from '../../tensor';
import type { Tensor } from '../../tensor';

export type ScalarFunction = (x: Tensor) => number | Promise<number>;

/** The step of COURSE.md's conventions. */
export const gradientStep = 1e-5;

/** `|a − b| ≤ 1e-6 + 1e-5 · max(|a|, |b|)`. */
export const gradientTolerance = { absolute: 1e-6, relative: 1e-5 } as const;

/** Whether two derivatives agree; symmetric, for neither of them is the exact one. */
export function gradientsAgree(a: number, b: number): boolean {
  const { absolute, relative } = gradientTolerance;
  return Math.abs(a - b) <= absolute + relative * Math.max(Math.abs(a), Math.abs(b));
}

/** The gradient of `of` at `at`, float64, of `at`'s shape. Calls `of` twice for each entry. */
export async function numericGradient(of: ScalarFunction, at: Tensor): Promise<Tensor> {
  const centre = Float64Array.from(at.data);
  const gradient = new Float64Array(centre.length);
  const valueAt = async (position: number, step: number): Promise<{ readonly x: number; readonly value: number }> => {
    const moved = centre.slice();
    moved[position] = (centre[position] ?? 0) + step;
    return { x: moved[position], value: await of(fromData(moved, at.shape)) };
  };
  for (let position = 0; position < centre.length; position++) {
    const right = await valueAt(position, gradientStep);
    const left = await valueAt(position, -gradientStep);
    // Divided by the step that float64 really took.
    gradient[position] = (right.value - left.value) / (right.x - left.x);
  }
  return fromData(gradient, at.shape);
}
