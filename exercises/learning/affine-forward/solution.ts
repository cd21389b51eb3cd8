/** The affine layer, forwards. */
import { add, matmul, transpose } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * Every example of a batch through one affine layer: `y = x Wᵀ + b`.
 *
 * x `(N, in)`, W `(out, in)`, b `(out,)` → `(N, out)`
 */
export function affineForward(x: Tensor, W: Tensor, b: Tensor): Tensor {
  // Each row of W is one question, so W is turned for `in` to meet `in`. b has no batch axis: broadcasting adds it to
  // every row.
  return add(matmul(x, transpose(W)), b);
}
