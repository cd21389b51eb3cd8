/**
 * Transfer: what one task taught an encoder serves another.
 *
 * Your own work, by name: `train` from 'attention/train-classifier'. And from the library:
 * `import { namedParameters } from 'tensor'`.
 */
import type { SequenceClassifier } from 'attention/classifier';
import type { LabelledTexts, Progress, TrainOptions } from 'attention/train-classifier';
import type { Tensor } from 'tensor';

/** Tensors by the names of the parameters that they belong to: `{ 'encoder.E': …, … }`. */
export type Weights = Readonly<Record<string, Tensor>>;

/** As for `train`, and how many of the epochs change nothing but the head. */
export interface FineTuneOptions extends Omit<TrainOptions, 'parameters'> {
  /** From 0 to `epochs`. */
  readonly headEpochs: number;
}

/** The weights whose names begin with `prefix`, under what is left of their names. */
export function partOf(weights: Weights, prefix: string): Weights {
  // TODO: choose by name, and cut the prefix off.
  throw new Error('TODO: write partOf');
}

/**
 * Copies weights into the parameters of `module` that have their names. Where names or shapes do not agree it changes
 * nothing and throws an error that names all that is missing, unexpected or misshaped.
 */
export function loadWeights(module: object, weights: Weights): void {
  // TODO: compare all names and shapes, and only then copy.
  throw new Error('TODO: write loadWeights');
}

/** The parameters of the head. */
export function headOf(model: SequenceClassifier): readonly Tensor[] {
  // TODO: those that are not the encoder's.
  throw new Error('TODO: write headOf');
}

/** Trains first the head alone, then everything. Yields after each step; steps and epochs are counted through. */
export function* fineTune(
  model: SequenceClassifier,
  data: LabelledTexts,
  options: FineTuneOptions,
): Generator<Progress, void> {
  // TODO: `train` twice, and count on.
  throw new Error('TODO: write fineTune');
}
