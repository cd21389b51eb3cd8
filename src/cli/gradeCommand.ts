/**
 * `groundup grade`: many course folders on a bounded number of processes, in one report. Nothing is written into a
 * folder and no progress file in it is believed: an exercise that builds on others gets the learner's own work where
 * that passes here, and the reference elsewhere.
 */
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { composeSubmission } from '../content/composeSubmission';
import { CourseFileError } from '../content/courseFiles';
import type { CourseSource } from '../content/courseSource';
import type { Exercise, ExerciseId } from '../course/course';
import { exercisesOf, foundationsOf } from '../course/course';
import type { Runner } from '../harness/runner';
import type { Submission } from '../harness/submission';
import { unknownExercise } from './exercises';
import { isFolder } from './learnerFolder';
import { nodeCourseFiles } from './nodeCourseFiles';
import type { Output } from './output';
import type { ExerciseResult, FolderResults, Results } from './results';
import { exitCodeOf, resultFor } from './results';
import { Slots, foundationsFirst } from './schedule';
import type { Screen } from './terminal';

export interface GradeOptions {
  readonly source: CourseSource;
  /** Judges as many submissions at a time as it is given. */
  readonly runner: Runner;
  readonly folders: readonly string[];
  /** Ids of exercises; none means all that are not optional. */
  readonly only: readonly string[];
  readonly processes: number;
  readonly seed?: number | undefined;
  readonly backend?: Submission['backend'] | undefined;
  readonly onProgress?: ((words: string) => void) | undefined;
}

export interface GradeCommandOptions extends Omit<GradeOptions, 'onProgress'> {
  readonly screen: Screen;
  readonly output: Output;
}

/** Resolves with the exit code: 0 everything passed, 1 something did not, 2 something could not be judged. */
export async function gradeCommand(options: GradeCommandOptions): Promise<number> {
  const { source, screen, output, only } = options;
  const known = new Set<string>(exercisesOf(source.course).map(({ id }) => id));
  const unknown = only.find((id) => !known.has(id));
  if (unknown !== undefined) {
    screen.note(unknownExercise(source.course, unknown));
    return 2;
  }
  const results = await grade({ ...options, onProgress: (words) => screen.progress(words) });
  screen.progress('');
  return (await output.write(results)) ? exitCodeOf(results) : 2;
}

export async function grade(options: GradeOptions): Promise<Results> {
  const started = performance.now();
  const { source, folders, processes } = options;
  // Drawn once: everyone is judged on the same inputs, which nobody could know beforehand.
  const seed = options.seed ?? randomInt(2 ** 32);
  const slots = new Slots(processes);
  let judged = 0;
  const tell = (): void => options.onProgress?.(`${(judged += 1)} judged of ${folders.length} folders …`);
  const results = await Promise.all(
    folders.map((folder) => new Grading({ ...options, seed, slots, tell }, folder).run()),
  );
  const { id, title } = source.course;
  return { course: { id, title }, folders: results, durationMs: performance.now() - started };
}

interface Shared extends GradeOptions {
  readonly seed: number;
  readonly slots: Slots;
  /** Called when one more exercise has been judged. */
  readonly tell: () => void;
}

/** The grading of one folder. */
class Grading {
  /** Texts of this folder that have passed, in this grading. */
  private readonly passed = new Map<ExerciseId, string>();
  private readonly files;

  constructor(
    private readonly shared: Shared,
    private readonly folder: string,
  ) {
    this.files = nodeCourseFiles(path.resolve(folder));
  }

  async run(): Promise<FolderResults> {
    const { folder } = this;
    if (!(await isFolder(folder))) {
      return { folder, problem: `${folder} is no folder that can be read.`, exercises: [] };
    }
    const { source, only } = this.shared;
    const wanted = exercisesOf(source.course).filter(({ id, optional }) =>
      only.length > 0 ? only.includes(id) : !optional,
    );
    const isWanted = new Set(wanted.map(({ id }) => id));
    const needed = new Set(wanted.flatMap(({ id }) => foundationsOf(source.course, id).map((earlier) => earlier.id)));
    const all = exercisesOf(source.course).filter(({ id }) => isWanted.has(id) || needed.has(id));
    const results = await foundationsFirst(all, { course: source.course, run: (exercise) => this.judge(exercise) });
    return { folder, exercises: results.filter(({ exercise }) => isWanted.has(exercise)) };
  }

  private judge(exercise: Exercise): Promise<ExerciseResult> {
    const { source, runner, slots, tell, seed, backend } = this.shared;
    return slots.run(async () => {
      const text = await this.textOf(exercise);
      if (typeof text !== 'string') return text;
      const report = await runner.check(
        await composeSubmission({
          source,
          exercise,
          learnerText: text,
          earlierWork: (id) => Promise.resolve(this.passed.get(id)),
          seed,
          ...(backend === undefined ? {} : { backend }),
        }),
      );
      if (report.verdict === 'passed') this.passed.set(exercise.id, text);
      tell();
      return resultFor(exercise, { kind: 'judged' as const, report });
    });
  }

  /** The file's text, or the result where there is none. A link that leads out of the folder is not followed. */
  private async textOf(exercise: Exercise): Promise<string | ExerciseResult> {
    try {
      return (await this.files.readText(`${exercise.id}.ts`)).replace(/^\uFEFF/, '');
    } catch (error) {
      if (error instanceof CourseFileError && error.fault === 'missing') {
        return resultFor(exercise, { kind: 'missing' as const });
      }
      const problem = error instanceof Error ? error.message : String(error);
      return resultFor(exercise, { kind: 'unreadable' as const, problem });
    }
  }
}
