/**
 * Channels dealt out to heads, and gathered again.
 *
 * Useful here: `import { permute, reshape } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/**
 * Deals the channels out to `heads` heads, each taking a run of neighbours. Differentiable. Throws, naming both numbers,
 * where they cannot be dealt out evenly.
 *
 * x `(…, n, heads · c)` → `(…, heads, n, c)`
 */
export function splitHeads(x: Tensor, heads: number): Tensor {
  // TODO: cut the last axis in two, then exchange two axes.
  throw new Error('TODO: write splitHeads');
}

/**
 * The heads side by side again, the first one's channels first: undoes `splitHeads`. Differentiable.
 *
 * x `(…, heads, n, c)` → `(…, n, heads · c)`
 */
export function mergeHeads(x: Tensor): Tensor {
  // TODO: exchange the axes back, then join the last two.
  throw new Error('TODO: write mergeHeads');
}
