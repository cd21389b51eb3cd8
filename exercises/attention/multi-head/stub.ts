/**
 * Attention in several heads, as a module with parameters of its own.
 *
 * Useful here: `import { linear, parameter } from 'tensor'` and `import { mergeHeads, splitHeads } from 'attention/heads'`.
 */
import { attend } from 'attention/attend';
import type { Tensor } from 'tensor';

/** What the module is made of: d channels in each token, h heads with c channels each. */
export interface AttentionParameters {
  /** To the queries of all heads, `(h·c, d)`: the first c rows belong to head 0, the next c to head 1. No bias. */
  readonly Wq: Tensor;
  /** To the keys of all heads, `(h·c, d)`. No bias. */
  readonly Wk: Tensor;
  /** To the values of all heads, `(h·c, d)`. No bias. */
  readonly Wv: Tensor;
  /** From the summaries of all heads to the output, `(d, h·c)`. */
  readonly Wo: Tensor;
  /** The bias of the output, `(d,)`. */
  readonly bo: Tensor;
}

/** How each head looks: queries `(…, h, n, c)`, keys and values alike → summaries `(…, h, n, c)`. */
export type Look = (Q: Tensor, K: Tensor, V: Tensor) => Tensor;

/** Multi-head attention (Vaswani et al. 2017, §3.2.2). */
export class MultiHeadAttention implements AttentionParameters {
  readonly heads: number;
  readonly Wq: Tensor;
  readonly Wk: Tensor;
  readonly Wv: Tensor;
  readonly Wo: Tensor;
  readonly bo: Tensor;

  /**
   * Makes each of the tensors a `parameter` of the module, in the field of the same name. Throws, naming both numbers,
   * where h·c, the rows of Wq, cannot be dealt out evenly to the heads.
   */
  constructor(parameters: AttentionParameters, options: { readonly heads: number }) {
    // TODO: keep the number of heads, and a parameter for each of the five tensors.
    throw new Error('TODO: write MultiHeadAttention');
  }

  /** What each head found, side by side, before the output projection. x `(…, n, d)` → `(…, n, h·c)` */
  summaries(x: Tensor, look: Look = attend): Tensor {
    // TODO: project, split, look, merge.
    throw new Error('TODO: write MultiHeadAttention.summaries');
  }

  /** The summaries, projected. x `(…, n, d)` → `(…, n, d)` */
  forward(x: Tensor, look: Look = attend): Tensor {
    // TODO: an affine layer on the summaries.
    throw new Error('TODO: write MultiHeadAttention.forward');
  }
}
