import { defineChecks } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { Random, Shape, Tensor } from 'tensor';

type Forward = typeof import('learning/two-layer-forward');
type Loss = typeof import('learning/l2-loss');
type LossBackward = typeof import('learning/l2-backward');

interface Parameters {
  readonly W1: Tensor;
  readonly b1: Tensor;
  readonly W2: Tensor;
  readonly b2: Tensor;
}

/** The network in plain sums, with all that its cache holds. */
function cacheOf(x: Tensor, { W1, b1, W2, b2 }: Parameters) {
  const [count = 0, inputs = 0] = x.shape;
  const filled = (width: number, value: (n: number, k: number) => number): Tensor => {
    const cells = Array.from({ length: count * width }, (_, i) => value(Math.floor(i / width), i % width));
    return fromData(Float64Array.from(cells), [count, width]);
  };
  const z = filled(b1.size, (n, j) => {
    let sum = b1.at(j);
    for (let i = 0; i < inputs; i += 1) sum += W1.at(j, i) * x.at(n, i);
    return sum;
  });
  const h = filled(b1.size, (n, j) => Math.max(z.at(n, j), 0));
  const y = filled(b2.size, (n, k) => {
    let sum = b2.at(k);
    for (let j = 0; j < b1.size; j += 1) sum += W2.at(k, j) * h.at(n, j);
    return 1 / (1 + Math.exp(-sum));
  });
  return { x, z, h, y };
}

/** The specification: one path after the other, from an output over a hidden number to an input, its slopes multiplied. */
function gradientsOf(dy: Tensor, x: Tensor, params: Parameters): Parameters {
  const { z, h, y } = cacheOf(x, params);
  const [hidden = 0, inputs = 0] = params.W1.shape;
  const [W1, b1] = [new Float64Array(params.W1.size), new Float64Array(hidden)];
  const [W2, b2] = [new Float64Array(params.W2.size), new Float64Array(params.b2.size)];
  for (let n = 0; n < dy.shape[0]!; n += 1) {
    for (let k = 0; k < dy.shape[1]!; k += 1) {
      const du = dy.at(n, k) * y.at(n, k) * (1 - y.at(n, k));
      b2[k]! += du;
      for (let j = 0; j < hidden; j += 1) {
        W2[k * hidden + j]! += du * h.at(n, j);
        if (z.at(n, j) <= 0) continue;
        b1[j]! += du * params.W2.at(k, j);
        for (let i = 0; i < inputs; i += 1) W1[j * inputs + i]! += du * params.W2.at(k, j) * x.at(n, i);
      }
    }
  }
  return {
    W1: fromData(W1, params.W1.shape),
    b1: fromData(b1, [hidden]),
    W2: fromData(W2, params.W2.shape),
    b2: fromData(b2, params.b2.shape),
  };
}

