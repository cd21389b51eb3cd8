/**
 * One block of a transformer's encoder.
 *
 * Useful here: `import { erf, linear, parameter } from 'tensor'`, `import { layerNorm } from 'attention/layer-norm'` and
 * `import { residual } from 'attention/residual'`.
 */
import type { Look, MultiHeadAttention } from 'attention/multi-head';
import type { Tensor } from 'tensor';

/** The weights of two layers, with m hidden channels between them. */
export interface FeedForwardParameters {
  /** `(m, d)` */
  readonly W1: Tensor;
  /** `(m,)` */
  readonly b1: Tensor;
  /** `(d, m)` */
  readonly W2: Tensor;
  /** `(d,)` */
  readonly b2: Tensor;
}

/** What a block owns besides its attention. */
export interface BlockParameters extends FeedForwardParameters {
  /** Scale and shift of the norm behind attention, `(d,)` each. */
  readonly gamma1: Tensor;
  readonly beta1: Tensor;
  /** Scale and shift of the norm behind the feed-forward network, `(d,)` each. */
  readonly gamma2: Tensor;
  readonly beta2: Tensor;
}

/** `x · ½ (1 + erf(x / √2))`, entry by entry. x `(…)` → `(…)`. Differentiable. */
export function gelu(x: Tensor): Tensor {
  // TODO: the share that passes, times x.
  throw new Error('TODO: write gelu');
}

/** Two layers with a GELU between them, on each token alone. x `(…, d)` → `(…, d)`. Differentiable. */
export function feedForward(x: Tensor, parameters: FeedForwardParameters): Tensor {
  // TODO: wide, gelu, and back.
  throw new Error('TODO: write feedForward');
}

/** Attention and a feed-forward network, each with Add & Norm behind it (Vaswani et al. 2017, §3.1). */
export class EncoderBlock implements BlockParameters {
  readonly attention: MultiHeadAttention;
  readonly W1: Tensor;
  readonly b1: Tensor;
  readonly W2: Tensor;
  readonly b2: Tensor;
  readonly gamma1: Tensor;
  readonly beta1: Tensor;
  readonly gamma2: Tensor;
  readonly beta2: Tensor;

  /** Keeps the attention module as it is, and makes each tensor a `parameter`, in the field of the same name. */
  constructor(attention: MultiHeadAttention, parameters: BlockParameters) {
    // TODO: keep the module, and a parameter for each of the eight tensors.
    throw new Error('TODO: write EncoderBlock');
  }

  /** x `(…, n, d)` → `(…, n, d)`. `look`, where it is given, is how each head looks. */
  forward(x: Tensor, look?: Look): Tensor {
    // TODO: look, add and norm; think, add and norm.
    throw new Error('TODO: write EncoderBlock.forward');
  }
}
