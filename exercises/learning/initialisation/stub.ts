/**
 * Initialisation: how large the weights are before anything has been learned.
 *
 * `random.normal(shape, { std })` draws normal numbers with mean 0. Draw from the `random` that you are given, so that
 * whoever calls you decides the seed.
 */
import type { Random, Shape, Tensor } from 'tensor';

/**
 * Weights for a layer that ReLU follows (He et al., 2015): normal numbers with mean 0 and variance `2 / in`. Throws an
 * error that names the shape where it is not `(out, in)`.
 *
 * shape `(out, in)`, random the stream of numbers to draw from → W `(out, in)`
 */
export function heNormal(shape: Shape, random: Random): Tensor {
  // TODO: which number of the shape is `in`, and what is the standard deviation?
  throw new Error('TODO: write heNormal');
}

/**
 * Weights for a layer that nothing follows, or a sigmoid (Glorot and Bengio, 2010): normal numbers with mean 0 and
 * variance `2 / (in + out)`. Throws an error that names the shape where it is not `(out, in)`.
 *
 * shape `(out, in)`, random the stream of numbers to draw from → W `(out, in)`
 */
export function xavierNormal(shape: Shape, random: Random): Tensor {
  // TODO: as above, with the other variance.
  throw new Error('TODO: write xavierNormal');
}
