/**
 * A classifier of handwritten digits, found by looking: ten mean images, and which of them an image agrees with most.
 *
 * All of `'tensor'` is there this time. Useful here: `oneHot`, `einsum`, `sum`, `square`, `sqrt`, `divide`, `maximum`, `reshape`, `argmax`, `equal`
 * and `mean`.
 */
import type { Tensor } from 'tensor';

/**
 * The mean of the images of each class. A class that has no image gets one of zeros.
 *
 * images `(N, height, width)`, labels `(N,)` whole numbers from 0 to `classes − 1` → `(classes, height, width)`
 *
 * @throws Error that names both numbers when there are not as many labels as images
 */
export function meanImages(images: Tensor, labels: Tensor, classes: number): Tensor {
  // TODO: group the images by their labels, add up, divide by how many there were.
  throw new Error('TODO: write meanImages');
}

/**
 * Each template divided by its own length, its L2 norm over all pixels. A template of zeros stays as it is.
 *
 * templates `(classes, height, width)` → the same shape
 */
export function normalise(templates: Tensor): Tensor {
  // TODO: the root of the sum of squares, one for each template.
  throw new Error('TODO: write normalise');
}

/**
 * How much each image agrees with each template: the sum of the products of their pixels.
 *
 * images `(N, height, width)`, templates `(classes, height, width)` → `(N, classes)`
 */
export function agreement(images: Tensor, templates: Tensor): Tensor {
  // TODO: one line, in letters.
  throw new Error('TODO: write agreement');
}

/**
 * For each image the number of the template that it agrees with most; of equals the first.
 *
 * images `(N, height, width)`, templates `(classes, height, width)` → `(N,)`
 */
export function classify(images: Tensor, templates: Tensor): Tensor {
  // TODO: the place of the largest agreement.
  throw new Error('TODO: write classify');
}

/**
 * The share of predictions that are right, from 0 to 1.
 *
 * predicted `(N,)`, labels `(N,)` → a number
 *
 * @throws Error that names both numbers when there are not as many labels as predictions
 */
export function accuracy(predicted: Tensor, labels: Tensor): number {
  // TODO: how often are they equal?
  throw new Error('TODO: write accuracy');
}
