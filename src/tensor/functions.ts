/** Functions of every entry for itself. Special values follow IEEE 754, as in JavaScript; the table is in `index`. */
import { backendFor } from './backends/use';
import type { GradientOp, UnaryOp } from './backends/backend';
import { add, divide, multiply } from './arithmetic';
import { checkBudget } from './budget';
import { isFollowed, remember, type Rules } from './tape';
import { checkedTensor, type Tensor } from './tensor';

/** `−x`. */
export function negative(x: Tensor): Tensor {
  return unary('negative', x);
}

/** The absolute value. */
export function abs(x: Tensor): Tensor {
  return unary('abs', x);
}

/** −1, 0 or 1: which side of 0 each entry is on. */
export function sign(x: Tensor): Tensor {
  return unary('sign', x);
}

/** `x²`. */
export function square(x: Tensor): Tensor {
  return unary('square', x);
}

/** `1 / x`. */
export function reciprocal(x: Tensor): Tensor {
  return unary('reciprocal', x);
}

/** The square root. */
export function sqrt(x: Tensor): Tensor {
  return unary('sqrt', x);
}

/** `eˣ`. */
export function exp(x: Tensor): Tensor {
  return unary('exp', x);
}

/** `eˣ − 1`, exact to the last digits for a small `x` too. */
export function expm1(x: Tensor): Tensor {
  return unary('expm1', x);
}

/** The natural logarithm. */
export function log(x: Tensor): Tensor {
  return unary('log', x);
}

/** `ln(1 + x)`, exact to the last digits for a small `x` too. */
export function log1p(x: Tensor): Tensor {
  return unary('log1p', x);
}

/** The sine of an angle in radians. */
export function sin(x: Tensor): Tensor {
  return unary('sin', x);
}

/** The cosine of an angle in radians. */
export function cos(x: Tensor): Tensor {
  return unary('cos', x);
}

/** The hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return unary('tanh', x);
}

/** `σ(x) = 1 / (1 + e⁻ˣ)`. */
export function sigmoid(x: Tensor): Tensor {
  return unary('sigmoid', x);
}

/** `max(0, x)`. */
export function relu(x: Tensor): Tensor {
  return unary('relu', x);
}

/** The error function `erf(x) = 2/√π · ∫₀ˣ e^(−t²) dt`. */
export function erf(x: Tensor): Tensor {
  return unary('erf', x);
}

/** `x Φ(x) = x · ½ (1 + erf(x/√2))`, the exact form. (Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.) */
export function gelu(x: Tensor): Tensor {
  return unary('gelu', x);
}

/** The largest whole number that is not above `x`. */
export function floor(x: Tensor): Tensor {
  return unary('floor', x);
}

/** The smallest whole number that is not below `x`. */
export function ceil(x: Tensor): Tensor {
  return unary('ceil', x);
}

/** The nearest whole number; of two as near, the even one. As in the Array API standard, and unlike `Math.round`. */
export function round(x: Tensor): Tensor {
  return unary('round', x);
}

/** For `y = f(x)`, the gradient `dx = dy · f′(x)`. */
const slopes: Rules<UnaryOp, (dy: Tensor, x: Tensor, y: Tensor) => Tensor> = {
  // y = −x            dx = −dy
  negative: (dy) => negative(dy),
  // y = |x|           dx = dy sign(x), 0 at 0
  abs: (dy, x) => multiply(dy, sign(x)),
  // y = x²            dx = 2 dy x
  square: (dy, x) => multiply(dy, multiply(x, 2)),
  // y = 1/x           dx = −dy / x² = −dy y²
  reciprocal: (dy, _, y) => negative(multiply(dy, square(y))),
  // y = √x            dx = dy / (2 √x) = ½ dy / y
  sqrt: (dy, _, y) => divide(multiply(dy, 0.5), y),
  // y = eˣ            dx = dy eˣ = dy y
  exp: (dy, _, y) => multiply(dy, y),
  // y = eˣ − 1        dx = dy eˣ = dy (y + 1)
  expm1: (dy, _, y) => multiply(dy, add(y, 1)),
  // y = ln x          dx = dy / x
  log: (dy, x) => divide(dy, x),
  // y = ln(1 + x)     dx = dy / (1 + x)
  log1p: (dy, x) => divide(dy, add(x, 1)),
  // y = sin x         dx = dy cos x
  sin: (dy, x) => multiply(dy, cos(x)),
  // y = cos x         dx = −dy sin x
  cos: (dy, x) => negative(multiply(dy, sin(x))),
  // y = tanh x        dx = dy (1 − y²)
  tanh: (dy, _, y) => fused('tanhBackward', dy, y),
  // y = σ(x)          dx = dy y (1 − y)
  sigmoid: (dy, _, y) => fused('sigmoidBackward', dy, y),
  // y = max(0, x)     dx = dy [y > 0], 0 at 0
  relu: (dy, _, y) => fused('reluBackward', dy, y),
  // y = erf x         dx = dy · 2/√π · e^(−x²)
  erf: (dy, x) => multiply(dy, multiply(exp(negative(square(x))), 2 / Math.sqrt(Math.PI))),
  // y = x Φ(x)        dx = dy (Φ(x) + x φ(x)), Φ and φ of the standard normal distribution
  gelu: (dy, x) => fused('geluBackward', dy, x),
  // Steps are flat wherever they have a derivative.
  sign: 'none',
  floor: 'none',
  ceil: 'none',
  round: 'none',
};

/** Gradients that backends compute in one pass. `kept` is what the forward pass left: `x` or `y`. */
function fused(op: GradientOp, dy: Tensor, kept: Tensor): Tensor {
  return backendFor(op, dy, kept).binary(op, dy, kept);
}

function unary(op: UnaryOp, x: Tensor): Tensor {
  checkBudget(op, checkedTensor(op, x).shape, x.dtype);
  const y = backendFor(op, x).unary(op, x);
  if (!isFollowed(x)) return y;
  const slope = slopes[op];
  return remember(op, y, { inputs: [x], gradients: [slope === 'none' ? 'none' : (dy) => slope(dy, x, y)] });
}
