/**
 * The one result model. The judge writes a `Report`; the results panel, the terminal, test items, diagnostics and
 * graders read it. It is JSON-safe as it stands (a NaN is already the text `NaN`), and every number that a person will
 * see is formatted here once, so that no reader judges or formats anything its own way.
 */
import type { Tolerance } from '../authoring';
import type { ExerciseId } from '../course/course';

/** How a whole check of an exercise ended. */
export type Verdict =
  | 'passed'
  | 'failed'
  | 'notStarted'
  | 'didNotCompile'
  | 'threw'
  | 'timedOut'
  | 'outOfMemory'
  | 'cancelled'
  | 'harnessFailed';

/** A place in a learner's file; lines and columns count from one, as the editor shows them. */
export interface SourcePlace {
  readonly exercise: ExerciseId;
  readonly line: number;
  readonly column: number;
}

/** A tensor as a person sees it: `cells` are formatted numbers, row-major, at most `maxCells` of them. */
export interface TensorView {
  readonly kind: 'tensor';
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'float64';
  readonly cells: readonly string[];
  /** How many cells the tensor has beyond those in `cells`. */
  readonly omitted: number;
}

/** Anything that is not a tensor, pretty-printed on one line or a few. */
export interface TextView {
  readonly kind: 'text';
  readonly text: string;
}

export type ValueView = TensorView | TextView;

/** A call of the learner's function that led to a result: what was passed, by parameter name. */
export interface CallView {
  /** The function's name; where a probe ran beside the learner's code, what it does: `map((v) => v * v, x)`. */
  readonly function: string;
  /** The probe in one line, shortened; absent where a function was called plainly. */
  readonly probe?: string;
  readonly arguments: readonly { readonly name: string; readonly value: ValueView }[];
}

/** Where expected and actual differ, in the terms of the first thing that is wrong: type, then shape, then values. */
export type Mismatch =
  | {
      readonly kind: 'type';
      readonly subject: string;
      readonly expected: string;
      readonly actual: string;
      readonly actualValue: ValueView;
    }
  | {
      readonly kind: 'shape';
      readonly subject: string;
      readonly expectedShape: readonly number[];
      readonly actualShape: readonly number[];
      readonly expected: ValueView;
      readonly actual: ValueView;
    }
  | {
      readonly kind: 'values';
      readonly subject: string;
      readonly expected: TensorView;
      readonly actual: TensorView;
      /** Row-major positions, among the cells shown, that are outside the tolerance. */
      readonly wrong: readonly number[];
      readonly wrongCount: number;
      readonly count: number;
      readonly worst: {
        readonly index: readonly number[];
        /** Row-major position of `index`. */
        readonly position: number;
        readonly expected: string;
        readonly actual: string;
        readonly difference: string;
        readonly relative: string;
      };
      readonly tolerance: Tolerance;
      /** What the numbers suggest, if they suggest anything: "it is the transpose of what was expected". */
      readonly pattern?: string;
    }
  | { readonly kind: 'value'; readonly subject: string; readonly expected: ValueView; readonly actual: ValueView }
  | { readonly kind: 'didNotThrow'; readonly expected: string; readonly actual: ValueView }
  | { readonly kind: 'wrongError'; readonly expected: string; readonly actual: string }
  | { readonly kind: 'inputChanged'; readonly argument: string; readonly before: ValueView; readonly after: ValueView }
  | { readonly kind: 'condition'; readonly actual?: ValueView };

export interface StackLine {
  readonly function: string;
  readonly place: SourcePlace;
}

/** Something the learner's code threw, mapped to their own lines. */
export interface ThrownError {
  readonly name: string;
  readonly message: string;
  /** The innermost line of the learner's own code, if the error passed through it. */
  readonly place?: SourcePlace;
  readonly stack: readonly StackLine[];
}

export type CheckOutcome =
  | { readonly status: 'passed' }
  | {
      readonly status: 'failed';
      /** One sentence that says what is wrong, in the learner's terms. */
      readonly sentence: string;
      readonly mismatch: Mismatch;
      readonly call?: CallView;
      /** Where the learner's function begins that gave the wrong answer. */
      readonly place?: SourcePlace;
    }
  | { readonly status: 'threw'; readonly error: ThrownError; readonly call?: CallView }
  | { readonly status: 'notStarted'; readonly function: string; readonly place?: SourcePlace }
  | {
      readonly status: 'timedOut';
      readonly limitMs: number;
      /** Whose limit it was where it was not that of one call. */
      readonly of?: 'check' | 'exercise';
      readonly call?: CallView;
      readonly place?: SourcePlace;
    }
  | { readonly status: 'outOfMemory'; readonly limitBytes: number; readonly call?: CallView }
  | { readonly status: 'notRun'; readonly because: string }
  | { readonly status: 'harnessFailed'; readonly message: string };

