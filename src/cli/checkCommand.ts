/**
 * `groundup check`: exercises of a learner's folder, judged as the editor judges them, and recorded where the editor
 * records them. With `--watch`, again whenever a file changes.
 */
import path from 'node:path';
import { composeSubmission } from '../content/composeSubmission';
import type { CourseSource } from '../content/courseSource';
import { withReport } from '../content/learner/learnersCheck';
import type { Exercise } from '../course/course';
import { exercisesOf } from '../course/course';
import type { Runner } from '../harness/runner';
import type { Submission } from '../harness/submission';
import { unknownExercise } from './exercises';
import { LearnerFolder, isFolder } from './learnerFolder';
import { faultWords } from './nodeLearnerFiles';
import type { Output } from './output';
import type { ExerciseResult, Results } from './results';
import { exitCodeOf, resultFor } from './results';
import { Slots, foundationsFirst } from './schedule';
import type { Screen } from './terminal';
import { watchFiles } from './watch';

export interface CheckCommandOptions {
  readonly source: CourseSource;
  readonly runner: Runner;
  readonly screen: Screen;
  readonly output: Output;
  /** Exercises' ids, or the paths of the learner's files; none means every one that they have opened. */
  readonly targets: readonly string[];
  /** The learner's course folder; for a file, the folder that holds it by its id. */
  readonly folder: string;
  readonly processes: number;
  /** One seed for every exercise, instead of the editor's own for each. */
  readonly seed?: number | undefined;
  readonly backend?: Submission['backend'] | undefined;
  /** Ends the watching, where there is any. */
  readonly watchUntil?: AbortSignal | undefined;
}

/** Resolves with the exit code: 0 passed, 1 did not, 2 it could not be judged. */
export async function checkCommand(options: CheckCommandOptions): Promise<number> {
  const { source, screen, targets, output, watchUntil } = options;
  const wanted = targets.map((target) => ({ target, exercise: exerciseFor(source, target) }));
  const unknown = wanted.find(({ exercise }) => exercise === undefined);
  if (unknown !== undefined) {
    screen.note(unknownExercise(source.course, unknown.target));
    return 2;
  }
  const chosen = new Set(wanted.map(({ exercise }) => exercise));
  const [home = '', ...others] = foldersOf(options);
  if (others.length > 0) {
    screen.note(
      `These files lie in several course folders: ${[home, ...others].join(', ')}. \`groundup grade\` judges many.`,
    );
    return 2;
  }
  const folder = new LearnerFolder({ path: home, course: source.course, say: (sentence) => screen.note(sentence) });
  const session = new TerminalCheck({ ...options, learner: folder });
  const exercises =
    targets.length > 0
      ? exercisesOf(source.course).filter((exercise) => chosen.has(exercise))
      : await opened(source, folder);
  if (exercises.length === 0) {
    screen.note(
      `There is no exercise in ${folder.path} yet. \`groundup start\` opens the first, or name another folder with --folder.`,
    );
    return 2;
  }
  await folder.progress.load();
  const judge = async (some: readonly Exercise[]): Promise<number> => {
    const results = await session.check(some);
    return (await output.write(results)) ? exitCodeOf(results) : 2;
  };
  const files = exercises.map(({ id }) => folder.fileOf(id));
  const isWatchable = (await Promise.all(files.map((file) => isFolder(path.dirname(file))))).every((there) => there);
  if (watchUntil === undefined || !isWatchable) {
    return await judge(exercises);
  }
  let code = 0;
  const watching = watchFiles(files, {
    signal: watchUntil,
    onChange: async (changed) => {
      code = await judge(exercises.filter(({ id }) => changed.has(folder.fileOf(id))));
      if (!watchUntil.aborted) screen.note('Watching; Ctrl-C ends it.');
    },
  });
  await watching.ended;
  return code;
}

/** The checks of one invocation, each recorded as soon as it has ended. */
class TerminalCheck {
  private readonly slots: Slots;
  private readonly said = new Set<string>();

  constructor(private readonly options: CheckCommandOptions & { readonly learner: LearnerFolder }) {
    this.slots = new Slots(options.processes);
  }

  async check(exercises: readonly Exercise[]): Promise<Results> {
    const started = performance.now();
    const { source, screen, learner } = this.options;
    const results = await foundationsFirst(exercises, {
      course: source.course,
      run: (exercise) => this.slots.run(() => this.judge(exercise)),
    });
    screen.progress('');
    const { id, title } = source.course;
    const durationMs = performance.now() - started;
    return { course: { id, title }, folders: [{ folder: learner.path, exercises: results }], durationMs };
  }

  private async judge(exercise: Exercise): Promise<ExerciseResult> {
    const { source, runner, screen, learner, seed, backend, watchUntil } = this.options;
    let text: string | undefined;
    try {
      text = await learner.textOf(exercise.id);
    } catch (error) {
      const problem = `${learner.fileOf(exercise.id)} cannot be read: ${faultWords(error)}.`;
      return resultFor(exercise, { kind: 'unreadable' as const, problem });
    }
    if (text === undefined) {
      const problem = `There is no ${learner.fileOf(exercise.id)}. \`groundup open ${exercise.id}\` writes it, or name another folder with --folder.`;
      return resultFor(exercise, { kind: 'unreadable' as const, problem });
    }
    screen.progress(`checking ${exercise.id} …`);
    const report = await runner.check(
      await composeSubmission({
        source,
        exercise,
        learnerText: text,
        earlierWork: (id) => learner.passedTextOf(id),
        seed,
        ...(backend === undefined ? {} : { backend }),
      }),
      watchUntil,
    );
    if (await learner.holdsCourse()) {
      await learner.progress.update((progress) => withReport(progress, report, new Date()));
    } else {
      this.noteOnce(`${learner.path} is no course folder, so nothing is recorded there; \`groundup start\` makes one.`);
    }
    return resultFor(exercise, { kind: 'judged' as const, report });
  }

  private noteOnce(sentence: string): void {
    if (!this.said.has(sentence)) {
      this.said.add(sentence);
      this.options.screen.note(sentence);
    }
  }
}

async function opened(source: CourseSource, learner: LearnerFolder): Promise<readonly Exercise[]> {
  const all = exercisesOf(source.course);
  const present = await Promise.all(
    all.map(async ({ id }) => (await learner.textOf(id).catch(() => 'unreadable')) !== undefined),
  );
  return all.filter((_, index) => present[index]);
}

function isFile(target: string): boolean {
  return target.endsWith('.ts');
}

function exerciseFor(source: CourseSource, target: string): Exercise | undefined {
  // A file may be named from inside its folder: matmul.ts.
  const named = isFile(target) ? path.resolve(target).replace(/\.ts$/, '').split(path.sep).slice(-2).join('/') : target;
  return exercisesOf(source.course).find(({ id }) => id === named.replaceAll('\\', '/'));
}

/** A file that is named by its path says by itself which folder it lies in; the ids beside it mean the same folder. */
function foldersOf({ targets, folder }: CheckCommandOptions): readonly string[] {
  const folders = new Set(targets.filter(isFile).map((file) => path.resolve(file, '..', '..')));
  return folders.size === 0 ? [folder] : [...folders];
}
