/**
 * The two-layer network, forwards.
 *
 * The stages are yours already: `import { affineForward } from 'learning/affine-forward'` and
 * `import { relu, sigmoid } from 'learning/nonlinearities'`.
 */
import type { Tensor } from 'tensor';

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
  // TODO: affine, ReLU, affine, sigmoid; and keep x, z, h and y.
  throw new Error('TODO: write forward');
}
