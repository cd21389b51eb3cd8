/**
 * The formulas of part 3 from the softmax backwards to layer norm, held against numbers: gradients against differences of what
 * they are gradients of, everything else against the reference solution.
 */
import { attend } from 'attention/attend';
import { attendBackward } from 'attention/attention-backward';
import { selfAttention } from 'attention/dynamic-queries';
import { layerNorm, layerNormBackward } from 'attention/layer-norm';
import { causalLanguageLoss, sample, shiftTargets } from 'attention/next-token';
import { sinusoidal, withPositions } from 'attention/positions';
import { softmaxBackward } from 'attention/softmax-backward';
import {
  add,
  concat,
  divide,
  einsum,
  exp,
  expandDims,
  fromData,
  log,
  matmul,
  mean,
  multiply,
  negative,
  power,
  reshape,
  slice,
  softmax,
  sqrt,
  square,
  subtract,
  sum,
  take,
  tensor,
  transpose,
} from '../../src/tensor';
import type { Tensor } from '../../src/tensor';
import { filled, identity, itHolds, number, oneHots, raw, rows, slopes, weighed } from './formulas';
import type { Draw, Formula } from './formulas';

/** The Jacobian of f at x, both of one axis: entry i, j is how the output i moves with the input j. */
function jacobian(f: (x: Tensor) => Tensor, x: Tensor): Tensor {
  const outputs = f(x).size;
  return reshape(
    concat(
      Array.from({ length: outputs }, (_, i) => slopes((at) => f(at).at(i), x)),
      0,
    ),
    [outputs, x.size],
  );
}

/** A row of weights and the gradient that arrives at it. */
function row({ normal }: Draw) {
  const [x, ds] = [normal(5), normal(5)];
  return { x, ds, s: softmax(x, -1) };
}

/** Two queries, four keys of three channels, values of two, and all that flows back. */
function looked({ normal }: Draw) {
  const [Q, K, V, dO] = [normal(2, 3), normal(4, 3), normal(4, 2), normal(2, 2)];
  const w = softmax(divide(matmul(Q, transpose(K)), Math.sqrt(3)), -1);
  const dw = einsum('ij,lj->il', dO, V);
  const dS = multiply(w, subtract(dw, sum(multiply(w, dw), rows)));
  return { Q, K, V, dO, w, dw, dS };
}

/** A token, what normalises it, and what arrives. */
function token({ normal, rng }: Draw) {
  const [x, dy, beta] = [multiply(normal(5), 2), normal(5), normal(5)];
  const gamma = rng.uniform([5], { low: 0.5, high: 1.5, dtype: 'float64' });
  const mu = mean(x, rows);
  const variance = mean(square(subtract(x, mu)), rows);
  const r = power(add(variance, 1e-5), -1 / 2);
  const hat = multiply(subtract(x, mu), r);
  return { x, dy, gamma, beta, mu, variance, r, hat, g: multiply(dy, gamma), n: 5 };
}

const normalised = (x: Tensor): Tensor => {
  const distance = subtract(x, mean(x, rows));
  return divide(distance, sqrt(add(mean(square(distance), rows), 1e-5)));
};

