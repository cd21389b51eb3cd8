/** A learner's folder as a terminal sees it: their files, and which of their texts have passed. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ExerciseId } from '../course/course';
import { hashOf } from '../harness/sourceHash';

const passes = z.object({
  exercises: z.record(z.string(), z.object({ passed: z.object({ hash: z.string() }).optional() })),
});

export function learnersFile(folder: string, id: ExerciseId): string {
  return path.join(folder, ...`${id}.ts`.split('/'));
}

/** The learner's text of an exercise where its present text has passed, as their progress file records it. */
export async function passedWork(folder: string, id: ExerciseId): Promise<string | undefined> {
  const [text, progress] = await Promise.all([
    readOrNothing(learnersFile(folder, id)),
    readOrNothing(path.join(folder, '.groundup', 'progress.json')),
  ]);
  return text !== undefined && progress !== undefined && passedHash(progress, id) === hashOf(text) ? text : undefined;
}

function passedHash(progress: string, id: ExerciseId): string | undefined {
  try {
    const result = passes.safeParse(JSON.parse(progress));
    return result.success ? result.data.exercises[id]?.passed?.hash : undefined;
  } catch {
    return undefined;
  }
}

async function readOrNothing(file: string): Promise<string | undefined> {
  return await readFile(file, 'utf8').catch(() => undefined);
}
