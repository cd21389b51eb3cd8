import { defineChecks } from 'authoring';
import { add, astype, broadcastTo, linear, matmul, ones, Tensor, tensor, zeros } from 'tensor';
import type { Random, Shape } from 'tensor';
import type { AttentionGradients } from './stub';

type Attend = typeof import('attention/attend');
type SelfAttention = typeof import('attention/dynamic-queries');

interface Sizes {
  readonly leading?: Shape;
  readonly q: number;
  readonly k: number;
  readonly c: number;
  readonly v: number;
}

/** Inputs and an upstream gradient in float64, which is what differences are taken in. */
function inputs(random: Random, { leading = [], q, k, c, v }: Sizes) {
  const normal = (...size: number[]): Tensor => random.normal([...leading, ...size], { dtype: 'float64' });
  return { dO: normal(q, v), Q: normal(q, c), K: normal(k, c), V: normal(k, v) };
}

type Inputs = ReturnType<typeof inputs>;

/** A loss whose gradient with respect to the answers is `dO`. */
function lossOf(dO: Tensor, O: Tensor): number {
  return dO.data.reduce((sum, d, place) => sum + d * O.data[place]!, 0);
}

/** The specification: each input moved, and the answers of the learner's own attend watched. */
function losses(attend: (Q: Tensor, K: Tensor, V: Tensor) => Promise<Tensor>, { dO, Q, K, V }: Inputs) {
  return {
    dQ: { at: Q, of: async (moved: Tensor) => lossOf(dO, await attend(moved, K, V)) },
    dK: { at: K, of: async (moved: Tensor) => lossOf(dO, await attend(Q, moved, V)) },
    dV: { at: V, of: async (moved: Tensor) => lossOf(dO, await attend(Q, K, moved)) },
  };
}

const names: readonly (keyof AttentionGradients)[] = ['dV', 'dQ', 'dK'];

const sizes: readonly Sizes[] = [
  { q: 3, k: 4, c: 2, v: 5 },
  { q: 2, k: 3, c: 5, v: 1 },
  { q: 1, k: 2, c: 3, v: 2 },
  { q: 4, k: 1, c: 2, v: 3 },
];

