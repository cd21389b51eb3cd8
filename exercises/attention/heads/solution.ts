/** Channels dealt out to heads, and gathered again. */
import { permute, reshape } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * Deals the channels out to `heads` heads, each taking a run of neighbours. Differentiable. Throws, naming both numbers,
 * where they cannot be dealt out evenly.
 *
 * x `(…, n, heads · c)` → `(…, heads, n, c)`
 */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const channels = x.shape.at(-1)!;
  if (channels % heads !== 0) {
    throw new Error(`splitHeads: ${channels} channels cannot be dealt out evenly to ${heads} heads`);
  }
  // (…, n, heads, c): in memory the channels of one head are neighbours already, so this cuts and moves nothing.
  const cut = reshape(x, [...x.shape.slice(0, -1), heads, channels / heads]);
  return permute(cut, exchanged(cut.rank));
}

/**
 * The heads side by side again, the first one's channels first: undoes `splitHeads`. Differentiable.
 *
 * x `(…, heads, n, c)` → `(…, n, heads · c)`
 */
export function mergeHeads(x: Tensor): Tensor {
  const turned = permute(x, exchanged(x.rank));
  const [n, heads, c] = turned.shape.slice(-3) as [number, number, number];
  return reshape(turned, [...turned.shape.slice(0, -3), n, heads * c]);
}

/** The order in which the two axes before the last change places; doing it twice undoes it. */
function exchanged(rank: number): number[] {
  const leading = Array.from({ length: rank - 3 }, (_, axis) => axis);
  return [...leading, rank - 2, rank - 3, rank - 1];
}
