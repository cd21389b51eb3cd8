/**
 * The port behind which tensors are computed. A backend makes new tensors from tensors whose shapes have been checked
 * and fitted already; which axis is meant, what broadcasts and what an error says is settled before it is called. It
 * may read a view through its layout or ask for its `data`. Another backend is one more object of this shape.
 *
 * Derivatives stand here beside their ops where one pass over memory does what several ops would.
 */
import type { DType, Tensor } from '../tensor';

export type UnaryOp =
  | 'negative'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'abs'
  | 'relu'
  | 'sigmoid'
  | 'tanh'
  | 'erf'
  | 'gelu'
  | 'square'
  | 'reciprocal'
  | 'sign'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'sin'
  | 'cos'
  | 'log1p'
  | 'expm1';
export type BinaryOp =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'power'
  | 'maximum'
  | 'minimum'
  | 'greater'
  | 'less'
  | 'equal'
  | 'notEqual'
  | 'greaterEqual'
  | 'lessEqual'
  | GradientOp;

/**
 * `dx` from the upstream gradient `dy` and what the forward pass kept: `reluBackward(dy, y) = dy · [y > 0]`,
 * `sigmoidBackward(dy, y) = dy · y (1 − y)`, `tanhBackward(dy, y) = dy · (1 − y²)`, `geluBackward(dy, x) = dy · GELU′(x)`.
 */
export type GradientOp = 'reluBackward' | 'sigmoidBackward' | 'tanhBackward' | 'geluBackward';
export type ReduceOp = 'sum' | 'mean' | 'max' | 'min' | 'argmax';

/** What a product does besides, in the same pass. */
export interface ProductOptions {
  /** Added to every row of the product: shape `(m,)`, without gaps. */
  readonly bias?: Tensor | undefined;
  /** Applied last. */
  readonly relu?: boolean | undefined;
}

export interface LayerNormResult {
  readonly y: Tensor;
  /** Of each row: shape `(…)`. */
  readonly mean: Tensor;
  /** `1 / √(variance + ε)` of each row: shape `(…)`. */
  readonly rstd: Tensor;
}

/** A parameter and its gradient, of one shape; the step is written into the parameter where it lies. */
export interface Step {
  readonly parameter: Tensor;
  readonly gradient: Tensor;
  readonly rate: number;
}

export interface MomentumStep extends Step {
  readonly velocity: Tensor;
  readonly momentum: number;
}

export interface AdamStep extends Step {
  /** Running means of the gradient and of its square, written too. */
  readonly first: Tensor;
  readonly second: Tensor;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Which step it is, counted from 1. */
  readonly time: number;
}

/** What a backend needs to know to say whether it can compute something. */
export interface Task {
  readonly op:
    | UnaryOp
    | BinaryOp
    | ReduceOp
    | 'where'
    | 'softmax'
    | 'softmaxBackward'
    | 'layerNorm'
    | 'layerNormBackward'
    | 'sumRows'
    | 'contiguous'
    | 'matmul'
    | 'sgdStep'
    | 'momentumStep'
    | 'adamStep';
  readonly dtype: DType;
  /** How many entries the largest tensor of it has, and whether one has none. */
  readonly size: number;
  readonly empty: boolean;
}

export interface Backend {
  /** As reports name it: `loops`, `gpu.js webasm`. */
  readonly name: string;
  /** Why this backend cannot do `task`, in words; `undefined` where it can. */
  refuses(task: Task): string | undefined;
  /** `f(x)` for each entry. */
  unary(op: UnaryOp, x: Tensor): Tensor;
  /** `f(a, b)` for each pair of entries of two tensors of one shape, stretched views among them. Comparisons give 1 and 0. */
  binary(op: BinaryOp, a: Tensor, b: Tensor): Tensor;
  /** `a` where `condition` is not 0, else `b`; three tensors of one shape. */
  where(condition: Tensor, a: Tensor, b: Tensor): Tensor;
  /** Over the last axis, which goes: `(…, n)` becomes `(…)`. Only sums and means are asked for where n is 0. */
  reduce(op: ReduceOp, x: Tensor): Tensor;
  /** Over the first axis: `(n, m)` becomes `(m,)`. */
  sumRows(x: Tensor): Tensor;
  /** A copy without gaps, in row-major order. */
  contiguous(x: Tensor): Tensor;
  /** Over the last axis. A row that holds only −∞ becomes zeros. */
  softmax(x: Tensor): Tensor;
  /** `dx = y (dy − Σ dy y)`, the sum over the last axis; `y` is the softmax. */
  softmaxBackward(dy: Tensor, y: Tensor): Tensor;
  /** Over the last axis: `y = γ (x − μ) / √(σ² + ε) + β`, γ and β of shape `(n,)`, the variance biased. */
  layerNorm(x: Tensor, scale: { gamma: Tensor; beta: Tensor; epsilon: number }): LayerNormResult;
  /** All three gradients; `mean` and `rstd` as the forward pass gave them. */
  layerNormBackward(
    dy: Tensor,
    kept: { x: Tensor; gamma: Tensor; mean: Tensor; rstd: Tensor },
  ): { dx: Tensor; dgamma: Tensor; dbeta: Tensor };
  /** `(…, n, k)` times `(…, k, m)`, with the same axes in front, is `(…, n, m)`. Transposed views cost nothing. */
  matmul(a: Tensor, b: Tensor, options?: ProductOptions): Tensor;
  /** `p ← p − rate · g`. */
  sgdStep(step: Step): void;
  /** `v ← momentum · v + g`, `p ← p − rate · v`. */
  momentumStep(step: MomentumStep): void;
  /** Adam with bias correction (Kingma and Ba 2015, algorithm 1). */
  adamStep(step: AdamStep): void;
}
