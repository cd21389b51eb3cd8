/**
 * Attention along the rows of an alignment, steered by what is known of pairs (AlphaFold 2).
 *
 * Useful here: `import { layerNorm } from 'attention/layer-norm'`, `import { lookThrough } from 'attention/masks-and-bias'` and
 * `import { expandDims, linear, parameter, permute } from 'tensor'`.
 */
import type { GatedAttention } from 'attention/gating';
import type { Tensor } from 'tensor';

/** From what is known of a pair to a preference of each head. */
export interface PairParameters {
  /** Scale and shift of the norm of the pairs, `(cz,)` each. */
  readonly gammaZ: Tensor;
  readonly betaZ: Tensor;
  /** From the channels of a pair to a bias for each head, `(h, cz)`. No bias of its own. */
  readonly Wb: Tensor;
}

/** What the module owns besides its attention. */
export interface RowParameters extends PairParameters {
  /** Scale and shift of the norm of the alignment, `(cm,)` each. */
  readonly gammaM: Tensor;
  readonly betaM: Tensor;
}

/** How much each head would like residue i to look at residue j. z `(…, r, r, cz)` → `(…, h, r, r)`. Differentiable. */
export function pairBias(z: Tensor, { gammaZ, betaZ, Wb }: PairParameters): Tensor {
  // TODO: norm, projection, and the heads to the front.
  throw new Error('TODO: write pairBias');
}

/** Row-wise gated self-attention with pair bias (Jumper et al. 2021, supplement, algorithm 7). */
export class RowAttentionWithPairBias implements RowParameters {
  readonly attention: GatedAttention;
  readonly gammaM: Tensor;
  readonly betaM: Tensor;
  readonly gammaZ: Tensor;
  readonly betaZ: Tensor;
  readonly Wb: Tensor;

  /**
   * Keeps the attention module as it is, and makes each tensor a `parameter`, in the field of the same name. Throws, naming
   * both numbers, where Wb does not have one row for each head.
   */
  constructor(attention: GatedAttention, parameters: RowParameters) {
    // TODO: compare two numbers, keep the module, and a parameter for each of the five tensors.
    throw new Error('TODO: write RowAttentionWithPairBias');
  }

  /**
   * m `(…, s, r, cm)`, z `(…, r, r, cz)` → `(…, s, r, cm)`. mask `(…, s, r)`: 1 where a sequence has a residue, 0 where it
   * has a gap; left out, there are no gaps. Throws, naming both shapes, where z does not have a pair for any two residues.
   */
  forward(m: Tensor, z: Tensor, mask?: Tensor): Tensor {
    // TODO: a bias that all sequences share, a mask for the keys of each, a norm, and attention.
    throw new Error('TODO: write RowAttentionWithPairBias.forward');
  }
}
