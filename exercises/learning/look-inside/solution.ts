/** Inside a trained network: its first weights as pictures, and how it came to one answer. */
import { abs, add, argmax, divide, equal, expandDims, greater, matmul, max, multiply, reshape, where } from 'tensor';
import type { Tensor } from 'tensor';
import { forward } from 'learning/two-layer-forward';
import type { NetworkParameters } from 'learning/two-layer-forward';

/** How a network came to its answer about one picture. */
export interface Explanation {
  /** The class whose output is largest; of equals the first. */
  readonly answer: number;
  /** The outputs, `(out,)`. */
  readonly output: Tensor;
  /** How strongly each hidden unit fired, `(hidden,)`. */
  readonly hidden: Tensor;
  /** `(out, hidden)`: what each hidden unit said for or against each class. */
  readonly votes: Tensor;
  /** `(out, in)`: what each pixel of this picture said for or against each class. */
  readonly evidence: Tensor;
  /** `(out,)`: what would have been said without any pixel: the biases of both layers, as far as they got through. */
  readonly bias: Tensor;
}

/**
 * The weights of each hidden unit as a picture, divided by its largest weight, so that its numbers lie between −1 and 1.
 * A unit whose weights are all zero stays so.
 *
 * W1 `(hidden, side · side)` → `(hidden, side, side)`
 *
 * @throws Error that mentions the pixels where their number is no square
 */
export function hiddenImages(W1: Tensor): Tensor {
  const [units = 0, pixels = 0] = W1.shape;
  const side = Math.sqrt(pixels);
  if (!Number.isInteger(side)) throw new Error(`hiddenImages: ${pixels} pixels are no square picture`);
  // Each unit by its own largest, so that a quiet one can be seen beside a loud one.
  const largest = max(abs(W1), { axis: 1, keepdim: true });
  return reshape(divide(W1, where(equal(largest, 0), 1, largest)), [units, side, side]);
}

/**
 * Takes the answer of the network about one picture apart: into what each hidden unit said, and into what each pixel said.
 *
 * x `(in,)`, and the parameters of the network
 */
export function explain(x: Tensor, model: NetworkParameters): Explanation {
  const { output, cache } = forward(expandDims(x, 0), model);
  const outputs = reshape(output, [model.b2.size]);
  const hidden = reshape(cache.h, [model.b1.size]);
  // The units that fired let everything through, the others nothing: for this picture ReLU is a product with 0 or 1.
  const open = greater(reshape(cache.z, [model.b1.size]), 0);
  // W2 with the columns of the silent units struck out. What remains is linear in x.
  const through = multiply(model.W2, open);
  return {
    answer: argmax(outputs).at(),
    output: outputs,
    hidden,
    votes: multiply(model.W2, hidden),
    // One template for each class, made for this picture, and met by it pixel by pixel.
    evidence: multiply(matmul(through, model.W1), x),
    bias: add(reshape(matmul(through, expandDims(model.b1, 1)), [model.b2.size]), model.b2),
  };
}
