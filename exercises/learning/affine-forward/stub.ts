/**
 * The affine layer, forwards.
 *
 * Useful here: `import { add, matmul, transpose } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/**
 * Every example of a batch through one affine layer: `y = x Wᵀ + b`.
 *
 * x `(N, in)`, W `(out, in)`, b `(out,)` → `(N, out)`
 */
export function affineForward(x: Tensor, W: Tensor, b: Tensor): Tensor {
  // TODO: one matrix product, and a bias for every row.
  throw new Error('TODO: write affineForward');
}
