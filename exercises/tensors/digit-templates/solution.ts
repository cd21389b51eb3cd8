/** A classifier of handwritten digits, found by looking: ten mean images, and which of them an image agrees with most. */
import { argmax, divide, einsum, equal, maximum, mean, oneHot, reshape, sqrt, square, sum, where } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * The mean of the images of each class. A class that has no image gets one of zeros.
 *
 * images `(N, height, width)`, labels `(N,)` whole numbers from 0 to `classes − 1` → `(classes, height, width)`
 *
 * @throws Error that names both numbers when there are not as many labels as images
 */
export function meanImages(images: Tensor, labels: Tensor, classes: number): Tensor {
  // Row n holds a single 1, in the column of its label, so a sum over n meets exactly the images of each class.
  const members = oneHot(labels, classes);
  const sums = einsum('nc,nhw->chw', members, images);
  const counts = sum(members, { axis: 0 });
  // No image makes a sum of zeros; divided by 1 instead of 0 it stays one.
  return divide(sums, reshape(maximum(counts, 1), [classes, 1, 1]));
}

/**
 * Each template divided by its own length, its L2 norm over all pixels. A template of zeros stays as it is.
 *
 * templates `(classes, height, width)` → the same shape
 */
export function normalise(templates: Tensor): Tensor {
  // With keepdim the norms have the shape (classes, 1, 1), and broadcasting divides each template by its own.
  const norms = sqrt(sum(square(templates), { axis: [1, 2], keepdim: true }));
  return divide(templates, where(equal(norms, 0), 1, norms));
}

/**
 * How much each image agrees with each template: the sum of the products of their pixels.
 *
 * images `(N, height, width)`, templates `(classes, height, width)` → `(N, classes)`
 */
export function agreement(images: Tensor, templates: Tensor): Tensor {
  return einsum('nhw,chw->nc', images, templates);
}

/**
 * For each image the number of the template that it agrees with most; of equals the first.
 *
 * images `(N, height, width)`, templates `(classes, height, width)` → `(N,)`
 */
export function classify(images: Tensor, templates: Tensor): Tensor {
  return argmax(agreement(images, templates), { axis: 1 });
}

/**
 * The share of predictions that are right, from 0 to 1.
 *
 * predicted `(N,)`, labels `(N,)` → a number
 *
 * @throws Error that names both numbers when there are not as many labels as predictions
 */
export function accuracy(predicted: Tensor, labels: Tensor): number {
  // A single prediction would be broadcast against all labels, without a word.
  if (predicted.size !== labels.size)
    throw new Error(`accuracy: ${predicted.size} predictions for ${labels.size} labels`);
  return mean(equal(predicted, labels)).at();
}
