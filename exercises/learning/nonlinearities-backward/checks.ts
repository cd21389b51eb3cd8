import { defineChecks } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { Random, Shape, Tensor } from 'tensor';

type Forward = typeof import('learning/nonlinearities');

/** Entries in float64, which is what differences are taken in, of both signs and at a distance from the kink at 0. */
function awayFromZero(random: Random, shape: Shape): Tensor {
  const x = random.uniform(shape, { low: 0.1, high: 3, dtype: 'float64' });
  x.data.forEach((value, place) => (x.data[place] = random.number() < 0.5 ? value : -value));
  return x;
}

/** A loss whose gradient with respect to `y` is `dy`. */
function lossOf(dy: Tensor, y: Tensor): number {
  return y.data.reduce((loss, value, place) => loss + value * (dy.data[place] ?? NaN), 0);
}

/** The specification: the slope at each entry, times the upstream gradient there. */
function sloped(dy: Tensor, kept: Tensor, slope: (value: number) => number): Tensor {
  const dx = zeros(dy.shape, { dtype: dy.dtype });
  dy.data.forEach((value, place) => (dx.data[place] = value * slope(kept.data[place] ?? NaN)));
  return dx;
}

const reluSlope = (x: number): number => (x > 0 ? 1 : 0);
const sigmoidSlope = (y: number): number => y * (1 - y);
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

const shapes: readonly Shape[] = [
  [3, 4],
  [1, 6],
  [5, 1],
];

// `answer?.dx` and not a pattern in the checks below: what comes from a learner need not be an object at all.

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's gradients": {
    step: 'chain',
    async run({ learner, expect }) {
      const dy = tensor([[0.2, 0.7, -0.4, 1, -0.3]]);
      const relued = await learner.reluBackward(dy, { x: tensor([[3, -2, 0.5, -0.1, 4]]) });
      expect.close(relued, { dx: tensor([[0.2, 0, -0.4, 0, -0.3]]) });
      const squashed = await learner.sigmoidBackward(tensor([2]), { y: tensor([0.8]) });
      expect.close(squashed, { dx: tensor([0.32]) });
    },
  },

  'the gradient through your relu agrees with central differences': {
    step: 'relu-mask',
    async run({ learner, earlier, random, expect }) {
      const { relu } = earlier<Forward>('learning/nonlinearities');
      for (const shape of shapes) {
        const [x, dy] = [awayFromZero(random, shape), random.normal(shape, { dtype: 'float64' })];
        const answer = await learner.reluBackward(dy, { x });
        const loss = async (inputs: Tensor) => lossOf(dy, await relu(inputs));
        await expect.gradient(answer?.dx, { of: loss, at: x, subject: 'dx of the ReLU' });
      }
    },
  },

  'at the kink itself nothing passes': {
    step: 'relu-mask',
    async run({ learner, expect }) {
      const answer = await learner.reluBackward(tensor([5, 6, -7]), { x: tensor([0, 1, 0]) });
      expect.close(answer?.dx, tensor([0, 6, 0]), { subject: 'dx of the ReLU' });
    },
  },

  'the gradient through your sigmoid agrees with central differences': {
    step: 'sigmoid',
    async run({ learner, earlier, random, expect }) {
      const { sigmoid } = earlier<Forward>('learning/nonlinearities');
      for (const shape of shapes) {
        const [x, dy] = [awayFromZero(random, shape), random.normal(shape, { dtype: 'float64' })];
        const y = zeros(shape, { dtype: 'float64' });
        x.data.forEach((value, place) => (y.data[place] = logistic(value)));
        const answer = await learner.sigmoidBackward(dy, { y });
        const loss = async (inputs: Tensor) => lossOf(dy, await sigmoid(inputs));
        await expect.gradient(answer?.dx, { of: loss, at: x, subject: 'dx of the sigmoid' });
      }
    },
  },

  'the slope of the sigmoid is a quarter in the middle and less on both sides': {
    step: 'slope',
    async run({ learner, expect }) {
      const y = tensor([0.5, 0.1, 0.9, 0.25]);
      const answer = await learner.sigmoidBackward(tensor([1, 1, 1, 4]), { y });
      expect.close(answer?.dx, tensor([0.25, 0.09, 0.09, 0.75]), { subject: 'dx of the sigmoid' });
    },
  },

  'a saturated sigmoid passes nothing, and no NaN either': {
    step: 'saturate',
    async run({ learner, expect }) {
      const answer = await learner.sigmoidBackward(tensor([3, -3, 1]), { y: tensor([0, 1, 1e-6]) });
      expect.close(answer?.dx, tensor([0, 0, 1e-6]), {
        subject: 'dx of the sigmoid',
        // Tighter than usual: a slope of 1e-6 is to be told apart from none.
        tolerance: { absolute: 1e-9, relative: 1e-4 },
      });
    },
  },

  'tensors of every rank keep their shape': {
    step: 'chain',
    async run({ learner, random, expect }) {
      for (const shape of [[], [4], [2, 3, 2], [0, 3]]) {
        const [x, dy] = [awayFromZero(random, shape), random.normal(shape, { dtype: 'float64' })];
        expect.close(await learner.reluBackward(dy, { x }), { dx: sloped(dy, x, reluSlope) });
        const y = random.uniform(shape, { low: 0.1, high: 0.9, dtype: 'float64' });
        expect.close(await learner.sigmoidBackward(dy, { y }), { dx: sloped(dy, y, sigmoidSlope) });
      }
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const dy = fromData(Float32Array.of(1, -2, 3), [3]);
      await learner.reluBackward(dy, { x: random.normal([3]) });
      await learner.sigmoidBackward(dy, { y: random.uniform([3]) });
      expect.inputsUnchanged();
    },
  },
});
