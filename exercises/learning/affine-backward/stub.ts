/**
 * The affine layer, backwards.
 *
 * Useful here: `import { matmul, sum, transpose } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/** What the layer was given on the way forwards. */
export interface AffineInputs {
  /** The examples, `(N, in)`. */
  readonly x: Tensor;
  /** The weights, `(out, in)`. */
  readonly W: Tensor;
}

/** How the loss changes with each input of the layer; every gradient has the shape of what it belongs to. */
export interface AffineGradients {
  /** `(N, in)` */
  readonly dx: Tensor;
  /** `(out, in)` */
  readonly dW: Tensor;
  /** `(out,)` */
  readonly db: Tensor;
}

/**
 * The gradients of the loss with respect to the inputs of `y = x Wᵀ + b`.
 *
 * dy `(N, out)`, the upstream gradient ∂L/∂y; x `(N, in)`; W `(out, in)` → dx `(N, in)`, dW `(out, in)`, db `(out,)`
 */
export function affineBackward(dy: Tensor, { x, W }: AffineInputs): AffineGradients {
  // TODO: a sum and two matrix products.
  throw new Error('TODO: write affineBackward');
}
