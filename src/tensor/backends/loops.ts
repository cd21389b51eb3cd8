/**
 * The reference backend: plain loops in float32 and float64, the oracle that other backends are compared with. Sums are
 * kept in 64 bits and rounded once, when a result is stored. Views are read where they lie, row by row.
 */
import { rowStarts, sizeOf } from '../shape';
import { commonDtype, emptyValues, layoutOf, ofValues, type Tensor, type Values } from '../tensor';
import type { Backend, BinaryOp, ReduceOp, UnaryOp } from './backend';
import { erf, normalShare } from './erf';
import { loopsTraining } from './loopsTraining';

const unaryFunctions: Readonly<Record<UnaryOp, (x: number) => number>> = {
  negative: (x) => -x,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  relu: (x) => Math.max(0, x),
  // Two forms of 1 / (1 + e⁻ˣ), so that the exponential never overflows.
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  tanh: Math.tanh,
  erf,
  gelu: (x) => (x === -Infinity ? 0 : x * normalShare(x)),
  square: (x) => x * x,
  reciprocal: (x) => 1 / x,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  // Halves go to the even neighbour, as in the Array API standard.
  round: (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
  sin: Math.sin,
  cos: Math.cos,
  log1p: Math.log1p,
  expm1: Math.expm1,
};

const binaryFunctions: Readonly<Record<BinaryOp, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: Math.pow,
  maximum: (a, b) => Math.max(a, b),
  minimum: (a, b) => Math.min(a, b),
  greater: (a, b) => (a > b ? 1 : 0),
  less: (a, b) => (a < b ? 1 : 0),
  equal: (a, b) => (a === b ? 1 : 0),
  notEqual: (a, b) => (a !== b ? 1 : 0),
  greaterEqual: (a, b) => (a >= b ? 1 : 0),
  lessEqual: (a, b) => (a <= b ? 1 : 0),
  reluBackward: (dy, y) => (y > 0 ? dy : 0),
  sigmoidBackward: (dy, y) => dy * y * (1 - y),
  tanhBackward: (dy, y) => dy * (1 - y * y),
  // (x Φ(x))′ = Φ(x) + x φ(x), with the density φ(x) = e^(−x²/2) / √(2π), whose product with x is 0 far out.
  geluBackward: (dy, x) => {
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    return dy * (normalShare(x) + (Math.abs(x) === Infinity ? 0 : x * density));
  },
};

/** A run along the last axis of a tensor: entry `i` is `values[start + i * step]`. */
interface Row {
  readonly values: Values;
  readonly start: number;
  readonly step: number;
  readonly length: number;
}

const reductions: Readonly<Record<ReduceOp, (row: Row) => number>> = {
  sum,
  mean: (row) => sum(row) / row.length,
  max: (row) => entry(row, argmax(row)),
  min({ values, start, step, length }) {
    let least = Infinity;
    for (let i = 0; i < length; i++) least = Math.min(least, values[start + i * step] ?? NaN);
    return least;
  },
  argmax,
};

function entry({ values, start, step }: Row, i: number): number {
  return values[start + i * step] ?? NaN;
}

function sum({ values, start, step, length }: Row): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += values[start + i * step] ?? NaN;
  return total;
}

/** The first of the largest; the first NaN where there is one. */
function argmax(row: Row): number {
  let best = 0;
  for (let i = 0; i < row.length; i++) {
    const value = entry(row, i);
    if (Number.isNaN(value)) return i;
    if (value > entry(row, best)) best = i;
  }
  return best;
}

/** The rows of a tensor along its last axis; a single number is one row of one. */
function rowsOf(x: Tensor): { values: Values; starts: Float64Array; step: number; length: number } {
  const { storage, strides, offset } = layoutOf(x);
  return {
    values: storage,
    starts: rowStarts(x.shape, strides, offset),
    step: strides.at(-1) ?? 0,
    length: x.shape.at(-1) ?? 1,
  };
}

