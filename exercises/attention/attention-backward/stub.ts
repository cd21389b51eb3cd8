/**
 * Attention, backwards.
 *
 * Useful here: `import { divide, matmul, softmax, transpose } from 'tensor'` and
 * `import { softmaxBackward } from 'attention/softmax-backward'`.
 */
import type { Tensor } from 'tensor';

/** What attention was given on the way forwards. */
export interface AttentionInputs {
  /** The queries, `(…, q, c)`. */
  readonly Q: Tensor;
  /** The keys, `(…, k, c)`. */
  readonly K: Tensor;
  /** The values, `(…, k, v)`. */
  readonly V: Tensor;
}

/** How the loss changes with each input of attention; every gradient has the shape of what it belongs to. */
export interface AttentionGradients {
  /** `(…, q, c)` */
  readonly dQ: Tensor;
  /** `(…, k, c)` */
  readonly dK: Tensor;
  /** `(…, k, v)` */
  readonly dV: Tensor;
}

/**
 * The gradients of the loss with respect to the inputs of `O = softmax(Q Kᵀ / √c) V`.
 *
 * dO `(…, q, v)`, the upstream gradient ∂L/∂O; Q `(…, q, c)`; K `(…, k, c)`; V `(…, k, v)` → dQ, dK, dV
 */
export function attendBackward(dO: Tensor, { Q, K, V }: AttentionInputs): AttentionGradients {
  // TODO: the weights once more, then back through the mean, the softmax, the scale and the scores.
  throw new Error('TODO: write attendBackward');
}
