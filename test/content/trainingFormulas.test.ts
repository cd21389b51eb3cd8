/**
 * The formulas of the second half of part 2 (from initialisation to the tape), held against numbers. Where a formula speaks
 * of an average over what might have been drawn, the average over many draws stands in, and the tolerance leaves it room.
 */
import {
  add,
  concat,
  divide,
  exp,
  expandDims,
  greater,
  log,
  matmul,
  max,
  mean,
  multiply,
  negative,
  relu,
  reshape,
  sigmoid,
  slice,
  softmax,
  sqrt,
  square,
  subtract,
  sum,
  transpose,
} from '../../src/tensor';
import type { Tensor } from '../../src/tensor';
import { itHolds, number, slopes, weighed } from './formulas';
import type { Draw, Formula } from './formulas';

const rows = { axis: 1, keepdim: true } as const;

/** Many outputs of one layer with weights of variance 0.3, so that their mean square is close to what it is on average. */
function manyOutputs({ normal, rng }: Draw) {
  const [inputs, outputs, variance] = [6, 40_000, 0.3];
  const x = normal(1, inputs);
  const W = rng.normal([outputs, inputs], { std: Math.sqrt(variance), dtype: 'float64' });
  return { inputs, variance, x, y: matmul(x, transpose(W)) };
}

const meanSquare = (x: Tensor): number => mean(square(x)).at();

/** Squared errors of a linear function of `theta`, one for each of `count` examples. */
function examples({ normal }: Draw, count: number) {
  const [x, t, theta] = [normal(count, 4), normal(count, 1), normal(4)];
  const lossOf = (from: number, to: number) => (at: Tensor) =>
    meanSquare(subtract(matmul(slice(x, [[from, to]]), reshape(at, [4, 1])), slice(t, [[from, to]])));
  return { theta, lossOf };
}

/** The gradients of six examples, one row each. */
function gradientRows(draw: Draw): Tensor {
  const { theta, lossOf } = examples(draw, 6);
  const each = Array.from({ length: 6 }, (_, n) => expandDims(slopes(lossOf(n, n + 1), theta), 0));
  return concat(each, 0);
}

/** The mean gradient of each pair of the six, on average over all pairs, and its squared distance from the true one. */
function pairs(draw: Draw) {
  const all = gradientRows(draw);
  const g = mean(all, { axis: 0 });
  let [total, error] = [multiply(g, 0), multiply(g, 0)];
  for (let i = 0; i < 6; i += 1) {
    for (let j = 0; j < 6; j += 1) {
      // Drawn with replacement every pair is equally likely, so all of them together are the average itself.
      const pair = divide(add(slice(all, [i]), slice(all, [j])), 2);
      total = add(total, pair);
      error = add(error, square(subtract(pair, g)));
    }
  }
  return { all, g, average: divide(total, 36), error: divide(error, 36) };
}

/** A small network with one picture, and what its layers make of it. */
function picture({ normal }: Draw) {
  const [x, W1, b1, W2, b2] = [normal(4, 1), normal(5, 4), normal(5, 1), normal(3, 5), normal(3, 1)];
  const z = add(matmul(W1, x), b1);
  const [h, m] = [relu(z), greater(z, 0)];
  const u = add(matmul(W2, h), b2);
  const through = multiply(W2, transpose(m));
  return { x, W1, b1, W2, b2, z, h, m, u, T: matmul(through, W1), c: add(matmul(through, b1), b2) };
}

/** A running sum and its gradients, by the recurrence `next`. */
function run({ rng }: Draw, next: (old: number, g: number) => number) {
  const gradients = Array.from({ length: 7 }, () => rng.normal([], { dtype: 'float64' }).at());
  return { gradients, last: gradients.reduce(next, 0) };
}

const sumOfPowers = (beta: number, gradients: readonly number[]): number =>
  gradients.reduce((total, g, s) => total + beta ** (gradients.length - 1 - s) * g, 0);

/** A rule of the tape for one input: differences on the left, the rule on the right. */
function rule(tex: string, sides: Formula['sides']): Formula {
  return { lesson: 'autograd', tex, sides, within: 1e-7 };
}

