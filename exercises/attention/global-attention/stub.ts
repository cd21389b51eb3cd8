/**
 * One question on behalf of all tokens.
 *
 * Useful here: `import { divide, expandDims, linear, maximum, multiply, sum } from 'tensor'` and
 * `import { maskedWeights } from 'attention/masks-and-bias'`.
 */
import type { Projections } from 'attention/dynamic-queries';
import type { Tensor } from 'tensor';

/**
 * The mean of all tokens' queries. Differentiable. Where no token is real, zeros.
 *
 * x `(…, n, d)`; Wq `(c, d)`; mask `(…, n)`, 1 for each real token, all of them where it is left out → `(…, c)`
 */
export function meanQuery(x: Tensor, Wq: Tensor, mask?: Tensor): Tensor {
  // TODO: the mean over the real tokens, projected.
  throw new Error('TODO: write meanQuery');
}

/**
 * What one query, the mean of all, learns from the tokens. Its cost grows with n, and not with n². Differentiable. Where
 * no token is real, zeros.
 *
 * x `(…, n, d)`; Wq and Wk `(c, d)`; Wv `(v, d)`; mask `(…, n)`, 1 for each real token → `(…, v)`
 */
export function globalAttention(x: Tensor, { Wq, Wk, Wv }: Projections, mask?: Tensor): Tensor {
  // TODO: one query, all keys and values.
  throw new Error('TODO: write globalAttention');
}
