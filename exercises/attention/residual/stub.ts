/**
 * Residual connections, and what they do for a gradient.
 *
 * Useful here: `import { add, backward, grad, parameter } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/** From a tensor to a tensor, in operations that the tape follows. */
export type Layer = (x: Tensor) => Tensor;

/** `x + f(x)`. Throws, naming both shapes, where `f(x)` has another shape than x. Differentiable. */
export function residual(f: Layer, x: Tensor): Tensor {
  // TODO: compute, compare the shapes, add.
  throw new Error('TODO: write residual');
}

/** One function that applies all layers in order; with `skip`, each of them with a residual connection. */
export function stack(layers: readonly Layer[], options: { readonly skip: boolean }): Layer {
  // TODO: answer with a function.
  throw new Error('TODO: write stack');
}

/**
 * How much longer or shorter a gradient becomes on its way back through f at x: `‖dx‖ / ‖dy‖`.
 *
 * x: any shape; dy: of the shape of f(x), the upstream gradient, not all zeros → a number, 0 or more
 */
export function gradientGain(f: Layer, x: Tensor, dy: Tensor): number {
  // TODO: let the tape walk back from dy, and compare two lengths.
  throw new Error('TODO: write gradientGain');
}
