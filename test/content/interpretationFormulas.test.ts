/**
 * The formulas of what can be seen inside a trained transformer, held against numbers: what the reference solution computes,
 * or differences, on one side, and the formula, index by index, on the other.
 */
import { EncoderBlock } from 'attention/encoder-block';
import { attentionRollout, contributions, headStatistics, layerWeights } from 'attention/interpret';
import { MultiHeadAttention } from 'attention/multi-head';
import { SparseAutoencoder, bestMatches, sparseLoss, toyForward, toyHidden } from 'attention/superposition';
import {
  abs,
  add,
  concat,
  divide,
  einsum,
  expandDims,
  fromData,
  log,
  max,
  maximum,
  mean,
  multiply,
  negative,
  relu,
  reshape,
  slice,
  softmax,
  sqrt,
  square,
  stack,
  subtract,
  sum,
  tensor,
  transpose,
} from '../../src/tensor';
import type { Tensor } from '../../src/tensor';
import { filled, identity, itHolds, number, raw, rows } from './formulas';
import type { Draw, Formula } from './formulas';

/** A block of two heads for three tokens of four channels. */
function block({ normal }: Draw) {
  const attention = new MultiHeadAttention(
    { Wq: normal(4, 4), Wk: normal(4, 4), Wv: normal(4, 4), Wo: normal(4, 4), bo: normal(4) },
    { heads: 2 },
  );
  const parameters = {
    ...{ W1: normal(6, 4), b1: normal(6), W2: normal(4, 6), b2: normal(4) },
    ...{ gamma1: normal(4), beta1: normal(4), gamma2: normal(4), beta2: normal(4) },
  };
  return { x: normal(3, 4), attention, parameters, block: new EncoderBlock(attention, parameters) };
}

/** Weights of two layers with three heads over four tokens. */
const watched = ({ normal }: Draw): Tensor => softmax(normal(2, 3, 4, 4), -1);

/** The mixtures of each layer, as the lesson's step keep says. */
function mixtures(w: Tensor): Tensor[] {
  const A = mean(w, { axis: 1 });
  const kept = add(A, identity(4));
  return [0, 1].map((l) => slice(divide(kept, sum(kept, rows)), [l]));
}

/** Five features in two neurons, and an autoencoder of six latents for them. */
function toy({ normal, rng }: Draw) {
  const model = { W: normal(2, 5), b: normal(5) };
  const x = rng.uniform([4, 5], { dtype: 'float64' });
  const parameters = { We: normal(6, 2), be: normal(6), D: normal(6, 2), bd: normal(2) };
  return { model, x, h: toyHidden(x, model), parameters, autoencoder: new SparseAutoencoder(parameters) };
}

const unit = (D: Tensor): Tensor => divide(D, sqrt(sum(square(D), rows)));

