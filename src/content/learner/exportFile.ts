/**
 * A learner's progress and solutions as one file, to keep or to carry to another machine, and back again. An import
 * merges: progress as two windows merge theirs, and a solution that differs from the one that is there is laid beside it
 * under a dated name. Nothing that either side had is lost.
 */
import * as z from 'zod';
import type { ExerciseId } from '../../course/course';
import type { Progress } from '../../course/progress';
import { datedName } from './datedName';
import type { LearnerFiles } from './learnerFiles';
import { progressFrom } from './progressFile';

/** What every such file says of itself, so that any other JSON is known not to be one. */
const format = 'groundup-export';
const formatVersion = 1;

/** No solution is longer than this, in characters. */
const maxSolutionLength = 1024 * 1024;

/** `<part>/<exercise>.ts`, or `<course>/<part>/<exercise>.ts` for a course that was added: nothing that could lead elsewhere. */
const solutionPath = z.string().regex(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/){1,2}[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/);

export const exportSchema = z.strictObject({
  $schema: z.string().max(200).optional(),
  format: z.literal(format).describe('Names this kind of file.'),
  version: z.literal(formatVersion).describe('The form of this file.'),
  exportedAt: z.iso.datetime().describe('When it was written, in UTC.'),
  progress: z
    .looseObject({ version: z.int().positive() })
    .describe('The progress, as .groundup/progress.json of the course folder holds it.'),
  solutions: z
    .record(solutionPath, z.string().max(maxSolutionLength))
    .describe('The text of each solution, by its place in the course folder.'),
});

export interface ExportFile {
  readonly progress: Progress;
  readonly solutions: Readonly<Record<string, string>>;
}

export interface ExportOptions {
  readonly files: LearnerFiles;
  readonly progress: Progress;
  /** The exercises of all courses that are there; those that only the progress names are taken as well. */
  readonly exercises: readonly ExerciseId[];
  readonly now: Date;
}

/** The text of the file. Rejects where a solution cannot be read: half a copy would be taken for a whole one. */
export async function exportText({ files, progress, exercises, now }: ExportOptions): Promise<string> {
  const ids = [...new Set([...exercises, ...Object.keys(progress.exercises)])].sort();
  const solutions: Record<string, string> = {};
  for (const path of ids.map((id) => `${id}.ts`).filter((each) => solutionPath.safeParse(each).success)) {
    const text = await files.readText(path);
    if (text !== undefined) solutions[path] = text;
  }
  const file: z.infer<typeof exportSchema> = {
    format,
    version: formatVersion,
    exportedAt: now.toISOString(),
    progress: { ...progress },
    solutions,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

export type ExportReading =
  | { readonly kind: 'export'; readonly file: ExportFile }
  | { readonly kind: 'newer' }
  | { readonly kind: 'unreadable'; readonly because: string };

export function readExport(text: string): ExportReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'unreadable', because: error instanceof Error ? error.message : String(error) };
  }
  const newer = z.looseObject({ format: z.literal(format), version: z.int().gt(formatVersion) });
  if (newer.safeParse(value).success) {
    return { kind: 'newer' };
  }
  const parsed = exportSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: 'unreadable', because: `${issue?.path.join(' › ') ?? ''}: ${issue?.message ?? 'not an export'}` };
  }
  const reading = progressFrom(parsed.data.progress);
  switch (reading.kind) {
    case 'progress':
      return { kind: 'export', file: { progress: reading.progress, solutions: parsed.data.solutions } };
    case 'newer':
      return { kind: 'newer' };
    case 'corrupt':
      return { kind: 'unreadable', because: reading.because };
    default:
      return reading satisfies never;
  }
}

/** What became of each solution of an import. */
export interface ImportedSolutions {
  /** Written, because there was none. */
  readonly written: readonly string[];
  /** Laid beside the one that was there and says something else. */
  readonly kept: readonly { readonly path: string; readonly copy: string }[];
  /** The same as the one that was there. */
  readonly same: readonly string[];
}

/** Rejects where the folder cannot be read or written; what was written until then stays, and an import may be repeated. */
export async function importSolutions(
  files: LearnerFiles,
  { solutions, now }: Pick<ExportFile, 'solutions'> & { readonly now: Date },
): Promise<ImportedSolutions> {
  const written: string[] = [];
  const same: string[] = [];
  const kept: { path: string; copy: string }[] = [];
  for (const [path, text] of Object.entries(solutions)) {
    const present = await files.readText(path);
    if (present === text) {
      same.push(path);
    } else if (present === undefined) {
      await files.writeText(path, text);
      written.push(path);
    } else {
      kept.push({ path, copy: await keepCopy(files, { path, text, now }) });
    }
  }
  return { written, kept, same };
}

/** Writes `text` among the copies of `path` under a name that is free, or finds it there from an import before. */
async function keepCopy(
  files: LearnerFiles,
  { path, text, now }: { readonly path: string; readonly text: string; readonly now: Date },
): Promise<string> {
  for (let later = 0; ; later += 1) {
    const copy = `.groundup/copies/${datedName(path, new Date(now.getTime() + later * 1_000))}`;
    const present = await files.readText(copy);
    if (present === undefined) {
      await files.writeText(copy, text);
    }
    if (present === undefined || present === text) {
      return copy;
    }
  }
}

/** The schema as other programs read it; `media/export.schema.json` is this, and a test keeps it so. */
export function exportJsonSchema(): object {
  return {
    title: 'Progress and solutions of a Ground Up learner',
    ...z.toJSONSchema(exportSchema, { io: 'input', target: 'draft-7' }),
  };
}
