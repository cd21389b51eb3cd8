/**
 * Inside a trained network: its first weights as pictures, and how it came to one answer.
 *
 * Useful here: your own `import { forward } from 'learning/two-layer-forward'`, whose cache holds z and h, and from 'tensor'
 * `abs`, `max`, `divide`, `where`, `equal`, `greater`, `multiply`, `matmul`, `expandDims`, `reshape`, `argmax`.
 */
import type { Tensor } from 'tensor';
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
  // TODO: divide each row by its largest magnitude, then fold it.
  throw new Error('TODO: write hiddenImages');
}

/**
 * Takes the answer of the network about one picture apart: into what each hidden unit said, and into what each pixel said.
 *
 * x `(in,)`, and the parameters of the network
 */
export function explain(x: Tensor, model: NetworkParameters): Explanation {
  // TODO: one forward pass of a batch of one; then products with W2, W1 and the units that fired.
  throw new Error('TODO: write explain');
}
