/** A learner's folder on disk. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LearnerFiles } from '../content/learner/learnerFiles';

export function nodeLearnerFiles(folder: string): LearnerFiles {
  const locate = (relative: string): string => path.join(folder, ...relative.split('/'));
  return {
    readText: async (relative) => await readTextIfThere(locate(relative)),
    async writeText(relative, text) {
      const file = locate(relative);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    },
    rename: (from, to) => rename(locate(from), locate(to)),
    remove: (relative) => rm(locate(relative)),
  };
}

/** The text of a file, or `undefined` where there is none; without a byte order mark, as editors read it. */
export async function readTextIfThere(file: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** What went wrong with a file, in a few words for a person. */
export function faultWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'it is not permitted';
    case 'EISDIR':
      return 'it is a folder';
    case 'ENOTDIR':
      return 'a file is where a folder should be';
    case 'ENOENT':
      return 'it is not there';
    case 'ENOSPC':
      return 'the disk is full';
    case 'EROFS':
      return 'the disk is read-only';
    default:
      return error.message;
  }
}
