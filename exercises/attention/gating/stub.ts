/**
 * Multi-head attention with a gate on every channel.
 *
 * Useful here: `import { linear, multiply, parameter, sigmoid } from 'tensor'`.
 */
import { MultiHeadAttention } from 'attention/multi-head';
import type { AttentionParameters, Look } from 'attention/multi-head';
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
    // TODO: a parameter for each of the two tensors.
    throw new Error('TODO: write GatedAttention');
  }

  /** How far each gate is open, from 0 to 1. x `(…, n, d)` → `(…, n, h·c)` */
  gates(x: Tensor): Tensor {
    // TODO: an affine layer and a sigmoid.
    throw new Error('TODO: write GatedAttention.gates');
  }

  /** What passes the gates. x `(…, n, d)` → `(…, n, h·c)` */
  override summaries(x: Tensor, look?: Look): Tensor {
    // TODO: the summaries of the plain module, super.summaries(x, look), gated.
    throw new Error('TODO: write GatedAttention.summaries');
  }
}