// `answer?.dQ` and not a pattern in the checks below: what comes from a learner need not be an object at all.

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's gradients": {
    step: 'dS',
    async run({ learner, expect }) {
      const Q = tensor([
        [0, 2, 0, 0],
        [0, 1, 2, 0],
      ]);
      const K = tensor([
        [2, 0, 0, 0],
        [0, 2, 0, 0],
        [0, 0, 2, 0],
      ]);
      const V = tensor([
        [0, 0],
        [10, 0],
        [0, 10],
      ]);
      const dO = tensor([
        [1, -1],
        [0, 1],
      ]);
      const expected = {
        dQ: tensor([
          [-0.725, 2.515, -1.79, 0],
          [-0.599, -1.628, 2.227, 0],
        ]),
        dK: tensor([
          [0, -1.024, -0.599, 0],
          [0, 1.701, -1.628, 0],
          [0, -0.676, 2.227, 0],
        ]),
        dV: tensor([
          [0.107, -0.016],
          [0.787, -0.542],
          [0.107, 0.559],
        ]),
      };
      // The lesson gives three decimals.
      expect.close(await learner.attendBackward(dO, { Q, K, V }), expected, {
        tolerance: { absolute: 6e-4, relative: 0 },
      });
    },
  },

  'dV agrees with central differences': {
    step: 'dV',
    async run({ learner, earlier, random, expect }) {
      const { attend } = earlier<Attend>('attention/attend');
      for (const size of sizes) {
        const all = inputs(random, size);
        const answer = await learner.attendBackward(all.dO, all);
        await expect.gradient(answer?.dV, { ...losses(attend, all).dV, subject: 'dV' });
      }
    },
  },

  'dQ agrees with central differences': {
    step: 'dQ',
    async run({ learner, earlier, random, expect }) {
      const { attend } = earlier<Attend>('attention/attend');
      for (const size of sizes) {
        const all = inputs(random, size);
        const answer = await learner.attendBackward(all.dO, all);
        await expect.gradient(answer?.dQ, { ...losses(attend, all).dQ, subject: 'dQ' });
      }
    },
  },

  'dK agrees with central differences': {
    step: 'dK',
    async run({ learner, earlier, random, expect }) {
      const { attend } = earlier<Attend>('attention/attend');
      for (const size of sizes) {
        const all = inputs(random, size);
        const answer = await learner.attendBackward(all.dO, all);
        await expect.gradient(answer?.dK, { ...losses(attend, all).dK, subject: 'dK' });
      }
    },
  },

  'if all keys tell the same, no score is worth moving': {
    step: 'dw',
    async run({ learner, random, expect }) {
      const { dO, Q, K } = inputs(random, { q: 3, k: 4, c: 2, v: 5 });
      const V = broadcastTo(random.normal([5], { dtype: 'float64' }), [4, 5]);
      const answer = await learner.attendBackward(dO, { Q, K, V });
      expect.close(answer?.dQ, zeros([3, 2], { dtype: 'float64' }), { subject: 'dQ' });
      expect.close(answer?.dK, zeros([4, 2], { dtype: 'float64' }), { subject: 'dK' });
    },
  },

  'the values receive as much as the answers sent': {
    step: 'dV',
    async run({ learner, random, expect }) {
      // Weights of a row sum to one, so what a query sends back is shared out among the values and none of it is lost.
      const { Q, K, V } = inputs(random, { q: 3, k: 4, c: 2, v: 2 });
      const answer = await learner.attendBackward(ones([3, 2], { dtype: 'float64' }), { Q, K, V });
      const dV = answer?.dV as Tensor | undefined;
      expect.close(
        Array.from(dV?.data ?? []).reduce((sum, d) => sum + d, 0),
        6,
        { subject: 'the sum of dV' },
      );
    },
  },

  'a query moves its own answer only': {
    step: 'dQ-survive',
    async run({ learner, earlier, random, expect }) {
      const { attend } = earlier<Attend>('attention/attend');
      const all = inputs(random, { q: 3, k: 4, c: 2, v: 3 });
      // Only the answer to query 1 matters to this loss, so no other query can have a gradient.
      all.dO.data.fill(0, 0, 3);
      all.dO.data.fill(0, 6, 9);
      const answer = await learner.attendBackward(all.dO, all);
      await expect.gradient(answer?.dQ, { ...losses(attend, all).dQ, subject: 'dQ' });
    },
  },

  'leading axes are carried along': {
    step: 'dw',
    async run({ learner, earlier, random, expect }) {
      const { attend } = earlier<Attend>('attention/attend');
      for (const leading of [[3], [2, 1, 2]]) {
        const all = inputs(random, { leading, q: 2, k: 3, c: 2, v: 2 });
        const answer = await learner.attendBackward(all.dO, all);
        const moving = losses(attend, all);
        for (const name of names) await expect.gradient(answer?.[name], { ...moving[name], subject: name });
      }
    },
  },

  'nothing is mistaken when all sizes are equal': {
    step: 'dQ-write',
    async run({ learner, earlier, random, expect }) {
      const { attend } = earlier<Attend>('attention/attend');
      // Here a transpose too many, or one too few, still has the right shape.
      const all = inputs(random, { leading: [3], q: 3, k: 3, c: 3, v: 3 });
      const answer = await learner.attendBackward(all.dO, all);
      const moving = losses(attend, all);
      for (const name of names) await expect.gradient(answer?.[name], { ...moving[name], subject: name });
    },
  },

  'in self-attention, a token receives a gradient for each of its roles': {
    step: 'roles',
    async run({ learner, earlier, random, expect }) {
      const { selfAttention } = earlier<SelfAttention>('attention/dynamic-queries');
      const normal = (...shape: number[]): Tensor => random.normal(shape, { std: 0.7, dtype: 'float64' });
      const [x, dO] = [normal(4, 3), normal(4, 5)];
      const weights = { Wq: normal(2, 3), Wk: normal(2, 3), Wv: normal(5, 3) };
      const roles = { Q: linear(x, weights.Wq), K: linear(x, weights.Wk), V: linear(x, weights.Wv) };
      const answer = await learner.attendBackward(dO, roles);
      const given = (gradient: unknown, like: Tensor): Tensor => {
        const fits = gradient instanceof Tensor && gradient.shape.join() === like.shape.join();
        expect.that(fits, 'Each gradient should have the shape of what it belongs to.', gradient);
        return fits ? astype(gradient, 'float64') : like;
      };
      const dQ = given(answer?.dQ, roles.Q);
      const dK = given(answer?.dK, roles.K);
      const dV = given(answer?.dV, roles.V);
      const dx = add(add(matmul(dQ, weights.Wq), matmul(dK, weights.Wk)), matmul(dV, weights.Wv));
      const loss = async (moved: Tensor): Promise<number> => lossOf(dO, await selfAttention(moved, weights));
      await expect.gradient(dx, { of: loss, at: x, subject: 'dx' });
    },
  },

  'no queries, nothing to learn': {
    async run({ learner, random, expect }) {
      const { dO, Q, K, V } = inputs(random, { q: 0, k: 3, c: 2, v: 4 });
      const nothing = { dQ: zeros([0, 2]), dK: zeros([3, 2]), dV: zeros([3, 4]) };
      expect.close(await learner.attendBackward(dO, { Q, K, V }), nothing);
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { dO, Q, K, V } = inputs(random, { q: 2, k: 3, c: 4, v: 2 });
      await learner.attendBackward(dO, { Q, K, V });
      expect.inputsUnchanged();
    },
  },
});
