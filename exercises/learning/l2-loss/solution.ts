/** Targets, and how far from them the outputs are. */
import { square, subtract, sum, zeros } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * Labels as rows of numbers: 1 at the label's own place, 0 elsewhere.
 *
 * labels `(N,)`, whole numbers from 0 to classes − 1 → `(N, classes)`
 *
 * @throws Error that names the first label that is no class
 */
export function oneHot(labels: Tensor, classes: number): Tensor {
  const targets = zeros([labels.size, classes]);
  labels.data.forEach((label, n) => {
    // Without this, a label that is too large would land in the row of the next example.
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(`oneHot: label ${label} of example ${n} is none of the ${classes} classes, counted from 0`);
    }
    targets.data[n * classes + label] = 1;
  });
  return targets;
}

/**
 * How far outputs are from their targets: `1/N · Σₙ Σₖ (ŷₙₖ − yₙₖ)²`, a mean over the examples of a sum over the outputs.
 *
 * outputs `(N, out)`, targets `(N, out)` → a number; NaN for an empty batch
 *
 * @throws Error that names both shapes where they differ
 */
export function l2Loss(outputs: Tensor, targets: Tensor): number {
  // Subtracting would broadcast (4, 1) and (1, 4) to sixteen differences, and nobody would notice.
  if (outputs.shape.join() !== targets.shape.join()) {
    throw new Error(
      `l2Loss: outputs of shape (${outputs.shape.join(', ')}), targets of shape (${targets.shape.join(', ')})`,
    );
  }
  // A mean over the batch only: the errors of one example are added up.
  return sum(square(subtract(outputs, targets))).at() / outputs.shape[0]!;
}
