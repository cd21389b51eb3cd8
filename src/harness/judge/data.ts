/** The data sets of a submission as the checks see them: tensors, made when they are first asked for. */
import type { Labelled, LabelledImages } from '../../authoring';
import { fromData } from '../../tensor';
import type { LabelledBytes, SubmittedData } from '../submission';
import { HarnessProblem } from './prepare';

/** Answers with the same tensors each time; rejects with a `HarnessProblem` for a name that was not submitted. */
export function createData(sets: readonly SubmittedData[]): (name: string) => Promise<LabelledImages> {
  const made = new Map<string, LabelledImages>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return Promise.resolve(known);
    const set = sets.find((candidate) => candidate.name === name);
    if (set === undefined) {
      const problem = `the check asks for the data ${name}, which was not submitted with it: name it in the lesson's front matter`;
      return Promise.reject(new HarnessProblem(problem));
    }
    const images: LabelledImages = { train: labelled(set.train), test: labelled(set.test) };
    made.set(name, images);
    return Promise.resolve(images);
  };
}

function labelled({ count, height, width, images, labels }: LabelledBytes): Labelled {
  return {
    images: fromData(
      Float32Array.from(images, (grey) => grey / 255),
      [count, height, width],
    ),
    labels: fromData(Float32Array.from(labels), [count]),
  };
}
