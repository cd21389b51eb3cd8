/**
 * `groundup start` and `groundup open`: a course folder as the editor makes it, for whoever works with another editor. A
 * stub is written once; what a learner wrote is never replaced.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { CourseSource } from '../content/courseSource';
import { ensureTypeFiles } from '../content/learner/typeFiles';
import type { Exercise } from '../course/course';
import { findExercise } from '../course/course';
import { continueWith } from '../course/navigation';
import { opened } from '../course/progress';
import { unknownExercise } from './exercises';
import type { Installation } from './installation';
import { LearnerFolder } from './learnerFolder';
import { faultWords } from './nodeLearnerFiles';
import type { Screen } from './terminal';

export interface OpenCommandOptions {
  readonly source: CourseSource;
  readonly installation: Installation;
  readonly screen: Screen;
  readonly folder: string;
  /** An exercise's id; without one, the exercise to go on with. */
  readonly id: string | undefined;
  /** Whether files may be written into a folder that already holds others. */
  readonly mayUseForeign: boolean;
}

/** Resolves with the exit code: 0 it is there, 2 it could not be opened. */
export async function openCommand(options: OpenCommandOptions): Promise<number> {
  const { source, screen, id } = options;
  const folder = path.resolve(options.folder);
  const learner = new LearnerFolder({ path: folder, course: source.course, say: (sentence) => screen.note(sentence) });
  const named = id === undefined ? undefined : findExercise(source.course, id.replace(/\.ts$/, ''));
  if (id !== undefined && named === undefined) {
    screen.note(unknownExercise(source.course, id));
    return 2;
  }
  if (!options.mayUseForeign && (await learner.isForeign())) {
    screen.note(
      `${folder} already holds other files. Name an empty folder, or say --yes to use this one; none of them is changed.`,
    );
    return 2;
  }
  await learner.progress.load();
  const exercise = named ?? (await toGoOnWith(source, learner));
  if (exercise === undefined) {
    screen.print('Every exercise of the course is passed or skipped.');
    return 0;
  }
  try {
    await mkdir(folder, { recursive: true });
    if ((await learner.textOf(exercise.id)) === undefined) {
      await learner.files.writeText(`${exercise.id}.ts`, await source.stub(exercise.id));
    }
    await writeTypes(options, learner);
  } catch (error) {
    screen.note(`${folder} cannot be written: ${faultWords(error)}. Make it writable, or name another folder.`);
    return 2;
  }
  await learner.progress.update((progress) => opened(progress, exercise.id, new Date()));
  screen.print(...whatNext(exercise, learner));
  return 0;
}

async function toGoOnWith(source: CourseSource, learner: LearnerFolder): Promise<Exercise | undefined> {
  const states = await learner.states(source.course);
  return continueWith(source.course, learner.progress.current, ({ id }) => states.get(id) ?? 'notStarted');
}

async function writeTypes({ source, installation, screen }: OpenCommandOptions, learner: LearnerFolder): Promise<void> {
  const state = await ensureTypeFiles({
    files: learner.files,
    course: source.course,
    version: await installation.version(),
    stub: (id) => source.stub(id),
    declaration: (file) => installation.declaration(file),
  });
  if (state.kind === 'lost') {
    screen.note(
      "tsconfig.json no longer leads to the types of 'tensor', so an editor marks its import as an error. Checking still works; without that file, `groundup open` writes a new one.",
    );
  }
}

function whatNext({ id, title, minutes }: Exercise, learner: LearnerFolder): string[] {
  const here = path.relative(process.cwd(), learner.path);
  const where = here === '' ? '' : ` --folder ${here}`;
  return [
    `${title}, about ${minutes} minutes`,
    `  ${learner.fileOf(id)}`,
    `  groundup lesson ${id}`,
    `  groundup check ${id}${where} --watch`,
  ];
}
