/** Gradient descent, all of it: a network learns from examples, and tells after each step how it is doing. */
import { multiply, random, scope, take, zeros } from 'tensor';
import type { Tensor } from 'tensor';
import { accuracy } from 'learning/accuracy';
import { heNormal, xavierNormal } from 'learning/initialisation';
import { l2LossBackward } from 'learning/l2-backward';
import { l2Loss, oneHot } from 'learning/l2-loss';
import { minibatches, sgdStep } from 'learning/sgd';
import { backward } from 'learning/two-layer-backward';
import { forward } from 'learning/two-layer-forward';
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
  const stream = random(seed);
  return {
    W1: heNormal([hidden, inputs], stream),
    b1: zeros([hidden]),
    // A tenth of what would keep the signal's size: so every sigmoid starts near one half, where its slope is largest.
    W2: multiply(xavierNormal([outputs, hidden], stream), 0.1),
    b2: zeros([outputs]),
  };
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
  const stream = random(seed);
  const [count = 0] = data.images.shape;
  let step = 0;
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    for (const batch of minibatches(count, batchSize, stream)) {
      // What one step makes on its way is freed at its end; what it returns stays.
      const told = scope(() => learnFrom(model, batchOf(data, batch), rate));
      model = told.model;
      step += 1;
      yield { step, epoch, ...told };
    }
  }
  return model;
}

/** The examples of these numbers, in this order. */
function batchOf({ images, labels }: Examples, batch: readonly number[]): Examples {
  return { images: take(images, batch), labels: take(labels, batch) };
}

/** One step: forwards, how wrong, backwards, a nudge. */
function learnFrom(model: NetworkParameters, { images, labels }: Examples, rate: number) {
  const targets = oneHot(labels, model.b2.size);
  const { output, cache } = forward(images, model);
  const { dy } = l2LossBackward(output, targets);
  const gradients = backward(dy, cache, model);
  return {
    loss: l2Loss(output, targets),
    accuracy: accuracy(output, labels),
    model: sgdStep(model, gradients, rate),
  };
}
