/**
 * The formulas of part 3 up to global attention, held against numbers: the indices of a formula are those of an `einsum` or of
 * a loop here, and the other side is what the reference solution computes.
 */
import { attend } from 'attention/attend';
import { selfAttention } from 'attention/dynamic-queries';
import { embed } from 'attention/embedding';
import { GatedAttention } from 'attention/gating';
import { globalAttention, meanQuery } from 'attention/global-attention';
import { mergeHeads, splitHeads } from 'attention/heads';
import { causalMask, keyMask, maskedWeights } from 'attention/masks-and-bias';
import { MultiHeadAttention } from 'attention/multi-head';
import { scores } from 'attention/static-query';
import { attentionWeights } from 'attention/weights';
import {
  add,
  concat,
  divide,
  einsum,
  exp,
  expandDims,
  linear,
  matmul,
  max,
  multiply,
  negative,
  reshape,
  sigmoid,
  slice,
  softmax,
  square,
  stack,
  subtract,
  sum,
  tensor,
  transpose,
  zeros,
} from '../../src/tensor';
import type { Tensor } from '../../src/tensor';
import { filled, itHolds, number, oneHots, raw, rows, slopes, weighed } from './formulas';
import type { Draw, Formula } from './formulas';

/** Two queries, four keys of three channels, values of two. */
function looked({ normal }: Draw) {
  const [Q, K, V] = [normal(2, 3), normal(4, 3), normal(4, 2)];
  const S = divide(einsum('ia,ja->ij', Q, K), Math.sqrt(3));
  return { Q, K, V, S };
}

/** Tokens of five channels and weights for them, into three. */
function projected({ normal }: Draw) {
  const [x, Wq, Wk, Wv] = [normal(4, 5), normal(3, 5), normal(3, 5), normal(2, 5)];
  return { x, Wq, Wk, Wv, Q: matmul(x, transpose(Wq)), K: matmul(x, transpose(Wk)), V: matmul(x, transpose(Wv)) };
}

const [heads, channels] = [2, 3];

/** A module of two heads with three channels each, for four tokens of five. */
function module({ normal }: Draw) {
  const inward = (): Tensor => normal(heads * channels, 5);
  const plain = { Wq: inward(), Wk: inward(), Wv: inward(), Wo: normal(5, heads * channels), bo: normal(5) };
  const parameters = { ...plain, Wg: inward(), bg: normal(heads * channels) };
  return {
    x: normal(4, 5),
    parameters,
    gated: new GatedAttention(parameters, { heads }),
    plain: new MultiHeadAttention(plain, { heads }),
  };
}

const softmaxOf = (s: Tensor): Tensor => divide(exp(s), sum(exp(s), rows));

