/**
 * Gradient descent: the step, and which images each step looks at.
 *
 * Useful here: `import { multiply, subtract } from 'tensor'`, and `random.permutation(n)`, the numbers 0 to n − 1 in
 * random order.
 */
import type { Random, Tensor } from 'tensor';

/** Tensors by name, such as `{ W1, b1, W2, b2 }`. */
export type Tensors<Names extends PropertyKey = string> = Readonly<Record<Names, Tensor>>;

/**
 * One nudge against the gradient: `p − rate · g` for each parameter p and its gradient g. The result has the names of
 * `parameters` and holds new tensors. Throws an error that names the parameter where its gradient is missing or has
 * another shape.
 *
 * parameters and gradients: objects of tensors with the same names, each gradient of the shape of its parameter
 */
export function sgdStep<Parameters extends Tensors<keyof Parameters>>(
  parameters: Parameters,
  gradients: Parameters,
  rate: number,
): Parameters {
  // TODO: the same for every name: `Object.entries<Tensor>(parameters)`, and `Object.fromEntries(…) as Parameters`.
  throw new Error('TODO: write sgdStep');
}

/**
 * The numbers 0 to count − 1 in random order, cut into batches: each `size` long, but the last, which holds what is left.
 * Throws an error that mentions the size where it is no whole number from 1 up.
 *
 * count: how many images there are; size: how many make a batch; random: the stream that the order is drawn from
 */
export function minibatches(count: number, size: number, random: Random): number[][] {
  // TODO: shuffle all, then cut.
  throw new Error('TODO: write minibatches');
}
