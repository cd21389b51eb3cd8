/**
 * Reading and replacing the progress file of a learner's folder. What cannot be read is set aside under a dated name,
 * never thrown away; a file of a newer version is left as it is; a new text takes the place of the old one in one step.
 */
import type { Progress } from '../../course/progress';
import { datedName } from './datedName';
import type { LearnerFiles } from './learnerFiles';
import { progressText, readProgress } from './progressFile';

export const progressPath = '.groundup/progress.json';

export type ProgressOnDisk =
  | { readonly kind: 'none' }
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** Written by a newer Ground Up: it must not be written. `progress` is what could be understood of it. */
  | { readonly kind: 'newer'; readonly version: number; readonly progress: Progress | undefined }
  /** It could not be read, and lies beside itself as `copy` now. */
  | { readonly kind: 'setAside'; readonly because: string; readonly copy: string }
  /** It could be neither read nor moved; it must not be written. */
  | { readonly kind: 'stuck'; readonly because: string; readonly error: unknown };

/** How long a text that cannot be read must stay as it is before it is called corrupt. */
const restsForMs = 150;

/** How often it is read again at most, should it never come to rest. */
const readings = 20;

/** Rejects only where the file is there and the system does not let us read it. */
export async function readProgressOnDisk(files: LearnerFiles, now: Date): Promise<ProgressOnDisk> {
  const text = await textAtRest(files);
  if (text === undefined) {
    return { kind: 'none' };
  }
  const reading = readProgress(text);
  if (reading.kind !== 'corrupt') {
    return reading;
  }
  const { because } = reading;
  const copy = datedName('progress.json', now);
  try {
    await files.rename(progressPath, `.groundup/${copy}`);
    return { kind: 'setAside', because, copy };
  } catch (error) {
    return { kind: 'stuck', because, error };
  }
}

/**
 * The file's text; one that cannot be read is read again until it stays the same. We replace the file in one step, but a
 * program that copies or synchronises folders may be in the middle of writing it, and what is half there is not corrupt.
 */
async function textAtRest(files: LearnerFiles): Promise<string | undefined> {
  let text = await files.readText(progressPath);
  for (let left = readings; left > 0 && text !== undefined && readProgress(text).kind === 'corrupt'; left -= 1) {
    await new Promise((resolve) => setTimeout(resolve, restsForMs));
    const later = await files.readText(progressPath);
    if (later === text) {
      break;
    }
    text = later;
  }
  return text;
}

/** Writes beside the file first, so that nobody ever reads half of it. Rejects where the folder cannot be written. */
export async function writeProgressOnDisk(files: LearnerFiles, progress: Progress): Promise<void> {
  const temporary = `${progressPath}.${crypto.randomUUID()}.tmp`;
  try {
    await files.writeText(temporary, progressText(progress));
    await files.rename(temporary, progressPath);
  } catch (error) {
    await files.remove(temporary).catch(() => undefined);
    throw error;
  }
}
