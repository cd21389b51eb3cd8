import { defineChecks } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { DType, Random, Tensor } from 'tensor';

type Tensors = Readonly<Record<string, Tensor>>;

const shapes = { W1: [4, 3], b1: [4], W2: [2, 4], scale: [] } as const;

function drawn(random: Random, dtype: DType = 'float32'): Tensors {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, random.normal(shape, { dtype })]));
}

/** A tensor of numbers that are computed place by place from those of others. */
function each(like: Tensor, compute: (place: number) => number): Tensor {
  const values = Float64Array.from(like.data, (_, place) => compute(place));
  return fromData(like.dtype === 'float64' ? values : Float32Array.from(values), like.shape);
}

const at = (tensors: Tensors | undefined, name: string, place: number): number => tensors?.[name]?.data[place] ?? 0;

function byName(parameters: Tensors, compute: (name: string, place: number) => number): Tensors {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, like]) => [name, each(like, (place) => compute(name, place))]),
  );
}

const adam = { rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/**
 * The specification of Adam from its gradients alone: every running mean as the weighted sum that it stands for, divided
 * by the sum of its weights.
 */
function adamAfter(start: Tensors, history: readonly Tensors[], options: typeof adam | AdamNumbers): Tensors {
  const { rate, beta1, beta2, epsilon } = options;
  const meanOf = (values: readonly number[], beta: number): number => {
    const weights = values.map((_, step) => beta ** (values.length - 1 - step));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return values.reduce((sum, value, step) => sum + value * (weights[step] ?? NaN), 0) / total;
  };
  return byName(start, (name, place) => {
    const gradients = history.map((gradient) => at(gradient, name, place));
    return gradients.reduce(
      (parameter, _, step) => {
        const soFar = gradients.slice(0, step + 1);
        const meanSquare = meanOf(
          soFar.map((g) => g * g),
          beta2,
        );
        return parameter - (rate * meanOf(soFar, beta1)) / (Math.sqrt(meanSquare) + epsilon);
      },
      at(start, name, place),
    );
  });
}

interface AdamNumbers {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

const exact = { absolute: 1e-11, relative: 1e-11 };

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's three steps of momentum": {
    step: 'velocity',
    async run({ learner, expect }) {
      let parameters: Tensors = { w: tensor([5]) };
      let velocities: Tensors | undefined;
      for (const [w, v] of [
        [4, 1],
        [2.1, 1.9],
        [-0.61, 2.71],
      ] as const) {
        const answer = await learner.momentumStep(
          parameters,
          { w: tensor([1]) },
          { rate: 1, momentum: 0.9, velocities },
        );
        expect.close(answer, { parameters: { w: tensor([w]) }, velocities: { w: tensor([v]) } });
        ({ parameters, velocities } = answer);
      }
    },
  },

  'the first step of momentum is the plain one': {
    step: 'velocity',
    async run({ learner, random, expect }) {
      const [parameters, gradients] = [drawn(random), drawn(random)];
      const answer = await learner.momentumStep(parameters, gradients, { rate: 0.3, momentum: 0.8 });
      const expected = byName(parameters, (name, i) => at(parameters, name, i) - 0.3 * at(gradients, name, i));
      expect.close(answer?.parameters, expected, { subject: 'the parameters' });
      expect.close(answer?.velocities, gradients, { subject: 'the velocities' });
    },
  },

  'the velocity is the sum of all gradients, the older the less': {
    step: 'velocity',
    async run({ learner, random, expect }) {
      const options = { rate: 0.2, momentum: 0.7 };
      const start = drawn(random, 'float64');
      const history: Tensors[] = [];
      let [parameters, velocities]: [Tensors, Tensors | undefined] = [start, undefined];
      let expected = start;
      for (let step = 0; step < 5; step += 1) {
        const gradients = drawn(random, 'float64');
        history.push(gradients);
        const sums = byName(start, (name, i) =>
          history.reduce((sum, old, age) => sum + options.momentum ** (step - age) * at(old, name, i), 0),
        );
        const before = expected;
        expected = byName(start, (name, i) => at(before, name, i) - options.rate * at(sums, name, i));
        const answer = await learner.momentumStep(parameters, gradients, { ...options, velocities });
        expect.close(answer?.velocities, sums, { subject: `the velocities of step ${step + 1}`, tolerance: exact });
        expect.close(answer?.parameters, expected, { subject: `the parameters of step ${step + 1}`, tolerance: exact });
        ({ parameters, velocities } = answer);
      }
    },
  },

  'the running means of Adam are those of the lesson': {
    step: 'means',
    async run({ learner, expect }) {
      const first = await learner.adamStep({ w: tensor([1]) }, { w: tensor([4]) }, adam);
      expect.close(
        first?.state,
        { first: { w: tensor([0.4]) }, second: { w: tensor([0.016]) }, time: 1 },
        { subject: 'the state after a gradient of 4' },
      );
      const second = await learner.adamStep({ w: tensor([1]) }, { w: tensor([-2]) }, { ...adam, state: first.state });
      expect.close(
        second?.state,
        { first: { w: tensor([0.16]) }, second: { w: tensor([0.019984]) }, time: 2 },
        { subject: 'the state after a gradient of −2' },
      );
    },
  },

  'the first step of Adam has the length of the rate, however steep it is': {
    step: 'bias',
    async run({ learner, expect }) {
      const parameters = { w: tensor([1, 1, 1, 1]) };
      const gradients = { w: tensor([3e-3, -0.5, 40, -7000]) };
      const answer = await learner.adamStep(parameters, gradients, adam);
      expect.close(answer?.parameters, { w: tensor([0.9, 1.1, 0.9, 1.1]) }, { subject: 'the parameters' });
    },
  },

  'many steps of Adam agree with means taken from scratch': {
    step: 'bias',
    async run({ learner, random, expect }) {
      for (const options of [adam, { rate: 0.03, beta1: 0.5, beta2: 0.8, epsilon: 1e-3 }]) {
        const start = drawn(random, 'float64');
        const history: Tensors[] = [];
        let parameters = start;
        let state: Awaited<ReturnType<typeof learner.adamStep>>['state'] | undefined;
        for (let step = 0; step < 6; step += 1) {
          history.push(drawn(random, 'float64'));
          const answer = await learner.adamStep(parameters, history[step]!, { ...options, state });
          const subject = `the parameters of step ${step + 1}`;
          expect.close(answer?.parameters, adamAfter(start, history, options), { subject, tolerance: exact });
          ({ parameters, state } = answer);
        }
      }
    },
  },

  'the small number is added to the root, not under it': {
    step: 'stride',
    async run({ learner, expect }) {
      // A gradient as small as ε: then m̂ / (√ŝ + ε) is one half, while under the root ε would be all that counts.
      const [parameters, gradients] = [
        { w: tensor([2, 2], { dtype: 'float64' }) },
        { w: tensor([1e-8, -3e-8], { dtype: 'float64' }) },
      ];
      const answer = await learner.adamStep(parameters, gradients, adam);
      expect.close(
        answer?.parameters,
        { w: tensor([1.95, 2.075], { dtype: 'float64' }) },
        { subject: 'the parameters' },
      );
    },
  },

  'where there is no slope nothing moves': {
    step: 'stride',
    async run({ learner, random, expect }) {
      const parameters = drawn(random);
      const flat = byName(parameters, () => 0);
      const straight = await learner.adamStep(parameters, flat, adam);
      expect.close(straight?.parameters, parameters, { subject: 'the parameters' });
      const rolling = await learner.momentumStep(parameters, flat, { rate: 0.1, momentum: 0.9 });
      expect.close(rolling?.parameters, parameters, { subject: 'the parameters' });
    },
  },

  'float64 stays float64, and no parameters are no trouble': {
    async run({ learner, random, expect }) {
      const [parameters, gradients] = [drawn(random, 'float64'), drawn(random, 'float64')];
      const rolling = await learner.momentumStep(parameters, gradients, { rate: 0.1, momentum: 0.9 });
      expect.equal(rolling?.parameters?.['W1']?.dtype, 'float64', { subject: 'the dtype of W1 after momentum' });
      const striding = await learner.adamStep(parameters, gradients, adam);
      expect.equal(striding?.parameters?.['W1']?.dtype, 'float64', { subject: 'the dtype of W1 after Adam' });
      const nothing = await learner.adamStep({}, {}, adam);
      expect.equal(nothing, { parameters: {}, state: { first: {}, second: {}, time: 1 } });
      const still = await learner.momentumStep({}, {}, { rate: 0.1, momentum: 0.9 });
      expect.equal(still, { parameters: {}, velocities: {} });
    },
  },

  'a gradient that is missing, or of another shape, is an error that names the parameter': {
    async run({ learner, random, expect }) {
      const parameters = { W1: random.normal([4, 3]), beta: random.normal([4]) };
      const { W1 } = parameters;
      for (const [gradients, because] of [
        [{ W1 }, 'beta has no gradient'],
        [{ W1, beta: zeros([1]) }, 'beta has 4 entries and its gradient 1'],
      ] as const) {
        const rolling = learner.momentumStep(parameters, gradients, { rate: 0.1, momentum: 0.9 });
        await expect.throws(rolling, { because, mentioning: ['beta'] });
        await expect.throws(learner.adamStep(parameters, gradients, adam), { because, mentioning: ['beta'] });
      }
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const options = { rate: 0.1, momentum: 0.9, velocities: drawn(random) };
      await learner.momentumStep(drawn(random), drawn(random), options);
      const state = { first: drawn(random), second: byName(drawn(random), () => 0.3), time: 4 };
      await learner.adamStep(drawn(random), drawn(random), { ...adam, state });
      expect.inputsUnchanged();
    },
  },
});
