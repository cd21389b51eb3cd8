/**
 * The formulas of what a transformer is made of, from residual connections to AlphaFold's pair bias, held against numbers:
 * what the reference solution computes, or differences, on one side, and the formula, index by index, on the other.
 */
import { EncoderBlock, feedForward, gelu } from 'attention/encoder-block';
import { GatedAttention } from 'attention/gating';
import { layerNorm } from 'attention/layer-norm';
import { maskedWeights } from 'attention/masks-and-bias';
import { MultiHeadAttention } from 'attention/multi-head';
import { RowAttentionWithPairBias, pairBias } from 'attention/pair-bias';
import { gradientGain, residual, stack as stacked } from 'attention/residual';
import {
  add,
  concat,
  divide,
  einsum,
  exp,
  fromData,
  linear,
  matmul,
  multiply,
  reshape,
  sigmoid,
  softmax,
  sqrt,
  square,
  subtract,
  sum,
  tanh,
  tensor,
  transpose,
  zeros,
} from '../../src/tensor';
import type { Tensor } from '../../src/tensor';
import { identity, itHolds, number, raw, rows, slopes, weighed } from './formulas';
import type { Draw, Formula } from './formulas';

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
    tex: raw`\text{mask}_{sj} = 0 \quad\Rightarrow\quad w_{s a \, ij} = 0 \text{ for all } a \text{ and } i`,
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

describe('The formulas of residual connections, the encoder block and the pair bias', () =>
  itHolds('attention', formulas));
