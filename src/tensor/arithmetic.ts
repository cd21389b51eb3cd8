/**
 * Operations on pairs of entries. Two tensors are broadcast to the shape they have in common; a plain number stands
 * for a tensor of shape `()` and takes the other's dtype. Special values follow IEEE 754, as in JavaScript; the table
 * is in `index`. The gradient of an operand that was stretched is summed back to its shape.
 */
import { backendFor } from './backends/use';
import type { BinaryOp, GradientOp } from './backends/backend';
import { checkBudget } from './budget';
import { nameOf, sameShape } from './shape';
import { scalar, sumTo } from './strided';
import { isFollowed, remember, type Rules } from './tape';
import { commonDtype, Tensor, type DType } from './tensor';
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

/** 1 where `a ≥ b`, else 0; broadcast. */
export function greaterEqual(a: Operand, b: Operand): Tensor {
  return binary('greaterEqual', a, b);
}

/** 1 where `a ≤ b`, else 0; broadcast. */
export function lessEqual(a: Operand, b: Operand): Tensor {
  return binary('lessEqual', a, b);
}

/** 1 where `a` differs from `b`, else 0; broadcast. NaN differs from everything, itself included. */
export function notEqual(a: Operand, b: Operand): Tensor {
  return binary('notEqual', a, b);
}

/** `a` where `condition` is not 0, else `b`; all three broadcast. */
export function where(condition: Operand, a: Operand, b: Operand): Tensor {
  const dtype = dtypeOf(a, b);
  const whole = [
    asTensor(condition, 'float32', 'where: the condition'),
    asTensor(a, dtype, 'where: the second argument'),
    asTensor(b, dtype, 'where: the third argument'),
  ] as const;
  const [chosen, first, second] = broadcastTogether('where', whole) as [Tensor, Tensor, Tensor];
  checkBudget('where', first.shape, dtype);
  const y = backendFor('where', chosen, first, second).where(chosen, first, second);
  return remember('where', y, {
    inputs: whole,
    // da = dy where it was chosen, else 0; db the other way round.
    gradients: [
      'none',
      (dy) => sumTo(where(chosen, dy, 0), whole[1].shape),
      (dy) => sumTo(where(chosen, 0, dy), whole[2].shape),
    ],
  });
}

/** `x` held between two bounds: `minimum(maximum(x, low), high)`. No gradient passes where a bound holds it. */
export function clip(x: Tensor, low: number, high: number): Tensor {
  return minimum(maximum(x, low), high);
}

interface Pair {
  readonly a: Tensor;
  readonly b: Tensor;
  readonly y: Tensor;
}
interface PairRule {
  readonly a: (dy: Tensor, pair: Pair) => Tensor;
  readonly b: (dy: Tensor, pair: Pair) => Tensor;
}

/** For `y = f(a, b)`: `da = dy · ∂y/∂a` and `db = dy · ∂y/∂b`, before they are summed to the shapes of `a` and `b`. */
const pairRules: Rules<Exclude<BinaryOp, GradientOp>, PairRule> = {
  // y = a + b            da = dy                       db = dy
  add: { a: (dy) => dy, b: (dy) => dy },
  // y = a − b            da = dy                       db = −dy
  subtract: { a: (dy) => dy, b: (dy) => multiply(dy, -1) },
  // y = a b              da = dy b                     db = dy a
  multiply: { a: (dy, { b }) => multiply(dy, b), b: (dy, { a }) => multiply(dy, a) },
  // y = a / b            da = dy / b                   db = −dy a / b² = −dy y / b
  divide: { a: (dy, { b }) => divide(dy, b), b: (dy, { b, y }) => divide(multiply(dy, y), multiply(b, -1)) },
  // y = aᵇ               da = dy b aᵇ⁻¹ (b = 0: 0)      db = dy y ln a (a = 0: 0)
  power: {
    a: (dy, { a, b }) => where(b, multiply(dy, multiply(b, power(a, subtract(b, 1)))), 0),
    b: (dy, { a, y }) => where(a, multiply(dy, multiply(y, backendFor('log', a).unary('log', a))), 0),
  },
  // y = max(a, b)        da = dy [a > b]               db = dy [b > a], and half to each where they are equal
  maximum: {
    a: (dy, { a, b }) => multiply(dy, half(greater(a, b), greaterEqual(a, b))),
    b: (dy, { a, b }) => multiply(dy, half(greater(b, a), greaterEqual(b, a))),
  },
  // y = min(a, b)        da = dy [a < b]               db = dy [b < a], and half to each where they are equal
  minimum: {
    a: (dy, { a, b }) => multiply(dy, half(less(a, b), lessEqual(a, b))),
    b: (dy, { a, b }) => multiply(dy, half(less(b, a), lessEqual(b, a))),
  },
  // Comparisons are steps: flat wherever they have a derivative.
  greater: 'none',
  less: 'none',
  equal: 'none',
  notEqual: 'none',
  greaterEqual: 'none',
  lessEqual: 'none',
};

/** The mean of two masks: 1 where both hold, ½ where one does. */
function half(strict: Tensor, loose: Tensor): Tensor {
  return multiply(add(strict, loose), 0.5);
}

function binary(op: Exclude<BinaryOp, GradientOp>, a: Operand, b: Operand): Tensor {
  const dtype = dtypeOf(a, b);
  const first = asTensor(a, dtype, `${op}: the first argument`);
  const second = asTensor(b, dtype, `${op}: the second argument`);
  // Most pairs are of one shape already, and then there is nothing to stretch.
  if (sameShape(first.shape, second.shape)) return combined(op, { a: first, b: second }, [first, second]);
  return combined(op, { a: first, b: second }, broadcastTogether(op, [first, second]) as [Tensor, Tensor]);
}

function combined(
  op: Exclude<BinaryOp, GradientOp>,
  whole: { a: Tensor; b: Tensor },
  [a, b]: readonly [Tensor, Tensor],
): Tensor {
  checkBudget(op, a.shape, a.dtype);
  const y = backendFor(op, a, b).binary(op, a, b);
  if (!isFollowed(whole.a, whole.b)) return y;
  const rule = pairRules[op];
  const gradients =
    rule === 'none'
      ? (['none', 'none'] as const)
      : ([
          (dy: Tensor) => sumTo(rule.a(dy, { a, b, y }), whole.a.shape),
          (dy: Tensor) => sumTo(rule.b(dy, { a, b, y }), whole.b.shape),
        ] as const);
  return remember(op, y, { inputs: [whole.a, whole.b], gradients });
}

function dtypeOf(a: Operand, b: Operand): DType {
  if (a instanceof Tensor) return b instanceof Tensor ? commonDtype(a, b) : a.dtype;
  return b instanceof Tensor ? b.dtype : 'float32';
}

function asTensor(operand: Operand, dtype: DType, which: string): Tensor {
  if (operand instanceof Tensor) return operand;
  if (typeof operand === 'number') return scalar(operand, dtype);
  throw new TypeError(`${which} must be a Tensor or a number, not ${nameOf(operand)}`);
}
