/** Gradients by trying: the fallback for whoever doubts a formula. */
import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * The gradient of `f` at `x` by central differences, without any calculus: `(f(x + h e) − f(x − h e)) / 2h` for each entry,
 * where `e` is 1 at that entry and 0 elsewhere.
 *
 * f: from a float64 tensor of the shape of `x` to a number; x of any shape and dtype; h: the step, above 0 → the gradient,
 * float64, of the shape of `x`
 *
 * @throws Error that names h where it is not above 0
 */
export function numericGradient(f: (x: Tensor) => number, x: Tensor, h: number): Tensor {
  if (!(h > 0)) throw new RangeError(`numericGradient: the step h is ${h}, but must be above 0`);
  // float64, whatever x is: in float32 a step of 1e-5 would drown in the rounding of x + h.
  const centre = Float64Array.from(x.data);
  const valueAt = (place: number, step: number): number => {
    // A copy for each point. One that is shared would have to be put back to the last digit.
    const moved = centre.slice();
    moved[place]! += step;
    return f(fromData(moved, x.shape));
  };
  const gradient = centre.map((_, place) => (valueAt(place, h) - valueAt(place, -h)) / (2 * h));
  return fromData(gradient, x.shape);
}
