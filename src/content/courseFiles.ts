/**
 * The port through which a course folder is read, so that a folder on disk, a workspace of VS Code and a course packed
 * into an extension are all the same to the loader. Paths are relative to the course folder, with `/`.
 */
export interface CourseEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
}

export interface CourseFiles {
  /** The text of a file. Rejects with a `CourseFileError`. */
  readText(path: string): Promise<string>;
  /** A file of data. Rejects with a `CourseFileError`. */
  readBytes(path: string): Promise<Uint8Array>;
  /** What lies in a folder, in any order; `''` is the course folder itself. Rejects with a `CourseFileError`. */
  list(folder: string): Promise<readonly CourseEntry[]>;
}

export type CourseFileFault = 'missing' | 'notPermitted' | 'tooLarge' | 'outside' | 'unreadable';

/** Nothing in a course folder is longer than this, in characters or bytes; adapters refuse what is. */
export const maxCourseFileSize = 1024 * 1024;

/** No file of data is longer than this, in bytes: the largest of MNIST, unpacked, has 47 million. */
export const maxDataFileSize = 64 * 1024 * 1024;

/** A file of a course that cannot be read, in words for whoever keeps the course. */
export class CourseFileError extends Error {
  constructor(
    readonly path: string,
    readonly fault: CourseFileFault,
    options?: ErrorOptions,
  ) {
    super(faultWords[fault](path === '' ? 'the course folder' : path), options);
    this.name = 'CourseFileError';
  }
}

const faultWords: Readonly<Record<CourseFileFault, (path: string) => string>> = {
  missing: (path) => `${path} is missing.`,
  notPermitted: (path) => `${path} may not be read. Check its permissions.`,
  tooLarge: (path) =>
    `${path} is larger than ${maxCourseFileSize / 1024} KiB, the most that a text of a course may have, or for data than ${maxDataFileSize / 1024} KiB.`,
  outside: (path) => `${path} lies outside the course folder.`,
  unreadable: (path) => `${path} could not be read.`,
};

/** Refuses a path that could leave the course folder; adapters and the loader ask this before they touch anything. */
export function assertInside(path: string): void {
  const segments = path.split('/');
  if (path !== '' && segments.some((segment) => !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(segment))) {
    throw new CourseFileError(path, 'outside');
  }
}
