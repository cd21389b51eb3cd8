import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { DType, Random, Shape, Tensor } from 'tensor';
import type { Projections } from './stub';

type Stub = typeof import('./stub');

/** The specification in plain loops: one sentence after the other, one asking token after the other. */
function attention(x: Tensor, { Wq, Wk, Wv }: Projections): Tensor {
  const [n = 0, d = 0] = x.shape.slice(-2);
  const sentences = n * d === 0 ? 0 : x.size / (n * d);
  const values = x.data;
  const projected = (W: Tensor, row: number, k: number): number => {
    let sum = 0;
    for (let i = 0; i < d; i += 1) sum += W.at(k, i) * values[row * d + i]!;
    return sum;
  };
  const [c = 0, v = 0] = [Wq.shape[0], Wv.shape[0]];
  const out: number[] = [];
  for (let row = 0; row < sentences * n; row += 1) {
    const start = row - (row % n);
    const scores = Array.from({ length: n }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < c; k += 1) sum += projected(Wq, row, k) * projected(Wk, start + j, k);
      return sum / Math.sqrt(c);
    });
    const largest = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - largest));
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (let k = 0; k < v; k += 1) {
      out.push(shares.reduce((sum, share, j) => sum + (share / total) * projected(Wv, start + j, k), 0));
    }
  }
  return fromData(Float64Array.from(out), [...x.shape.slice(0, -1), v]);
}

interface Sizes {
  readonly shape: Shape;
  readonly c: number;
  readonly v: number;
  readonly dtype?: DType;
}

/** Tokens and weights of variance 1/d, so that no score is large enough to take all attention. */
function inputs(random: Random, { shape, c, v, dtype = 'float32' }: Sizes) {
  const d = shape.at(-1) ?? 1;
  const weight = (rows: number): Tensor => random.normal([rows, d], { std: 1.5 / Math.sqrt(d), dtype });
  return { x: random.normal(shape, { dtype }), weights: { Wq: weight(c), Wk: weight(c), Wv: weight(v) } };
}

interface Asking {
  readonly x: Tensor;
  readonly weights: Projections;
  readonly dOut: Tensor;
}

const gradients = ({ selfAttention, tensor: { backward, grad, parameter } }: Beside<Stub>, asking: Asking) => {
  const x = parameter(asking.x);
  const [Wq, Wk, Wv] = [asking.weights.Wq, asking.weights.Wk, asking.weights.Wv].map((W) => parameter(W));
  backward(selfAttention(x, { Wq: Wq!, Wk: Wk!, Wv: Wv! }), asking.dOut);
  return { x: grad(x), Wq: grad(Wq!), Wk: grad(Wk!), Wv: grad(Wv!) };
};

export default defineChecks<Stub, typeof import('./solution')>({
  'the pronouns learn who is meant': {
    step: 'together',
    async run({ learner, expect }) {
      const x = tensor([
        [1, 0, 1, 0, 1],
        [1, 0, 0, 1, 0],
        [0, 1, 1, 0, -1],
        [0, 1, 0, 1, 0],
      ]);
      const Wq = tensor([
        [3, 0, 0, 0, 0],
        [0, 3, 0, 0, 0],
        [0, 0, 0, 3, 0],
      ]);
      const Wk = tensor([
        [1, 0, 0, 0, 0],
        [0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0],
      ]);
      const told = tensor([[3.4967], [5.9422], [-3.4967], [-5.9422]]);
      expect.close(await learner.selfAttention(x, { Wq, Wk, Wv: tensor([[0, 0, 0, 0, 10]]) }), told);
    },
  },

  'tokens, channels, queries and values may all differ in number': {
    step: 'project',
    async run({ learner, random, expect }) {
      for (const sizes of [
        { shape: [4, 5], c: 3, v: 2 },
        { shape: [2, 3], c: 6, v: 4 },
        { shape: [5, 1], c: 2, v: 3 },
        { shape: [3, 4], c: 1, v: 1 },
        { shape: [4, 4], c: 4, v: 4 },
        { shape: [9, 16], c: 11, v: 7 },
      ]) {
        const { x, weights } = inputs(random, sizes);
        expect.close(await learner.selfAttention(x, weights), attention(x, weights));
      }
    },
  },

  'asking and being asked are two things': {
    step: 'bilinear',
    async run({ learner, random, expect }) {
      // Square weights of one size: whatever is exchanged here still has the right shape.
      const { x, weights } = inputs(random, { shape: [5, 3], c: 3, v: 3 });
      expect.close(await learner.selfAttention(x, weights), attention(x, weights));
    },
  },

  'sentences of a batch do not see each other': {
    step: 'together',
    async run({ learner, random, expect }) {
      for (const shape of [
        [3, 4, 5],
        [2, 3, 2, 5],
        [1, 2, 5],
        [4, 4, 4],
      ]) {
        const { x, weights } = inputs(random, { shape, c: 4, v: 2 });
        expect.close(await learner.selfAttention(x, weights), attention(x, weights));
      }
    },
  },

  'a token alone hears itself': {
    step: 'together',
    async run({ learner, random, expect }) {
      const { x, weights } = inputs(random, { shape: [1, 3], c: 4, v: 2 });
      expect.close(await learner.selfAttention(x, weights), attention(x, weights));
    },
  },

  'gradients reach the tokens and all three weights': {
    step: 'project',
    async run({ beside, random, expect }) {
      const { x, weights } = inputs(random, { shape: [2, 4, 3], c: 2, v: 5, dtype: 'float64' });
      const asking = { x, weights, dOut: random.normal([2, 4, 5], { dtype: 'float64' }) };
      const expected = await beside.reference(gradients, asking);
      const answer = await beside(gradients, asking);
      for (const name of ['Wq', 'Wk', 'Wv', 'x'] as const) {
        expect.close(answer?.[name], expected[name], { subject: `the gradient of ${name}` });
      }
    },
  },

  'weights for other channels are refused, and the message names both numbers': {
    step: 'project',
    async run({ learner, random, expect }) {
      const { weights } = inputs(random, { shape: [3, 4], c: 2, v: 2 });
      await expect.throws(learner.selfAttention(random.normal([3, 7]), weights), {
        because: 'the tokens have 7 channels and the weights are for 4',
        mentioning: ['7', '4'],
      });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { x, weights } = inputs(random, { shape: [3, 4], c: 2, v: 5 });
      await learner.selfAttention(x, weights);
      expect.inputsUnchanged();
    },
  },
});
