/**
 * What each function of the library computes, as a line of mathematics, and how its gradient goes back: for an editor that
 * shows them where a function is named. `dy` is the upstream gradient; every gradient is summed over what was broadcast.
 */
export interface Formula {
  readonly forward: string;
  /** Left out where no gradient passes, or where it is a matter of moving numbers back to where they came from. */
  readonly backward?: string;
  /** The exercise of the course in which it is built. */
  readonly exercise?: `${string}/${string}`;
}

const elementwise = { exercise: 'tensors/elementwise' } as const;
const broadcast = { exercise: 'tensors/broadcasting' } as const;
const reduced = { exercise: 'tensors/reductions' } as const;
const shaped = { exercise: 'tensors/reshape' } as const;
const strided = { exercise: 'tensors/strides' } as const;
const indexed = { exercise: 'tensors/indexing' } as const;
const created = { exercise: 'tensors/create' } as const;
const curved = { exercise: 'learning/nonlinearities' } as const;

/** By the name that is imported from `'tensor'`. */
export const formulas: Readonly<Record<string, Formula>> = {
  add: { forward: 'yᵢ = aᵢ + bᵢ', backward: 'da = dy, db = dy', ...broadcast },
  subtract: { forward: 'yᵢ = aᵢ − bᵢ', backward: 'da = dy, db = −dy', ...broadcast },
  multiply: { forward: 'yᵢ = aᵢ · bᵢ', backward: 'da = dy ⊙ b, db = dy ⊙ a', ...broadcast },
  divide: { forward: 'yᵢ = aᵢ / bᵢ', backward: 'da = dy / b, db = −dy ⊙ a / b²', ...broadcast },
  power: { forward: 'yᵢ = aᵢ^bᵢ', backward: 'da = dy ⊙ b ⊙ a^(b − 1), db = dy ⊙ y ⊙ ln a', ...broadcast },
  maximum: {
    forward: 'yᵢ = max(aᵢ, bᵢ)',
    backward: 'dy goes to the larger one; to both by halves where they are equal',
  },
  minimum: {
    forward: 'yᵢ = min(aᵢ, bᵢ)',
    backward: 'dy goes to the smaller one; to both by halves where they are equal',
  },
  equal: { forward: 'yᵢ = 1 where aᵢ = bᵢ, else 0' },
  notEqual: { forward: 'yᵢ = 1 where aᵢ ≠ bᵢ, else 0' },
  greater: { forward: 'yᵢ = 1 where aᵢ > bᵢ, else 0' },
  greaterEqual: { forward: 'yᵢ = 1 where aᵢ ≥ bᵢ, else 0' },
  less: { forward: 'yᵢ = 1 where aᵢ < bᵢ, else 0' },
  lessEqual: { forward: 'yᵢ = 1 where aᵢ ≤ bᵢ, else 0' },
  where: { forward: 'yᵢ = aᵢ where cᵢ ≠ 0, else bᵢ', backward: 'dy goes to the one that was chosen' },
  clip: { forward: 'yᵢ = min(max(xᵢ, low), high)', backward: 'dxᵢ = dyᵢ where low ≤ xᵢ ≤ high, else 0' },
  abs: { forward: 'yᵢ = |xᵢ|', backward: 'dx = dy ⊙ sign(x)', ...elementwise },
  sign: { forward: 'yᵢ = −1, 0 or 1, as xᵢ < 0, = 0, > 0' },
  ceil: { forward: 'yᵢ = ⌈xᵢ⌉' },
  floor: { forward: 'yᵢ = ⌊xᵢ⌋' },
  round: { forward: 'yᵢ = the whole number nearest to xᵢ' },
  negative: { forward: 'yᵢ = −xᵢ', backward: 'dx = −dy', ...elementwise },
  reciprocal: { forward: 'yᵢ = 1 / xᵢ', backward: 'dx = −dy ⊙ y²', ...elementwise },
  square: { forward: 'yᵢ = xᵢ²', backward: 'dx = 2 x ⊙ dy', ...elementwise },
  sqrt: { forward: 'yᵢ = √xᵢ', backward: 'dx = dy / (2 y)', ...elementwise },
  exp: { forward: 'yᵢ = eˣⁱ', backward: 'dx = dy ⊙ y', ...elementwise },
  expm1: { forward: 'yᵢ = eˣⁱ − 1', backward: 'dx = dy ⊙ (y + 1)', ...elementwise },
  log: { forward: 'yᵢ = ln xᵢ', backward: 'dx = dy / x', ...elementwise },
  log1p: { forward: 'yᵢ = ln(1 + xᵢ)', backward: 'dx = dy / (1 + x)', ...elementwise },
  sin: { forward: 'yᵢ = sin xᵢ', backward: 'dx = dy ⊙ cos x', ...elementwise },
  cos: { forward: 'yᵢ = cos xᵢ', backward: 'dx = −dy ⊙ sin x', ...elementwise },
  tanh: { forward: 'yᵢ = tanh xᵢ', backward: 'dx = dy ⊙ (1 − y²)', ...curved },
  sigmoid: { forward: 'yᵢ = σ(xᵢ) = 1 / (1 + e⁻ˣⁱ)', backward: 'dx = dy ⊙ y ⊙ (1 − y)', ...curved },
  relu: { forward: 'yᵢ = max(0, xᵢ)', backward: 'dxᵢ = dyᵢ where xᵢ > 0, else 0', ...curved },
  gelu: {
    forward: 'yᵢ = xᵢ Φ(xᵢ)',
    backward: 'dx = dy ⊙ (Φ(x) + x φ(x))',
    exercise: 'attention/encoder-block',
  },
  erf: { forward: 'yᵢ = 2/√π ∫₀ˣⁱ e^(−t²) dt', backward: 'dx = dy ⊙ 2/√π e^(−x²)' },
  sum: { forward: 'y = Σᵢ xᵢ along the axis', backward: 'dxᵢ = dy, for every i', ...reduced },
  mean: { forward: 'y = 1/n Σᵢ xᵢ along the axis', backward: 'dxᵢ = dy / n, for every i', ...reduced },
  max: {
    forward: 'y = maxᵢ xᵢ along the axis',
    backward: 'dy goes to the largest; in equal parts where several are',
    ...reduced,
  },
  min: {
    forward: 'y = minᵢ xᵢ along the axis',
    backward: 'dy goes to the smallest; in equal parts where several are',
    ...reduced,
  },
  argmax: { forward: 'y = the first i at which xᵢ is largest', ...reduced },
  argmin: { forward: 'y = the first i at which xᵢ is smallest', ...reduced },
  variance: { forward: 'y = 1/n Σᵢ (xᵢ − μ)²', backward: 'dxᵢ = 2/n (xᵢ − μ) dy', ...reduced },
  std: { forward: 'y = √(1/n Σᵢ (xᵢ − μ)²)', backward: 'dxᵢ = (xᵢ − μ) / (n y) dy', ...reduced },
  matmul: { forward: 'cᵢⱼ = Σₖ aᵢₖ bₖⱼ', backward: 'dA = dC Bᵀ, dB = Aᵀ dC', exercise: 'tensors/matmul' },
  linear: {
    forward: 'y = x Wᵀ + b',
    backward: 'dx = dy W, dW = dyᵀ x, db = Σₙ dyₙ',
    exercise: 'learning/affine-forward',
  },
  einsum: {
    forward: "'ik,kj->ij': yᵢⱼ = Σₖ aᵢₖ bₖⱼ; letters that the result lacks are summed over",
    backward: "da = einsum('ij,kj->ik', dy, b): the result and the operand change places",
    exercise: 'tensors/einsum',
  },
  softmax: {
    forward: 'yᵢ = eˣⁱ / Σⱼ eˣʲ',
    backward: 'dxᵢ = yᵢ (dyᵢ − Σⱼ dyⱼ yⱼ)',
    exercise: 'tensors/softmax',
  },
  logSoftmax: {
    forward: 'yᵢ = xᵢ − ln Σⱼ eˣʲ',
    backward: 'dxᵢ = dyᵢ − softmax(x)ᵢ Σⱼ dyⱼ',
    exercise: 'learning/cross-entropy',
  },
  logSumExp: { forward: 'y = ln Σⱼ eˣʲ', backward: 'dxᵢ = dy softmax(x)ᵢ', exercise: 'learning/cross-entropy' },
  layerNorm: {
    forward: 'yᵢ = γᵢ (xᵢ − μ) / √(σ² + ε) + βᵢ',
    backward: 'dx̂ = dy ⊙ γ, dxᵢ = (dx̂ᵢ − mean(dx̂) − x̂ᵢ mean(dx̂ ⊙ x̂)) / √(σ² + ε)',
    exercise: 'attention/layer-norm',
  },
  reshape: { forward: 'the same numbers in the same order, in another shape', ...shaped },
  transpose: { forward: 'yⱼᵢ = xᵢⱼ', backward: 'dx = dyᵀ', ...strided },
  permute: { forward: 'y[…] = x[…] with its axes in another order', ...strided },
  expandDims: { forward: 'an axis of length 1 more', ...shaped },
  squeeze: { forward: 'the axes of length 1 taken away', ...shaped },
  broadcastTo: { forward: 'yₙᵢ = xᵢ, for every n', backward: 'dxᵢ = Σₙ dyₙᵢ', ...broadcast },
  slice: { forward: 'yᵢ = x at start + i · step', ...strided },
  concat: { forward: 'one behind the other along an axis that they have', ...shaped },
  stack: { forward: 'yₙ… = xₙ…: one behind the other along a new axis', ...shaped },
  take: { forward: 'yₙ = x[indexₙ] along the axis', backward: 'dx[indexₙ] grows by dyₙ', ...indexed },
  gather: { forward: 'yₙᵢ = x at [n, indexₙᵢ]', backward: 'dx at [n, indexₙᵢ] grows by dyₙᵢ', ...indexed },
  embedding: { forward: 'yₙ = W[tokenₙ]', backward: 'dW[tokenₙ] grows by dyₙ', exercise: 'attention/embedding' },
  oneHot: { forward: 'yₙₖ = 1 where k = labelₙ, else 0', exercise: 'learning/cross-entropy' },
  maskedFill: {
    forward: 'yᵢ = value where maskᵢ ≠ 0, else xᵢ',
    backward: 'dxᵢ = 0 where maskᵢ ≠ 0, else dyᵢ',
    exercise: 'attention/masks-and-bias',
  },
  maskedSelect: { forward: 'the xᵢ with maskᵢ ≠ 0, in order', ...indexed },
  tensor: { forward: 'a tensor of nested arrays of numbers', ...created },
  fromData: { forward: 'a tensor of numbers that lie row by row, and a shape', ...created },
  zeros: { forward: 'yᵢ = 0', ...created },
  ones: { forward: 'yᵢ = 1', ...created },
  full: { forward: 'yᵢ = value', ...created },
  arange: { forward: 'yᵢ = start + i · step, below the end', ...created },
  linspace: { forward: 'yᵢ = start + i · (end − start) / (n − 1)', ...created },
};