export interface CheckResult {
  /** The check's sentence, which is also its identity within the exercise. */
  readonly sentence: string;
  /** The derivation step that it tests, as named in the lesson. */
  readonly step?: string;
  readonly outcome: CheckOutcome;
  /** The seed of the inputs that it failed with, where that is one of the submission's further seeds. */
  readonly seed?: number;
  readonly durationMs: number;
}

/** What computed the tensors and kernels of a run, as it really ran. */
export interface BackendUse {
  /** `loops`, `gpu.js webasm`, … */
  readonly backend: string;
  /** What ran there: `kernels` or `tensor operations`. */
  readonly ran: string;
  /** GPU.js's own class of the kernel that ran, e.g. `WebAssemblyKernel`. */
  readonly kernelClass?: string;
  /** Why this backend and not a faster one. */
  readonly reason: string;
}

/** How long one kernel took in each of its two ways, all its launches of a run together. */
export interface KernelTimes {
  /** The export that was launched. */
  readonly kernel: string;
  readonly launches: number;
  /** As the plain function that it is, once for each cell, on arrays that watch every read. */
  readonly cellByCellMs: number;
  /** Through GPU.js, its translation included. */
  readonly gpuJsMs: number;
}

/** What shapes a function of the learner's was called with in one call of a check, and what shapes came back. */
export interface CallShapes {
  readonly function: string;
  /** The sentence of the check that made the call. */
  readonly check: string;
  /** In the order of the parameters: `(4, 6)`, `{ x (4, 3), W (2, 3) }`; nothing where an argument holds no tensor. */
  readonly arguments: readonly (string | null)[];
  /** Left out where no answer came, or none with a tensor. */
  readonly result?: string;
}

export interface ConsoleOutput {
  readonly lines: readonly { readonly level: 'log' | 'info' | 'warn' | 'error'; readonly text: string }[];
  /** Lines printed beyond the budget, which were counted and dropped. */
  readonly dropped: number;
}

export interface CompileProblem {
  readonly message: string;
  readonly place: SourcePlace;
  /** The learner's line, for reports that have no editor beside them. */
  readonly sourceLine: string;
  readonly hint?: string;
}

/** What a trial call came to, where it returned. */
export interface TrialAnswer {
  readonly call: CallView;
  /** Left out where the call did not return. */
  readonly value?: ValueView;
  /** The arguments that the call changed. */
  readonly changed: readonly { readonly name: string; readonly before: ValueView; readonly after: ValueView }[];
  /** With the way to the learner's realm and back. */
  readonly tookMs: number;
  /** What the reference solution makes of the same input, where that was asked for. */
  readonly reference?:
    | { readonly kind: 'returned'; readonly value: ValueView; readonly difference?: TrialDifference }
    | { readonly kind: 'threw'; readonly message: string };
}

/** How the learner's answer differs from the reference's. */
export interface TrialDifference {
  readonly sentence: string;
  readonly mismatch: Mismatch;
}

export interface Report {
  readonly exercise: ExerciseId;
  readonly verdict: Verdict;
  /** The verdict in one sentence, for a person. */
  readonly sentence: string;
  readonly checks: readonly CheckResult[];
  readonly compileProblem?: CompileProblem;
  /** Set when loading the learner's module threw, before any check could run. */
  readonly loadError?: ThrownError;
  /** What went wrong inside the harness; set only for `harnessFailed`. */
  readonly harnessProblem?: string;
  /** Set only for a trial. */
  readonly answer?: TrialAnswer;
  readonly console: ConsoleOutput;
  readonly backends: readonly BackendUse[];
  /** Left out where no kernel ran to its end in both ways. */
  readonly kernels?: readonly KernelTimes[];
  /** One call of each exported function: of the first check that fails by it, else the first. Left out where there was none. */
  readonly shapes?: readonly CallShapes[];
  /** Earlier exercises that this run used, and whose text stood for them. */
  readonly earlier: readonly { readonly exercise: ExerciseId; readonly author: 'learner' | 'reference' }[];
  readonly durationMs: number;
  /** Set where no process could be had and a worker of the browser judged alone, without a watch on memory. */
  readonly ranIn?: 'browser';
  readonly seed: number;
  /** Identifies the text that was judged (see `hashOf`); a later edit makes the report stale. */
  readonly sourceHash: string;
}
