/** The data sets of a submission as the checks see them: tensors, made when they are first asked for. */
import type { CheckContext, DataOfKind, Labelled, LabelledLines, Weights } from '../../authoring';
import { fromData, loadTensors } from '../../tensor';
import type { LabelledBytes, LabelledLines as SubmittedLines, SubmittedData } from '../submission';
import { HarnessProblem } from './prepare';

type Kind = keyof DataOfKind;

/** Answers with the same tensors each time; rejects with a `HarnessProblem` for a name that was not submitted. */
export function createData(sets: readonly SubmittedData[]): CheckContext<unknown>['data'] {
  const find = dataFinder(sets);
  // A promise, so that a name that was not submitted ends the check wherever it is awaited.
  return (name, kind) => Promise.resolve().then(() => find(name, kind));
}

/** The same for whoever need not wait. Throws a `HarnessProblem`. */
export function dataFinder(
  sets: readonly SubmittedData[],
): <K extends Kind = 'labelled-images'>(name: string, kind?: K) => DataOfKind[K] {
  const made = new Map<string, DataOfKind[Kind]>();
  return <K extends Kind>(name: string, kind?: K) => {
    const wanted: Kind = kind ?? 'labelled-images';
    const set = sets.find((candidate) => candidate.name === name);
    if (set === undefined) {
      throw new HarnessProblem(
        `the check asks for the data ${name}, which was not submitted with it: name it in the lesson's front matter`,
      );
    }
    if (set.kind !== wanted) {
      throw new HarnessProblem(
        `the check asks for the data ${name} as ${wanted}, but course.json lists it as ${set.kind}: data('${name}', '${set.kind}')`,
      );
    }
    const known = made.get(name) ?? tensorsOf(set);
    made.set(name, known);
    // What was made of a set has the type of its kind, and that is the one that was asked for.
    return known as DataOfKind[K];
  };
}

function tensorsOf(set: SubmittedData): DataOfKind[Kind] {
  switch (set.kind) {
    case 'labelled-images':
      return { train: imagesOf(set.train), test: imagesOf(set.test) };
    case 'labelled-texts':
      return { labels: set.labels, train: textsOf(set.train), test: textsOf(set.test) };
    case 'weights':
      return weightsOf(set.name, set.bytes);
    default:
      return set satisfies never;
  }
}

function imagesOf({ count, height, width, images, labels }: LabelledBytes): Labelled {
  return {
    images: fromData(
      Float32Array.from(images, (grey) => grey / 255),
      [count, height, width],
    ),
    labels: labelsOf(labels),
  };
}

function textsOf({ texts, labels }: SubmittedLines): LabelledLines {
  return { texts, labels: labelsOf(labels) };
}

function labelsOf(labels: Uint8Array): Labelled['labels'] {
  return fromData(Float32Array.from(labels), [labels.length]);
}

function weightsOf(name: string, bytes: Uint8Array): Weights {
  try {
    return Object.fromEntries(loadTensors(bytes));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new HarnessProblem(`the weights of ${name} cannot be read: ${words}`);
  }
}
