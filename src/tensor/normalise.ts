/** Layer normalisation: each row gets mean 0 and variance 1, then a scale and a shift that are learned. */
import { backendFor } from './backends/use';
import { inWords, sameShape, ShapeError } from './shape';
import { isFollowed, onceFor, remember } from './tape';
import { checkedTensor, type Tensor } from './tensor';

export interface LayerNormOptions {
  /** The scale, `(n,)` for rows of n entries. */
  readonly gamma: Tensor;
  /** The shift, `(n,)`. */
  readonly beta: Tensor;
  /** Added to the variance, so that a constant row stays finite; 1e-5 where it is left out. */
  readonly epsilon?: number;
}

/**
 * Along the last axis: `y = γ ⊙ (x − μ) / √(σ² + ε) + β`, with the mean μ and the biased variance σ² of each row; `x`
 * `(…, n)`, γ and β `(n,)`. (Ba, Kiros and Hinton, "Layer Normalization", 2016.)
 */
export function layerNorm(x: Tensor, { gamma, beta, epsilon = 1e-5 }: LayerNormOptions): Tensor {
  checkedTensor('layerNorm', x);
  const row = x.shape.slice(-1);
  if (x.rank === 0 || !sameShape(gamma.shape, row) || !sameShape(beta.shape, row)) {
    throw new ShapeError(
      `layerNorm: x ${inWords(x.shape)}, gamma ${inWords(gamma.shape)}, beta ${inWords(beta.shape)}: ` +
        'gamma and beta need one entry for each along the last axis of x',
    );
  }
  const { y, mean, rstd } = backendFor('layerNorm', x, gamma, beta).layerNorm(x, { gamma, beta, epsilon });
  if (!isFollowed(x, gamma, beta)) return y;
  // With x̂ = (x − μ) r and r = 1/√(σ² + ε), for rows of n entries and g = dy ⊙ γ:
  // dx = r (g − 1/n Σ g − x̂ · 1/n Σ g x̂), since μ and σ depend on every entry; dγ = Σ over rows dy x̂, dβ = Σ over
  // rows dy.
  const all = onceFor((dy) =>
    backendFor('layerNormBackward', dy, x, gamma).layerNormBackward(dy, { x, gamma, mean, rstd }),
  );
  return remember('layerNorm', y, {
    inputs: [x, gamma, beta],
    gradients: [(dy) => all(dy).dx, (dy) => all(dy).dgamma, (dy) => all(dy).dbeta],
  });
}
