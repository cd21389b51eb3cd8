/** Initialisation: how large the weights are before anything has been learned. */
import type { Random, Shape, Tensor } from 'tensor';

/**
 * Weights for a layer that ReLU follows (He et al., 2015): normal numbers with mean 0 and variance `2 / in`.
 *
 * shape `(out, in)`, random the stream of numbers to draw from → W `(out, in)`
 */
export function heNormal(shape: Shape, random: Random): Tensor {
  const [, inputs] = outAndIn('heNormal', shape);
  // ReLU lets half of the mean square through, so the weights make it twice as large.
  return random.normal(shape, { std: Math.sqrt(2 / inputs) });
}

/**
 * Weights for a layer that nothing follows, or a sigmoid (Glorot and Bengio, 2010): normal numbers with mean 0 and
 * variance `2 / (in + out)`.
 *
 * shape `(out, in)`, random the stream of numbers to draw from → W `(out, in)`
 */
export function xavierNormal(shape: Shape, random: Random): Tensor {
  const [outputs, inputs] = outAndIn('xavierNormal', shape);
  // 1 / in would keep the outputs' size, 1 / out that of the gradients on the way back: this lies between the two.
  return random.normal(shape, { std: Math.sqrt(2 / (inputs + outputs)) });
}

function outAndIn(name: string, shape: Shape): [outputs: number, inputs: number] {
  const [outputs, inputs] = shape;
  if (shape.length !== 2 || outputs === undefined || inputs === undefined) {
    throw new Error(`${name}: the shape of the weights is (out, in), not (${shape.join(', ')})`);
  }
  return [outputs, inputs];
}
