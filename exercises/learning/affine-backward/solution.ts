/** The affine layer, backwards. */
import { matmul, sum, transpose } from 'tensor';
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
  return {
    // dx[m, j] = Σₖ dy[m, k] W[k, j]: an example moves its own outputs only, so the batch axis stays.
    dx: matmul(dy, W),
    // dW[k, i] = Σₙ dy[n, k] x[n, i]: one outer product for each example, summed over the batch.
    dW: matmul(transpose(dy), x),
    // db[k] = Σₙ dy[n, k]: the bias was repeated over the batch, so what comes back is summed over it. No mean: the
    // loss is one already, and its 1/N is inside dy.
    db: sum(dy, { axis: 0 }),
  };
}
