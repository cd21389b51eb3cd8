/** Attention in several heads, as a module with parameters of its own. */
import { attend } from 'attention/attend';
import { mergeHeads, splitHeads } from 'attention/heads';
import { linear, parameter } from 'tensor';
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
  constructor(parameters: AttentionParameters, { heads }: { readonly heads: number }) {
    const channels = parameters.Wq.shape[0]!;
    if (channels % heads !== 0) {
      // Said here, where the numbers were chosen, and not at the first sentence.
      throw new Error(`MultiHeadAttention: ${channels} channels cannot be dealt out evenly to ${heads} heads`);
    }
    this.heads = heads;
    this.Wq = parameter(parameters.Wq);
    this.Wk = parameter(parameters.Wk);
    this.Wv = parameter(parameters.Wv);
    this.Wo = parameter(parameters.Wo);
    this.bo = parameter(parameters.bo);
  }

  /** What each head found, side by side, before the output projection. x `(…, n, d)` → `(…, n, h·c)` */
  summaries(x: Tensor, look: Look = attend): Tensor {
    // One product serves all heads: they differ in their rows of W only, and splitting tells them apart.
    const queries = splitHeads(linear(x, this.Wq), this.heads);
    const keys = splitHeads(linear(x, this.Wk), this.heads);
    const values = splitHeads(linear(x, this.Wv), this.heads);
    // To `look`, heads are a leading axis like a batch, and the channels that it sees are those of one head.
    return mergeHeads(look(queries, keys, values));
  }

  /** The summaries, projected. x `(…, n, d)` → `(…, n, d)` */
  forward(x: Tensor, look: Look = attend): Tensor {
    return linear(this.summaries(x, look), this.Wo, this.bo);
  }
}
