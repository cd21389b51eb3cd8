/**
 * One question, asked of every token.
 *
 * Useful here: `import { divide, matmul } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/**
 * How well each token's key agrees with the query: their dot product, divided by the root of the number of channels.
 * Differentiable in both. Throws, naming both sizes, where query and keys differ in channels.
 *
 * q `(c,)`, K `(…, n, c)` → `(…, n)`
 */
export function scores(q: Tensor, K: Tensor): Tensor {
  // TODO: a product and a division.
  throw new Error('TODO: write scores');
}
