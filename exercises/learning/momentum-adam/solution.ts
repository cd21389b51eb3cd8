/** Two better steps: momentum, which remembers where it was going, and Adam, which gives each weight its own stride. */
import { add, divide, multiply, sqrt, square, zeros } from 'tensor';
import type { Tensor } from 'tensor';
import { sgdStep } from 'learning/sgd';

/** Tensors by name, such as `{ W1, b1, W2, b2 }`. */
export type Tensors = Readonly<Record<string, Tensor>>;

export interface MomentumOptions {
  readonly rate: number;
  /** How much of the velocity is kept from one step to the next. */
  readonly momentum: number;
  /** What the step before returned. Left out at the first step, where every velocity is zero. */
  readonly velocities?: Tensors | undefined;
}

export interface MomentumResult {
  readonly parameters: Tensors;
  /** What the next step is to be given. */
  readonly velocities: Tensors;
}

/** What Adam remembers. */
export interface AdamState {
  /** The running mean of each gradient. */
  readonly first: Tensors;
  /** The running mean of each gradient's square. */
  readonly second: Tensors;
  /** How many steps have been made. */
  readonly time: number;
}

export interface AdamOptions {
  readonly rate: number;
  /** β₁: how much of `first` is kept at each step. */
  readonly beta1: number;
  /** β₂: how much of `second` is kept at each step. */
  readonly beta2: number;
  /** Keeps the division from being one by zero. */
  readonly epsilon: number;
  /** What the step before returned. Left out at the first step, where everything is zero. */
  readonly state?: AdamState | undefined;
}

export interface AdamResult {
  readonly parameters: Tensors;
  /** What the next step is to be given. */
  readonly state: AdamState;
}

/**
 * `v ← momentum · v + g`, then `p ← p − rate · v`, for each parameter p, its gradient g and its velocity v (Polyak, 1964).
 * All that is returned is new.
 *
 * parameters, gradients: objects of tensors with the same names and shapes
 */
export function momentumStep(parameters: Tensors, gradients: Tensors, options: MomentumOptions): MomentumResult {
  const { rate, momentum, velocities } = options;
  const next: Record<string, Tensor> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const velocity = velocities?.[name] ?? zerosLike(parameter);
    next[name] = add(multiply(velocity, momentum), gradientOf(name, parameter, gradients));
  }
  // Only the direction is new; the step along it is the plain one.
  return { parameters: sgdStep(parameters, next, rate), velocities: next };
}

/**
 * Adam (Kingma and Ba, 2015, algorithm 1): running means m of the gradient and s of its square, both corrected for
 * having started at zero, then `p ← p − rate · m̂ / (√ŝ + ε)`. All that is returned is new.
 *
 * parameters, gradients: objects of tensors with the same names and shapes
 */
export function adamStep(parameters: Tensors, gradients: Tensors, options: AdamOptions): AdamResult {
  const { rate, beta1, beta2, epsilon, state } = options;
  const time = (state?.time ?? 0) + 1;
  const first: Record<string, Tensor> = {};
  const second: Record<string, Tensor> = {};
  const strides: Record<string, Tensor> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const gradient = gradientOf(name, parameter, gradients);
    const m = add(multiply(state?.first[name] ?? zerosLike(parameter), beta1), multiply(gradient, 1 - beta1));
    const s = add(multiply(state?.second[name] ?? zerosLike(parameter), beta2), multiply(square(gradient), 1 - beta2));
    // After t steps the shares in a running mean sum to 1 − βᵗ, and not to 1: the rest still lies on the zero.
    const mean = divide(m, 1 - beta1 ** time);
    const meanSquare = divide(s, 1 - beta2 ** time);
    // ε is added to the root, not under it: it has the size of a gradient, not of its square.
    strides[name] = divide(mean, add(sqrt(meanSquare), epsilon));
    first[name] = m;
    second[name] = s;
  }
  return { parameters: sgdStep(parameters, strides, rate), state: { first, second, time } };
}

function zerosLike(x: Tensor): Tensor {
  return zeros(x.shape, { dtype: x.dtype });
}

/** The gradient of a parameter; one that is missing, or would have to be broadcast, is an error. */
function gradientOf(name: string, parameter: Tensor, gradients: Tensors): Tensor {
  const gradient = gradients[name];
  if (gradient === undefined) throw new Error(`there is no gradient for ${name}`);
  if (gradient.shape.join() !== parameter.shape.join()) {
    throw new Error(
      `${name} has the shape (${parameter.shape.join(', ')}), but its gradient (${gradient.shape.join(', ')})`,
    );
  }
  return gradient;
}
