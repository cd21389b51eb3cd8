/**
 * The formulas of part 2, held against numbers. Each entry quotes a formula as it stands in the lesson and computes both of
 * its sides from random tensors, so that a wrong sign in a lesson, or a formula that was changed without a thought for its
 * test, fails the build.
 */
import assert from 'node:assert/strict';
import {
  abs,
  add,
  divide,
  exp,
  fromData,
  greater,
  matmul,
  maximum,
  multiply,
  negative,
  relu,
  sigmoid,
  square,
  subtract,
  sum,
  tensor,
  transpose,
} from '../../src/tensor';
import type { Shape, Tensor } from '../../src/tensor';
import { itHolds, number, oneHots, slopes, weighed } from './formulas';
import type { Draw, Formula } from './formulas';

const sizes = { count: 3, inputs: 4, hidden: 5, outputs: 2 };

const loss = (outputs: Tensor, targets: Tensor): number =>
  sum(square(subtract(outputs, targets))).at() / (outputs.shape[0] ?? NaN);

/** Normal numbers without those near 0, where the ReLU has its kink. */
function clearOfZero({ rng }: Draw, shape: Shape): Tensor {
  const x = rng.uniform(shape, { low: 0.1, high: 2, dtype: 'float64' });
  return multiply(x, subtract(multiply(greater(rng.uniform(shape), 0.5), 2), 1));
}

/** Two layers, an input, and what they make of it. */
function twoLayers({ normal }: Draw) {
  const { count, inputs, hidden, outputs } = sizes;
  const [x, W1, b1] = [normal(count, inputs), normal(hidden, inputs), normal(hidden)];
  const [W2, b2, dy] = [normal(outputs, hidden), normal(outputs), normal(count, outputs)];
  const z = add(matmul(x, transpose(W1)), b1);
  const h = relu(z);
  const u = add(matmul(h, transpose(W2)), b2);
  return { x, W1, b1, W2, b2, dy, z, h, u, y: sigmoid(u) };
}