const formulas: readonly Formula[] = [
  {
    lesson: 'interpret',
    tex: raw`x^{(l)} = \operatorname{block}_l \bigl( x^{(l-1)} \bigr)`,
    sides(draw) {
      const { x, block: first } = block(draw);
      const { block: second } = block(draw);
      const both = layerWeights([first, second], x);
      return [slice(both, [1]), slice(layerWeights([second], first.forward(x)), [0])];
    },
  },
  {
    lesson: 'interpret',
    tex: raw`H = \frac1n \sum_i \Bigl( - \sum_j w_{ij} \ln w_{ij} \Bigr)`,
    sides(draw) {
      const w = watched(draw);
      return [headStatistics(w).entropy, divide(negative(einsum('lhij,lhij->lh', w, log(w))), 4)];
    },
  },
  {
    lesson: 'interpret',
    tex: raw`D = \frac1n \sum_i \sum_j w_{ij} \, |i - j|`,
    sides(draw) {
      const w = watched(draw);
      const apart = filled([4, 4], (i, j) => Math.abs(i - j));
      return [headStatistics(w).distance, divide(einsum('lhij,ij->lh', w, apart), 4)];
    },
  },
  {
    lesson: 'interpret',
    tex: raw`\text{self} = \frac1n \sum_i w_{ii},
\qquad
\text{previous} = \frac{1}{n-1} \sum_{i \ge 1} w_{i, \, i-1},
\qquad
\text{first} = \frac1n \sum_i w_{i0}`,
    sides(draw) {
      const w = watched(draw);
      const { self, previous, first } = headStatistics(w);
      const total = (queries: readonly number[], key: (i: number) => number): Tensor =>
        filled([2, 3], (l, a) => queries.reduce((sum, i) => sum + w.at(l, a, i, key(i)), 0) / queries.length);
      const every = [0, 1, 2, 3];
      return [
        stack([self, previous, first]),
        stack([total(every, (i) => i), total([1, 2, 3], (i) => i - 1), total(every, () => 0)]),
      ];
    },
  },
  {
    lesson: 'interpret',
    tex: raw`M^{(l)}_{ij} = \frac{A^{(l)}_{ij} + \delta_{ij}}{\sum_m \bigl( A^{(l)}_{im} + \delta_{im} \bigr)}`,
    sides(draw) {
      const w = watched(draw);
      return [slice(attentionRollout(w), [0]), mixtures(w)[0]!];
    },
  },
  {
    lesson: 'interpret',
    tex: raw`A^{(l)} = \frac1h \sum_a w^{(l,a)}`,
    sides(draw) {
      // One head that is the mean of the three is rolled out alike.
      const w = watched(draw);
      const one = expandDims(divide(sum(w, { axis: 1 }), 3), 1);
      return [attentionRollout(w), attentionRollout(one)];
    },
  },
  {
    lesson: 'interpret',
    tex: raw`R^{(l)} = M^{(l)} R^{(l-1)},
\qquad
R^{(l)}_{ij} = \sum_m M^{(l)}_{im} \, R^{(l-1)}_{mj}`,
    sides(draw) {
      const w = watched(draw);
      const [first, second] = mixtures(w);
      return [slice(attentionRollout(w), [1]), einsum('im,mj->ij', second!, first!)];
    },
  },
  {
    lesson: 'interpret',
    tex: raw`\sum_j R^{(l)}_{ij} = \sum_m M^{(l)}_{im} \sum_j R^{(l-1)}_{mj} = \sum_m M^{(l)}_{im} = 1`,
    sides: (draw) => [sum(attentionRollout(watched(draw)), { axis: -1 }), filled([2, 4], () => 1)],
  },
  {
    lesson: 'interpret',
    tex: raw`\lVert w_{ij} V_j \rVert = w_{ij} \, \lVert V_j \rVert`,
    sides({ normal }) {
      const [w, V] = [softmax(normal(2, 4), -1), normal(4, 3)];
      const arrives = einsum('ij,jv->ijv', w, V);
      return [contributions(w, V), sqrt(sum(square(arrives), { axis: -1 }))];
    },
  },
  {
    lesson: 'interpret',
    tex: raw`\delta^\top V = 0
\quad\Rightarrow\quad
(w + \delta)^\top V = w^\top V`,
    sides({ normal }) {
      // The third value is a mixture of the others, so what it gets they can lose.
      const [w, V] = [softmax(normal(3), -1), normal(2, 2)];
      const values = concat([V, expandDims(einsum('k,kv->v', tensor([0.3, 0.5]), V), 0)], 0);
      const delta = multiply(fromData(Float64Array.from([-0.3, -0.5, 1]), [3]), 0.2);
      return [einsum('k,kv->v', add(w, delta), values), einsum('k,kv->v', w, values)];
    },
    within: 1e-7,
  },
  {
    lesson: 'superposition',
    tex: raw`h = W x = \sum_k x_k W_k,
\qquad
x' = \operatorname{relu}( W^\top h + b )`,
    sides(draw) {
      const { model, x, h } = toy(draw);
      return [
        toyForward(x, model),
        relu(add(einsum('ik,ni->nk', model.W, einsum('nk,ik->ni', x, model.W)), model.b)),
      ].map((side, index) =>
        concat([reshape(side, [20]), reshape(index === 0 ? h : einsum('nk,ik->ni', x, model.W), [8])], 0),
      ) as [Tensor, Tensor];
    },
  },
  {
    lesson: 'superposition',
    tex: raw`x'_k = \operatorname{relu} \Bigl( \lVert W_k \rVert^2 \, x_k + \sum_{j \ne k} ( W_k \cdot W_j ) \, x_j + b_k \Bigr)`,
    sides(draw) {
      const { model, x } = toy(draw);
      const agree = einsum('ik,ij->kj', model.W, model.W);
      const own = multiply(x, sum(square(model.W), { axis: 0 }));
      const others = einsum('kj,nj->nk', multiply(agree, subtract(1, identity(5))), x);
      return [toyForward(x, model), relu(add(add(own, others), model.b))];
    },
  },
  {
    lesson: 'superposition',
    tex: raw`P(\text{another is present too}) = 1 - (1 - p)^{F - 1}`,
    sides({ rng }) {
      const [p, others, games] = [0.2, 4, 20_000];
      let together = 0;
      for (let game = 0; game < games; game += 1) {
        const present = Array.from({ length: others }, () => rng.number() < p);
        if (present.some(Boolean)) together += 1;
      }
      return [number(together / games), number(1 - (1 - p) ** others)];
    },
    // Five standard deviations of a share of 0.59 among twenty thousand.
    within: 0.0175,
  },
  {
    lesson: 'superposition',
    tex: raw`u = \operatorname{relu} \bigl( W_e \, ( h - b_d ) + b_e \bigr)`,
    sides(draw) {
      const { h, parameters, autoencoder } = toy(draw);
      const { We, be, bd } = parameters;
      return [autoencoder.forward(h).latents, relu(add(einsum('ki,ni->nk', We, subtract(h, bd)), be))];
    },
  },
  {
    lesson: 'superposition',
    tex: raw`\hat h = \sum_k u_k \hat D_k + b_d`,
    sides(draw) {
      const { h, parameters, autoencoder } = toy(draw);
      const { latents, reconstruction } = autoencoder.forward(h);
      return [reconstruction, add(einsum('nk,ki->ni', latents, unit(parameters.D)), parameters.bd)];
    },
  },
  {
    lesson: 'superposition',
    tex: raw`L = \frac1N \sum_{\text{examples}} \Bigl( \lVert h - \hat h \rVert^2 + \lambda \sum_k | u_k | \Bigr)`,
    sides(draw) {
      const { h, autoencoder } = toy(draw);
      const { latents, reconstruction } = autoencoder.forward(h);
      const all = add(sum(square(subtract(h, reconstruction))), multiply(sum(abs(latents)), 0.3));
      return [sparseLoss(autoencoder, h, { sparsity: 0.3 }), divide(all, 4)];
    },
  },
  {
    lesson: 'superposition',
    tex: raw`\hat h = \sum_k \frac{u_k}{a} \, ( a D_k ) + b_d,
\qquad
\lambda \sum_k \Bigl| \frac{u_k}{a} \Bigr| = \frac{\lambda}{a} \sum_k | u_k |`,
    sides(draw) {
      const { parameters } = toy(draw);
      const [u, a] = [draw.normal(6), 7];
      const said = (latents: Tensor, D: Tensor): Tensor => add(einsum('k,ki->i', latents, D), parameters.bd);
      const price = (latents: Tensor): Tensor => expandDims(multiply(sum(abs(latents)), 0.3), 0);
      const smaller = divide(u, a);
      return [
        concat([said(smaller, multiply(parameters.D, a)), price(smaller)], 0),
        concat([said(u, parameters.D), divide(price(u), a)], 0),
      ];
    },
    within: 1e-6,
  },
  {
    lesson: 'superposition',
    tex: raw`u = \max \Bigl( 0, \; \lVert h \rVert - \frac{\lambda}{2} \Bigr)`,
    sides({ rng }) {
      const lengths = rng.uniform([6], { low: 0, high: 2, dtype: 'float64' });
      const lambda = 0.9;
      const best = (h: number): number => {
        const tried = Array.from({ length: 20_001 }, (_, k) => k / 10_000);
        const costs = tried.map((u) => (h - u) ** 2 + lambda * u);
        return tried[costs.indexOf(Math.min(...costs))]!;
      };
      return [fromData(Float64Array.from(lengths.data, best), [6]), maximum(subtract(lengths, lambda / 2), 0)];
    },
    within: 1e-4,
  },
  {
    lesson: 'superposition',
    tex: raw`c_k = \max_l \; \frac{ W_k \cdot D_l }{ \lVert W_k \rVert \, \lVert D_l \rVert }`,
    sides(draw) {
      const { model, parameters } = toy(draw);
      const truth = transpose(model.W);
      const lengths = (x: Tensor): Tensor => sqrt(sum(square(x), { axis: -1 }));
      const products = einsum('kn,ln->kl', truth, parameters.D);
      const cosines = divide(products, einsum('k,l->kl', lengths(truth), lengths(parameters.D)));
      return [bestMatches(truth, parameters.D), max(cosines, { axis: 1 })];
    },
  },
];

describe('The formulas of what weights tell, and of superposition', () => itHolds('attention', formulas));
