/**
 * How many answers are right.
 *
 * Useful here: `import { argmax, equal, mean } from 'tensor'`. `mean(x)` has the shape `()`, and `.at()` reads its only
 * number.
 */
import type { Tensor } from 'tensor';

/**
 * The share of examples whose largest output stands at their label. Of several largest, the first counts.
 *
 * outputs `(N, classes)`, labels `(N,)` → a number from 0 to 1; NaN for an empty batch
 *
 * @throws Error that speaks of the labels where there is not one label for each example
 */
export function accuracy(outputs: Tensor, labels: Tensor): number {
  // TODO: find the answer of each row, compare it with its label, and take the mean.
  throw new Error('TODO: write accuracy');
}