interface Sizes {
  readonly count: number;
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

/**
 * A network and an upstream gradient in float64, which is what differences are taken in. No hidden number is near the kink
 * of the ReLU, and no output is saturated.
 */
function networkOf(random: Random, { count, inputs, hidden, outputs }: Sizes) {
  const normal = (shape: Shape, std = 1): Tensor => random.normal(shape, { std, dtype: 'float64' });
  for (;;) {
    const x = normal([count, inputs]);
    const params = {
      W1: normal([hidden, inputs], 1 / Math.sqrt(inputs)),
      b1: normal([hidden], 0.5),
      W2: normal([outputs, hidden], 1 / Math.sqrt(hidden)),
      b2: normal([outputs], 0.5),
    };
    const cache = cacheOf(x, params);
    const clear = cache.z.data.every((value) => Math.abs(value) > 0.01);
    if (clear && cache.y.data.every((value) => value > 0.03 && value < 0.97)) {
      return { dy: normal([count, outputs]), x, params, cache };
    }
  }
}

/** A loss whose gradient with respect to `y` is `dy`. */
function lossOf(dy: Tensor, y: Tensor): number {
  return y.data.reduce((loss, value, place) => loss + value * (dy.data[place] ?? NaN), 0);
}

const sizes: readonly Sizes[] = [
  { count: 3, inputs: 4, hidden: 5, outputs: 2 },
  { count: 2, inputs: 3, hidden: 2, outputs: 4 },
  { count: 1, inputs: 2, hidden: 3, outputs: 1 },
];

// `answer?.W2` and not a pattern in the checks below: what comes from a learner need not be an object at all.

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's gradients": {
    step: 'walk',
    async run({ learner, expect }) {
      const x = tensor([
        [1, 1],
        [2, -2],
      ]);
      const W1 = tensor([
        [1, 2],
        [0, -1],
        [3, 1],
      ]);
      const W2 = tensor([
        [1, -1, -2],
        [0, 2, 1],
      ]);
      const params = { W1, b1: tensor([1, 0, -2]), W2, b2: tensor([1, -2]) };
      const dy = tensor([
        [0.7311, -0.5],
        [-0.9933, 0.982],
      ]);
      const gradients = {
        W1: tensor([
          [0.1437, 0.1437],
          [0.0826, -0.0826],
          [-0.3514, -0.4736],
        ]),
        b1: tensor([0.1437, 0.0413, -0.3819]),
        W2: tensor([
          [0.5749, -0.0132, 0.2743],
          [-0.5, 0.0347, -0.2153],
        ]),
        b2: tensor([0.1371, -0.1077]),
      };
      // The lesson gives four decimals, of dy too.
      const tolerance = { absolute: 2e-4, relative: 0 };
      expect.close(await learner.backward(dy, cacheOf(x, params), params), gradients, { tolerance });
    },
  },

  'the gradient of b2 agrees with central differences': {
    step: 'sigmoid',
    async run({ learner, earlier, random, expect }) {
      const { forward } = earlier<Forward>('learning/two-layer-forward');
      for (const size of sizes) {
        const { dy, x, params, cache } = networkOf(random, size);
        const answer = await learner.backward(dy, cache, params);
        const loss = async (b2: Tensor) => lossOf(dy, (await forward(x, { ...params, b2 })).output);
        await expect.gradient(answer?.b2, { of: loss, at: params.b2, subject: 'the gradient of b2' });
      }
    },
  },

  'the gradient of W2 agrees with central differences': {
    step: 'second',
    async run({ learner, earlier, random, expect }) {
      const { forward } = earlier<Forward>('learning/two-layer-forward');
      for (const size of sizes) {
        const { dy, x, params, cache } = networkOf(random, size);
        const answer = await learner.backward(dy, cache, params);
        const loss = async (W2: Tensor) => lossOf(dy, (await forward(x, { ...params, W2 })).output);
        await expect.gradient(answer?.W2, { of: loss, at: params.W2, subject: 'the gradient of W2' });
      }
    },
  },

  'the gradient of b1 agrees with central differences': {
    step: 'relu',
    async run({ learner, earlier, random, expect }) {
      const { forward } = earlier<Forward>('learning/two-layer-forward');
      for (const size of sizes) {
        const { dy, x, params, cache } = networkOf(random, size);
        const answer = await learner.backward(dy, cache, params);
        const loss = async (b1: Tensor) => lossOf(dy, (await forward(x, { ...params, b1 })).output);
        await expect.gradient(answer?.b1, { of: loss, at: params.b1, subject: 'the gradient of b1' });
      }
    },
  },

  'the gradient of W1 agrees with central differences': {
    step: 'first',
    async run({ learner, earlier, random, expect }) {
      const { forward } = earlier<Forward>('learning/two-layer-forward');
      for (const size of sizes) {
        const { dy, x, params, cache } = networkOf(random, size);
        const answer = await learner.backward(dy, cache, params);
        const loss = async (W1: Tensor) => lossOf(dy, (await forward(x, { ...params, W1 })).output);
        await expect.gradient(answer?.W1, { of: loss, at: params.W1, subject: 'the gradient of W1' });
      }
    },
  },

  'from your loss, through your network, to the first weights': {
    step: 'walk',
    async run({ learner, earlier, random, expect }) {
      const { forward } = earlier<Forward>('learning/two-layer-forward');
      const { l2Loss } = earlier<Loss>('learning/l2-loss');
      const { l2LossBackward } = earlier<LossBackward>('learning/l2-backward');
      const { x, params, cache } = networkOf(random, { count: 4, inputs: 3, hidden: 4, outputs: 3 });
      const targets = zeros([4, 3], { dtype: 'float64' });
      for (let n = 0; n < 4; n += 1) targets.data[n * 3 + random.integer(0, 3)] = 1;
      const { dy } = await l2LossBackward(cache.y, targets);
      const answer = await learner.backward(dy, cache, params);
      const loss = async (W1: Tensor) => l2Loss((await forward(x, { ...params, W1 })).output, targets);
      await expect.gradient(answer?.W1, { of: loss, at: params.W1, subject: 'the gradient of W1' });
    },
  },

  'a layer whose every hidden number is off learns nothing': {
    step: 'relu',
    async run({ learner, random, expect }) {
      const network = networkOf(random, { count: 3, inputs: 2, hidden: 4, outputs: 2 });
      const params = { ...network.params, b1: tensor([-20, -30, -25, -40], { dtype: 'float64' }) };
      const { dy, x } = network;
      // Only b2 can still do something: it needs no hidden number.
      expect.close(await learner.backward(dy, cacheOf(x, params), params), gradientsOf(dy, x, params));
    },
  },

  'nothing is mistaken when all sizes are equal': {
    step: 'second',
    async run({ learner, random, expect }) {
      const { dy, x, params, cache } = networkOf(random, { count: 3, inputs: 3, hidden: 3, outputs: 3 });
      expect.close(await learner.backward(dy, cache, params), gradientsOf(dy, x, params));
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { dy, params, cache } = networkOf(random, { count: 3, inputs: 4, hidden: 5, outputs: 2 });
      await learner.backward(dy, cache, params);
      expect.inputsUnchanged();
    },
  },
});
