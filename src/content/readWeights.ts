/** Reads the file of a trained model's parameters. What is in it, the library says when tensors are made of it. */
import type { WeightSet } from '../course/course';
import type { SubmittedWeights } from '../harness/submission';
import { readDataFile } from './dataFolder';
import type { DataFolder } from './dataFolder';

/** Rejects with a `DataFileError` where the file is missing. */
export async function readWeights(set: WeightSet, from: DataFolder): Promise<Omit<SubmittedWeights, 'name'>> {
  const { bytes } = await readDataFile(from, [set.file]);
  // A copy that owns its memory: what Node reads may be a piece of a larger block.
  return { kind: 'weights', bytes: new Uint8Array(bytes) };
}
