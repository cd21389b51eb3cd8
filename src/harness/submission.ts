/** What a runner is given: all the text a check needs, and its limits. Plain data, so that it crosses any boundary. */
import type { ExerciseId } from '../course/course';

export interface SourceText {
  readonly exercise: ExerciseId;
  readonly text: string;
}

export interface Limits {
  /** For one call of a learner's function, in milliseconds. */
  readonly callMs: number;
  /** For one check with all its calls, in milliseconds; its author may give it more. */
  readonly checkMs: number;
  /** For all checks of an exercise together, in milliseconds; what a check is given more comes on top. */
  readonly totalMs: number;
  /** For the whole process that runs the check, in bytes. */
  readonly memoryBytes: number;
}

export const defaultLimits: Limits = {
  callMs: 2_000,
  checkMs: 10_000,
  totalMs: 20_000,
  memoryBytes: 768 * 1024 * 1024,
};

/** The limits of whoever gives one call `callMs`: a check and an exercise get as many times that as they do by default. */
export function limitsFor({ callMs, memoryBytes }: Pick<Limits, 'callMs' | 'memoryBytes'>): Limits {
  const scale = callMs / defaultLimits.callMs;
  return { callMs, checkMs: defaultLimits.checkMs * scale, totalMs: defaultLimits.totalMs * scale, memoryBytes };
}

/** For someone who steps through their code: time does not count. */
export function withoutTimeLimits({ memoryBytes }: Limits): Limits {
  return { callMs: Infinity, checkMs: Infinity, totalMs: Infinity, memoryBytes };
}

/** The most that one tensor may take of it, so that the library says which one is too large before the walls know only that something is. */
export function largestTensorBytes({ memoryBytes }: Pick<Limits, 'memoryBytes'>): number {
  return Math.floor(memoryBytes / 4);
}

/** One half of a set of labelled images, as bytes: grey from 0 to 255 row by row, image after image, and a label for each. */
export interface LabelledBytes {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** A set of labelled images by its name. */
export interface SubmittedImages {
  readonly name: string;
  readonly kind: 'labelled-images';
  readonly train: LabelledBytes;
  readonly test: LabelledBytes;
}

/** An argument that somebody typed, as data: what makes a tensor of it stands in the judge. */
export type TrialValue =
  | number
  | string
  | boolean
  | null
  | { readonly kind: 'tensor'; readonly shape: readonly number[]; readonly values: readonly number[] }
  | { readonly kind: 'list'; readonly items: readonly TrialValue[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: TrialValue])[] };

/** One call of a learner's function on an input of their own, of which nothing is right or wrong. */
export interface Trial {
  /** The export to call. */
  readonly function: string;
  readonly arguments: readonly TrialValue[];
  /** Given, the export is a kernel, and this is what it is launched with. */
  readonly output?: readonly number[];
  /** Whether the reference solution is called with the same input. */
  readonly withReference: boolean;
}

/** One half of a set of labelled texts: a label for each text. */
export interface LabelledLines {
  readonly texts: readonly string[];
  readonly labels: Uint8Array;
}

/** A set of labelled texts by its name. */
export interface SubmittedTexts {
  readonly name: string;
  readonly kind: 'labelled-texts';
  /** What the labels 0, 1, … mean. */
  readonly labels: readonly string[];
  readonly train: LabelledLines;
  readonly test: LabelledLines;
}

/** The parameters of a trained model by its name. */
export interface SubmittedWeights {
  readonly name: string;
  readonly kind: 'weights';
  /** A safetensors file. */
  readonly bytes: Uint8Array;
}

/** A data set for the checks, which make tensors of it when they ask for it. */
export type SubmittedData = SubmittedImages | SubmittedTexts | SubmittedWeights;

export interface Submission {
  /** The learner's TypeScript. */
  readonly learner: SourceText;
  /** The earlier exercises it may import, each by its learner or by the reference. */
  readonly earlier: readonly (SourceText & { readonly author: 'learner' | 'reference' })[];
  /** The author's `checks.ts` and `solution.ts`. They and `references` never enter the learner's realm. */
  readonly checks: string;
  readonly solution: string;
  /** The reference solutions of `earlier`, which checks may import. */
  readonly references: readonly SourceText[];
  /** The data sets that the exercise's lesson names. They enter the learner's realm only as arguments of a call. */
  readonly data?: readonly SubmittedData[];
  /** Names that `'tensor'` offers to the learner's module; `undefined` means all. */
  readonly offers: readonly string[] | undefined;
  /**
   * From which the inputs of the checks are drawn. Left out, each run draws one that nobody could foresee; the report says
   * which, and given back it makes the same inputs again. It never enters the learner's realm.
   */
  readonly seed?: number;
  /**
   * Further seeds: every check that draws random numbers is run with each of them too, until it fails. The author check
   * tries a hundred.
   */
  readonly moreSeeds?: readonly number[];
  /**
   * The check, by its sentence, that must fail under every one of the seeds, which is what an author asks about a mutant: this
   * check is repeated while it fails, and the others run with the first seed alone.
   */
  readonly mustFail?: string;
  /** Leave out the checks that follow one that fails: for whoever asks only whether a program is caught. */
  readonly untilFailure?: boolean;
  /** Which backend the learner's tensor operations use. `auto` lets the library choose. */
  readonly backend: 'auto' | 'loops' | 'gpu.js';
  readonly limits: Limits;
  /** Run only these checks, by sentence. */
  readonly only?: readonly string[];
  /** Make this one call and run no check. The report then has an `answer` and passes nothing: see `trial/trialReport.ts`. */
  readonly trial?: Trial;
}

/** A submission whose seed has been drawn. */
export type SeededSubmission = Submission & { readonly seed: number };
