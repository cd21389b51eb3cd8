/** The two-layer network, forwards. */
import type { Tensor } from 'tensor';
import { affineForward } from 'learning/affine-forward';
import { relu, sigmoid } from 'learning/nonlinearities';

/** Everything that the network will learn. */
export interface NetworkParameters {
  /** `(hidden, in)` */
  readonly W1: Tensor;
  /** `(hidden,)` */
  readonly b1: Tensor;
  /** `(out, hidden)` */
  readonly W2: Tensor;
  /** `(out,)` */
  readonly b2: Tensor;
}

/** What the way forwards computed and the way back will need. */
export interface ForwardCache {
  /** The inputs, `(N, in)`. */
  readonly x: Tensor;
  /** The hidden numbers before the ReLU, `(N, hidden)`. */
  readonly z: Tensor;
  /** The hidden numbers after it, `(N, hidden)`. */
  readonly h: Tensor;
  /** The outputs, after the sigmoid, `(N, out)`. */
  readonly y: Tensor;
}

export interface ForwardResult {
  /** The outputs, `(N, out)`, each between 0 and 1. */
  readonly output: Tensor;
  readonly cache: ForwardCache;
}

/**
 * The two-layer network: affine, ReLU, affine, sigmoid.
 *
 * x `(N, in)` and the parameters → output `(N, out)`, and the cache that `backward` takes
 */
export function forward(x: Tensor, { W1, b1, W2, b2 }: NetworkParameters): ForwardResult {
  const z = affineForward(x, W1, b1);
  const h = relu(z);
  const y = sigmoid(affineForward(h, W2, b2));
  // z and h both: on the way back the ReLU asks where z was positive, and the second layer asks for h. What stood before
  // the sigmoid is not kept, since its derivative can be had from y alone.
  return { output: y, cache: { x, z, h, y } };
}
