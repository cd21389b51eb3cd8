/** Residual connections, and what they do for a gradient. */
import { add, backward, grad, parameter } from 'tensor';
import type { Tensor } from 'tensor';

/** From a tensor to a tensor, in operations that the tape follows. */
export type Layer = (x: Tensor) => Tensor;

/** `x + f(x)`. Throws, naming both shapes, where `f(x)` has another shape than x. Differentiable. */
export function residual(f: Layer, x: Tensor): Tensor {
  const change = f(x);
  if (change.shape.join() !== x.shape.join()) {
    // (4, 1) would be broadcast over (4, 3) without a word.
    const [from, to] = [x, change].map(({ shape }) => `(${shape.join(', ')})`);
    throw new Error(`residual: f made ${to} of ${from}; to be added, it has to keep the shape`);
  }
  return add(x, change);
}

/** One function that applies all layers in order; with `skip`, each of them with a residual connection. */
export function stack(layers: readonly Layer[], { skip }: { readonly skip: boolean }): Layer {
  return (x) => layers.reduce((h, layer) => (skip ? residual(layer, h) : layer(h)), x);
}

/**
 * How much longer or shorter a gradient becomes on its way back through f at x: `‖dx‖ / ‖dy‖`.
 *
 * x: any shape; dy: of the shape of f(x), the upstream gradient, not all zeros → a number, 0 or more
 */
export function gradientGain(f: Layer, x: Tensor, dy: Tensor): number {
  const input = parameter(x);
  backward(f(input), dy);
  // Not by the library's square and sum: the square of 1e-25 is 0 in float32.
  return Math.hypot(...grad(input).data) / Math.hypot(...dy.data);
}
