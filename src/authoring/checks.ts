/**
 * The vocabulary of a check. A check is a sentence and a function; it runs in the judge's realm, calls the learner's
 * exports in theirs through `learner` (every call is asynchronous and limited), and compares with the slow, obvious
 * `reference`. What it calls and what it expects is recorded, so that a failure can show input, expected and actual
 * without the author writing a word about it.
 */
import type * as tensorLibrary from '../tensor';
import type { KernelContext, Random, Tensor } from '../tensor';

/** `|actual − expected| ≤ absolute + relative · |expected|`. */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** How to launch a kernel: GPU.js's own terms, x first in `output`. */
export interface KernelLaunch<Arguments extends readonly unknown[]> {
  /** Threads along x, y, z; the result's shape is the reverse. */
  readonly output: readonly [x: number] | readonly [x: number, y: number] | readonly [x: number, y: number, z: number];
  /** Tensors stand where the kernel expects (nested) arrays. */
  readonly arguments: { readonly [K in keyof Arguments]: KernelArgument<Arguments[K]> };
}

type KernelArgument<T> = T extends number ? number : Tensor;

export interface KernelRun {
  /** What GPU.js computed. */
  readonly values: Tensor;
  /** GPU.js's own class of the kernel that ran: `WebAssemblyKernel`, … */
  readonly kernelClass: string;
  readonly milliseconds: number;
}

/** The learner's kernel in the learner's realm: run cell by cell on guarded arrays first, then through GPU.js. */
export type RemoteKernel<Arguments extends readonly unknown[]> = (
  launch: KernelLaunch<Arguments>,
) => Promise<KernelRun>;

/**
 * A module of the learner's, seen from the judge: every function answers with a promise, a kernel is launched. What takes
 * or gives functions, classes and what else cannot cross is reachable in `beside` alone, and its type here says so.
 */
export type Remote<Exports> = {
  readonly [K in keyof Exports]: Exports[K] extends (...args: infer A) => infer R
    ? unknown extends ThisParameterType<Exports[K]>
      ? StaysBehind<A | Awaited<R>> extends true
        ? OnlyBeside
        : (...args: A) => Promise<Awaited<R>>
      : ThisParameterType<Exports[K]> extends KernelContext
        ? RemoteKernel<A>
        : OnlyBeside
    : Exports[K] extends (this: KernelContext, ...args: infer A) => number
      ? RemoteKernel<A>
      : OnlyBeside;
};

/** The type of an export that no call can reach from the judge. */
export interface OnlyBeside {
  readonly 'functions and classes do not cross: use this export in beside(probe, …)': never;
}

/** Whether there is a function somewhere in `T`, so that its values cannot cross. Looks four levels deep. */
type StaysBehind<T, Depth extends readonly unknown[] = []> = Depth['length'] extends 4
  ? false
  : 0 extends 1 & T // `any` tells nothing, so the call decides.
    ? false
    : true extends StaysBehindOne<T, Depth>
      ? true
      : false;

type StaysBehindOne<T, Depth extends readonly unknown[]> = T extends Tensor | string | bigint
  ? false
  : T extends ((...args: never) => unknown) | (abstract new (...args: never) => unknown)
    ? true
    : T extends readonly (infer Item)[]
      ? StaysBehind<Item, [...Depth, 0]>
      : T extends object
        ? { [K in keyof T]-?: StaysBehind<T[K], [...Depth, 0]> }[keyof T]
        : false;

/** What a probe is given first: all that the learner exports as it is, the library, and earlier exercises. */
export type Beside<Exports> = Exports & {
  /** All of `'tensor'`, whatever the exercise offers: a probe sees nothing of what `checks.ts` imports. */
  readonly tensor: typeof tensorLibrary;
  /** The exports of an earlier exercise, as the learner's module sees it. */
  readonly earlier: <Earlier extends object>(exercise: string) => Earlier;
};

/**
 * A function that runs where the learner's code runs. It is sent as text, so it may use its parameters and the language's
 * own globals and nothing else; what it answers is the learner's word, to be judged outside.
 */
export type Probe<Exports, Args extends readonly unknown[], Answer> = (
  learner: Beside<Exports>,
  ...args: Args
) => Answer;

/** Runs a probe, with `args` that cross, and answers with what it answered, if that crosses. */
export interface RunBeside<Exports> {
  /** Beside the learner's code: one call, with one call's limits. */
  <Args extends readonly unknown[], Answer>(
    probe: Probe<Exports, Args, Answer>,
    ...args: Args
  ): Promise<Awaited<Answer>>;
  /** Beside the reference, in the judge's realm, on copies of `args`: what the same probe should answer. */
  reference<Args extends readonly unknown[], Answer>(
    probe: Probe<Exports, Args, Answer>,
    ...args: Args
  ): Promise<Awaited<Answer>>;
}

/** Numbers, tensors, and arrays and plain objects of them: what a learner's function may answer with. */
export type Comparable = unknown;

