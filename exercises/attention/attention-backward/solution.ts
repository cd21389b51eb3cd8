/** Attention, backwards. */
import { softmaxBackward } from 'attention/softmax-backward';
import { divide, matmul, softmax, transpose } from 'tensor';
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
  const root = Math.sqrt(Q.shape.at(-1)!);
  // Computed once more instead of being kept: time for memory, as large models do it too.
  const w = softmax(divide(matmul(Q, transpose(K)), root), -1);
  // O = w V is a matrix product: each factor's gradient is the upstream one times the other factor.
  const dV = matmul(transpose(w), dO);
  const dw = matmul(dO, transpose(V));
  const { dx: dS } = softmaxBackward(dw, { s: w });
  // S = Q Kᵀ / √c is one too, and the root divides on the way back as it did on the way forwards.
  const dProducts = divide(dS, root);
  return { dQ: matmul(dProducts, K), dK: matmul(transpose(dProducts), Q), dV };
}
