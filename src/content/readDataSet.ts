/**
 * Reads a set of labelled images: a folder with two IDX files for each half, under the names that the course gives. The
 * folder that ships with a course and one of the learner's own are read in the same way and held to the same.
 */
import type { DataSet, LabelledSplit } from '../course/course';
import type { LabelledBytes, SubmittedData } from '../harness/submission';
import type { CourseFiles } from './courseFiles';
import { CourseFileError } from './courseFiles';
import { DataFileError, readIdx } from './idx';
import type { IdxExpectation, IdxFile } from './idx';

export interface NamedDataSet {
  readonly name: string;
  readonly set: DataSet;
}

export interface DataFolder {
  readonly files: Pick<CourseFiles, 'readBytes'>;
  /** The folder that holds the files, below the root of `files`; `''` is the root itself. */
  readonly folder: string;
  /** The folder in words, and how it came to be looked at: what a message ends with. */
  readonly origin: string;
}

/** Rejects with a `DataFileError` where a file is missing or holds something else than it should. */
export async function readDataSet({ name, set }: NamedDataSet, from: DataFolder): Promise<SubmittedData> {
  const [train, test] = await Promise.all([
    readSplit(set.splits.train, { set, from }),
    readSplit(set.splits.test, { set, from }),
  ]);
  return { name, kind: set.kind, train, test };
}

interface Place {
  readonly set: DataSet;
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
async function readFileOf({ files, folder, origin }: DataFolder, wanted: IdxExpectation): Promise<IdxFile> {
  const dotted = wanted.file.replace(/-(idx\d)/, '.$1');
  for (const file of [wanted.file, `${wanted.file}.gz`, dotted, `${dotted}.gz`]) {
    const path = folder === '' ? file : `${folder}/${file}`;
    let bytes: Uint8Array;
    try {
      bytes = await files.readBytes(path);
    } catch (error) {
      if (error instanceof CourseFileError && error.fault === 'missing') {
        continue;
      }
      const words = error instanceof Error ? error.message : String(error);
      throw new DataFileError(file, `${words} ${origin}`, { cause: error });
    }
    try {
      return await readIdx(bytes, { ...wanted, file });
    } catch (error) {
      throw error instanceof DataFileError
        ? new DataFileError(file, `${error.message} ${origin}`, { cause: error })
        : error;
    }
  }
  throw new DataFileError(wanted.file, `There is no ${wanted.file}, and no ${wanted.file}.gz. ${origin}`);
}
