/** Attention along the rows of an alignment, steered by what is known of pairs (AlphaFold 2). */
import type { GatedAttention } from 'attention/gating';
import { layerNorm } from 'attention/layer-norm';
import { lookThrough } from 'attention/masks-and-bias';
import { expandDims, linear, parameter, permute } from 'tensor';
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
  const preferences = linear(layerNorm(z, { gamma: gammaZ, beta: betaZ }), Wb);
  // (…, r, r, h): the heads go to the front, where scores have them.
  const leading = preferences.shape.slice(0, -3).map((_, axis) => axis);
  const [i, j, head] = [leading.length, leading.length + 1, leading.length + 2];
  return permute(preferences, [...leading, head, i, j]);
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
    const [rows] = parameters.Wb.shape;
    if (rows !== attention.heads) {
      // A single row would be broadcast over all heads without a word.
      throw new Error(`RowAttentionWithPairBias: ${attention.heads} heads, but Wb has ${rows} rows`);
    }
    this.attention = attention;
    this.gammaM = parameter(parameters.gammaM);
    this.betaM = parameter(parameters.betaM);
    this.gammaZ = parameter(parameters.gammaZ);
    this.betaZ = parameter(parameters.betaZ);
    this.Wb = parameter(parameters.Wb);
  }

  /**
   * m `(…, s, r, cm)`, z `(…, r, r, cz)` → `(…, s, r, cm)`. mask `(…, s, r)`: 1 where a sequence has a residue, 0 where it
   * has a gap; left out, there are no gaps. Throws, naming both shapes, where z does not have a pair for any two residues.
   */
  forward(m: Tensor, z: Tensor, mask?: Tensor): Tensor {
    const residues = m.shape.at(-2);
    if (z.shape.at(-2) !== residues || z.shape.at(-3) !== residues) {
      const [rows, pairs] = [m, z].map(({ shape }) => `(${shape.join(', ')})`);
      throw new Error(`RowAttentionWithPairBias: an alignment ${rows} needs a pair for any two residues, not ${pairs}`);
    }
    // Scores are (…, s, h, r, r). The axis of size 1 says that all sequences share the bias.
    const bias = expandDims(pairBias(z, this), -4);
    const allowed = mask === undefined ? { bias } : { bias, mask: expandDims(expandDims(mask, -2), -3) };
    const rows = layerNorm(m, { gamma: this.gammaM, beta: this.betaM });
    // To the gated module, the sequences are a leading axis like any other: each row attends on its own.
    return this.attention.forward(rows, lookThrough(allowed));
  }
}
