/** How many answers are right. */
import { argmax, equal, mean } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * The share of examples whose largest output stands at their label. Of several largest, the first counts.
 *
 * outputs `(N, classes)`, labels `(N,)` → a number from 0 to 1; NaN for an empty batch
 *
 * @throws Error that speaks of the labels where there is not one label for each example
 */
export function accuracy(outputs: Tensor, labels: Tensor): number {
  const count = outputs.shape[0];
  // A single label would be compared with every answer, and one-hot targets with all of them: both broadcast.
  if (labels.rank !== 1 || labels.size !== count) {
    throw new Error(
      `accuracy: labels of shape (${labels.shape.join(', ')}) for ${count} examples; one label each is needed`,
    );
  }
  // The mean of ones and zeros is the share of ones.
  return mean(equal(argmax(outputs, { axis: 1 }), labels)).at();
}
