/**
 * The formulas of part 3 from residual connections to its end, held against numbers: what the reference solution computes, or
 * differences, on one side, and the formula, index by index, on the other.
 */
import { EncoderBlock, feedForward, gelu } from 'attention/encoder-block';
import { GatedAttention } from 'attention/gating';
import { attentionRollout, contributions, headStatistics, layerWeights } from 'attention/interpret';
import { layerNorm } from 'attention/layer-norm';
import { maskedWeights } from 'attention/masks-and-bias';
import { MultiHeadAttention } from 'attention/multi-head';
import { RowAttentionWithPairBias, pairBias } from 'attention/pair-bias';
import { gradientGain, residual, stack as stacked } from 'attention/residual';
import { SparseAutoencoder, bestMatches, sparseLoss, toyForward, toyHidden } from 'attention/superposition';
import {
  abs,
  add,
  concat,
  divide,
  einsum,
  exp,
  expandDims,
  fromData,
  linear,
  log,
  matmul,
  max,
  maximum,
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
  stack,
  subtract,
  sum,
  tanh,
  tensor,
  transpose,
  zeros,
} from '../../src/tensor';
import type { Tensor } from '../../src/tensor';
import { filled, itHolds, number, slopes, weighed } from './formulas';
import type { Draw, Formula } from './formulas';

const raw = String.raw;
const rows = { axis: -1, keepdim: true } as const;
const identity = (n: number): Tensor => filled([n, n], (i, j) => (i === j ? 1 : 0));

/** Three layers of tanh, four channels wide; the Jacobians along the way of x, plain and with shortcuts. */
function deep({ normal }: Draw) {
  const [x, dy] = [normal(1, 4), normal(1, 4)];
  const weights = [normal(4, 4), normal(4, 4), normal(4, 4)];
  const layers = weights.map((W) => (h: Tensor) => tanh(linear(h, W)));
  const jacobians = (skip: boolean): Tensor[] => {
    let h = x;
    return layers.map((layer, l) => {
      const f = layer(h);
      // ∂ tanh(W h) / ∂ h: the slope of each row, times the row.
      const J = multiply(transpose(subtract(1, square(f))), weights[l]!);
      h = skip ? add(h, f) : f;
      return J;
    });
  };
  return { x, dy, layers, jacobians };
}

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

const normed = (x: Tensor, gamma: Tensor, beta: Tensor): Tensor => layerNorm(x, { gamma, beta });

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

/** Two sequences of three residues, and what is known of their pairs; two heads of two channels. */
function alignment({ normal }: Draw) {
  const inward = (): Tensor => normal(4, 5);
  const gated = new GatedAttention(
    { Wq: inward(), Wk: inward(), Wv: inward(), Wo: normal(5, 4), bo: normal(5), Wg: inward(), bg: normal(4) },
    { heads: 2 },
  );
  const parameters = { gammaM: normal(5), betaM: normal(5), gammaZ: normal(3), betaZ: normal(3), Wb: normal(2, 3) };
  const module = new RowAttentionWithPairBias(gated, parameters);
  const [m, z] = [normal(2, 3, 5), normal(3, 3, 3)];
  const mTilde = normed(m, parameters.gammaM, parameters.betaM);
  const b = einsum('ae,ije->aij', parameters.Wb, normed(z, parameters.gammaZ, parameters.betaZ));
  const split = (W: Tensor): Tensor => reshape(linear(mTilde, W), [2, 3, 2, 2]);
  const [Q, K, V] = [split(gated.Wq), split(gated.Wk), split(gated.Wv)];
  const S = divide(einsum('siac,sjac->saij', Q, K), Math.sqrt(2));
  return { m, z, mTilde, gated, parameters, module, b, V, S };
}

/** From weights to the output of the module, by the lesson's steps row and gate. */
function outputOf({ gated, mTilde, V }: ReturnType<typeof alignment>, w: Tensor): Tensor {
  const o = reshape(einsum('saij,sjac->siac', w, V), [2, 3, 4]);
  const g = sigmoid(linear(mTilde, gated.Wg, gated.bg));
  return linear(multiply(g, o), gated.Wo, gated.bo);
}

