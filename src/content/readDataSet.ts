/**
 * Reads a data set of any kind from its folder. One that ships with a course and one of the learner's own are read in the
 * same way and held to the same.
 */
import type { DataSet } from '../course/course';
import type { SubmittedData } from '../harness/submission';
import type { DataFolder } from './dataFolder';
import { readLabelledImages } from './readLabelledImages';
import { readLabelledTexts } from './readLabelledTexts';
import { readWeights } from './readWeights';

export interface NamedDataSet {
  readonly name: string;
  readonly set: DataSet;
}

/** Rejects with a `DataFileError` where a file is missing or holds something else than it should. */
export async function readDataSet({ name, set }: NamedDataSet, from: DataFolder): Promise<SubmittedData> {
  switch (set.kind) {
    case 'labelled-images':
      return { name, ...(await readLabelledImages(set, from)) };
    case 'labelled-texts':
      return { name, ...(await readLabelledTexts(set, from)) };
    case 'weights':
      return { name, ...(await readWeights(set, from)) };
    default:
      return set satisfies never;
  }
}
