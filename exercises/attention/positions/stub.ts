/**
 * Where a token stands.
 *
 * Useful here: `import { abs, add, arange, fromData, max, subtract, take } from 'tensor'`.
 */
import type { Tensor } from 'tensor';

/**
 * How far `f` is from being permutation-equivariant at `x`: the largest `|f(P x) − P f(x)|`, where row i of `P x` is row
 * `order[i]` of x. Zero where there are no entries. Throws, naming n, where `order` does not hold each of 0 to n − 1 once.
 *
 * f: `(…, n, d)` → `(…, n, v)`; x `(…, n, d)`; order: n whole numbers
 */
export function permutationGap(f: (x: Tensor) => Tensor, x: Tensor, order: readonly number[]): number {
  // TODO: reorder before, reorder behind, and compare.
  throw new Error('TODO: write permutationGap');
}

/**
 * The sinusoidal encoding of positions (Vaswani et al. 2017, §3.5), in the dtype of p: channel 2i is
 * `sin(p / 10000^(2i/d))`, channel 2i + 1 the cosine of the same angle. Throws, naming d, where it is odd.
 *
 * p `(…)`, positions from 0 → `(…, d)`
 */
export function sinusoidal(p: Tensor, d: number): Tensor {
  // TODO: d numbers for every position.
  throw new Error('TODO: write sinusoidal');
}

/** Adds to every token the encoding of its place in its own sentence. x `(…, n, d)` → `(…, n, d)`. Differentiable. */
export function withPositions(x: Tensor): Tensor {
  // TODO: positions 0 to n − 1, encoded and added.
  throw new Error('TODO: write withPositions');
}