const elementwise =
  (f: (x: Tensor) => Tensor, back: (dy: Tensor, x: Tensor, y: Tensor) => Tensor): Formula['sides'] =>
  ({ normal, rng }) => {
    const [x, dy] = [rng.uniform([5], { low: 0.2, high: 2, dtype: 'float64' }), normal(5)];
    return [slopes((at) => weighed(f(at), dy), x), back(dy, x, f(x))];
  };

const formulas: readonly Formula[] = [
  {
    lesson: 'initialisation',
    tex: '= \\text{in} \\cdot \\sigma^2 \\cdot \\overline{x_n^2}',
    sides(draw) {
      const { inputs, variance, x, y } = manyOutputs(draw);
      return [number(meanSquare(y) / (inputs * variance * meanSquare(x))), number(1)];
    },
    within: 0.05,
  },
  {
    lesson: 'initialisation',
    tex: '\\overline{\\operatorname{relu}(y)^2} \\approx \\tfrac{1}{2} \\, \\overline{y^2}',
    sides(draw) {
      const { y } = manyOutputs(draw);
      return [number(meanSquare(relu(y)) / meanSquare(y)), number(1 / 2)];
    },
    within: 0.03,
  },
  {
    lesson: 'initialisation',
    tex: '\\text{out} \\cdot \\sigma^2 \\cdot \\overline{dy_n^2}',
    sides({ normal, rng }) {
      const [dy, W] = [normal(1, 5), rng.normal([5, 40_000], { std: 0.7, dtype: 'float64' })];
      return [number(meanSquare(matmul(dy, W)) / (5 * 0.49 * meanSquare(dy))), number(1)];
    },
    within: 0.05,
  },
  {
    lesson: 'sgd',
    tex: 'L(\\theta + \\delta) \\approx L(\\theta) + \\frac{\\partial L}{\\partial \\theta} \\cdot \\delta',
    sides(draw) {
      const { theta, lossOf } = examples(draw, 3);
      const L = lossOf(0, 3);
      const delta = multiply(draw.normal(4), 1e-5);
      return [number(L(add(theta, delta)) - L(theta)), number(weighed(slopes(L, theta), delta))];
    },
  },
  {
    lesson: 'sgd',
    tex: '\\frac{1}{B} \\sum_{n=1}^{B} \\Bigl( \\theta - \\eta \\, \\frac{\\partial L_n}{\\partial \\theta} \\Bigr)',
    sides(draw) {
      const { theta, lossOf } = examples(draw, 3);
      const step = (gradient: Tensor): Tensor => subtract(theta, multiply(gradient, 0.3));
      const steps = [0, 1, 2].map((n) => expandDims(step(slopes(lossOf(n, n + 1), theta)), 0));
      return [step(slopes(lossOf(0, 3), theta)), mean(concat(steps, 0), { axis: 0 })];
    },
  },
  {
    lesson: 'sgd',
    tex: '\\mathbb{E}[g_B] = g',
    sides(draw) {
      const { g, average } = pairs(draw);
      return [average, g];
    },
  },
  {
    lesson: 'sgd',
    tex: '\\mathbb{E}\\bigl[(g_B - g)^2\\bigr] \\approx \\frac{s^2}{B}',
    sides(draw) {
      const { all, g, error } = pairs(draw);
      return [error, divide(mean(square(subtract(all, g)), { axis: 0 }), 2)];
    },
  },
  {
    lesson: 'train-digits',
    tex: "\\sigma'(u) = \\sigma(u) \\, \\bigl( 1 - \\sigma(u) \\bigr)",
    sides({ normal }) {
      const u = normal(6);
      return [slopes((at) => sum(sigmoid(at)).at(), u), multiply(sigmoid(u), subtract(1, sigmoid(u)))];
    },
  },
  {
    lesson: 'train-digits',
    tex: '\\Bigl\\lceil \\frac{N}{B} \\Bigr\\rceil = 15 \\cdot 250 = 3{,}750',
    sides: () => [number(15 * Math.ceil(8_000 / 32)), number(3_750)],
  },
  {
    lesson: 'train-digits',
    tex: 'L(\\theta_s) - \\eta \\, \\lVert dL/d\\theta \\rVert^2',
    sides(draw) {
      const { theta, lossOf } = examples(draw, 5);
      const [L, rate] = [lossOf(0, 5), 1e-6];
      const gradient = slopes(L, theta);
      const fallen = L(subtract(theta, multiply(gradient, rate))) - L(theta);
      return [number(fallen / rate), number(-sum(square(gradient)).at())];
    },
    within: 0.02,
  },
  {
    lesson: 'look-inside',
    tex: '\\le\\; \\lVert w_j \\rVert \\, \\lVert x \\rVert + b_{1,j}',
    sides({ normal }) {
      // The bound is reached by a multiple of w.
      const [w, x] = [normal(6), normal(6)];
      const length = (v: Tensor): Tensor => sqrt(sum(square(v)));
      const best = multiply(w, divide(length(x), length(w)));
      return [sum(multiply(w, best)), multiply(length(w), length(x))];
    },
  },
  {
    lesson: 'look-inside',
    tex: 'u_k = \\sum_j W_{2,kj} \\, h_j + b_{2,k}',
    sides(draw) {
      const { W2, h, b2, u } = picture(draw);
      return [u, add(sum(multiply(W2, transpose(h)), rows), b2)];
    },
  },
  {
    lesson: 'look-inside',
    tex: 'h_j = m_j \\, z_j',
    sides(draw) {
      const { h, m, z } = picture(draw);
      return [h, multiply(m, z)];
    },
  },
  {
    lesson: 'look-inside',
    tex: 'u = W_2 \\operatorname{diag}(m) \\, ( W_1 x + b_1 ) + b_2 = T x + c',
    sides(draw) {
      const { T, c, x, u } = picture(draw);
      return [u, add(matmul(T, x), c)];
    },
  },
  {
    lesson: 'look-inside',
    tex: 'T_{ki} = \\partial u_k / \\partial x_i',
    sides(draw) {
      const { T, W1, b1, W2, b2, x } = picture(draw);
      const first = (at: Tensor) => add(matmul(W2, relu(add(matmul(W1, at), b1))), b2).at(0, 0);
      return [reshape(slopes(first, x), [4]), slice(T, [0])];
    },
    within: 1e-6,
  },
  {
    lesson: 'look-inside',
    tex: '\\sum_i E_{ki} + c_k = u_k',
    sides(draw) {
      const { T, c, x, u } = picture(draw);
      return [add(sum(multiply(T, transpose(x)), rows), c), u];
    },
  },
  {
    lesson: 'cross-entropy',
    tex: 'p_{nk} = \\frac{e^{z_{nk}}}{\\sum_{j} e^{z_{nj}}}',
    sides({ normal }) {
      const z = normal(3, 4);
      return [softmax(z, 1), divide(exp(z), sum(exp(z), rows))];
    },
  },
  {
    lesson: 'cross-entropy',
    tex: '= \\ln \\sum_{j} e^{z_{nj}} - z_{nk}',
    sides({ normal }) {
      const z = normal(3, 4);
      return [negative(log(softmax(z, 1))), subtract(log(sum(exp(z), rows)), z)];
    },
  },
  {
    lesson: 'cross-entropy',
    tex: '\\ln \\sum_j e^{z_j} = m + \\ln \\sum_j e^{z_j - m}',
    sides({ normal }) {
      const z = normal(5);
      return [log(sum(exp(z))), add(max(z), log(sum(exp(subtract(z, max(z))))))];
    },
  },
  {
    lesson: 'cross-entropy',
    tex: '\\frac{\\partial}{\\partial z_{nk}} \\ln \\sum_{j} e^{z_{nj}}',
    sides({ normal }) {
      const z = normal(3, 4);
      return [slopes((at) => sum(log(sum(exp(at), rows))).at(), z), softmax(z, 1)];
    },
  },
  {
    lesson: 'cross-entropy',
    tex: '= \\frac{p_{nk} - t_{nk}}{N}',
    sides({ normal }) {
      const [z, t] = [normal(3, 4), softmax(normal(3, 4), 1)];
      const loss = (at: Tensor): number => -weighed(log(softmax(at, 1)), t) / 3;
      return [slopes(loss, z), divide(subtract(softmax(z, 1), t), 3)];
    },
  },
  {
    lesson: 'momentum-adam',
    tex: 'v_t = \\mu \\, v_{t-1} + g_t = \\sum_{s=1}^{t} \\mu^{\\,t-s} g_s',
    sides(draw) {
      const { gradients, last } = run(draw, (v, g) => 0.9 * v + g);
      return [number(last), number(sumOfPowers(0.9, gradients))];
    },
  },
  {
    lesson: 'momentum-adam',
    tex: 'g \\, (1 + \\mu + \\mu^2 + \\dots) = g / (1 - \\mu)',
    sides: () => [number(sumOfPowers(0.9, Array<number>(400).fill(3))), number(3 / (1 - 0.9))],
  },
  {
    lesson: 'momentum-adam',
    tex: 'm_t = (1 - \\beta_1) \\sum_{s=1}^{t} \\beta_1^{\\,t-s} g_s',
    sides(draw) {
      const { gradients, last } = run(draw, (m, g) => 0.8 * m + (1 - 0.8) * g);
      return [number(last), number((1 - 0.8) * sumOfPowers(0.8, gradients))];
    },
  },
  {
    lesson: 'momentum-adam',
    tex: '(1 - \\beta_1) \\sum_{s=1}^{t} \\beta_1^{\\,t-s} = 1 - \\beta_1^{\\,t}',
    sides: () => [number((1 - 0.8) * sumOfPowers(0.8, Array<number>(9).fill(1))), number(1 - 0.8 ** 9)],
  },
  {
    lesson: 'autograd',
    tex: 'db_k = \\sum_{n} dy_{nk}',
    sides({ normal }) {
      const [x, b, dy] = [normal(4, 3), normal(3), normal(4, 3)];
      return [slopes((at) => weighed(add(x, at), dy), b), sum(dy, { axis: 0 })];
    },
  },
  rule('y &= a + b & da &= dy & db &= dy', ({ normal }) => {
    const [a, b, dy] = [normal(4), normal(4), normal(4)];
    return [slopes((at) => weighed(add(a, at), dy), b), dy];
  }),
  rule('y &= a \\odot b & da &= dy \\odot b & db &= dy \\odot a', ({ normal }) => {
    const [a, b, dy] = [normal(4), normal(4), normal(4)];
    const left = [slopes((at) => weighed(multiply(at, b), dy), a), slopes((at) => weighed(multiply(a, at), dy), b)];
    return [concat(left, 0), concat([multiply(dy, b), multiply(dy, a)], 0)];
  }),
  rule('dA &= dC\\, B^\\top', ({ normal }) => {
    const [A, B, dC] = [normal(2, 3), normal(3, 4), normal(2, 4)];
    return [slopes((at) => weighed(matmul(at, B), dC), A), matmul(dC, transpose(B))];
  }),
  rule('dB &= A^\\top dC', ({ normal }) => {
    const [A, B, dC] = [normal(2, 3), normal(3, 4), normal(2, 4)];
    return [slopes((at) => weighed(matmul(A, at), dC), B), matmul(transpose(A), dC)];
  }),
  rule('y &= A^\\top & dA &= dy^\\top', ({ normal }) => {
    const [A, dy] = [normal(2, 3), normal(3, 2)];
    return [slopes((at) => weighed(transpose(at), dy), A), transpose(dy)];
  }),
  rule(
    'dx &= dy \\odot [x > 0]',
    elementwise(
      (x) => relu(subtract(x, 1.1)),
      (dy, x) => multiply(dy, greater(x, 1.1)),
    ),
  ),
  rule(
    'dx &= dy \\odot y \\odot (1 - y)',
    elementwise(sigmoid, (dy, _x, y) => multiply(dy, multiply(y, subtract(1, y)))),
  ),
  rule(
    'y &= e^x & dx &= dy \\odot y',
    elementwise(exp, (dy, _x, y) => multiply(dy, y)),
  ),
  rule(
    'dx &= dy \\,/\\, x',
    elementwise(log, (dy, x) => divide(dy, x)),
  ),
];

describe('The formulas of part 2, from initialisation on', () => itHolds('learning', formulas));
