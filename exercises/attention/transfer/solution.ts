/** Transfer: what one task taught an encoder serves another. */
import type { SequenceClassifier } from 'attention/classifier';
import { train } from 'attention/train-classifier';
import type { LabelledTexts, Progress, TrainOptions } from 'attention/train-classifier';
import { namedParameters } from 'tensor';
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
  const own = Object.entries(weights).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, x]) => [name.slice(prefix.length), x]));
}

/**
 * Copies weights into the parameters of `module` that have their names. Where names or shapes do not agree it changes
 * nothing and throws an error that names all that is missing, unexpected or misshaped.
 */
export function loadWeights(module: object, weights: Weights): void {
  const own = namedParameters(module);
  const missing = [...own.keys()].filter((name) => weights[name] === undefined);
  const unexpected = Object.keys(weights).filter((name) => !own.has(name));
  const pairs = [...own].flatMap(([name, parameter]) => {
    const saved = weights[name];
    return saved === undefined ? [] : [{ name, parameter, saved }];
  });
  const misshaped = pairs.filter(({ parameter, saved }) => parameter.shape.join() !== saved.shape.join());
  const problems = [
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(unexpected.length > 0 ? [`unexpected: ${unexpected.join(', ')}`] : []),
    ...misshaped.map(
      ({ name, parameter, saved }) =>
        `misshaped: ${name} is (${saved.shape.join(', ')}), but should be (${parameter.shape.join(', ')})`,
    ),
  ];
  // All is looked at before anything is written: half a model would be worse than none.
  if (problems.length > 0) throw new Error(`loadWeights: ${problems.join('; ')}`);
  for (const { parameter, saved } of pairs) parameter.data.set(saved.data);
}

/** The parameters of the head. */
export function headOf(model: SequenceClassifier): readonly Tensor[] {
  return [model.W, model.b];
}

/** Trains first the head alone, then everything. Yields after each step; steps and epochs are counted through. */
export function* fineTune(
  model: SequenceClassifier,
  data: LabelledTexts,
  { headEpochs, ...options }: FineTuneOptions,
): Generator<Progress, void> {
  let done = { step: 0, epoch: 0 };
  const phases = [{ epochs: headEpochs, parameters: headOf(model) }, { epochs: options.epochs - headEpochs }];
  for (const phase of phases) {
    const before = done;
    for (const progress of train(model, data, { ...options, ...phase })) {
      done = { step: before.step + progress.step, epoch: before.epoch + progress.epoch };
      yield { ...progress, ...done };
    }
  }
}
