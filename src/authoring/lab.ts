/**
 * What an exercise brings to the lab, in a `lab.ts` beside its checks (the lesson's front matter says `lab: run` or
 * `lab: kernels`): a run to watch, or kernels to race. `lab.ts` is a module of the learner's program: it imports the exercise
 * and earlier ones by id, so it runs the learner's own work where that has passed, in the learner's realm. Nothing here
 * judges; a run is for looking at.
 */
import { tensor } from '../tensor';
import type { Random, Tensor } from '../tensor';
import type { DataOfKind, KernelLaunch } from './checks';

/** Something that can be set before a run, shown as one field. */
export type RunSetting =
  | {
      readonly kind: 'integer' | 'number';
      readonly label: string;
      readonly value: number;
      readonly minimum: number;
      readonly maximum: number;
    }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly value: string;
      readonly choices: readonly string[];
    };

export type RunSettings = Readonly<Record<string, RunSetting>>;

/** What `start` is given for each setting: a number, or one of the choices. */
export type SettingValues<Settings extends RunSettings> = {
  readonly [K in keyof Settings]: Settings[K] extends { readonly kind: 'choice' } ? string : number;
};

/** A line that a run draws as it goes. */
export interface Curve {
  readonly label: string;
  /** `share` is drawn from 0 to 100 %; `logarithmic` has a logarithmic axis. Curves of one scale and group share a chart. */
  readonly scale?: 'linear' | 'logarithmic' | 'share';
  /** The chart that it belongs to; left out, the chart of its scale. */
  readonly chart?: string;
}

/** Something to look at besides the curves. All values are finite or shown as what they are. */
export type RunView =
  /** A table of numbers, shaded and written: a confusion matrix. */
  | {
      readonly kind: 'matrix';
      readonly title: string;
      /** What a row is, what a column is: "the digit", "the answer". */
      readonly rowName: string;
      readonly columnName: string;
      readonly rows: readonly string[];
      readonly columns: readonly string[];
      /** `(rows, columns)` */
      readonly values: Tensor;
    }
  /** Small pictures in grey, or, where `signed`, around zero. */
  | {
      readonly kind: 'images';
      readonly title: string;
      /** `(count, height, width)` */
      readonly images: Tensor;
      readonly labels?: readonly string[];
      readonly signed?: boolean;
    }
  | {
      readonly kind: 'bars';
      readonly title: string;
      readonly labels: readonly string[];
      /** `(bars,)` */
      readonly values: Tensor;
    }
  /** Which token looks at which, for each head. */
  | {
      readonly kind: 'attention';
      readonly title: string;
      readonly tokens: readonly string[];
      /** `(heads, tokens, tokens)`: a query in each row. */
      readonly weights: Tensor;
    }
  | {
      readonly kind: 'plot';
      readonly title: string;
      readonly xLabel: string;
      readonly yLabel: string;
      readonly logX?: boolean;
      readonly logY?: boolean;
      /** points `(count, 2)`: x and y. */
      readonly series: readonly { readonly name: string; readonly points: Tensor }[];
    }
  /** How data flowed, and which gradients came back: operations, and the values that they were made from. */
  | {
      readonly kind: 'graph';
      readonly title: string;
      /** Each after all that it was made from. */
      readonly nodes: readonly GraphNode[];
      readonly edges: readonly GraphEdge[];
    }
  | { readonly kind: 'text'; readonly title: string; readonly text: string };

export interface GraphNode {
  readonly label: string;
  /** Whether an operation made it. */
  readonly kind: 'value' | 'op';
  /** What it is, or what the operation made. */
  readonly value: Tensor;
  /** Of the shape of `value`. */
  readonly gradient?: Tensor;
}

/** The value of one node goes into another. */
export interface GraphEdge {
  /** The places of two nodes in the list. */
  readonly from: number;
  readonly to: number;
  /** The share of the gradient that comes back along it, of the shape of the value at `from`. */
  readonly gradient?: Tensor;
}

/** What a run tells after a step. */
export interface RunStep {
  /** Counts from 1. */
  readonly step: number;
  /** How many steps there will be, where that is known. */
  readonly of?: number;
  /** A number for each curve that has one at this step. */
  readonly curves: Readonly<Record<string, number>>;
  /** The tensors as they are now, by name: looked through for the first that is not finite, when a curve is not. */
  readonly tensors?: Readonly<Record<string, Tensor>>;
  /** Asked for now and then, not after each step, so it may take a while. */
  readonly views?: () => readonly RunView[];
}

