/**
 * Targets, and how far from them the outputs are.
 *
 * Useful here: `import { square, subtract, sum, zeros } from 'tensor'`. `sum(x)` has the shape `()`, and `.at()` reads its
 * only number.
 */
import type { Tensor } from 'tensor';

/**
 * Labels as rows of numbers: 1 at the label's own place, 0 elsewhere.
 *
 * labels `(N,)`, whole numbers from 0 to classes − 1 → `(N, classes)`
 *
 * @throws Error that names the first label that is no class
 */
export function oneHot(labels: Tensor, classes: number): Tensor {
  // TODO: a row of zeros for each label, and a single 1 in it.
  throw new Error('TODO: write oneHot');
}

/**
 * How far outputs are from their targets: `1/N · Σₙ Σₖ (ŷₙₖ − yₙₖ)²`, a mean over the examples of a sum over the outputs.
 *
 * outputs `(N, out)`, targets `(N, out)` → a number; NaN for an empty batch
 *
 * @throws Error that names both shapes where they differ
 */
export function l2Loss(outputs: Tensor, targets: Tensor): number {
  // TODO: differences, squares, one sum, and the mean over the examples.
  throw new Error('TODO: write l2Loss');
}
