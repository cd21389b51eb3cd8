/**
 * Self-attention: every token asks a question of its own.
 *
 * Useful here: `import { linear } from 'tensor'` and `import { attend } from 'attention/attend'`.
 */
import type { Tensor } from 'tensor';

/** The weights of the three projections; none has a bias. */
export interface Projections {
  /** To queries, `(c, d)`. */
  readonly Wq: Tensor;
  /** To keys, `(c, d)`. */
  readonly Wk: Tensor;
  /** To values, `(v, d)`. */
  readonly Wv: Tensor;
}

/**
 * Every token asks, answers and is asked: queries, keys and values are all computed from the same tokens. Differentiable.
 *
 * x `(…, n, d)`; Wq and Wk `(c, d)`; Wv `(v, d)` → `(…, n, v)`
 */
export function selfAttention(x: Tensor, { Wq, Wk, Wv }: Projections): Tensor {
  // TODO: three projections, then attend.
  throw new Error('TODO: write selfAttention');
}