/** Something that a person can ask the trained (or half-trained) model; answered between two steps. */
export type RunQuestion =
  /** A pad to draw on; `image` is `(28, 28)`, grey from 0 to 1, centred and scaled as MNIST's digits are. */
  | {
      readonly kind: 'digit-pad';
      readonly title: string;
      readonly answer: (image: Tensor) => readonly RunView[];
    }
  | {
      readonly kind: 'text';
      readonly title: string;
      /** What stands in the field at first. */
      readonly value: string;
      readonly answer: (text: string) => readonly RunView[];
    };

export interface RunContext<Settings extends RunSettings> {
  readonly settings: SettingValues<Settings>;
  readonly seed: number;
  /** A data set that the lesson names in its front matter; what is not a set of labelled images says its kind. */
  readonly data: <Kind extends keyof DataOfKind = 'labelled-images'>(name: string, kind?: Kind) => DataOfKind[Kind];
}

export interface RunDefinition<Settings extends RunSettings = RunSettings> {
  readonly kind: 'run';
  readonly title: string;
  readonly settings: Settings;
  /** The lines to draw, by the names that steps use. */
  readonly curves: Readonly<Record<string, Curve>>;
  /**
   * Yields after each step. The same settings and seed give the same steps: that is how a run goes on after its process
   * is gone. A run may also yield once and be there for its questions only.
   */
  readonly start: (context: RunContext<Settings>) => Generator<RunStep, unknown>;
  /** Asked at any time after the first step. They see what `start` left in the module's variables. */
  readonly questions?: Readonly<Record<string, RunQuestion>>;
}

/** One kernel and the sizes at which it is timed. */
export interface RacedKernel {
  readonly title: string;
  /** The name under which the exercise exports it. */
  readonly kernel: string;
  /** What a size is: "n of an n × n product". */
  readonly sizeLabel: string;
  /** Growing; the largest is what a GPU should still do in well under a second. */
  readonly sizes: readonly number[];
  /** Arithmetic operations of one launch. */
  readonly operations: (size: number) => number;
  readonly launch: (size: number, random: Random) => RacedLaunch;
}

/** How to launch it at one size: `output` as in GPU.js, x first, and its arguments. */
export interface RacedLaunch {
  readonly output: KernelLaunch<[]>['output'];
  readonly arguments: readonly (Tensor | number)[];
}

export interface KernelRace {
  readonly kind: 'kernels';
  readonly kernels: readonly RacedKernel[];
}

export interface Confusion {
  readonly title: string;
  /** What a row is, what a column is: "the digit", "the answer". */
  readonly rowName: string;
  readonly columnName: string;
  /** Of each class, from class 0 on. */
  readonly names: readonly string[];
  /** The true class of each example. */
  readonly labels: ArrayLike<number>;
  /** The class that was answered for each. */
  readonly answers: ArrayLike<number>;
}

/** The share of the answers that are the true class; NaN where there is no answer. */
export function shareRight({ labels, answers }: Pick<Confusion, 'labels' | 'answers'>): number {
  let right = 0;
  for (let n = 0; n < answers.length; n += 1) if (answers[n] === labels[n]) right += 1;
  return right / answers.length;
}

/** A confusion matrix: how often each class was answered for each. */
export function confusionMatrix({ labels, answers, names, ...words }: Confusion): RunView {
  const counts = names.map(() => names.map(() => 0));
  for (let n = 0; n < answers.length; n += 1) {
    const row = counts[labels[n] ?? NaN];
    const answer = answers[n] ?? NaN;
    if (row?.[answer] !== undefined) row[answer] += 1;
  }
  return { kind: 'matrix', ...words, rows: names, columns: names, values: tensor(counts) };
}

/** Declares a run; the type of its settings becomes the type of what `start` is given. */
export function defineRun<const Settings extends RunSettings>(
  definition: Omit<RunDefinition<Settings>, 'kind'>,
): RunDefinition<Settings> {
  return { kind: 'run', ...definition };
}

/** Declares a race of kernels. */
export function defineKernelRace(kernels: readonly RacedKernel[]): KernelRace {
  return { kind: 'kernels', kernels };
}

export type LabDefinition = RunDefinition | KernelRace;
