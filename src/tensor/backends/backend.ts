/**
 * The port behind which tensors are computed. A backend makes new tensors from tensors whose shapes have been checked
 * and fitted already; which axis is meant, what broadcasts and what an error says is settled before it is called. It
 * may read a view through its layout or ask for its `data`. Another backend is one more object of this shape.
 */
import type { DType, Tensor } from '../tensor';

export type UnaryOp = 'negative' | 'exp' | 'log' | 'sqrt' | 'abs' | 'relu' | 'sigmoid' | 'tanh';
export type BinaryOp =
  'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'maximum' | 'minimum' | 'greater' | 'less' | 'equal';
export type ReduceOp = 'sum' | 'mean' | 'max' | 'min' | 'argmax';

/** What a backend needs to know to say whether it can compute something. */
export interface Task {
  readonly op: UnaryOp | BinaryOp | ReduceOp | 'where' | 'softmax' | 'matmul';
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
  /** `f(a, b)` for each pair of entries of two tensors of one shape. Comparisons give 1 and 0. */
  binary(op: BinaryOp, a: Tensor, b: Tensor): Tensor;
  /** `a` where `condition` is not 0, else `b`; three tensors of one shape. */
  where(condition: Tensor, a: Tensor, b: Tensor): Tensor;
  /** Over the last axis, which goes: `(…, n)` becomes `(…)`. Only sums and means are asked for where n is 0. */
  reduce(op: ReduceOp, x: Tensor): Tensor;
  /** Over the last axis. A row that holds only −∞ becomes zeros. */
  softmax(x: Tensor): Tensor;
  /** `(…, n, k)` times `(…, k, m)`, with the same axes in front, is `(…, n, m)`. */
  matmul(a: Tensor, b: Tensor): Tensor;
}
