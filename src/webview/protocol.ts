/**
 * What the extension and its pages say to each other: one tagged union each way for each page. Both ends import the
 * types; the extension validates every message that comes from a page before it acts on it.
 */
import type { ExerciseId } from '../course/course';
import type { ExerciseState } from '../course/progress';
import type { Report } from '../harness/report';
import type { ArgumentProblem } from '../harness/trial/arguments';
import type { Parameter } from '../harness/trial/signature';
import type { TrialReport } from '../harness/trial/trialReport';

/** A derivation step as the lesson renders it, shown beside the check that tests it. */
export interface StepView {
  readonly id: string;
  readonly title: string;
  /** HTML from the lesson renderer: formula, shapes, reason. */
  readonly html: string;
}

/** What the results page shows. */
export type ResultsState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'running'; readonly exercise: ExerciseId; readonly title: string }
  | {
      readonly kind: 'report';
      readonly title: string;
      /** The learner's file, as shown to them: `tensors/matmul.ts`. */
      readonly file: string;
      readonly report: Report;
      /** True once the file's text is no longer the one that was judged. */
      readonly stale: boolean;
      /** The steps that the report's checks name, by id. */
      readonly steps: Readonly<Record<string, StepView>>;
      readonly next?: { readonly exercise: ExerciseId; readonly title: string };
      /** The exercise has a lab, which opens once it has passed. */
      readonly hasLab?: boolean;
    };

export interface ToResults {
  readonly type: 'state';
  readonly state: ResultsState;
}

export type FromResults =
  | { readonly type: 'ready' }
  | { readonly type: 'check' }
  | { readonly type: 'cancel' }
  | { readonly type: 'next' }
  | { readonly type: 'hint' }
  | { readonly type: 'openLab' }
  | { readonly type: 'openPlace'; readonly exercise: ExerciseId; readonly line: number; readonly column: number }
  /** Debug the check of that sentence. */
  | { readonly type: 'debug'; readonly sentence: string }
  /** Try the input on which the check of that sentence ended. */
  | { readonly type: 'try'; readonly sentence: string }
  | { readonly type: 'openStep'; readonly exercise: ExerciseId; readonly step: string };

/** An exercise as the overview lists it. */
export interface OverviewExercise {
  readonly exercise: ExerciseId;
  readonly title: string;
  readonly minutes: number;
  readonly optional: boolean;
  readonly state: ExerciseState;
}

export interface OverviewPart {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Exercises passed, and all there are; optional ones are not counted. */
  readonly passed: number;
  readonly total: number;
  readonly exercises: readonly OverviewExercise[];
}

export interface OverviewCourse {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly OverviewPart[];
}

/** What the overview page shows: every course with its states, and what to do next. */
export interface OverviewState {
  readonly courses: readonly OverviewCourse[];
  /** Where one left off, or what comes next; absent where nothing is left to do. */
  readonly next?: OverviewExercise & { readonly part: string };
  /** Absent where no folder is open, so that there is nowhere to write to. */
  readonly folder?: string;
}

export interface ToOverview {
  readonly type: 'overview';
  readonly state: OverviewState;
}

export type FromOverview =
  | { readonly type: 'ready' }
  | { readonly type: 'export' }
  | { readonly type: 'import' }
  | { readonly type: 'openFolder' }
  | { readonly type: 'openExercise'; readonly exercise: ExerciseId };

/** A function that the exercise exports, as its stub has it. */
export interface TriedFunction {
  readonly name: string;
  readonly parameters: readonly Pick<Parameter, 'name' | 'type' | 'isOptional' | 'isRest'>[];
  /** It is launched, and needs an output. */
  readonly isKernel: boolean;
  /** Why no input for it can be typed. */
  readonly whyNot?: string;
}

/** What can be tried of an exercise. */
export interface TryForm {
  readonly exercise: ExerciseId;
  readonly title: string;
  readonly functions: readonly TriedFunction[];
  /** The input of a check, to begin with. */
  readonly filled?: { readonly function: string; readonly texts: readonly string[] };
  readonly notice?: string;
}

export type ToTry =
  | { readonly type: 'form'; readonly form: TryForm }
  | { readonly type: 'running' }
  /** What was typed cannot be read. */
  | { readonly type: 'problem'; readonly problem: ArgumentProblem }
  | { readonly type: 'notice'; readonly sentence: string }
  /** The learner would rather not see the reference yet. */
  | { readonly type: 'noReference' }
  | { readonly type: 'result'; readonly report: TrialReport };

export type FromTry =
  | { readonly type: 'ready' }
  | { readonly type: 'cancel' }
  | {
      readonly type: 'run';
      readonly function: string;
      readonly texts: readonly string[];
      readonly output: string;
      readonly withReference: boolean;
    }
  | { readonly type: 'openPlace'; readonly exercise: ExerciseId; readonly line: number; readonly column: number };

/** What a lesson page needs beyond the HTML that it was created with. */
export interface LessonState {
  readonly exercise: ExerciseId;
  readonly state: ExerciseState;
  /** For each derivation step that a check of the last report tested: whether all of its checks held. */
  readonly steps: Readonly<Record<string, 'holds' | 'fails'>>;
  readonly stale: boolean;
  readonly running: boolean;
}

export type ToLesson =
  | { readonly type: 'lesson'; readonly lesson: LessonPage; readonly state: LessonState }
  | { readonly type: 'state'; readonly state: LessonState }
  | { readonly type: 'revealStep'; readonly step: string }
  | { readonly type: 'hints'; readonly shown: readonly string[]; readonly total: number };

/** A lesson, rendered. All HTML comes from the lesson renderer, which admits no markup of the author's own. */
export interface LessonPage {
  readonly exercise: ExerciseId;
  readonly title: string;
  readonly part: string;
  readonly position: string;
  readonly minutes: number;
  readonly html: string;
  /** HTML of the hints revealed so far. */
  readonly hints: readonly string[];
  readonly hintCount: number;
  readonly previous?: { readonly exercise: ExerciseId; readonly title: string };
  readonly next?: { readonly exercise: ExerciseId; readonly title: string };
  /** The exercise has a lab, which opens once it has passed. */
  readonly hasLab?: boolean;
}

export type FromLesson =
  | { readonly type: 'ready' }
  | { readonly type: 'check' }
  | { readonly type: 'hint' }
  | { readonly type: 'openFile' }
  | { readonly type: 'openLab' }
  | { readonly type: 'openExercise'; readonly exercise: ExerciseId };
