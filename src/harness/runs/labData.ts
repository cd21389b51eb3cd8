/**
 * What a lab shows, as plain data: an exercise's `lab.ts` as it was read, the views of a run with their tensors as numbers,
 * and its points. The driver makes it, the extension keeps it, the page draws it.
 */
export interface TensorData {
  readonly shape: readonly number[];
  /** Row-major and contiguous. */
  readonly data: Float32Array;
}

/** A `RunView` of `authoring/lab.ts`, its tensors as data. */
export type RunViewData =
  | {
      readonly kind: 'matrix';
      readonly title: string;
      readonly rowName: string;
      readonly columnName: string;
      readonly rows: readonly string[];
      readonly columns: readonly string[];
      /** `(rows, columns)` */
      readonly values: TensorData;
    }
  | {
      readonly kind: 'images';
      readonly title: string;
      /** `(count, height, width)` */
      readonly images: TensorData;
      readonly labels?: readonly string[];
      /** Around zero, so that its sign is to be seen. */
      readonly signed?: boolean;
    }
  | {
      readonly kind: 'bars';
      readonly title: string;
      readonly labels: readonly string[];
      /** `(bars,)` */
      readonly values: TensorData;
    }
  | {
      readonly kind: 'attention';
      readonly title: string;
      readonly tokens: readonly string[];
      /** `(heads, tokens, tokens)`: a query in each row. */
      readonly weights: TensorData;
    }
  | {
      readonly kind: 'plot';
      readonly title: string;
      readonly xLabel: string;
      readonly yLabel: string;
      readonly logX?: boolean;
      readonly logY?: boolean;
      /** points `(count, 2)` */
      readonly series: readonly { readonly name: string; readonly points: TensorData }[];
    }
  | GraphViewData
  | { readonly kind: 'text'; readonly title: string; readonly text: string };

/** The most of a graph that is drawn: nodes, edges, and characters of a label. The figure of lessons takes as many. */
export const graphLimits = { nodes: 30, edges: 60, label: 28 };

export interface GraphViewData {
  readonly kind: 'graph';
  readonly title: string;
  /** Each after all that it was made from. */
  readonly nodes: readonly {
    readonly label: string;
    readonly kind: 'value' | 'op';
    readonly value: TensorData;
    readonly gradient?: TensorData;
  }[];
  /** `from` and `to` are places in `nodes`, and `from` is the smaller. */
  readonly edges: readonly { readonly from: number; readonly to: number; readonly gradient?: TensorData }[];
}

export type SettingField =
  | {
      readonly kind: 'integer' | 'number';
      readonly name: string;
      readonly label: string;
      readonly value: number;
      readonly minimum: number;
      readonly maximum: number;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly value: string;
      readonly choices: readonly string[];
    };

export interface CurveField {
  readonly name: string;
  readonly label: string;
  readonly scale: 'linear' | 'logarithmic' | 'share';
  /** Curves with the same chart are drawn over each other. */
  readonly chart: string;
}

export type QuestionField =
  | { readonly kind: 'digit-pad'; readonly name: string; readonly title: string }
  | { readonly kind: 'text'; readonly name: string; readonly title: string; readonly value: string };

export type SettingsGiven = Readonly<Record<string, number | string>>;

/** Points of a run: `steps[i]` and, for each curve by name, a value or NaN. */
export interface RunPoints {
  readonly steps: Float64Array;
  readonly curves: Readonly<Record<string, Float64Array>>;
}

/** A kernel as the page's workers take it: text that defines one bare function, compiled from the learner's TypeScript. */
export interface KernelField {
  readonly name: string;
  readonly title: string;
  /** JavaScript, an expression of a function. */
  readonly source: string;
  readonly parameterNames: readonly string[];
  readonly sizeLabel: string;
  /** One launch for each size, growing. */
  readonly launches: readonly {
    readonly size: number;
    /** Arithmetic operations of the launch. */
    readonly operations: number;
    /** As in GPU.js, x first. */
    readonly output: readonly number[];
    readonly arguments: readonly (TensorData | number)[];
  }[];
}

/** What an exercise's `lab.ts` declares, read and brought within bounds. */
export type LabDescription =
  | {
      readonly kind: 'run';
      readonly title: string;
      readonly settings: readonly SettingField[];
      readonly curves: readonly CurveField[];
      readonly questions: readonly QuestionField[];
    }
  | { readonly kind: 'kernels'; readonly kernels: readonly KernelField[] };
