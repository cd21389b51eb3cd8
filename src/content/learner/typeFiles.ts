/**
 * Writes what an editor's TypeScript service needs into a learner's folder: the types of `'tensor'`, the stubs as types
 * of what is not begun yet, and a tsconfig that leads to both. They are renewed when another build of Ground Up writes
 * them; a tsconfig that the learner edited is left alone.
 */
import type { Course, ExerciseId } from '../../course/course';
import { exercisesOf } from '../../course/course';
import type { LearnerFiles } from './learnerFiles';
import { consoleTypes, importedDeclarations, learnerTsconfig, resolvesTensor } from './typeSupport';

export interface TypeFilesOptions {
  readonly files: LearnerFiles;
  readonly course: Course;
  /** Names the build whose types are written; another name means they are written again. */
  readonly version: string;
  readonly stub: (id: ExerciseId) => Promise<string>;
  /** A declaration file of `'tensor'`, by its path from `index.d.ts`; `undefined` where there is none. */
  readonly declaration: (path: string) => Promise<string | undefined>;
}

/** What has become of the tsconfig: it leads to the types, or the learner's own no longer does. */
export type TsconfigState =
  { readonly kind: 'resolves' } | { readonly kind: 'lost'; readonly present: string; readonly wanted: string };

/** A declaration of `'tensor'` that this installation should have and has not. */
export class MissingDeclaration extends Error {
  constructor(readonly path: string) {
    super(`The types of 'tensor' are missing from this installation (${path}). Install Ground Up again.`);
    this.name = 'MissingDeclaration';
  }
}

/** What was written last, kept beside the types: a tsconfig equal to `tsconfig` is ours to renew. */
interface Written {
  readonly version: string;
  readonly tsconfig: string;
}

const writtenPath = '.groundup/types/written.json';

/** Brings types and tsconfig up to date. Rejects where the folder cannot be written. */
export async function ensureTypeFiles(options: TypeFilesOptions): Promise<TsconfigState> {
  const { files, course, version } = options;
  const written = await readWritten(files);
  if (written?.version !== version) {
    await writeTypes(options);
  }
  const wanted = learnerTsconfig(course.parts.map((part) => part.id));
  const present = await files.readText('tsconfig.json');
  const ours = present === undefined || present === written?.tsconfig;
  if (ours && present !== wanted) {
    await files.writeText('tsconfig.json', wanted);
  }
  if (written?.version !== version || written.tsconfig !== wanted) {
    await files.writeText(writtenPath, `${JSON.stringify({ version, tsconfig: wanted } satisfies Written, null, 2)}\n`);
  }
  return ours || resolvesTensor(present) ? { kind: 'resolves' } : { kind: 'lost', present, wanted };
}

async function readWritten(files: LearnerFiles): Promise<Written | undefined> {
  try {
    const value: unknown = JSON.parse((await files.readText(writtenPath)) ?? 'null');
    const { version, tsconfig } = (value ?? {}) as Partial<Record<keyof Written, unknown>>;
    return typeof version === 'string' && typeof tsconfig === 'string' ? { version, tsconfig } : undefined;
  } catch {
    // Only a note to ourselves: without it everything is written again.
    return undefined;
  }
}

async function writeTypes(options: TypeFilesOptions): Promise<void> {
  const { files, course, stub } = options;
  await files.writeText('.groundup/types/console.d.ts', consoleTypes);
  for (const { id } of exercisesOf(course)) {
    await files.writeText(`.groundup/types/${id}.ts`, await stub(id));
  }
  await copyDeclaration('index.d.ts', { options, seen: new Set() });
}

/**
 * Copies a declaration file of `'tensor'` and all that it imports. The imports are followed, because an extension that
 * was loaded over HTTP can read its files and cannot list them.
 */
async function copyDeclaration(
  path: string,
  copy: { readonly options: TypeFilesOptions; readonly seen: Set<string> },
): Promise<void> {
  const { options, seen } = copy;
  if (seen.has(path)) {
    return;
  }
  seen.add(path);
  const text = await options.declaration(path);
  if (text === undefined) {
    if (path.endsWith('/index.d.ts') || path === 'index.d.ts') {
      throw new MissingDeclaration(path);
    }
    await copyDeclaration(path.replace(/\.d\.ts$/, '/index.d.ts'), copy);
    return;
  }
  await options.files.writeText(`.groundup/types/tensor/${path}`, text);
  for (const imported of importedDeclarations(path, text)) {
    await copyDeclaration(imported, copy);
  }
}