const formulas: readonly Formula[] = [
  {
    lesson: 'softmax-backward',
    tex: raw`= \delta_{ij} \, s_i - s_i \, s_j`,
    sides(draw) {
      const { x, s } = row(draw);
      const expected = filled([5, 5], (i, j) => (i === j ? s.at(i) : 0) - s.at(i) * s.at(j));
      return [jacobian((at) => softmax(at, -1), x), expected];
    },
  },
  {
    lesson: 'softmax-backward',
    tex: raw`\frac{\delta_{ij} \, e^{x_i} \, Z - e^{x_i} \, e^{x_j}}{Z^2}`,
    sides(draw) {
      const { x } = row(draw);
      const [e, Z] = [exp(x), sum(exp(x)).at()];
      const expected = filled([5, 5], (i, j) => ((i === j ? e.at(i) * Z : 0) - e.at(i) * e.at(j)) / Z ** 2);
      return [jacobian((at) => softmax(at, -1), x), expected];
    },
  },
  {
    lesson: 'softmax-backward',
    tex: raw`dx_j = \sum_{i} ds_i \, \frac{\partial s_i}{\partial x_j} = \sum_{i} ds_i \, ( \delta_{ij} \, s_i - s_i \, s_j )`,
    sides(draw) {
      const { x, ds, s } = row(draw);
      const J = filled([5, 5], (i, j) => (i === j ? s.at(i) : 0) - s.at(i) * s.at(j));
      return [slopes((at) => weighed(softmax(at, -1), ds), x), einsum('i,ij->j', ds, J)];
    },
  },
  {
    lesson: 'softmax-backward',
    tex: raw`dx = s \odot \bigl( ds - (ds \cdot s) \bigr)`,
    sides(draw) {
      const { ds, s } = row(draw);
      return [softmaxBackward(ds, { s }).dx, multiply(s, subtract(ds, sum(multiply(ds, s))))];
    },
  },
  {
    lesson: 'softmax-backward',
    tex: raw`\sum_{j} dx_j = \sum_j s_j \, ds_j - \Bigl( \sum_j s_j \Bigr) (ds \cdot s) = 0`,
    sides(draw) {
      const { ds, s } = row(draw);
      return [sum(softmaxBackward(ds, { s }).dx), number(0)];
    },
  },
  {
    lesson: 'attention-backward',
    tex: raw`= \sum_{i} w_{il} \, dO_{ij}`,
    sides(draw) {
      const { Q, K, V, dO, w } = looked(draw);
      return [slopes((at) => weighed(attend(Q, K, at), dO), V), einsum('il,ij->lj', w, dO)];
    },
  },
  {
    lesson: 'attention-backward',
    tex: raw`dV = w^\top dO`,
    sides(draw) {
      const { Q, K, V, dO, w } = looked(draw);
      return [attendBackward(dO, { Q, K, V }).dV, matmul(transpose(w), dO)];
    },
  },
  {
    lesson: 'attention-backward',
    tex: raw`dw_{il} = \sum_{j} dO_{ij} \, V_{lj}
\qquad\text{or}\qquad
dw = dO \, V^\top`,
    sides(draw) {
      const { V, dO, w } = looked(draw);
      const numeric = slopes((at) => weighed(matmul(at, V), dO), w);
      return [concat([numeric, numeric], 0), concat([einsum('ij,lj->il', dO, V), matmul(dO, transpose(V))], 0)];
    },
  },
  {
    lesson: 'attention-backward',
    tex: raw`dS_{il} = w_{il} \Bigl( dw_{il} - \sum_{m} w_{im} \, dw_{im} \Bigr)`,
    sides(draw) {
      const { Q, K, V, dO, dS } = looked(draw);
      const S = divide(matmul(Q, transpose(K)), Math.sqrt(3));
      return [slopes((at) => weighed(matmul(softmax(at, -1), V), dO), S), dS];
    },
  },
  {
    lesson: 'attention-backward',
    tex: raw`dQ_{mb} = \frac{1}{\sqrt c} \sum_{l} dS_{ml} \, K_{lb}`,
    sides(draw) {
      const { Q, K, V, dO, dS } = looked(draw);
      return [slopes((at) => weighed(attend(at, K, V), dO), Q), divide(einsum('ml,lb->mb', dS, K), Math.sqrt(3))];
    },
  },
  {
    lesson: 'attention-backward',
    tex: raw`dQ = \frac{1}{\sqrt c} \, dS \, K`,
    sides(draw) {
      const { Q, K, V, dO, dS } = looked(draw);
      return [attendBackward(dO, { Q, K, V }).dQ, divide(matmul(dS, K), Math.sqrt(3))];
    },
  },
  {
    lesson: 'attention-backward',
    tex: raw`dK_{lb} = \frac{1}{\sqrt c} \sum_{i} dS_{il} \, Q_{ib}`,
    sides(draw) {
      const { Q, K, V, dO, dS } = looked(draw);
      return [slopes((at) => weighed(attend(Q, at, V), dO), K), divide(einsum('il,ib->lb', dS, Q), Math.sqrt(3))];
    },
  },
  {
    lesson: 'attention-backward',
    tex: raw`dK = \frac{1}{\sqrt c} \, dS^\top Q`,
    sides(draw) {
      const { Q, K, V, dO, dS } = looked(draw);
      return [attendBackward(dO, { Q, K, V }).dK, divide(matmul(transpose(dS), Q), Math.sqrt(3))];
    },
  },
  {
    lesson: 'attention-backward',
    tex: raw`dx = dQ \, W_q + dK \, W_k + dV \, W_v`,
    sides({ normal }) {
      const [x, Wq, Wk, Wv, dO] = [normal(4, 5), normal(3, 5), normal(3, 5), normal(2, 5), normal(4, 2)];
      const project = (W: Tensor): Tensor => matmul(x, transpose(W));
      const { dQ, dK, dV } = attendBackward(dO, { Q: project(Wq), K: project(Wk), V: project(Wv) });
      const dx = add(add(matmul(dQ, Wq), matmul(dK, Wk)), matmul(dV, Wv));
      return [slopes((at) => weighed(selfAttention(at, { Wq, Wk, Wv }), dO), x), dx];
    },
    within: 1e-7,
  },
  {
    lesson: 'positions',
    tex: raw`\tilde S = \frac{(PQ)(PK)^\top}{\sqrt c} = P \, \frac{Q K^\top}{\sqrt c} \, P^\top = P S P^\top`,
    sides({ normal }) {
      const [Q, K] = [normal(4, 3), normal(4, 3)];
      const P = oneHots([2, 0, 3, 1], 4);
      const scores = (q: Tensor, k: Tensor): Tensor => divide(matmul(q, transpose(k)), Math.sqrt(3));
      return [scores(matmul(P, Q), matmul(P, K)), matmul(matmul(P, scores(Q, K)), transpose(P))];
    },
  },
  {
    lesson: 'positions',
    tex: raw`\operatorname{softmax}(P S P^\top) \, P V = P \operatorname{softmax}(S) \, P^\top P V = P \operatorname{softmax}(S) V`,
    sides({ normal }) {
      const [S, V] = [normal(4, 4), normal(4, 2)];
      const P = oneHots([2, 0, 3, 1], 4);
      const moved = matmul(softmax(matmul(matmul(P, S), transpose(P)), -1), matmul(P, V));
      return [moved, matmul(P, matmul(softmax(S, -1), V))];
    },
  },
  {
    lesson: 'positions',
    tex: raw`f(Px) = P f(x)`,
    sides({ normal }) {
      const [x, weights] = [normal(4, 5), { Wq: normal(3, 5), Wk: normal(3, 5), Wv: normal(2, 5) }];
      const order = [2, 0, 3, 1];
      return [selfAttention(take(x, order, 0), weights), take(selfAttention(x, weights), order, 0)];
    },
  },
  {
    lesson: 'positions',
    tex: raw`\omega_i = \frac{1}{10000^{2i/d}}`,
    sides: () => {
      // The first position's sine is that of the angle itself.
      const sines = [0, 1, 2].map((i) => Math.sin(1 / 10000 ** ((2 * i) / 6)));
      return [sinusoidal(number(1), 6), tensor([0, 1, 2].flatMap((i) => [sines[i]!, Math.sqrt(1 - sines[i]! ** 2)]))];
    },
    within: 1e-7,
  },
  {
    lesson: 'positions',
    tex: raw`e_{p, \, 2i} = \sin(p \, \omega_i),
\qquad
e_{p, \, 2i+1} = \cos(p \, \omega_i)`,
    sides({ rng }) {
      const p = fromData(
        Float64Array.from({ length: 4 }, () => rng.integer(0, 500)),
        [4],
      );
      const expected = filled([4, 6], (at, channel) => {
        const angle = p.at(at) / 10000 ** ((2 * Math.floor(channel / 2)) / 6);
        return channel % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
      });
      return [sinusoidal(p, 6), expected];
    },
  },
  {
    lesson: 'positions',
    tex: raw`\begin{pmatrix} \cos k\omega_i & \sin k\omega_i \\ -\sin k\omega_i & \cos k\omega_i \end{pmatrix}`,
    sides({ rng }) {
      const [p, k, d] = [rng.integer(0, 100), rng.integer(1, 20), 6];
      const [here, there] = [sinusoidal(number(p), d), sinusoidal(number(p + k), d)];
      const turned = [0, 1, 2].flatMap((i) => {
        const angle = k / 10000 ** ((2 * i) / d);
        const [sine, cosine] = [here.at(2 * i), here.at(2 * i + 1)];
        return [Math.cos(angle) * sine + Math.sin(angle) * cosine, -Math.sin(angle) * sine + Math.cos(angle) * cosine];
      });
      return [there, fromData(Float64Array.from(turned), [d])];
    },
  },
  {
    lesson: 'positions',
    tex: raw`x'_{p} = x_{p} + e_{p}`,
    sides({ normal }) {
      const x = normal(3, 4);
      const places = fromData(Float64Array.from([0, 1, 2]), [3]);
      return [withPositions(x), add(x, sinusoidal(places, 4))];
    },
    within: 1e-6,
  },
  {
    lesson: 'next-token',
    tex: raw`\text{inputs}_i = \mathrm{id}_i,
\qquad
t_i = \mathrm{id}_{i+1}`,
    sides({ rng }) {
      const ids = rng.integers([6], { low: 0, high: 9 });
      const { inputs, targets } = shiftTargets(ids);
      const expected = [...[0, 1, 2, 3, 4].map((i) => ids.at(i)), ...[0, 1, 2, 3, 4].map((i) => ids.at(i + 1))];
      return [concat([inputs, targets], 0), tensor(expected)];
    },
  },
  {
    lesson: 'next-token',
    tex: raw`L = \frac{1}{N} \sum_{i} - \ln \operatorname{softmax}(z_i)_{t_i}
= \frac1N \sum_i \Bigl( \ln \sum_k e^{z_{ik}} - z_{i t_i} \Bigr)`,
    sides({ normal }) {
      const [z, t] = [normal(4, 5), [1, 0, 4, 1]];
      const chosen = oneHots(t, 5);
      const surprise = negative(divide(sum(multiply(log(softmax(z, -1)), chosen)), 4));
      const spread = divide(sum(subtract(log(sum(exp(z), { axis: -1 })), sum(multiply(z, chosen), { axis: -1 }))), 4);
      const measured = causalLanguageLoss(z, tensor(t));
      return [tensor([measured.at(), measured.at()]), tensor([surprise.at(), spread.at()])];
    },
    within: 1e-6,
  },
  {
    lesson: 'next-token',
    tex: raw`\text{the first } k \text{ with } \sum_{j \le k} p_j > u`,
    sides({ normal, rng }) {
      const [z, u] = [normal(6), rng.number()];
      const p = softmax(z, -1).data;
      let [k, total] = [0, p[0]!];
      while (total <= u) total += p[(k += 1)]!;
      return [number(sample(z, { temperature: 1, draw: u })), number(k)];
    },
  },
  {
    lesson: 'next-token',
    tex: raw`p = \operatorname{softmax}(z / T)`,
    sides({ normal, rng }) {
      // A temperature is a division of the logits: the same draws fall on the same tokens.
      const z = normal(6);
      const draws = Array.from({ length: 20 }, () => rng.number());
      const drawn = (logits: Tensor, temperature: number): Tensor =>
        tensor(draws.map((draw) => sample(logits, { temperature, draw })));
      return [drawn(z, 0.5), drawn(multiply(z, 2), 1)];
    },
  },
  {
    lesson: 'layer-norm',
    tex: raw`y_i = \gamma_i \, \hat x_i + \beta_i`,
    sides(draw) {
      const { x, gamma, beta, hat } = token(draw);
      return [layerNorm(x, { gamma, beta }), add(multiply(gamma, hat), beta)];
    },
  },
  {
    lesson: 'layer-norm',
    tex: raw`r = \frac{1}{\sqrt{\sigma^2 + \varepsilon}},
\qquad
\hat x_i = (x_i - \mu) \, r`,
    sides(draw) {
      const { x, hat } = token(draw);
      return [normalised(x), hat];
    },
  },
  {
    lesson: 'layer-norm',
    tex: raw`d\beta_i = \sum_{\text{tokens}} dy_i,
\qquad
d\gamma_i = \sum_{\text{tokens}} dy_i \, \hat x_i`,
    sides({ normal }) {
      const [x, dy, gamma, beta] = [normal(3, 4), normal(3, 4), normal(4), normal(4)];
      const numeric = [
        slopes((at) => weighed(layerNorm(x, { gamma, beta: at }), dy), beta),
        slopes((at) => weighed(layerNorm(x, { gamma: at, beta }), dy), gamma),
      ];
      const summed = [sum(dy, { axis: 0 }), sum(multiply(dy, normalised(x)), { axis: 0 })];
      return [concat(numeric, 0), concat(summed, 0)];
    },
    within: 1e-7,
  },
  {
    lesson: 'layer-norm',
    tex: raw`g_i = dy_i \, \gamma_i`,
    sides(draw) {
      const { dy, gamma, beta, hat, g } = token(draw);
      return [slopes((at) => weighed(add(multiply(gamma, at), beta), dy), hat), g];
    },
  },
  {
    lesson: 'layer-norm',
    tex: raw`\frac{\partial \mu}{\partial x_j} = \frac1n,
\qquad
\frac{\partial \sigma^2}{\partial x_j} = \frac{2 (x_j - \mu)}{n}`,
    sides(draw) {
      const { x, mu, n } = token(draw);
      const variance = (at: Tensor): number => mean(square(subtract(at, mean(at)))).at();
      const numeric = [slopes((at) => mean(at).at(), x), slopes(variance, x)];
      return [
        concat(numeric, 0),
        concat([divide(add(multiply(x, 0), 1), n), divide(multiply(subtract(x, mu), 2), n)], 0),
      ];
    },
    within: 1e-7,
  },
  {
    lesson: 'layer-norm',
    tex: raw`= -\frac{r^3}{2} \cdot \frac{2 (x_j - \mu)}{n} = -\frac{r^2 \, \hat x_j}{n}`,
    sides(draw) {
      const { x, mu, r, hat, n } = token(draw);
      const numeric = slopes((at) => 1 / Math.sqrt(mean(square(subtract(at, mean(at)))).at() + 1e-5), x);
      const first = multiply(multiply(power(r, 3), -1 / 2), divide(multiply(subtract(x, mu), 2), n));
      return [concat([numeric, numeric], 0), concat([first, divide(multiply(multiply(square(r), hat), -1), n)], 0)];
    },
    within: 1e-6,
  },
  {
    lesson: 'layer-norm',
    tex: raw`= r \left( \delta_{ij} - \frac1n - \frac{\hat x_i \, \hat x_j}{n} \right)`,
    sides(draw) {
      const { x, r, hat, n } = token(draw);
      const products = multiply(expandDims(hat, 1), hat);
      const inner = subtract(subtract(identity(n), 1 / n), divide(products, n));
      return [jacobian(normalised, x), multiply(r, inner)];
    },
    within: 1e-6,
  },
  {
    lesson: 'layer-norm',
    tex: raw`= r \left( g_j - \overline{g} - \hat x_j \; \overline{g \odot \hat x} \right)`,
    sides(draw) {
      const { x, dy, gamma, beta, r, hat, g } = token(draw);
      const inner = subtract(subtract(g, mean(g)), multiply(hat, mean(multiply(g, hat))));
      return [slopes((at) => weighed(layerNorm(at, { gamma, beta }), dy), x), multiply(r, inner)];
    },
    within: 1e-6,
  },
  {
    lesson: 'layer-norm',
    tex: raw`dx = r \bigl( g - \overline g - \hat x \; \overline{g \odot \hat x} \bigr)`,
    sides(draw) {
      const { x, dy, gamma, r, hat, g } = token(draw);
      const inner = subtract(subtract(g, mean(g)), multiply(hat, mean(multiply(g, hat))));
      return [slice(layerNormBackward(dy, { x, gamma }).dx, []), multiply(r, inner)];
    },
  },
];

describe('The formulas of part 3, from the softmax backwards to layer norm', () => itHolds('attention', formulas));
