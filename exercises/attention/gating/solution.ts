/** Multi-head attention with a gate on every channel. */
import { MultiHeadAttention } from 'attention/multi-head';
import type { AttentionParameters, Look } from 'attention/multi-head';
import { linear, multiply, parameter, sigmoid } from 'tensor';
import type { Tensor } from 'tensor';

/** What the gate adds: one gate for each of the h·c channels of the heads. */
export interface GateParameters {
  /** `(h·c, d)` */
  readonly Wg: Tensor;
  /** `(h·c,)` */
  readonly bg: Tensor;
}

/** Multi-head attention whose summaries are gated (Jumper et al. 2021, supplement, algorithm 7). */
export class GatedAttention extends MultiHeadAttention implements GateParameters {
  readonly Wg: Tensor;
  readonly bg: Tensor;

  /**
   * Makes `Wg` and `bg` parameters of the module too, in fields of the same names. Throws, naming both numbers, where
   * `Wg` has other rows than `Wq`, that is, not one for each channel.
   */
  constructor(parameters: AttentionParameters & GateParameters, options: { readonly heads: number }) {
    super(parameters, options);
    const [gates, channels] = [parameters.Wg.shape[0]!, parameters.Wq.shape[0]!];
    if (gates !== channels) {
      // A single gate, or one for each head where c is 1, would be broadcast without a word.
      throw new Error(`GatedAttention: ${gates} gates for ${channels} channels; each channel needs one`);
    }
    this.Wg = parameter(parameters.Wg);
    this.bg = parameter(parameters.bg);
  }

  /** How far each gate is open, from 0 to 1. x `(…, n, d)` → `(…, n, h·c)` */
  gates(x: Tensor): Tensor {
    // From the token that asked, not from the answer: it knows what it has use for.
    return sigmoid(linear(x, this.Wg, this.bg));
  }

  /** What passes the gates. x `(…, n, d)` → `(…, n, h·c)` */
  override summaries(x: Tensor, look?: Look): Tensor {
    // Before the output projection, where the channels of the heads still lie apart. `forward` is inherited.
    return multiply(this.gates(x), super.summaries(x, look));
  }
}