export const loops: Backend = {
  ...loopsTraining,
  name: 'loops',

  refuses: () => undefined,

  unary(op, x) {
    const f = unaryFunctions[op];
    const result = emptyValues(x.dtype, x.size);
    const { values, starts, step, length } = rowsOf(x);
    let next = 0;
    for (const start of starts) {
      for (let i = 0; i < length; i++) result[next++] = f(values[start + i * step] ?? NaN);
    }
    return ofValues(result, x.shape);
  },

  binary(op, a, b) {
    const f = binaryFunctions[op];
    const result = emptyValues(commonDtype(a, b), a.size);
    const first = rowsOf(a);
    const second = rowsOf(b);
    let next = 0;
    for (let row = 0; row < first.starts.length; row++) {
      let atA = first.starts[row] ?? 0;
      let atB = second.starts[row] ?? 0;
      for (let i = 0; i < first.length; i++) {
        result[next++] = f(first.values[atA] ?? NaN, second.values[atB] ?? NaN);
        atA += first.step;
        atB += second.step;
      }
    }
    return ofValues(result, a.shape);
  },

  where(condition, a, b) {
    const result = emptyValues(commonDtype(a, b), a.size);
    const [chosen, ifTrue, ifFalse] = [condition.data, a.data, b.data];
    for (let i = 0; i < result.length; i++) result[i] = (chosen[i] !== 0 ? ifTrue[i] : ifFalse[i]) ?? NaN;
    return ofValues(result, a.shape);
  },

  reduce(op, x) {
    const reduction = reductions[op];
    const shape = x.shape.slice(0, -1);
    const { values, starts, step, length } = rowsOf(x);
    const result = emptyValues(x.dtype, sizeOf(shape));
    // A tensor without entries has no rows to walk, but an empty sum is still 0 and an empty mean 0/0.
    if (length === 0) return ofValues(result.fill(reduction({ values, start: 0, step: 0, length: 0 })), shape);
    starts.forEach((start, row) => (result[row] = reduction({ values, start, step, length })));
    return ofValues(result, shape);
  },

  softmax(x) {
    const { values, starts, step, length } = rowsOf(x);
    const result = emptyValues(x.dtype, x.size);
    const exponentials = new Float64Array(length);
    starts.forEach((start, row) => {
      const largest = reductions.max({ values, start, step, length });
      if (largest === -Infinity) return;
      let total = 0;
      for (let i = 0; i < length; i++) {
        const exponential = Math.exp((values[start + i * step] ?? NaN) - largest);
        exponentials[i] = exponential;
        total += exponential;
      }
      for (let i = 0; i < length; i++) result[row * length + i] = (exponentials[i] ?? NaN) / total;
    });
    return ofValues(result, x.shape);
  },

  matmul(a, b, { bias, relu = false } = {}) {
    const batch = a.shape.slice(0, -2);
    const [n = 0, k = 0] = a.shape.slice(-2);
    const m = b.shape.at(-1) ?? 0;
    const result = emptyValues(bias ? commonDtype(a, b, bias) : commonDtype(a, b), sizeOf(batch) * n * m);
    const [left, right] = [a.data, b.data];
    const start = bias?.data ?? new Float64Array(m);
    const row = new Float64Array(m);
    for (let i = 0; i < sizeOf(batch) * n; i++) {
      // cᵢⱼ = Σₖ aᵢₖ bₖⱼ, a whole row of c at a time: walking b along its rows keeps to neighbouring memory.
      const matrix = Math.floor(i / n) * k * m;
      row.set(start);
      for (let inner = 0; inner < k; inner++) {
        const factor = left[i * k + inner] ?? NaN;
        const from = matrix + inner * m;
        for (let j = 0; j < m; j++) row[j] = (row[j] ?? NaN) + factor * (right[from + j] ?? NaN);
      }
      if (relu) for (let j = 0; j < m; j++) row[j] = Math.max(0, row[j] ?? NaN);
      result.set(row, i * m);
    }
    return ofValues(result, [...batch, n, m]);
  },
};
