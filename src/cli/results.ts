/**
 * What a terminal found out, before any reporter has laid it out: for each folder, how each exercise came out. The
 * reports in it are the judge's own, the same that the editor shows.
 */
import type { Course, Exercise, ExerciseId } from '../course/course';
import type { Report } from '../harness/report';

export type ExerciseResult = {
  readonly exercise: ExerciseId;
  readonly title: string;
} & (
  | { readonly kind: 'judged'; readonly report: Report }
  /** There is no file of it. */
  | { readonly kind: 'missing' }
  /** Its file cannot be read; `problem` is a sentence. */
  | { readonly kind: 'unreadable'; readonly problem: string }
);

export interface FolderResults {
  /** As it was named. */
  readonly folder: string;
  /** Set where the folder as a whole could not be judged. */
  readonly problem?: string;
  /** In the order of the course. */
  readonly exercises: readonly ExerciseResult[];
}

export interface Results {
  readonly course: Pick<Course, 'id' | 'title'>;
  readonly folders: readonly FolderResults[];
  readonly durationMs: number;
}

/** How an exercise counts. Nothing handed in is not passed; what could not be judged is neither. */
export type Standing = 'passed' | 'failed' | 'missing' | 'couldNotRun';

export function standingOf(result: ExerciseResult): Standing {
  switch (result.kind) {
    case 'missing':
      return 'missing';
    case 'unreadable':
      return 'couldNotRun';
    case 'judged':
      break;
    default:
      return result satisfies never;
  }
  switch (result.report.verdict) {
    case 'passed':
      return 'passed';
    case 'cancelled':
    case 'harnessFailed':
      return 'couldNotRun';
    case 'failed':
    case 'notStarted':
    case 'didNotCompile':
    case 'threw':
    case 'timedOut':
    case 'outOfMemory':
      return 'failed';
    default:
      return result.report.verdict satisfies never;
  }
}

/** What an exercise's result says in one sentence. */
export function sentenceOf(result: ExerciseResult): string {
  switch (result.kind) {
    case 'judged':
      return result.report.sentence;
    case 'missing':
      return `There is no file ${result.exercise}.ts.`;
    case 'unreadable':
      return result.problem;
    default:
      return result satisfies never;
  }
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly missing: number;
  readonly couldNotRun: number;
}

export function summaryOf(results: readonly ExerciseResult[]): Summary {
  const count = (standing: Standing): number => results.filter((result) => standingOf(result) === standing).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    missing: count('missing'),
    couldNotRun: count('couldNotRun'),
  };
}

/** 0 everything passed, 1 something did not, 2 something could not be judged. */
export function exitCodeOf({ folders }: Results): 0 | 1 | 2 {
  const { failed, missing, couldNotRun } = summaryOf(folders.flatMap(({ exercises }) => exercises));
  if (couldNotRun > 0 || folders.some(({ problem }) => problem !== undefined)) return 2;
  return failed + missing > 0 ? 1 : 0;
}

export function resultFor<Kind extends object>(
  exercise: Exercise,
  found: Kind,
): Kind & Pick<ExerciseResult, 'exercise' | 'title'> {
  return { exercise: exercise.id, title: exercise.title, ...found };
}
