/** More features than neurons, and a sparse autoencoder that takes them apart again. */
import { minibatches } from 'learning/sgd';
import {
  Adam,
  abs,
  add,
  backward,
  divide,
  linear,
  max,
  matmul,
  mean,
  parameter,
  parametersOf,
  random,
  relu,
  scope,
  sqrt,
  square,
  subtract,
  sum,
  take,
  transpose,
  multiply,
} from 'tensor';
import type { Tensor } from 'tensor';

/** The toy: F features, kept in n neurons. */
export interface Toy {
  /** Column k is the direction of feature k, `(n, F)`. */
  readonly W: Tensor;
  /** `(F,)` */
  readonly b: Tensor;
}

/** What the autoencoder is made of: n neurons come in, m latents take them apart. */
export interface AutoencoderParameters {
  /** From the neurons to the latents, `(m, n)`. */
  readonly We: Tensor;
  /** `(m,)` */
  readonly be: Tensor;
  /** The dictionary: row k is the direction of latent k, of any length but 0, `(m, n)`. */
  readonly D: Tensor;
  /** What is there when no latent is active, `(n,)`. */
  readonly bd: Tensor;
}

/** What the autoencoder says of some activations. */
export interface TakenApart {
  /** How active each latent is, none below 0, `(N, m)`. */
  readonly latents: Tensor;
  /** `(N, n)` */
  readonly reconstruction: Tensor;
}

export interface TrainOptions {
  /** How many times all activations are seen. */
  readonly epochs: number;
  readonly batchSize: number;
  /** The learning rate of Adam. */
  readonly rate: number;
  /** λ, the price of activity. */
  readonly sparsity: number;
  /** Decides the order of the activations. */
  readonly seed: number;
}

/** What is told after each step. */
export interface Progress {
  /** Counts from 1. */
  readonly step: number;
  /** The loss of this step's batch, before the step. */
  readonly loss: number;
}

/** The activations of the neurons, `W x`. features `(N, F)` → `(N, n)`. Differentiable. */
export function toyHidden(features: Tensor, { W }: Toy): Tensor {
  return linear(features, W);
}

/** What the toy gives back, `relu(Wᵀ W x + b)` (Elhage et al. 2022). features `(N, F)` → `(N, F)`. Differentiable. */
export function toyForward(features: Tensor, toy: Toy): Tensor {
  // In rows, h = x Wᵀ; on the way back the same matrix, not turned: Wᵀ h becomes h W.
  return relu(add(matmul(toyHidden(features, toy), toy.W), toy.b));
}

/** The rows of D, each made 1 long. D `(m, n)` → `(m, n)`. Differentiable. */
export function unitRows(D: Tensor): Tensor {
  return divide(D, sqrt(sum(square(D), { axis: -1, keepdim: true })));
}

/** A layer of latents that are seldom active, and a dictionary that puts the activations together again. */
export class SparseAutoencoder implements AutoencoderParameters {
  readonly We: Tensor;
  readonly be: Tensor;
  readonly D: Tensor;
  readonly bd: Tensor;

  /** Makes each tensor a `parameter`, in the field of the same name. */
  constructor(parameters: AutoencoderParameters) {
    this.We = parameter(parameters.We);
    this.be = parameter(parameters.be);
    this.D = parameter(parameters.D);
    this.bd = parameter(parameters.bd);
  }

  /** h `(N, n)` → latents `(N, m)`, reconstruction `(N, n)`. Differentiable. */
  forward(h: Tensor): TakenApart {
    const latents = relu(linear(subtract(h, this.bd), this.We, this.be));
    // Of length 1: otherwise small latents with long directions would say the same, and pay less.
    return { latents, reconstruction: add(matmul(latents, unitRows(this.D)), this.bd) };
  }
}

/**
 * The mean over all examples of `‖h − ĥ‖² + λ Σ |u|`. Differentiable.
 *
 * autoencoder: with a `forward` as above; h `(N, n)`; sparsity: λ → a tensor of shape `()`
 */
export function sparseLoss(
  autoencoder: SparseAutoencoder,
  h: Tensor,
  { sparsity }: Pick<TrainOptions, 'sparsity'>,
): Tensor {
  const { latents, reconstruction } = autoencoder.forward(h);
  const error = sum(square(subtract(h, reconstruction)), { axis: -1 });
  const activity = sum(abs(latents), { axis: -1 });
  return mean(add(error, multiply(activity, sparsity)));
}

/**
 * Trains the autoencoder in place, with Adam, on minibatches of the activations. Yields after each step.
 *
 * h `(N, n)`
 */
export function* train(autoencoder: SparseAutoencoder, h: Tensor, options: TrainOptions): Generator<Progress, void> {
  const { epochs, batchSize, rate, sparsity, seed } = options;
  const stream = random(seed);
  const optimiser = new Adam(parametersOf(autoencoder), { learningRate: rate });
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const batch of minibatches(h.shape[0]!, batchSize, stream)) {
      const loss = scope(() => {
        optimiser.zeroGrad();
        const loss = sparseLoss(autoencoder, take(h, batch), { sparsity });
        backward(loss);
        optimiser.step();
        return loss.at();
      });
      step += 1;
      yield { step, loss };
    }
  }
}

/**
 * How well each true direction is found: the largest cosine between it and a row of the dictionary.
 *
 * truth `(F, n)`, D `(m, n)`, no row of zeros → `(F,)`, each from −1 to 1
 */
export function bestMatches(truth: Tensor, D: Tensor): Tensor {
  return max(matmul(unitRows(truth), transpose(unitRows(D))), { axis: -1 });
}
