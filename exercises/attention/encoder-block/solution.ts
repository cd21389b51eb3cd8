/** One block of a transformer's encoder. */
import { layerNorm } from 'attention/layer-norm';
import type { Look, MultiHeadAttention } from 'attention/multi-head';
import { residual } from 'attention/residual';
import { add, erf, linear, multiply, parameter } from 'tensor';
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
  // How likely a normal number is smaller than x: the share of x that passes.
  const passes = multiply(add(erf(multiply(x, Math.SQRT1_2)), 1), 0.5);
  return multiply(x, passes);
}

/** Two layers with a GELU between them, on each token alone. x `(…, d)` → `(…, d)`. Differentiable. */
export function feedForward(x: Tensor, { W1, b1, W2, b2 }: FeedForwardParameters): Tensor {
  return linear(gelu(linear(x, W1, b1)), W2, b2);
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
    this.attention = attention;
    this.W1 = parameter(parameters.W1);
    this.b1 = parameter(parameters.b1);
    this.W2 = parameter(parameters.W2);
    this.b2 = parameter(parameters.b2);
    this.gamma1 = parameter(parameters.gamma1);
    this.beta1 = parameter(parameters.beta1);
    this.gamma2 = parameter(parameters.gamma2);
    this.beta2 = parameter(parameters.beta2);
  }

  /** x `(…, n, d)` → `(…, n, d)`. `look`, where it is given, is how each head looks. */
  forward(x: Tensor, look?: Look): Tensor {
    const attended = residual((tokens) => this.attention.forward(tokens, look), x);
    const h = layerNorm(attended, { gamma: this.gamma1, beta: this.beta1 });
    // From here on h is what came in; x has done its part.
    const thought = residual((tokens) => feedForward(tokens, this), h);
    return layerNorm(thought, { gamma: this.gamma2, beta: this.beta2 });
  }
}
