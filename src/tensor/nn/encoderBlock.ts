/**
 * One block of a transformer's encoder. (Vaswani et al., "Attention Is All You Need", 2017, section 3.1; GELU as in
 * BERT, 2018.)
 */
import { add } from '../arithmetic';
import { gelu } from '../functions';
import type { Tensor } from '../tensor';
import { MultiHeadAttention, type AttentionMask } from './attention';
import { LayerNorm } from './layerNorm';
import { Linear, type LayerOptions } from './linear';

/**
 * `h = norm₁(x + attention(x))`, `y = norm₂(h + W₂ gelu(W₁ h + b₁) + b₂)`: Add & Norm after each half (post-norm). `x`
 * and `y` are `(…, sequence, channels)`; the hidden layer has `hidden` channels, four times as many unless said
 * otherwise.
 */
export class EncoderBlock {
  readonly attention: MultiHeadAttention;
  readonly attentionNorm: LayerNorm;
  readonly expand: Linear;
  readonly contract: Linear;
  readonly feedForwardNorm: LayerNorm;

  constructor(
    channels: number,
    options: LayerOptions & { readonly heads: number; readonly hidden?: number; readonly gated?: boolean },
  ) {
    const { hidden = 4 * channels, heads, gated = false, ...rest } = options;
    this.attention = new MultiHeadAttention(channels, { ...rest, heads, gated });
    this.attentionNorm = new LayerNorm(channels, { dtype: rest.dtype });
    this.expand = new Linear(channels, hidden, rest);
    this.contract = new Linear(hidden, channels, rest);
    this.feedForwardNorm = new LayerNorm(channels, { dtype: rest.dtype });
  }

  forward(x: Tensor, allowed: AttentionMask = {}): Tensor {
    const attended = this.attentionNorm.forward(add(x, this.attention.forward(x, allowed)));
    const fed = this.contract.forward(gelu(this.expand.forward(attended)));
    return this.feedForwardNorm.forward(add(attended, fed));
  }
}
