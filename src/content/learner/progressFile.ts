/**
 * The progress file as text: what it may hold, how it is read when it is damaged or from a newer version, and how it is
 * written. Exercises that this course does not know are kept as they are.
 */
import * as z from 'zod';
import type { Progress } from '../../course/progress';

const moment = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not a moment in time');

const exerciseProgress = z.object({
  openedAt: moment.exactOptional(),
  checkedAt: moment.exactOptional(),
  passed: z.object({ at: moment, hash: z.string() }).exactOptional(),
  skip: z.object({ at: moment, skipped: z.boolean() }).exactOptional(),
  hintsShown: z.int().nonnegative().exactOptional(),
  solutionShownAt: moment.exactOptional(),
  resetAt: moment.exactOptional(),
});

const exerciseId = z.templateLiteral([z.string(), '/', z.string()]);

const progressFields = {
  exercises: z.record(exerciseId, exerciseProgress),
  last: z.object({ exercise: exerciseId, at: moment }).exactOptional(),
};

const progressSchema = z.object({ version: z.literal(1), ...progressFields });

export type ProgressReading =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'corrupt'; readonly because: string }
  /** Written by a newer Ground Up; `progress` is what could be understood of it, if anything. */
  | { readonly kind: 'newer'; readonly version: number; readonly progress: Progress | undefined };

export function readProgress(text: string): ProgressReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'corrupt', because: error instanceof Error ? error.message : String(error) };
  }
  return progressFrom(value);
}

/** As `readProgress`, for a value that is parsed already (VS Code's own storage). */
export function progressFrom(value: unknown): ProgressReading {
  const version = z.looseObject({ version: z.int().gt(1) }).safeParse(value);
  if (version.success) {
    const understood = z.object(progressFields).safeParse(value);
    const progress = understood.success ? { version: 1 as const, ...understood.data } : undefined;
    return { kind: 'newer', version: version.data.version, progress };
  }
  const parsed = progressSchema.safeParse(value);
  if (parsed.success) {
    return { kind: 'progress', progress: parsed.data };
  }
  const issue = parsed.error.issues[0];
  return {
    kind: 'corrupt',
    because: issue === undefined ? 'not a progress file' : `${issue.path.join(' › ')}: ${issue.message}`,
  };
}

/** Keys in a fixed order, one exercise a line or a few, so that a learner who keeps the folder in git sees small changes. */
export function progressText(progress: Progress): string {
  const exercises = Object.fromEntries(Object.entries(progress.exercises).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ ...progress, exercises }, null, 2)}\n`;
}
