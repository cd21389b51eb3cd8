/** Self-attention: every token asks a question of its own. */
import { attend } from 'attention/attend';
import { linear } from 'tensor';
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
  // Three views of the same tokens, each through weights of its own: what it asks, what it is, what it tells.
  return attend(linear(x, Wq), linear(x, Wk), linear(x, Wv));
}
