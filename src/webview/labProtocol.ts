/**
 * What the extension and the lab page say to each other. The extension owns the runs: it starts their processes, keeps what
 * they tell, and survives a reload of the page. The page draws, and races kernels in workers of its own, since only a page
 * has a GPU. Both ends import these types; the extension validates every message that comes from the page.
 *
 * Tensors cross as shape and a `Float32Array`, row-major. Messages are bounded: the extension gathers steps and sends at most
 * twenty `steps` a second, and what a run shows is cut before it is sent.
 */
import type { ExerciseId } from '../course/course';
import type {
  CurveField,
  GraphViewData,
  KernelField,
  QuestionField,
  RunPoints,
  RunViewData,
  SettingField,
  SettingsGiven,
} from '../harness/runs/labData';

export type {
  CurveField,
  GraphViewData,
  KernelField,
  QuestionField,
  RunPoints,
  RunViewData,
  SettingField,
  SettingsGiven,
  TensorData,
} from '../harness/runs/labData';

/** How a run stands. A run whose process is gone (a reload, a crash of the editor) is `interrupted`, and can go on. */
export type RunStatus =
  | { readonly kind: 'running' }
  | { readonly kind: 'pausing' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'interrupted' }
  /** Computes the steps again that it had before its process was gone. */
  | { readonly kind: 'catchingUp'; readonly toStep: number }
  | {
      readonly kind: 'failed';
      /** What happened, where, and what to try. */
      readonly sentence: string;
      readonly place?: { readonly exercise: ExerciseId; readonly line: number; readonly column: number };
    };

/**
 * A view as the page gets it: a graph with the HTML of its drawing, which the extension made as it makes the figures of a
 * lesson.
 */
export type PageView = Exclude<RunViewData, GraphViewData> | (GraphViewData & { readonly drawing?: string });

/** What is known of a run besides its points; kept with it. */
export interface RunFacts {
  readonly id: string;
  /** Counts the runs of this exercise from 1; what a person calls it. */
  readonly number: number;
  readonly settings: SettingsGiven;
  readonly seed: number;
  /** ISO 8601 */
  readonly startedAt: string;
  /** Of the text that ran; a run of an older text is marked so. */
  readonly codeVersion: string;
  readonly isOldCode: boolean;
  /** Earlier exercises in it, and whose work each is. */
  readonly earlier: readonly { readonly exercise: ExerciseId; readonly author: 'learner' | 'reference' }[];
  /** The backend of most operations, as it ran. */
  readonly backend?: string;
}

export interface RunProgress {
  readonly status: RunStatus;
  readonly step: number;
  readonly of?: number;
  /** Over the last seconds. */
  readonly stepsPerSecond?: number;
  readonly secondsLeft?: number;
  /** Where a curve is no longer finite or explodes: the first tensor that went wrong, as a sentence. */
  readonly divergence?: string;
  /** Something to know besides: that a step has been silent for long, or why a run cannot go on. */
  readonly note?: string;
  /** Lines that the learner's code logged: the last ones, bounded. */
  readonly console: readonly { readonly level: string; readonly text: string }[];
  readonly consoleDropped: number;
}

export interface RunSnapshot {
  readonly facts: RunFacts;
  readonly progress: RunProgress;
  readonly points: RunPoints;
  readonly views: readonly PageView[];
  readonly viewsStep?: number;
}

export type LabState =
  | { readonly kind: 'empty'; readonly sentence: string }
  /** The text has changed since it passed: it is being checked, or it did not pass. */
  | {
      readonly kind: 'locked';
      readonly exercise: ExerciseId;
      readonly title: string;
      readonly sentence: string;
      readonly checking: boolean;
    }
  | {
      readonly kind: 'run';
      readonly exercise: ExerciseId;
      readonly title: string;
      readonly settings: readonly SettingField[];
      readonly curves: readonly CurveField[];
      readonly questions: readonly QuestionField[];
      readonly runs: readonly RunSnapshot[];
      /** Where the editor has no process of its own: the sentence that says what that means. */
      readonly note?: string;
    }
  | {
      readonly kind: 'kernels';
      readonly exercise: ExerciseId;
      readonly title: string;
      readonly kernels: readonly KernelField[];
    };

export type ToLab =
  | { readonly type: 'state'; readonly state: LabState }
  | { readonly type: 'runAdded'; readonly run: RunSnapshot }
  | { readonly type: 'runRemoved'; readonly run: string }
  | { readonly type: 'steps'; readonly run: string; readonly points: RunPoints; readonly progress: RunProgress }
  | { readonly type: 'views'; readonly run: string; readonly step: number; readonly views: readonly PageView[] }
  | {
      readonly type: 'answer';
      /** Of the question that it answers; a newer one makes it stale. */
      readonly request: number;
      readonly run: string;
      readonly question: string;
      readonly answer: { readonly views: readonly PageView[] } | { readonly sentence: string };
    };

export type FromLab =
  | { readonly type: 'ready' }
  | { readonly type: 'start'; readonly settings: SettingsGiven; readonly seed: number }
  | { readonly type: 'pause'; readonly run: string }
  | { readonly type: 'resume'; readonly run: string }
  | { readonly type: 'stop'; readonly run: string }
  | { readonly type: 'remove'; readonly run: string }
  | {
      readonly type: 'ask';
      readonly request: number;
      readonly run: string;
      readonly question: string;
      /** A text, or for a digit pad 28 × 28 numbers from 0 to 1, row by row. */
      readonly input: string | Float32Array;
    }
  | { readonly type: 'exportCsv'; readonly run: string }
  | { readonly type: 'exportPng'; readonly name: string; readonly png: Uint8Array }
  | { readonly type: 'openPlace'; readonly exercise: ExerciseId; readonly line: number; readonly column: number }
  | { readonly type: 'check' }
  /** A worker of the page did something that is to be told: shown in the log, never as a wrong answer. */
  | { readonly type: 'problem'; readonly sentence: string };
