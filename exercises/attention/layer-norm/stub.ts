/**
 * Layer normalisation, forwards and backwards.
 *
 * Useful here: `import { mean, multiply, reciprocal, reshape, sqrt, square, subtract, sum } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/** What is learned: one number of each for every channel. */
export interface NormParameters {
  /** The scale, `(n,)`. */
  readonly gamma: Tensor;
  /** The shift, `(n,)`. */
  readonly beta: Tensor;
}

/** How the loss changes with the input and the parameters; each has the shape of what it belongs to. */
export interface NormGradients {
  /** `(…, n)` */
  readonly dx: Tensor;
  /** `(n,)` */
  readonly dgamma: Tensor;
  /** `(n,)` */
  readonly dbeta: Tensor;
}

/**
 * `γ ⊙ (x − μ) / √(σ² + 10⁻⁵) + β`, with the mean μ and the variance σ² (divided by n) of each row. Differentiable. Throws,
 * naming its shape, where γ or β is not `(n,)`.
 *
 * x `(…, n)` → `(…, n)`
 */
export function layerNorm(x: Tensor, parameters: NormParameters): Tensor {
  // TODO: mean, variance, centre and divide, scale and shift.
  throw new Error('TODO: write layerNorm');
}

/** The way back. dy `(…, n)`, the upstream gradient; x `(…, n)`; gamma `(n,)` → dx, dgamma, dbeta */
export function layerNormBackward(dy: Tensor, inputs: { readonly x: Tensor; readonly gamma: Tensor }): NormGradients {
  // TODO: what x̂ receives; then dx from two means, and two sums over all tokens.
  throw new Error('TODO: write layerNormBackward');
}
