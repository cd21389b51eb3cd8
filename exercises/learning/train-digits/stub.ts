/**
 * Gradient descent, all of it: a network learns from examples, and tells after each step how it is doing.
 *
 * Your own work, by name: `heNormal`, `xavierNormal` from 'learning/initialisation'; `minibatches`, `sgdStep` from
 * 'learning/sgd'; `forward` from 'learning/two-layer-forward'; `oneHot`, `l2Loss` from 'learning/l2-loss';
 * `l2LossBackward` from 'learning/l2-backward'; `backward` from 'learning/two-layer-backward'; `accuracy` from
 * 'learning/accuracy'. And from the library: `import { multiply, random, scope, take, zeros } from 'tensor'`.
 */
import type { Tensor } from 'tensor';
import type { NetworkParameters } from 'learning/two-layer-forward';

/** How wide the network is. */
export interface Sizes {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

/** Examples with their answers. */
export interface Examples {
  /** `(N, in)`: one image in each row. */
  readonly images: Tensor;
  /** `(N,)`: whole numbers from 0, the class of each image. */
  readonly labels: Tensor;
}

export interface TrainOptions {
  /** How many times every image is seen. */
  readonly epochs: number;
  readonly batchSize: number;
  /** The learning rate. */
  readonly rate: number;
  /** Decides the order of the images. */
  readonly seed: number;
}

/** What is told after each step. */
export interface Progress {
  /** Counts from 1, on through all epochs. */
  readonly step: number;
  /** Counts from 1. */
  readonly epoch: number;
  /** The loss of this step's batch, before the step. */
  readonly loss: number;
  /** The share of this step's batch that was right, before the step. */
  readonly accuracy: number;
  /** The network after the step. */
  readonly model: NetworkParameters;
}

/** A network that has learned nothing yet: random weights, biases of zero. */
export function createModel({ inputs, hidden, outputs }: Sizes, seed: number): NetworkParameters {
  // TODO: two matrices drawn one after the other from one stream, `random(seed)`, and two biases.
  throw new Error('TODO: write createModel');
}

/**
 * Trains a copy of `model` by gradient descent on the L2 loss. Yields after each step, and returns the trained network.
 *
 * model: W1 `(hidden, in)`, b1 `(hidden,)`, W2 `(out, hidden)`, b2 `(out,)`; data: images `(N, in)`, labels `(N,)`
 */
export function* train(
  model: NetworkParameters,
  data: Examples,
  { epochs, batchSize, rate, seed }: TrainOptions,
): Generator<Progress, NetworkParameters> {
  // TODO: for each epoch, for each batch: forwards, how wrong, backwards, a nudge, `yield`.
  throw new Error('TODO: write train');
}