const formulas: readonly Formula[] = [
  {
    lesson: 'linear-collapse',
    tex: 'y = W_2 \\, (W_1 x + b_1) + b_2 = W_2 W_1 x + W_2 b_1 + b_2',
    sides(draw) {
      const { W1, b1, W2, b2 } = twoLayers(draw);
      const x = draw.normal(sizes.inputs);
      const nested = add(matmul(W2, add(matmul(W1, x), b1)), b2);
      return [nested, add(add(matmul(matmul(W2, W1), x), matmul(W2, b1)), b2)];
    },
  },
  {
    lesson: 'linear-collapse',
    tex: 'b = W_2 \\, b_1 + b_2',
    sides(draw) {
      const { W1, b1, W2, b2 } = twoLayers(draw);
      // What two layers make of zeros is their bias.
      const nothing = matmul(W1, multiply(draw.normal(sizes.inputs), 0));
      return [add(matmul(W2, add(nothing, b1)), b2), add(matmul(W2, b1), b2)];
    },
  },
  {
    lesson: 'nonlinearities',
    tex: '|x| = \\operatorname{relu}(x) + \\operatorname{relu}(-x)',
    sides({ normal }) {
      const x = normal(7);
      return [abs(x), add(maximum(x, 0), maximum(negative(x), 0))];
    },
  },
  {
    lesson: 'nonlinearities',
    tex: '\\sigma(x) = \\frac{1}{1 + e^{-x}}',
    sides({ normal }) {
      const x = normal(7);
      return [sigmoid(x), divide(1, add(1, exp(negative(x))))];
    },
  },
  {
    lesson: 'nonlinearities',
    tex: '\\sigma(-x) = \\frac{1}{1 + e^{x}} = \\frac{e^{-x}}{e^{-x} + 1} = 1 - \\sigma(x)',
    sides({ normal }) {
      const x = normal(7);
      const [minus, grown] = [exp(negative(x)), divide(1, add(1, exp(x)))];
      return [
        tensor([grown, divide(minus, add(minus, 1)), sigmoid(negative(x))].map((form) => [...form.data])),
        tensor(Array.from({ length: 3 }, () => [...subtract(1, sigmoid(x)).data])),
      ];
    },
    within: 1e-6,
  },
  {
    lesson: 'l2-loss',
    tex: '\\frac{1}{10} (1 - c)^2 + \\frac{9}{10} c^2',
    sides() {
      const cost = (c: Tensor): number => 0.1 * (1 - c.at()) ** 2 + 0.9 * c.at() ** 2;
      // Smallest where its slope is zero, and above it on both sides.
      assert.ok(cost(number(0.1)) < Math.min(cost(number(0.09)), cost(number(0.11))));
      return [slopes(cost, number(0.1)), number(0)];
    },
  },
  {
    lesson: 'l2-loss',
    tex: '-\\tfrac{2}{10}(1 - c) + \\tfrac{18}{10} c',
    sides({ rng }) {
      const c = rng.number();
      return [
        slopes((at) => 0.1 * (1 - at.at()) ** 2 + 0.9 * at.at() ** 2, number(c)),
        number(-0.2 * (1 - c) + 1.8 * c),
      ];
    },
  },
  {
    lesson: 'l2-backward',
    tex: 'dy_{nk} = \\frac{2}{N} \\left( \\hat{y}_{nk} - y_{nk} \\right)',
    sides({ rng }) {
      const outputs = rng.uniform([4, 3], { dtype: 'float64' });
      const targets = oneHots([0, 2, 1, 0], 3);
      return [slopes((y) => loss(y, targets), outputs), multiply(subtract(outputs, targets), 2 / 4)];
    },
  },
  {
    lesson: 'l2-backward',
    tex: 'L(\\hat{y} - \\eta \\, dy) < L(\\hat{y})',
    sides({ rng }) {
      const outputs = rng.uniform([4, 3], { dtype: 'float64' });
      const targets = oneHots([0, 2, 1, 0], 3);
      const dy = multiply(subtract(outputs, targets), 2 / 4);
      const eta = 0.01;
      const fallen = loss(outputs, targets) - loss(subtract(outputs, multiply(dy, eta)), targets);
      assert.ok(fallen > 0);
      // For a small step, by η times the squared length of the gradient.
      return [number(fallen / eta), sum(square(dy))];
    },
    within: 0.05,
  },
  {
    lesson: 'nonlinearities-backward',
    tex: 'dx = \\begin{cases} dy & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}',
    sides(draw) {
      const [x, dy] = [clearOfZero(draw, [3, 4]), draw.normal(3, 4)];
      return [slopes((at) => weighed(maximum(at, 0), dy), x), multiply(dy, greater(x, 0))];
    },
  },
  {
    lesson: 'nonlinearities-backward',
    tex: '\\cdot \\frac{e^{-x}}{1 + e^{-x}} = \\sigma(x) \\, \\bigl( 1 - \\sigma(x) \\bigr)',
    sides({ normal }) {
      const x = normal(6);
      const minus = exp(negative(x));
      const forms = [slopes((at) => sum(sigmoid(at)).at(), x), divide(minus, square(add(1, minus)))];
      const split = multiply(divide(1, add(1, minus)), divide(minus, add(1, minus)));
      const expected = multiply(sigmoid(x), subtract(1, sigmoid(x)));
      return [
        fromData(Float64Array.from([...forms, split].flatMap((form) => [...form.data])), [3, 6]),
        fromData(Float64Array.from([expected, expected, expected].flatMap((form) => [...form.data])), [3, 6]),
      ];
    },
  },
  {
    lesson: 'nonlinearities-backward',
    tex: 'dx = dy \\cdot y \\, (1 - y)',
    sides({ normal }) {
      const [x, dy] = [normal(2, 3), normal(2, 3)];
      const y = sigmoid(x);
      return [slopes((at) => weighed(sigmoid(at), dy), x), multiply(dy, multiply(y, subtract(1, y)))];
    },
  },
  {
    lesson: 'nonlinearities-backward',
    tex: 'y \\, (1 - y) = \\tfrac{1}{4} - \\left( y - \\tfrac{1}{2} \\right)^2 \\le \\tfrac{1}{4}',
    sides({ rng }) {
      const y = rng.uniform([9], { dtype: 'float64' });
      return [multiply(y, subtract(1, y)), subtract(0.25, square(subtract(y, 0.5)))];
    },
  },
  {
    lesson: 'affine-backward',
    tex: 'dx_{mj} = \\sum_{k} dy_{mk} \\, W_{kj}',
    sides({ normal }) {
      const [x, W, b, dy] = [normal(3, 4), normal(2, 4), normal(2), normal(3, 2)];
      return [slopes((at) => weighed(add(matmul(at, transpose(W)), b), dy), x), matmul(dy, W)];
    },
  },
  {
    lesson: 'affine-backward',
    tex: 'dW = dy^\\top x',
    sides({ normal }) {
      const [x, W, b, dy] = [normal(3, 4), normal(2, 4), normal(2), normal(3, 2)];
      return [slopes((at) => weighed(add(matmul(x, transpose(at)), b), dy), W), matmul(transpose(dy), x)];
    },
  },
  {
    lesson: 'affine-backward',
    tex: 'db_k = \\sum_{n} dy_{nk}',
    sides({ normal }) {
      const [x, W, b, dy] = [normal(3, 4), normal(2, 4), normal(2), normal(3, 2)];
      return [slopes((at) => weighed(add(matmul(x, transpose(W)), at), dy), b), sum(dy, { axis: 0 })];
    },
  },
  {
    lesson: 'two-layer-backward',
    tex: 'du = dy \\odot y \\odot (1 - y)',
    sides(draw) {
      const { dy, u, y } = twoLayers(draw);
      return [slopes((at) => weighed(sigmoid(at), dy), u), multiply(multiply(dy, y), subtract(1, y))];
    },
  },
  {
    lesson: 'two-layer-backward',
    tex: 'dW_2 = du^\\top h',
    sides(draw) {
      const { W2, b2, dy, h, y } = twoLayers(draw);
      const du = multiply(multiply(dy, y), subtract(1, y));
      const through = (at: Tensor): Tensor => sigmoid(add(matmul(h, transpose(at)), b2));
      return [slopes((at) => weighed(through(at), dy), W2), matmul(transpose(du), h)];
    },
  },
  {
    lesson: 'two-layer-backward',
    tex: 'dh = du \\, W_2',
    sides(draw) {
      const { W2, b2, dy, h, y } = twoLayers(draw);
      const du = multiply(multiply(dy, y), subtract(1, y));
      const through = (at: Tensor): Tensor => sigmoid(add(matmul(at, transpose(W2)), b2));
      return [slopes((at) => weighed(through(at), dy), h), matmul(du, W2)];
    },
  },
  {
    lesson: 'two-layer-backward',
    tex: 'dz = dh \\odot [\\, z > 0 \\,]',
    sides(draw) {
      const [z, dh] = [clearOfZero(draw, [3, 5]), draw.normal(3, 5)];
      return [slopes((at) => weighed(relu(at), dh), z), multiply(dh, greater(z, 0))];
    },
  },
  {
    lesson: 'two-layer-backward',
    tex: 'dW_1 = dz^\\top x',
    sides({ normal }) {
      const [x, W1, b1, dz] = [normal(3, 4), normal(5, 4), normal(5), normal(3, 5)];
      return [slopes((at) => weighed(add(matmul(x, transpose(at)), b1), dz), W1), matmul(transpose(dz), x)];
    },
  },
  {
    lesson: 'numeric-gradient',
    tex: "\\frac{f(x + h) - f(x)}{h} = f' + \\frac{h}{2} f'' + \\dots",
    sides({ rng }) {
      const [x, h] = [rng.number(), 1e-4];
      // Of the sine all derivatives are known.
      return [number((Math.sin(x + h) - Math.sin(x)) / h - Math.cos(x)), number((-h / 2) * Math.sin(x))];
    },
    within: 1e-8,
  },
  {
    lesson: 'numeric-gradient',
    tex: "\\frac{f(x + h) - f(x - h)}{2h} &= f' + \\frac{h^2}{6} f''' + \\dots",
    sides({ rng }) {
      const [x, h] = [rng.number(), 1e-2];
      const difference = (Math.sin(x + h) - Math.sin(x - h)) / (2 * h);
      return [number(difference - Math.cos(x)), number((-(h ** 2) / 6) * Math.cos(x))];
    },
    within: 1e-9,
  },
  {
    lesson: 'numeric-gradient',
    tex: '\\frac{(x + h)^3 - (x - h)^3}{2h} = 3x^2 + h^2',
    sides({ rng }) {
      const [x, h] = [rng.number(), rng.number() + 0.1];
      return [number(((x + h) ** 3 - (x - h) ** 3) / (2 * h)), number(3 * x ** 2 + h ** 2)];
    },
  },
  {
    lesson: 'random-search',
    tex: 'P(\\text{all } d \\text{ parameters are good}) = q^{\\,d}',
    sides({ rng }) {
      const [d, games] = [2, 20_000];
      let good = 0;
      for (let game = 0; game < games; game += 1) {
        const far = Array.from({ length: d }, () => Math.abs(2 * rng.number() - 1));
        if (far.every((distance) => distance < 0.25)) good += 1;
      }
      return [number(good / games), number(0.25 ** d)];
    },
    // Five standard deviations of a share of 1/16 among twenty thousand.
    within: 0.0086,
  },
];

describe('The formulas of part 2', () => itHolds('learning', formulas));
