/**
 * Attention in several heads. (Vaswani et al., "Attention Is All You Need", 2017, section 3.2; the gate as in Jumper et
 * al., "Highly accurate protein structure prediction with AlphaFold", 2021, supplement, algorithm 7.)
 */
import { add, equal, multiply } from '../arithmetic';
import { sigmoid } from '../functions';
import { matmul } from '../linear';
import { maskedFill } from '../select';
import { inWords, ShapeError } from '../shape';
import { softmax } from '../softmax';
import type { Tensor } from '../tensor';
import { permute, reshape, transpose } from '../views';
import { Linear, type LayerOptions } from './linear';

export interface AttentionMask {
  /** 1 where attending is allowed, 0 where not; broadcasts to `(…, heads, queries, keys)`. */
  readonly mask?: Tensor | undefined;
  /** Added to the scores; broadcasts to `(…, heads, queries, keys)`. */
  readonly bias?: Tensor | undefined;
}

/**
 * `softmax(Q Kᵀ/√c + bias) V` for each head, c channels per head; the heads side by side again, gated if wished, then
 * projected. Projections to queries, keys and values have no bias, gate and output projections have one. A query that
 * may attend to nothing gets zeros from every head, and passes no gradient through its weights.
 */
export class MultiHeadAttention {
  readonly heads: number;
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly gate: Linear | undefined;
  readonly output: Linear;

  /** Throws where `channels` is no multiple of `heads`. */
  constructor(channels: number, options: LayerOptions & { readonly heads: number; readonly gated?: boolean }) {
    const { heads, gated = false, ...rest } = options;
    if (channels % heads !== 0) {
      throw new ShapeError(`MultiHeadAttention: ${channels} channels cannot be dealt out evenly to ${heads} heads`);
    }
    this.heads = heads;
    this.query = new Linear(channels, channels, { ...rest, bias: false });
    this.key = new Linear(channels, channels, { ...rest, bias: false });
    this.value = new Linear(channels, channels, { ...rest, bias: false });
    this.gate = gated ? new Linear(channels, channels, rest) : undefined;
    this.output = new Linear(channels, channels, rest);
  }

  /**
   * Queries from `x` `(…, queries, channels)`, keys and values from `context` `(…, keys, channels)`, which is `x`
   * itself if left out.
   */
  forward(x: Tensor, options: AttentionMask & { readonly context?: Tensor | undefined } = {}): Tensor {
    const { context = x, ...allowed } = options;
    const weights = this.weights(x, { ...allowed, context });
    const summaries = this.#merge(matmul(weights, this.#split(this.value.forward(context))));
    const gated = this.gate ? multiply(sigmoid(this.gate.forward(x)), summaries) : summaries;
    return this.output.forward(gated);
  }

  /** How much each query attends to each key: `(…, heads, queries, keys)`, rows that sum to 1. */
  weights(x: Tensor, options: AttentionMask & { readonly context?: Tensor | undefined } = {}): Tensor {
    const { context = x, mask, bias } = options;
    if (x.rank < 2) throw new ShapeError(`MultiHeadAttention: x is (…, sequence, channels), not ${inWords(x.shape)}`);
    const queries = this.#split(this.query.forward(x));
    const keys = this.#split(this.key.forward(context));
    // Scaling the queries costs less than scaling the scores, which are more.
    const scaled = multiply(queries, 1 / Math.sqrt(queries.shape.at(-1) ?? 1));
    const scores = matmul(scaled, transpose(keys));
    const biased = bias ? add(scores, bias) : scores;
    return softmax(mask ? maskedFill(biased, equal(mask, 0), -Infinity) : biased);
  }

  /** `(…, sequence, channels)` becomes `(…, heads, sequence, channels per head)`. */
  #split(x: Tensor): Tensor {
    const [sequence = 0, channels = 0] = x.shape.slice(-2);
    const apart = reshape(x, [...x.shape.slice(0, -2), sequence, this.heads, channels / this.heads]);
    return permute(apart, swappedBeforeLast(apart.rank));
  }

  #merge(x: Tensor): Tensor {
    const together = permute(x, swappedBeforeLast(x.rank));
    const [sequence = 0, heads = 0, channels = 0] = together.shape.slice(-3);
    return reshape(together, [...together.shape.slice(0, -3), sequence, heads * channels]);
  }
}

/** An order of axes in which the two before the last change places. */
function swappedBeforeLast(rank: number): number[] {
  return [...Array.from({ length: rank - 3 }, (_, axis) => axis), rank - 2, rank - 3, rank - 1];
}
