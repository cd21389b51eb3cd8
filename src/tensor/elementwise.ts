/**
 * Operations that treat every entry for itself. Two tensors are broadcast to the shape they have in common; a plain
 * number stands for a tensor of shape `()` and takes the other's dtype. Special values follow IEEE 754, as in
 * JavaScript: `log(0)` is −Infinity, `sqrt(-1)` is NaN, and NaN stays NaN, through `relu`, `maximum` and `minimum` too.
 */
import { backendFor } from './backends/use';
import type { BinaryOp, UnaryOp } from './backends/backend';
import { scalar } from './create';
import { nameOf } from './shape';
import { checkedTensor, Tensor } from './tensor';
import { broadcastTogether } from './views';

/** A tensor, or a number that is used with every entry. */
export type Operand = Tensor | number;

/** `a + b`, broadcast. */
export function add(a: Operand, b: Operand): Tensor {
  return binary('add', a, b);
}

/** `a − b`, broadcast. */
export function subtract(a: Operand, b: Operand): Tensor {
  return binary('subtract', a, b);
}

/** `a · b` entry by entry, broadcast. The product of matrices is `matmul`. */
export function multiply(a: Operand, b: Operand): Tensor {
  return binary('multiply', a, b);
}

/** `a / b` entry by entry, broadcast. */
export function divide(a: Operand, b: Operand): Tensor {
  return binary('divide', a, b);
}

/** `a` to the power `b`, broadcast. */
export function power(a: Operand, b: Operand): Tensor {
  return binary('power', a, b);
}

/** The larger of `a` and `b`, broadcast. The largest entry of one tensor is `max`. */
export function maximum(a: Operand, b: Operand): Tensor {
  return binary('maximum', a, b);
}

/** The smaller of `a` and `b`, broadcast. The smallest entry of one tensor is `min`. */
export function minimum(a: Operand, b: Operand): Tensor {
  return binary('minimum', a, b);
}

/** 1 where `a > b`, else 0; broadcast. */
export function greater(a: Operand, b: Operand): Tensor {
  return binary('greater', a, b);
}

/** 1 where `a < b`, else 0; broadcast. */
export function less(a: Operand, b: Operand): Tensor {
  return binary('less', a, b);
}

/** 1 where `a` equals `b` exactly, else 0; broadcast. */
export function equal(a: Operand, b: Operand): Tensor {
  return binary('equal', a, b);
}

/** `a` where `condition` is not 0, else `b`; all three broadcast. */
export function where(condition: Operand, a: Operand, b: Operand): Tensor {
  const dtype = dtypeOf(a, b);
  const [chosen, first, second] = broadcastTogether('where', [
    asTensor(condition, 'float32', 'where: the condition'),
    asTensor(a, dtype, 'where: the second argument'),
    asTensor(b, dtype, 'where: the third argument'),
  ]) as [Tensor, Tensor, Tensor];
  return backendFor('where', chosen, first, second).where(chosen, first, second);
}

/** `−x`. */
export function negative(x: Tensor): Tensor {
  return unary('negative', x);
}

/** `eˣ`. */
export function exp(x: Tensor): Tensor {
  return unary('exp', x);
}

/** The natural logarithm. */
export function log(x: Tensor): Tensor {
  return unary('log', x);
}

/** The square root. */
export function sqrt(x: Tensor): Tensor {
  return unary('sqrt', x);
}

/** The absolute value. */
export function abs(x: Tensor): Tensor {
  return unary('abs', x);
}

/** `max(0, x)`. */
export function relu(x: Tensor): Tensor {
  return unary('relu', x);
}

/** `σ(x) = 1 / (1 + e⁻ˣ)`. */
export function sigmoid(x: Tensor): Tensor {
  return unary('sigmoid', x);
}

/** The hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return unary('tanh', x);
}

function unary(op: UnaryOp, x: Tensor): Tensor {
  checkedTensor(op, x);
  return backendFor(op, x).unary(op, x);
}

function binary(op: BinaryOp, a: Operand, b: Operand): Tensor {
  const dtype = dtypeOf(a, b);
  const [first, second] = broadcastTogether(op, [
    asTensor(a, dtype, `${op}: the first argument`),
    asTensor(b, dtype, `${op}: the second argument`),
  ]) as [Tensor, Tensor];
  return backendFor(op, first, second).binary(op, first, second);
}

function dtypeOf(a: Operand, b: Operand): 'float32' | 'float64' {
  return [a, b].some((x) => x instanceof Tensor && x.dtype === 'float64') ? 'float64' : 'float32';
}

function asTensor(operand: Operand, dtype: 'float32' | 'float64', which: string): Tensor {
  if (typeof operand === 'number') return scalar(operand, dtype);
  if (operand instanceof Tensor) return operand;
  throw new TypeError(`${which} must be a Tensor or a number, not ${nameOf(operand)}`);
}
