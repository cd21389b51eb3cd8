/** Training a transformer: it learns from labelled texts, and tells after each step how it is doing. */
import { Encoder, SequenceClassifier, encodeTexts } from 'attention/classifier';
import { EncoderBlock } from 'attention/encoder-block';
import { MultiHeadAttention } from 'attention/multi-head';
import { causalLanguageLoss } from 'attention/next-token';
import { accuracy } from 'learning/accuracy';
import { xavierNormal } from 'learning/initialisation';
import { minibatches } from 'learning/sgd';
import { Adam, argmax, backward, noGrad, ones, parametersOf, random, scope, take, zeroGrad, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';

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

/** As far to the left and to the right each head tells distances apart. */
const reach = 4;

/** A classifier that has learned nothing yet. */
export function createClassifier(sizes: Sizes, seed: number): SequenceClassifier {
  const stream = random(seed);
  const { vocabulary, channels, classes, blocks } = sizes;
  const E = stream.normal([vocabulary, channels]);
  const encoder = new Encoder(
    { E, R: zeros([sizes.heads, 2 * reach + 1]) },
    Array.from({ length: blocks }, () => createBlock(sizes, stream)),
  );
  return new SequenceClassifier(encoder, { W: xavierNormal([classes, channels], stream), b: zeros([classes]) });
}

function createBlock({ channels: d, heads, hidden: m }: Sizes, stream: Random): EncoderBlock {
  const square = () => xavierNormal([d, d], stream);
  const attention = { Wq: square(), Wk: square(), Wv: square(), Wo: square(), bo: zeros([d]) };
  return new EncoderBlock(new MultiHeadAttention(attention, { heads }), {
    W1: xavierNormal([m, d], stream),
    b1: zeros([m]),
    W2: xavierNormal([d, m], stream),
    b2: zeros([d]),
    gamma1: ones([d]),
    beta1: zeros([d]),
    gamma2: ones([d]),
    beta2: zeros([d]),
  });
}

/**
 * Trains `model` itself by Adam on the cross-entropy, at a rate that falls in a straight line to 0. Yields after each step.
 *
 * data: texts, N of them, and labels `(N,)`
 */
export function* train(
  model: SequenceClassifier,
  { texts, labels }: LabelledTexts,
  { vocabulary, epochs, batchSize, rate, seed, parameters = parametersOf(model) }: TrainOptions,
): Generator<Progress, void> {
  const stream = random(seed);
  const optimiser = new Adam(parameters, { learningRate: rate });
  const steps = epochs * Math.ceil(texts.length / batchSize);
  let step = 0;
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    for (const numbers of minibatches(texts.length, batchSize, stream)) {
      optimiser.learningRate = rate * (1 - step / steps);
      // What one step makes on its way is freed at its end; numbers and parameters stay.
      const told = scope(() => {
        const batch = encodeTexts(
          numbers.map((number) => texts[number]!),
          vocabulary,
        );
        const targets = take(labels, numbers);
        const logits = model.forward(batch);
        const loss = causalLanguageLoss(logits, targets);
        // Of all, not only of those that are changed: the others receive gradients too, and they would add up.
        zeroGrad(parametersOf(model));
        backward(loss);
        optimiser.step();
        return { loss: loss.at(), accuracy: accuracy(logits, targets) };
      });
      step += 1;
      yield { step, epoch, ...told };
    }
  }
}

/** The number of the likeliest class of each text. */
export function classify(model: SequenceClassifier, texts: readonly string[], vocabulary: readonly string[]): number[] {
  return noGrad(() => scope(() => Array.from(argmax(model.forward(encodeTexts(texts, vocabulary)), { axis: 1 }).data)));
}