const formulas: readonly Formula[] = [
  {
    lesson: 'embedding',
    tex: raw`x_{ia} = \sum_{j} H_{ij} \, E_{ja} = E_{\mathrm{id}_i \, a}`,
    sides({ normal }) {
      const [ids, E] = [[2, 0, 3, 2], normal(5, 3)];
      return [einsum('ij,ja->ia', oneHots(ids, 5), E), filled([4, 3], (i, a) => E.at(ids[i]!, a))];
    },
  },
  {
    lesson: 'embedding',
    tex: raw`dE_{ja} = \sum_{i} H_{ij} \, dx_{ia}`,
    sides({ normal }) {
      const [ids, E, dx] = [[2, 0, 3, 2], normal(5, 3), normal(4, 3)];
      return [slopes((at) => weighed(embed(tensor(ids), at), dx), E), einsum('ij,ia->ja', oneHots(ids, 5), dx)];
    },
  },
  {
    lesson: 'static-query',
    tex: raw`s_j = \sum_{a} K_{ja} \, q_a`,
    sides({ normal }) {
      const [K, q] = [normal(4, 3), normal(3)];
      return [einsum('ja,a->j', K, q), reshape(matmul(K, expandDims(q, 1)), [4])];
    },
  },
  {
    lesson: 'static-query',
    tex: raw`= \sum_{a=1}^{c} \operatorname{E}[q_a^2] \, \operatorname{E}[k_a^2]`,
    sides({ rng }) {
      const [pairs, c] = [40_000, 6];
      const normal = (): Tensor => rng.normal([pairs, c], { dtype: 'float64' });
      const products = sum(multiply(normal(), normal()), { axis: 1 });
      // The mean is 0, so the variance is the mean of the squares.
      return [number(sum(square(products)).at() / pairs / c), number(1)];
    },
    within: 0.06,
  },
  {
    lesson: 'static-query',
    tex: raw`s_j = \frac{1}{\sqrt{c}} \sum_{a} K_{ja} \, q_a`,
    sides({ normal }) {
      const [K, q] = [normal(4, 3), normal(3)];
      return [scores(q, K), divide(einsum('ja,a->j', K, q), Math.sqrt(3))];
    },
  },
  {
    lesson: 'weights',
    tex: raw`u_i / u_j = e^{s_i - s_j}`,
    sides({ normal }) {
      const s = normal(5);
      const [i, j] = [expandDims(s, 1), s];
      return [divide(exp(i), exp(j)), exp(subtract(i, j))];
    },
    within: 1e-6,
  },
  {
    lesson: 'weights',
    tex: raw`w_j = \frac{u_j}{\sum_{l} u_l} = \frac{e^{s_j}}{\sum_{l} e^{s_l}}`,
    sides({ normal }) {
      const s = normal(3, 5);
      return [attentionWeights(s), softmaxOf(s)];
    },
  },
  {
    lesson: 'weights',
    tex: raw`\frac{e^{s_j - m}}{\sum_{l} e^{s_l - m}}
= \frac{e^{-m} \, e^{s_j}}{e^{-m} \sum_{l} e^{s_l}}
= w_j`,
    sides({ normal }) {
      const s = normal(3, 5);
      const m = max(s, rows);
      const cancelled = divide(multiply(exp(negative(m)), exp(s)), multiply(exp(negative(m)), sum(exp(s), rows)));
      return [concat([softmaxOf(subtract(s, m)), cancelled], 0), concat([attentionWeights(s), attentionWeights(s)], 0)];
    },
  },
  {
    lesson: 'attend',
    tex: raw`s_{ij} = \sum_{a} Q_{ia} \, K_{ja}`,
    sides(draw) {
      const { Q, K } = looked(draw);
      return [einsum('ia,ja->ij', Q, K), matmul(Q, transpose(K))];
    },
  },
  {
    lesson: 'attend',
    tex: raw`w_{ij} = \frac{e^{s'_{ij}}}{\sum_{l} e^{s'_{il}}}
= \frac{e^{s'_{ij} - m_i}}{\sum_{l} e^{s'_{il} - m_i}}`,
    sides(draw) {
      const { S } = looked(draw);
      return [softmaxOf(S), softmaxOf(subtract(S, max(S, rows)))];
    },
  },
  {
    lesson: 'attend',
    tex: raw`o_{ij} = \sum_{l} w_{il} \, V_{lj}`,
    sides(draw) {
      const { Q, K, V, S } = looked(draw);
      return [attend(Q, K, V), einsum('il,lj->ij', softmaxOf(S), V)];
    },
  },
  {
    lesson: 'attend',
    tex: raw`\operatorname{attend}(Q, K, V) = \operatorname{softmax}\!\left( \frac{Q K^\top}{\sqrt{c}} \right) V`,
    sides(draw) {
      const { Q, K, V } = looked(draw);
      return [attend(Q, K, V), matmul(softmaxOf(divide(matmul(Q, transpose(K)), Math.sqrt(3))), V)];
    },
  },
  {
    lesson: 'dynamic-queries',
    tex: raw`Q = x W_q^\top`,
    sides(draw) {
      const { x, Wq, Q } = projected(draw);
      // Row i is W x of token i.
      return [Q, stack([0, 1, 2, 3].map((i) => reshape(matmul(Wq, expandDims(slice(x, [i]), 1)), [3])))];
    },
  },
  {
    lesson: 'dynamic-queries',
    tex: raw`s_{ij} = \frac{(W_q x_i) \cdot (W_k x_j)}{\sqrt{c}} = \frac{x_i^\top \, W_q^\top W_k \, x_j}{\sqrt{c}}`,
    sides(draw) {
      const { x, Wq, Wk, Q, K } = projected(draw);
      const M = matmul(transpose(Wq), Wk);
      const root = Math.sqrt(3);
      return [divide(einsum('ia,ja->ij', Q, K), root), divide(einsum('id,de,je->ij', x, M, x), root)];
    },
  },
  {
    lesson: 'dynamic-queries',
    tex: raw`\operatorname{selfAttention}(x) = \operatorname{softmax}\!\left( \frac{Q K^\top}{\sqrt{c}} \right) V`,
    sides(draw) {
      const { x, Wq, Wk, Wv, Q, K, V } = projected(draw);
      const w = softmaxOf(divide(matmul(Q, transpose(K)), Math.sqrt(3)));
      return [selfAttention(x, { Wq, Wk, Wv }), matmul(w, V)];
    },
  },
  {
    lesson: 'heads',
    tex: raw`y_{i \, a \, b} = x_{i, \; a c + b}`,
    sides({ normal }) {
      const x = normal(4, heads * channels);
      return [reshape(x, [4, heads, channels]), filled([4, heads, channels], (i, a, b) => x.at(i, a * channels + b))];
    },
  },
  {
    lesson: 'heads',
    tex: raw`z_{a \, i \, b} = y_{i \, a \, b} = x_{i, \; a c + b}`,
    sides({ normal }) {
      const x = normal(4, heads * channels);
      return [splitHeads(x, heads), filled([heads, 4, channels], (a, i, b) => x.at(i, a * channels + b))];
    },
  },
  {
    lesson: 'heads',
    tex: raw`x_{i, \; a c + b} = z_{a \, i \, b}`,
    sides({ normal }) {
      const z = normal(heads, 4, channels);
      const merged = filled([4, heads * channels], (i, at) => z.at(Math.floor(at / channels), i, at % channels));
      return [mergeHeads(z), merged];
    },
  },
  {
    lesson: 'multi-head',
    tex: raw`Q_{a \, i \, b} = \sum_{e} (W_q)_{ac + b, \; e} \; x_{ie}`,
    sides(draw) {
      const { x, parameters } = module(draw);
      const { Wq } = parameters;
      const one = (a: number, i: number, b: number): number =>
        [0, 1, 2, 3, 4].reduce((total, e) => total + Wq.at(a * channels + b, e) * x.at(i, e), 0);
      return [splitHeads(linear(x, Wq), heads), filled([heads, 4, channels], (a, i, b) => one(a, i, b))];
    },
  },
  {
    lesson: 'multi-head',
    tex: raw`= \operatorname{softmax}\!\left( \frac{Q^{(a)} K^{(a)\top}}{\sqrt{c}} \right) V^{(a)}`,
    sides(draw) {
      const { x, parameters, plain } = module(draw);
      const split = (W: Tensor): Tensor => splitHeads(linear(x, W), heads);
      const [Q, K, V] = [split(parameters.Wq), split(parameters.Wk), split(parameters.Wv)];
      const each = [0, 1].map((a) => attend(slice(Q, [a]), slice(K, [a]), slice(V, [a])));
      return [plain.summaries(x), concat(each, -1)];
    },
  },
  {
    lesson: 'multi-head',
    tex: raw`y_i = W_o \, o_i + b_o = \sum_{a} W_o^{(a)} \, o_i^{(a)} + b_o`,
    sides(draw) {
      const { x, parameters, plain } = module(draw);
      const o = plain.summaries(x);
      const part = (y: Tensor, a: number): Tensor => slice(y, [null, [a * channels, (a + 1) * channels]]);
      const said = [0, 1].map((a) => matmul(part(o, a), transpose(part(parameters.Wo, a))));
      return [plain.forward(x), add(add(said[0]!, said[1]!), parameters.bo)];
    },
  },
  {
    lesson: 'gating',
    tex: raw`g_i = \sigma(W_g \, x_i + b_g)`,
    sides(draw) {
      const { x, parameters, gated } = module(draw);
      return [gated.gates(x), sigmoid(add(einsum('ke,ie->ik', parameters.Wg, x), parameters.bg))];
    },
  },
  {
    lesson: 'gating',
    tex: raw`\sigma(z) = \frac{1}{1 + e^{-z}}`,
    sides({ normal }) {
      const z = normal(6);
      return [sigmoid(z), divide(1, add(1, exp(negative(z))))];
    },
  },
  {
    lesson: 'gating',
    tex: raw`y_i = W_o \, ( g_i \odot o_i ) + b_o`,
    sides(draw) {
      const { x, parameters, plain, gated } = module(draw);
      const passed = multiply(gated.gates(x), plain.summaries(x));
      return [gated.forward(x), add(einsum('ek,ik->ie', parameters.Wo, passed), parameters.bo)];
    },
  },
  {
    lesson: 'gating',
    tex: raw`do = g \odot do',
\qquad
dg = o \odot do'`,
    sides({ normal }) {
      const [g, o, dPassed] = [normal(4), normal(4), normal(4)];
      const numeric = [
        slopes((at) => weighed(multiply(g, at), dPassed), o),
        slopes((at) => weighed(multiply(at, o), dPassed), g),
      ];
      return [stack(numeric), stack([multiply(g, dPassed), multiply(o, dPassed)])];
    },
  },
  {
    lesson: 'masks-and-bias',
    tex: raw`s_{ij} = \frac{Q_i \cdot K_j}{\sqrt{c}} + b_{ij}`,
    sides(draw) {
      const { Q, K, S } = looked(draw);
      const bias = draw.normal(2, 4);
      return [maskedWeights(Q, K, { bias }), softmaxOf(add(S, bias))];
    },
  },
  {
    lesson: 'masks-and-bias',
    tex: raw`w_{ij} = \frac{e^{s'_{ij}}}{\sum_l e^{s'_{il}}} = \frac{m_{ij} \, e^{s_{ij}}}{\sum_l m_{il} \, e^{s_{il}}}`,
    sides(draw) {
      const { Q, K, S } = looked(draw);
      const mask = tensor([
        [1, 0, 1, 1],
        [0, 0, 1, 0],
      ]);
      const allowed = multiply(mask, exp(S));
      return [maskedWeights(Q, K, { mask }), divide(allowed, sum(allowed, rows))];
    },
  },
  {
    lesson: 'masks-and-bias',
    tex: raw`w_{ij} = 0, \quad o_i = 0, \quad \frac{\partial L}{\partial s_{ij}} = 0`,
    sides(draw) {
      const { Q, K, V } = looked(draw);
      const mask = zeros([2, 4]);
      const answer = (at: Tensor): Tensor => matmul(maskedWeights(at, K, { mask }), V);
      const all = concat(
        [
          reshape(answer(Q), [4]),
          reshape(
            slopes((at) => sum(answer(at)).at(), Q),
            [6],
          ),
        ],
        0,
      );
      return [all, multiply(all, 0)];
    },
  },
  {
    lesson: 'masks-and-bias',
    tex: raw`m_{r \, 0 \, 0 \, j} = \begin{cases} 1 & \text{if } j < \text{length}_r \\ 0 & \text{otherwise} \end{cases}`,
    sides() {
      const lengths = [3, 0, 4, 1];
      return [keyMask(lengths, 4), filled([4, 1, 1, 4], (...at) => (at[3]! < lengths[at[0]!]! ? 1 : 0))];
    },
  },
  {
    lesson: 'masks-and-bias',
    tex: raw`m_{ij} = \begin{cases} 1 & \text{if } j \le i \\ 0 & \text{otherwise} \end{cases}`,
    sides: () => [causalMask(5), filled([5, 5], (i, j) => (j <= i ? 1 : 0))],
  },
  {
    lesson: 'global-attention',
    tex: raw`\bar q = \frac{1}{n} \sum_{i} W_q \, x_i = W_q \Bigl( \frac{1}{n} \sum_{i} x_i \Bigr) = W_q \, \bar x`,
    sides(draw) {
      const { x, Wq, Q } = projected(draw);
      return [meanQuery(x, Wq), divide(sum(Q, { axis: 0 }), 4)];
    },
  },
  {
    lesson: 'global-attention',
    tex: raw`\bar x = \frac{\sum_i m_i \, x_i}{\max\bigl(1, \sum_i m_i\bigr)}`,
    sides(draw) {
      const { x } = projected(draw);
      const one = filled([5, 5], (i, j) => (i === j ? 1 : 0));
      const [some, none] = [tensor([1, 0, 1, 1]), zeros([4])];
      return [
        stack([meanQuery(x, one, some), meanQuery(x, one, none)]),
        stack([divide(einsum('i,ie->e', some, x), 3), divide(einsum('i,ie->e', none, x), 1)]),
      ];
    },
  },
  {
    lesson: 'global-attention',
    tex: raw`s_j = \frac{\bar q \cdot (W_k x_j)}{\sqrt{c}}`,
    sides(draw) {
      const { x, Wq, Wk, Wv, K, V } = projected(draw);
      const mask = tensor([1, 1, 0, 1]);
      const s = divide(einsum('a,ja->j', meanQuery(x, Wq, mask), K), Math.sqrt(3));
      const shares = multiply(mask, exp(s));
      const w = divide(shares, sum(shares, rows));
      return [globalAttention(x, { Wq, Wk, Wv }, mask), einsum('j,jv->v', w, V)];
    },
  },
  {
    lesson: 'global-attention',
    tex: raw`w_j = \frac{m_j \, e^{s_j}}{\sum_l m_l \, e^{s_l}}`,
    sides(draw) {
      const { S } = looked(draw);
      // The real tokens share as if there were no others.
      const [s, m] = [slice(S, [0]), tensor([1, 1, 1, 0])];
      const shares = multiply(m, exp(s));
      return [slice(divide(shares, sum(shares, rows)), [[0, 3]]), softmax(slice(s, [[0, 3]]), -1)];
    },
  },
];

describe('The formulas of part 3', () => itHolds('attention', formulas));
