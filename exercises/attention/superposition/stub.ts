/**
 * More features than neurons, and a sparse autoencoder that takes them apart again.
 *
 * Useful here: `import { minibatches } from 'learning/sgd'`, and from 'tensor': `Adam`, `abs`, `backward`, `linear`, `matmul`,
 * `parameter`, `parametersOf`, `random`, `relu`, `scope`, `sqrt`, `square`, `sum`, `take`.
 */
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
  /** Counts from 1, on through all epochs. */
  readonly step: number;
  /** The loss of this step's batch, before the step. */
  readonly loss: number;
}

/** The activations of the neurons, `W x`. features `(N, F)` → `(N, n)`. Differentiable. */
export function toyHidden(features: Tensor, { W }: Toy): Tensor {
  // TODO: each feature along its direction, added up.
  throw new Error('TODO: write toyHidden');
}

/** What the toy gives back, `relu(Wᵀ W x + b)` (Elhage et al. 2022). features `(N, F)` → `(N, F)`. Differentiable. */
export function toyForward(features: Tensor, toy: Toy): Tensor {
  // TODO: into the neurons, and back by the same matrix.
  throw new Error('TODO: write toyForward');
}

/** The rows of D, each made 1 long. D `(m, n)`, no row of zeros → `(m, n)`. Differentiable. */
export function unitRows(D: Tensor): Tensor {
  // TODO: divide each row by its length.
  throw new Error('TODO: write unitRows');
}

/** A layer of latents that are seldom active, and a dictionary that puts the activations together again. */
export class SparseAutoencoder implements AutoencoderParameters {
  readonly We: Tensor;
  readonly be: Tensor;
  readonly D: Tensor;
  readonly bd: Tensor;

  /** Makes each tensor a `parameter`, in the field of the same name. */
  constructor(parameters: AutoencoderParameters) {
    // TODO: four parameters.
    throw new Error('TODO: write SparseAutoencoder');
  }

  /** h `(N, n)` → latents `(N, m)`, reconstruction `(N, n)`. Differentiable. */
  forward(h: Tensor): TakenApart {
    // TODO: encode, and put together again with directions of length 1.
    throw new Error('TODO: write SparseAutoencoder.forward');
  }
}

/** The mean over all examples of `‖h − ĥ‖² + λ Σ |u|`. h `(N, n)` → a tensor of shape `()`. Differentiable. */
export function sparseLoss(
  autoencoder: SparseAutoencoder,
  h: Tensor,
  { sparsity }: { readonly sparsity: number },
): Tensor {
  // TODO: how far off, and how active.
  throw new Error('TODO: write sparseLoss');
}

/**
 * Trains the autoencoder in place, with one Adam for all steps, on minibatches of the activations that are drawn from
 * `random(seed)`. Yields after each step.
 *
 * h `(N, n)`
 */
export function* train(autoencoder: SparseAutoencoder, h: Tensor, options: TrainOptions): Generator<Progress, void> {
  // TODO: for each epoch, for each batch: loss, backwards, a step, `yield`.
  throw new Error('TODO: write train');
}

/**
 * How well each true direction is found: the largest cosine between it and a row of the dictionary.
 *
 * truth `(F, n)`, D `(m, n)`, no row of zeros → `(F,)`, each from −1 to 1
 */
export function bestMatches(truth: Tensor, D: Tensor): Tensor {
  // TODO: every direction against every row, and the best of each.
  throw new Error('TODO: write bestMatches');
}
