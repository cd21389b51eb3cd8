/**
 * Training a transformer: it learns from labelled texts, and tells after each step how it is doing.
 *
 * Your own work, by name: `Encoder`, `SequenceClassifier`, `encodeTexts` from 'attention/classifier'; `EncoderBlock` from
 * 'attention/encoder-block'; `MultiHeadAttention` from 'attention/multi-head'; `causalLanguageLoss` from
 * 'attention/next-token'; `accuracy` from 'learning/accuracy'; `xavierNormal` from 'learning/initialisation'; `minibatches`
 * from 'learning/sgd'. And from the library: `import { Adam, argmax, backward, noGrad, ones, parametersOf, random, scope,
 * take, zeroGrad, zeros } from 'tensor'`.
 */
import type { SequenceClassifier } from 'attention/classifier';
import type { Tensor } from 'tensor';

/** How large the model is. */
export interface Sizes {
  /** Entries of the vocabulary, v. */
  readonly vocabulary: number;
  /** Channels of a token, d. */
  readonly channels: number;
  readonly heads: number;
  /** Hidden channels of a feed-forward network, m. */
  readonly hidden: number;
  readonly blocks: number;
  readonly classes: number;
}

/** Texts with their answers. */
export interface LabelledTexts {
  readonly texts: readonly string[];
  /** `(N,)`: whole numbers from 0, the class of each text. */
  readonly labels: Tensor;
}

export interface TrainOptions {
  readonly vocabulary: readonly string[];
  /** How many times every text is seen. */
  readonly epochs: number;
  readonly batchSize: number;
  /** Adam's learning rate. */
  readonly rate: number;
  /** Decides the order of the texts. */
  readonly seed: number;
  /** What is changed; all parameters of the model where it is left out. */
  readonly parameters?: readonly Tensor[];
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
}

/** A classifier that has learned nothing yet. */
export function createClassifier(sizes: Sizes, seed: number): SequenceClassifier {
  // TODO: draw all weights from one stream, `random(seed)`, and put the modules together.
  throw new Error('TODO: write createClassifier');
}

/**
 * Trains `model` itself by Adam on the cross-entropy, at a rate that falls in a straight line to 0. Yields after each step.
 *
 * data: texts, N of them, and labels `(N,)`
 */
export function* train(
  model: SequenceClassifier,
  data: LabelledTexts,
  options: TrainOptions,
): Generator<Progress, void> {
  // TODO: for each epoch, for each batch: forwards, how wrong, backwards, a step of Adam, `yield`.
  throw new Error('TODO: write train');
}

/** The number of the likeliest class of each text. */
export function classify(model: SequenceClassifier, texts: readonly string[], vocabulary: readonly string[]): number[] {
  // TODO: logits without a tape, and the place of the largest.
  throw new Error('TODO: write classify');
}
