/** Reads a set of labelled images: two IDX files for each half, under the names that the course gives. */
import type { ImageSet, LabelledSplit } from '../course/course';
import type { LabelledBytes, SubmittedImages } from '../harness/submission';
import { DataFileError, fromFolder, readDataFile } from './dataFolder';
import type { DataFolder } from './dataFolder';
import { readIdx } from './idx';
import type { IdxExpectation, IdxFile } from './idx';

/** Rejects with a `DataFileError` where a file is missing or holds something else than it should. */
export async function readLabelledImages(set: ImageSet, from: DataFolder): Promise<Omit<SubmittedImages, 'name'>> {
  const [train, test] = await Promise.all([
    readSplit(set.splits.train, { set, from }),
    readSplit(set.splits.test, { set, from }),
  ]);
  return { kind: 'labelled-images', train, test };
}

interface Place {
  readonly set: ImageSet;
  readonly from: DataFolder;
}

async function readSplit(split: LabelledSplit, { set, from }: Place): Promise<LabelledBytes> {
  const [images, labels] = await Promise.all([
    readFileOf(from, { file: split.images, holds: 'images' }),
    readFileOf(from, { file: split.labels, holds: 'labels' }),
  ]);
  const refuse = (file: string, message: string): never => {
    throw new DataFileError(file, `${message} ${from.origin}`);
  };
  const [count = 0, height = 0, width = 0] = images.shape;
  const [labelCount = 0] = labels.shape;
  if (height !== set.height || width !== set.width) {
    const wanted = `${set.height} × ${set.width}`;
    refuse(split.images, `The images in ${split.images} are ${height} × ${width}; the course needs ${wanted}.`);
  }
  if (count !== labelCount) {
    const belong = 'They do not belong together.';
    refuse(
      split.images,
      `${split.images} has ${count} images, and ${split.labels} has ${labelCount} labels. ${belong}`,
    );
  }
  if (count < split.count) {
    refuse(split.images, `${split.images} has ${count} images; the course needs ${split.count} or more.`);
  }
  const chosen = labels.bytes.subarray(0, split.count);
  const wrong = chosen.findIndex((label) => label >= set.classes);
  if (wrong >= 0) {
    refuse(
      split.labels,
      `${split.labels} has the label ${chosen[wrong]} at place ${wrong}; labels go from 0 to ${set.classes - 1}.`,
    );
  }
  // Copies, so that what is sent to another process is no more than what is used; not by slice, which in Node's own kind
  // of array of bytes copies nothing.
  return {
    count: split.count,
    height,
    width,
    images: new Uint8Array(images.bytes.subarray(0, split.count * height * width)),
    labels: new Uint8Array(chosen),
  };
}

/** The file under its own name or gzipped; some copies of MNIST have a dot for the second hyphen. */
async function readFileOf(from: DataFolder, wanted: IdxExpectation): Promise<IdxFile> {
  const dotted = wanted.file.replace(/-(idx\d)/, '.$1');
  const { name, bytes } = await readDataFile(from, [wanted.file, `${wanted.file}.gz`, dotted, `${dotted}.gz`]);
  return await fromFolder(from, () => readIdx(bytes, { ...wanted, file: name }));
}