const formulas: readonly Formula[] = [
  {
    lesson: 'residual',
    tex: raw`y = x + f(x)`,
    sides({ normal }) {
      const x = normal(3, 4);
      return [residual(square, x), add(x, square(x))];
    },
  },
  {
    lesson: 'residual',
    tex: raw`dx = \Bigl( I + J \Bigr)^\top dy = dy + J^\top dy`,
    sides(draw) {
      const { x, dy, layers, jacobians } = deep(draw);
      const [J] = jacobians(true);
      return [slopes((at) => weighed(residual(layers[0]!, at), dy), x), add(dy, matmul(dy, J!))];
    },
    within: 1e-7,
  },
  {
    lesson: 'residual',
    tex: raw`dx = J_1^\top J_2^\top \cdots J_L^\top \, dy
\qquad\text{against}\qquad
dx = (I + J_1)^\top (I + J_2)^\top \cdots (I + J_L)^\top \, dy`,
    sides(draw) {
      const { x, dy, layers, jacobians } = deep(draw);
      const sides = [false, true].map((skip) => {
        const numeric = slopes((at) => weighed(stacked(layers, { skip })(at), dy), x);
        const factors = jacobians(skip).map((J) => (skip ? add(identity(4), J) : J));
        // In rows: dyᵀ J_L … J_1.
        return [numeric, factors.reduceRight((dx, factor) => matmul(dx, factor), dy)] as const;
      });
      return [
        concat(
          sides.map(([left]) => left),
          0,
        ),
        concat(
          sides.map(([, right]) => right),
          0,
        ),
      ];
    },
    within: 1e-6,
  },
  {
    lesson: 'residual',
    tex: raw`\text{gain} = \frac{\lVert dx \rVert}{\lVert dy \rVert},
\qquad
\lVert v \rVert = \sqrt{\sum_i v_i^2}`,
    sides(draw) {
      const { x, dy, layers } = deep(draw);
      const dx = slopes((at) => weighed(layers[0]!(at), dy), x);
      const length = (v: Tensor): Tensor => sqrt(sum(square(v)));
      return [number(gradientGain(layers[0]!, x, dy)), divide(length(dx), length(dy))];
    },
    within: 1e-7,
  },
  {
    lesson: 'encoder-block',
    tex: raw`\operatorname{gelu}(x) = x \cdot \Phi(x) = x \cdot \tfrac12 \left( 1 + \operatorname{erf}\frac{x}{\sqrt2} \right)`,
    sides({ normal }) {
      // Φ is the area below the bell curve, added up in small strips.
      const x = normal(3);
      const area = (to: number): number => {
        const [from, strips] = [-9, 40_000];
        const width = (to - from) / strips;
        let total = 0;
        for (let k = 0; k < strips; k += 1) total += Math.exp(-((from + (k + 0.5) * width) ** 2) / 2);
        return (total * width) / Math.sqrt(2 * Math.PI);
      };
      return [gelu(x), multiply(x, fromData(Float64Array.from(x.data, area), [3]))];
    },
    within: 1e-6,
  },
  {
    lesson: 'encoder-block',
    tex: raw`\operatorname{ff}(h) = W_2 \, \operatorname{gelu}( W_1 h + b_1 ) + b_2`,
    sides(draw) {
      const { x, parameters } = block(draw);
      const { W1, b1, W2, b2 } = parameters;
      const inner = gelu(add(einsum('md,id->im', W1, x), b1));
      return [feedForward(x, parameters), add(einsum('dm,im->id', W2, inner), b2)];
    },
  },
  {
    lesson: 'encoder-block',
    tex: raw`h = \operatorname{norm}_1 \bigl( x + \operatorname{attention}(x) \bigr)`,
    sides(draw) {
      const { x, attention, parameters } = block(draw);
      const { gamma1, beta1, gamma2, beta2 } = parameters;
      // With a silent feed-forward network the block is this, and the second norm.
      const silent = new EncoderBlock(attention, { ...parameters, W2: zeros([4, 6]), b2: zeros([4]) });
      const h = normed(add(x, attention.forward(x)), gamma1, beta1);
      return [silent.forward(x), normed(h, gamma2, beta2)];
    },
  },
  {
    lesson: 'encoder-block',
    tex: raw`y = \operatorname{norm}_2 \bigl( h + \operatorname{ff}(h) \bigr)`,
    sides(draw) {
      const { x, attention, parameters, block: whole } = block(draw);
      const { gamma1, beta1, gamma2, beta2 } = parameters;
      const h = normed(add(x, attention.forward(x)), gamma1, beta1);
      return [whole.forward(x), normed(add(h, feedForward(h, parameters)), gamma2, beta2)];
    },
  },
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
  {
    lesson: 'pair-bias',
    tex: raw`b_{a \, ij} = \sum_e (W_b)_{ae} \; \tilde z_{ij \, e}`,
    sides(draw) {
      const { z, parameters, b } = alignment(draw);
      return [pairBias(z, parameters), b];
    },
  },
  {
    lesson: 'pair-bias',
    tex: raw`w_{s a \, ij} = \operatorname{softmax}_j \Bigl( \frac{ Q_{s a i} \cdot K_{s a j} }{\sqrt c} + b_{a \, ij} \Bigr)`,
    sides(draw) {
      const all = alignment(draw);
      return [all.module.forward(all.m, all.z), outputOf(all, softmax(add(all.S, all.b), -1))];
    },
  },
  {
    lesson: 'pair-bias',
    tex: raw`w_{ij} = \frac{ e^{b_{ij}} \, e^{S_{ij}} }{ \sum_l e^{b_{il}} \, e^{S_{il}} }`,
    sides({ normal }) {
      const [Q, K, bias] = [normal(3, 2), normal(4, 2), normal(3, 4)];
      const S = divide(matmul(Q, transpose(K)), Math.sqrt(2));
      const product = multiply(exp(bias), exp(S));
      return [maskedWeights(Q, K, { bias }), divide(product, sum(product, rows))];
    },
  },
  {
    lesson: 'pair-bias',
    tex: raw`y_{si} = W_o \bigl( \sigma( W_g \tilde m_{si} + b_g ) \odot o_{si} \bigr) + b_o`,
    sides(draw) {
      const all = alignment(draw);
      // Without a preference of any pair, what is left is the gated module on normalised rows.
      const silent = new RowAttentionWithPairBias(all.gated, { ...all.parameters, Wb: zeros([2, 3]) });
      return [silent.forward(all.m, all.z), outputOf(all, softmax(all.S, -1))];
    },
  },
  {
    lesson: 'pair-bias',
    tex: raw`m_{sj} = 0 \quad\Rightarrow\quad w_{s a \, ij} = 0 \text{ for all } a \text{ and } i`,
    sides(draw) {
      const all = alignment(draw);
      const mask = tensor([
        [1, 0, 1],
        [1, 1, 1],
      ]);
      const shares = multiply(exp(add(all.S, all.b)), reshape(mask, [2, 1, 1, 3]));
      return [all.module.forward(all.m, all.z, mask), outputOf(all, divide(shares, sum(shares, rows)))];
    },
  },
  {
    lesson: 'pair-bias',
    tex: raw`db_{a \, ij} = \sum_{s} dS_{s a \, ij}`,
    sides(draw) {
      const all = alignment(draw);
      const dy = draw.normal(2, 3, 5);
      const loss = (S: Tensor, b: Tensor): number => weighed(outputOf(all, softmax(add(S, b), -1)), dy);
      const db = slopes((at) => loss(all.S, at), all.b);
      return [
        db,
        sum(
          slopes((at) => loss(at, all.b), all.S),
          { axis: 0 },
        ),
      ];
    },
    within: 1e-7,
  },
];

describe('The formulas of part 3, from residual connections to its end', () => itHolds('attention', formulas));