export interface Expect {
  /**
   * Type, then shape, then values within the tolerance (`1e-5 + 1e-4·|expected|` unless given). Plain objects and
   * arrays are compared member by member, and the failure names the member (`dW`).
   */
  close(
    actual: Comparable,
    expected: Comparable,
    options?: { readonly tolerance?: Tolerance; readonly subject?: string },
  ): void;
  /** The same value exactly, tensors included. */
  equal(actual: Comparable, expected: Comparable, options?: { readonly subject?: string }): void;
  /** The call must throw an error whose message contains each of `mentioning` (case-insensitive when a string). */
  throws(
    call: Promise<unknown>,
    options: { readonly because: string; readonly mentioning?: readonly (string | RegExp)[] },
  ): Promise<void>;
  /** No call made so far in this check has changed the tensors or arrays that were passed to it. */
  inputsUnchanged(): void;
  /**
   * `actual` must agree with central differences of `of` at `at` (float64, h = 1e-5, |a − b| ≤ 1e-6 + 1e-5·max(|a|, |b|)).
   * `of` maps a tensor of `at`'s shape to a number.
   */
  gradient(
    actual: Comparable,
    options: { readonly of: (x: Tensor) => number | Promise<number>; readonly at: Tensor; readonly subject: string },
  ): Promise<void>;
  /** Anything else; `sentence` says what should hold. */
  that(condition: boolean, sentence: string, actual?: unknown): void;
}

/** Images and their labels, image `n` with label `n`. */
export interface Labelled {
  /** `(count, height, width)`, grey from 0 to 1. */
  readonly images: Tensor;
  /** `(count,)`, whole numbers from 0. */
  readonly labels: Tensor;
}

/** A set of labelled images: what is learnt from, and what is held back to judge by. */
export interface LabelledImages {
  readonly train: Labelled;
  readonly test: Labelled;
}

/** Texts and their labels, text `n` with label `n`. */
export interface LabelledLines {
  readonly texts: readonly string[];
  /** `(count,)`, whole numbers from 0. */
  readonly labels: Tensor;
}

/** A set of labelled texts. */
export interface LabelledTexts {
  /** What the labels 0, 1, … mean: `['Danish', 'Dutch', …]`. */
  readonly labels: readonly string[];
  readonly train: LabelledLines;
  readonly test: LabelledLines;
}

/** The parameters of a trained model by name: `{ 'encoder.E': …, … }`. */
export type Weights = Readonly<Record<string, Tensor>>;

/** What `data` answers with for each kind of data set in `course.json`. */
export interface DataOfKind {
  readonly 'labelled-images': LabelledImages;
  readonly 'labelled-texts': LabelledTexts;
  readonly weights: Weights;
}

export interface CheckContext<Exports> {
  /** The learner's exports. */
  readonly learner: Remote<Exports>;
  /** The reference solution's exports, in the judge's realm, called directly. */
  readonly reference: Exports;
  /** An earlier exercise as the learner's module sees it: their own work where it has passed, else the reference. */
  readonly earlier: <Earlier>(exercise: string) => Remote<Earlier>;
  /**
   * What functions and classes need: runs `probe` in the learner's realm, where it may pass functions, make instances and
   * drive generators. It compares nothing itself, for there even `===` is the learner's to define: it answers with numbers.
   *
   * ```ts
   * const squares = ({ map }: Beside<typeof import('./stub')>, x: Tensor) => map((v) => v * v, x);
   * expect.close(await beside(squares, x), await beside.reference(squares, x));
   * ```
   */
  readonly beside: RunBeside<Exports>;
  /**
   * A data set that the lesson names in its front matter (`data: [digits]`): the course's, or the learner's own copy of
   * it. What is not a set of labelled images says its kind: `await data('languages', 'labelled-texts')`. The learner's code
   * sees of it what a call passes.
   */
  readonly data: <Kind extends keyof DataOfKind = 'labelled-images'>(
    name: string,
    kind?: Kind,
  ) => Promise<DataOfKind[Kind]>;
  /** Seeded anew for each check from the run's seed and the check's sentence. */
  readonly random: Random;
  readonly expect: Expect;
}

export interface Check<Exports> {
  /** The derivation step of the lesson that this check tests. */
  readonly step?: string;
  /** Where the usual limits (2 s for a call, 10 s for a check) are too short for a right solution on a slow machine. */
  readonly limits?: { readonly callSeconds?: number; readonly seconds?: number };
  run(context: CheckContext<Exports>): Promise<void> | void;
}

/** Checks by their sentences, in the order in which they run. */
export type CheckSet<Exports> = Readonly<Record<string, Check<Exports>>>;

/**
 * Declares the checks of an exercise. The two type parameters make a stub, a solution or a check of another shape an
 * error at compile time: `defineChecks<typeof import('./stub'), typeof import('./solution')>({ … })`.
 */
export function defineChecks<Stub extends object, Solution extends Stub>(
  checks: Stub extends Solution ? CheckSet<Stub> : never,
): CheckSet<Solution> {
  return checks;
}
