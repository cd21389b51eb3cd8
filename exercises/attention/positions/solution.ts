/** Where a token stands. */
import { abs, add, arange, fromData, max, subtract, take } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * How far `f` is from being permutation-equivariant at `x`: the largest `|f(P x) − P f(x)|`, where row i of `P x` is row
 * `order[i]` of x. Zero where there are no entries. Throws, naming n, where `order` does not hold each of 0 to n − 1 once.
 *
 * f: `(…, n, d)` → `(…, n, v)`; x `(…, n, d)`; order: n whole numbers
 */
export function permutationGap(f: (x: Tensor) => Tensor, x: Tensor, order: readonly number[]): number {
  const n = x.shape.at(-2)!;
  const rows = [...order].sort((a, b) => a - b);
  if (rows.length !== n || rows.some((row, place) => row !== place)) {
    throw new Error(`permutationGap: the order [${order.join(', ')}] does not hold each of the ${n} rows once`);
  }
  // Reordered before f, and behind it; rows are the last axis but one, whatever stands in front.
  const before = f(take(x, order, -2));
  const behind = take(f(x), order, -2);
  return before.size === 0 ? 0 : max(abs(subtract(before, behind))).at();
}

/**
 * The sinusoidal encoding of positions (Vaswani et al. 2017, §3.5), in the dtype of p: channel 2i is
 * `sin(p / 10000^(2i/d))`, channel 2i + 1 the cosine of the same angle. Throws, naming d, where it is odd.
 *
 * p `(…)`, positions from 0 → `(…, d)`
 */
export function sinusoidal(p: Tensor, d: number): Tensor {
  if (d % 2 !== 0) throw new Error(`sinusoidal: ${d} channels do not make pairs of a sine and a cosine`);
  // Plain numbers: nothing here is learned, and in float32 the angle of a far position would be rounded first.
  const numbers = Array.from(p.data).flatMap((position) =>
    Array.from({ length: d }, (_, channel) => {
      const odd = channel % 2;
      const angle = position / 10000 ** ((channel - odd) / d);
      return odd === 0 ? Math.sin(angle) : Math.cos(angle);
    }),
  );
  const shape = [...p.shape, d];
  return fromData(p.dtype === 'float64' ? Float64Array.from(numbers) : Float32Array.from(numbers), shape);
}

/** Adds to every token the encoding of its place in its own sentence. x `(…, n, d)` → `(…, n, d)`. Differentiable. */
export function withPositions(x: Tensor): Tensor {
  const [n, d] = [x.shape.at(-2)!, x.shape.at(-1)!];
  // (n, d) lines up with the last two axes, so every sentence of a batch starts at 0.
  return add(x, sinusoidal(arange(0, n, { dtype: x.dtype }), d));
}
