/** Gradient descent: the step, and which images each step looks at. */
import { multiply, subtract } from 'tensor';
import type { Random, Tensor } from 'tensor';

/** Tensors by name, such as `{ W1, b1, W2, b2 }`. */
export type Tensors<Names extends PropertyKey = string> = Readonly<Record<Names, Tensor>>;

/**
 * One nudge against the gradient: `p − rate · g` for each parameter p and its gradient g. The result has the names of
 * `parameters` and holds new tensors.
 *
 * parameters and gradients: objects of tensors with the same names, each gradient of the shape of its parameter
 */
export function sgdStep<Parameters extends Tensors<keyof Parameters>>(
  parameters: Parameters,
  gradients: Parameters,
  rate: number,
): Parameters {
  const stepped = Object.entries<Tensor>(parameters).map(([name, parameter]) => {
    const gradient = (gradients as Tensors)[name];
    if (gradient === undefined) throw new Error(`sgdStep: there is no gradient for ${name}`);
    // Broadcasting would hide this: a gradient of shape (10,) fits a parameter of shape (128, 10).
    if (gradient.shape.join() !== parameter.shape.join()) {
      throw new Error(
        `sgdStep: ${name} has the shape (${parameter.shape.join(', ')}), but its gradient (${gradient.shape.join(', ')})`,
      );
    }
    return [name, subtract(parameter, multiply(gradient, rate))];
  });
  return Object.fromEntries(stepped) as Parameters;
}

/**
 * The numbers 0 to count − 1 in random order, cut into batches: each `size` long, but the last, which holds what is left.
 *
 * count: how many images there are; size: how many make a batch; random: the stream that the order is drawn from
 */
export function minibatches(count: number, size: number, random: Random): number[][] {
  if (!Number.isInteger(size) || size < 1)
    throw new Error(`minibatches: the size of a batch is ${size}, but must be 1 or more`);
  const order = random.permutation(count);
  const batches: number[][] = [];
  for (let start = 0; start < count; start += size) batches.push(order.slice(start, start + size));
  return batches;
}
