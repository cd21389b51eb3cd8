/** A folder that holds the files of a data set, of the course or of the learner's own, and what is said where one cannot be used. */
import type { CourseFiles } from './courseFiles';
import { CourseFileError } from './courseFiles';

/** A file of data that cannot be used: which one, what is wrong with it, and what to try. */
export class DataFileError extends Error {
  constructor(
    readonly file: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DataFileError';
  }
}

export interface DataFolder {
  readonly files: Pick<CourseFiles, 'readBytes'>;
  /** The folder that holds the files, below the root of `files`; `''` is the root itself. */
  readonly folder: string;
  /** The folder in words, and how it came to be looked at: what a message ends with. */
  readonly origin: string;
}

/** A file of the folder, by the first of these names under which there is one. Rejects with a `DataFileError`. */
export async function readDataFile(
  { files, folder, origin }: DataFolder,
  names: readonly [string, ...string[]],
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  for (const name of names) {
    try {
      return { name, bytes: await files.readBytes(folder === '' ? name : `${folder}/${name}`) };
    } catch (error) {
      if (error instanceof CourseFileError && error.fault === 'missing') {
        continue;
      }
      const words = error instanceof Error ? error.message : String(error);
      throw new DataFileError(name, `${words} ${origin}`, { cause: error });
    }
  }
  const [name] = names;
  const packed = names.includes(`${name}.gz`) ? `, and no ${name}.gz` : '';
  throw new DataFileError(name, `There is no ${name}${packed}. ${origin}`);
}

/** What `read` makes of a file; its complaint ends with where the file was looked for. */
export async function fromFolder<T>({ origin }: DataFolder, read: () => Promise<T> | T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof DataFileError
      ? new DataFileError(error.file, `${error.message} ${origin}`, { cause: error })
      : error;
  }
}
