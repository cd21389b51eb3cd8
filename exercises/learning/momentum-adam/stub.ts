/**
 * Two better steps: momentum, which remembers where it was going, and Adam, which gives each weight its own stride.
 *
 * Useful here: `import { add, divide, multiply, sqrt, square, zeros } from 'tensor'`, and your own
 * `import { sgdStep } from 'learning/sgd'`.
 */
import type { Tensor } from 'tensor';

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
 * All that is returned is new. Throws an error that names the parameter where its gradient is missing or has another shape.
 *
 * parameters, gradients: objects of tensors with the same names and shapes
 */
export function momentumStep(parameters: Tensors, gradients: Tensors, options: MomentumOptions): MomentumResult {
  // TODO: new velocities, and a plain step along them.
  throw new Error('TODO: write momentumStep');
}

/**
 * Adam (Kingma and Ba, 2015, algorithm 1): running means m of the gradient and s of its square, both corrected for
 * having started at zero, then `p ← p − rate · m̂ / (√ŝ + ε)`. All that is returned is new. Throws as above.
 *
 * parameters, gradients: objects of tensors with the same names and shapes
 */
export function adamStep(parameters: Tensors, gradients: Tensors, options: AdamOptions): AdamResult {
  // TODO: two running means, their corrections, and a step along their quotient.
  throw new Error('TODO: write adamStep');
}
