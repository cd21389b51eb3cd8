/**
 * The port behind which labs are read and runs are driven. Adapters: a child process for each (the editor with Node, the
 * terminal); where no process can be had, a pair of workers. What a run does is told as events; a run never rejects,
 * never hangs its host, and its end is always known in words.
 */
import type { ExerciseId } from '../../course/course';
import type { ConsoleOutput, SourcePlace } from '../report';
import type { Submission } from '../submission';
import type { LabDescription, RunPoints, RunViewData, SettingsGiven } from './labData';

/** All the text and data that a lab needs. Plain data, so that it crosses any boundary. */
export interface LabJob extends Pick<Submission, 'learner' | 'earlier' | 'data' | 'backend'> {
  /** The author's `lab.ts`. */
  readonly lab: string;
  /** For the whole process, in bytes. */
  readonly memoryBytes: number;
}

export interface RunStart {
  readonly settings: SettingsGiven;
  readonly seed: number;
  /** Steps up to this one are computed again without being told: what a run had before its process was gone. */
  readonly catchUpTo?: number;
  /** What to do once it has caught up: go on, pause, or be over there and then, and only answer questions. */
  readonly then?: 'goOn' | 'pause' | 'stay';
}

/** What a run is told to do. */
export type RunCommand =
  | { readonly kind: 'begin'; readonly start: RunStart }
  /** After the step under way. */
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** For good; the model stays, and can be asked. */
  | { readonly kind: 'stop' }
  | {
      readonly kind: 'ask';
      readonly request: number;
      readonly question: string;
      /** A text, or 28 × 28 numbers from 0 to 1, row by row. */
      readonly input: string | Float32Array;
    };

export interface RunFailure {
  /** What happened, where, and what to try. */
  readonly sentence: string;
  readonly place?: SourcePlace;
}

/** What a run tells. */
export type RunEvent =
  | {
      readonly kind: 'described';
      readonly description: LabDescription;
      /** The earlier exercises in it, and whose work each is. */
      readonly earlier: readonly { readonly exercise: ExerciseId; readonly author: 'learner' | 'reference' }[];
    }
  /** At most twenty times a second. `step` is the last one, also while it catches up and tells no points. */
  | {
      readonly kind: 'steps';
      readonly step: number;
      readonly of?: number;
      readonly points: RunPoints;
      /** Lines that were printed since the event before, and how many have been dropped in all. */
      readonly console: ConsoleOutput;
      readonly backend?: string;
      readonly stepsPerSecond?: number;
    }
  | { readonly kind: 'status'; readonly status: 'running' | 'paused' | 'finished' | 'stopped' | 'catchingUp' }
  | { readonly kind: 'views'; readonly step: number; readonly views: readonly RunViewData[] }
  | { readonly kind: 'diverged'; readonly sentence: string }
  /** The step under way has said nothing for so long; the next `steps` takes it back. */
  | { readonly kind: 'silent'; readonly seconds: number }
  | {
      readonly kind: 'answer';
      readonly request: number;
      readonly answer: { readonly views: readonly RunViewData[] } | { readonly sentence: string };
    }
  /** Nothing more will be told. */
  | { readonly kind: 'failed'; readonly failure: RunFailure };

export interface RunProcess {
  send(command: RunCommand): void;
  /** Ends the process, whatever it is doing. Nothing is told any more. */
  end(): void;
}

export interface RunHost {
  /** What a person should know about runs here, in a sentence. */
  readonly note?: string;
  /**
   * Starts what a lab runs in and reads what it declares, which comes first, as `described`. If the lab is a run, it waits
   * for `begin`.
   */
  open(job: LabJob, listener: (event: RunEvent) => void): RunProcess;
  /** Ends all processes. */
  dispose(): void;
}
