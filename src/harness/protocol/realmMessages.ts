/**
 * What the judge and the learner's realm say to each other. Values travel as `Wire`; all else is texts and numbers.
 * Messages from the realm are written by whoever has the port there, so the judge reads them strictly
 * (`readFromRealm.ts`): a forged one is at most a wrong answer to the call under way.
 */
import type { Program } from '../compile/loader';
import type { BackendUse } from '../report';
import type { Submission } from '../submission';
import type { Wire } from './wire';

export type Backend = Submission['backend'];

/** A program as the realm sees it: the texts have become functions by then, in the order of `modules`. */
export interface ProgramOutline {
  readonly entry: string;
  readonly modules: readonly Omit<Program['modules'][number], 'code'>[];
}

export type ToRealm =
  /** Sent while no submission is there yet, so that loading GPU.js costs nobody's time. */
  | { readonly kind: 'warmUp' }
  | {
      readonly kind: 'start';
      readonly id: number;
      readonly program: ProgramOutline;
      readonly backend: Backend;
      /** The most bytes that one tensor of the library may take. */
      readonly tensorBytes: number;
    }
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly module: string;
      readonly name: string;
      readonly arguments: readonly Wire[];
      /** Look for the first operation that makes a number that is not finite, and keep the console quiet. */
      readonly trace?: boolean;
    }
  | {
      readonly kind: 'launch';
      readonly id: number;
      readonly module: string;
      readonly name: string;
      readonly output: readonly number[];
      readonly parameterNames: readonly string[];
      readonly arguments: readonly Wire[];
    }
  | {
      readonly kind: 'probe';
      readonly id: number;
      /** Whose exports the probe is given. */
      readonly module: string;
      /** Which of the probes that were installed behind the program, counted from 0. */
      readonly probe: number;
      /** The exports without which it cannot run, and whether they must be functions. */
      readonly needs: readonly NeededExport[];
      readonly arguments: readonly Wire[];
      readonly trace?: boolean;
    }
  /** To the `lab.ts` of the program that was started; answered like a call. */
  | {
      readonly kind: 'lab';
      readonly id: number;
      readonly action: LabAction;
      /** The id of the learner's module in the program. */
      readonly module: string;
      readonly arguments: readonly Wire[];
    };

/**
 * What a lab is asked: what it declares; to begin (settings, seed, data sets by name); for steps (milliseconds, at most how
 * many); for its views as they are now; a person's question (its name, the input).
 */
export type LabAction = 'describe' | 'begin' | 'steps' | 'views' | 'answer';

export interface NeededExport {
  readonly name: string;
  readonly type: 'function' | 'any';
}

export interface WireChange {
  readonly index: number;
  readonly after: Wire;
}

/** What was thrown, as three texts. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

export type ConsoleLevel = 'log' | 'info' | 'warn' | 'error';

export type FromRealm =
  | { readonly kind: 'ready' }
  /** The program has been loaded. */
  | { readonly kind: 'started'; readonly id: number }
  /** The function has returned a promise, which the realm now awaits. */
  | { readonly kind: 'awaiting'; readonly id: number }
  | {
      readonly kind: 'answered';
      readonly id: number;
      readonly value: Wire;
      /** What a trace found, in the library's words. */
      readonly nonFinite?: string;
      readonly changed: readonly WireChange[];
      readonly backends: readonly BackendUse[];
    }
  | {
      readonly kind: 'launched';
      readonly id: number;
      readonly value: Wire;
      readonly kernelClass: string;
      readonly milliseconds: number;
      readonly cellByCellMilliseconds: number;
      readonly changed: readonly WireChange[];
      readonly backends: readonly BackendUse[];
    }
  /** A kernel could not be launched, or its two runs disagree; `sentence` says so in the learner's terms. */
  | { readonly kind: 'launchFailed'; readonly id: number; readonly sentence: string; readonly stack: string }
  | { readonly kind: 'threw'; readonly id: number; readonly thrown: Thrown; readonly changed: readonly WireChange[] }
  /** There is nothing of that name to call; `found` says what there is instead. */
  | { readonly kind: 'notCallable'; readonly id: number; readonly name: string; readonly found: string }
  | { readonly kind: 'console'; readonly level: ConsoleLevel; readonly text: string }
  /** How many lines the console has dropped so far. */
  | { readonly kind: 'dropped'; readonly count: number };
