/**
 * Gradients by trying: the fallback for whoever doubts a formula.
 *
 * Useful here: `import { fromData } from 'tensor'`, and `Float64Array.from(x.data)` for a copy of the entries in float64.
 */
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
  // TODO: for each entry, move it up and down by h, and see how much f changes.
  throw new Error('TODO: write numericGradient');
}
