/**
 * Two affine layers with nothing between them are one.
 *
 * Useful here: `import { add, matmul } from 'tensor'`. `matmul` takes a matrix and a vector as well.
 */
import type { Tensor } from 'tensor';

/** The layer that sees the input. */
export interface FirstLayer {
  /** `(hidden, in)` */
  readonly W1: Tensor;
  /** `(hidden,)` */
  readonly b1: Tensor;
}

/** The layer that sees what the first one made. */
export interface SecondLayer {
  /** `(out, hidden)` */
  readonly W2: Tensor;
  /** `(out,)` */
  readonly b2: Tensor;
}

/** One affine layer. */
export interface AffineLayer {
  /** `(out, in)` */
  readonly W: Tensor;
  /** `(out,)` */
  readonly b: Tensor;
}

/**
 * The one affine layer that answers as the two in a row do: `W x + b = W₂ (W₁ x + b₁) + b₂` for every `x`.
 *
 * W1 `(hidden, in)`, b1 `(hidden,)`; W2 `(out, hidden)`, b2 `(out,)` → W `(out, in)`, b `(out,)`
 *
 * @throws Error where the layers do not fit: the second must take as many numbers as the first gives
 */
export function collapse({ W1, b1 }: FirstLayer, { W2, b2 }: SecondLayer): AffineLayer {
  // TODO: multiply the formula out, and see what stands before x and what stands alone.
  throw new Error('TODO: write collapse');
}
