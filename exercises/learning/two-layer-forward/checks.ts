import { defineChecks } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { DType, Random, Tensor } from 'tensor';

interface Network {
  readonly x: Tensor;
  readonly params: { readonly W1: Tensor; readonly b1: Tensor; readonly W2: Tensor; readonly b2: Tensor };
}

/** The specification, number by number: every output looks at every hidden number, which looks at every input. */
function network({ x, params: { W1, b1, W2, b2 } }: Network) {
  const count = x.shape[0] ?? 0;
  const dtype = x.dtype;
  const z = zeros([count, b1.size], { dtype });
  const h = zeros([count, b1.size], { dtype });
  const y = zeros([count, b2.size], { dtype });
  for (let n = 0; n < count; n += 1) {
    for (let j = 0; j < b1.size; j += 1) {
      let sum = b1.at(j);
      for (let i = 0; i < (x.shape[1] ?? 0); i += 1) sum += W1.at(j, i) * x.at(n, i);
      z.data[n * b1.size + j] = sum;
      h.data[n * b1.size + j] = sum > 0 ? sum : 0;
    }
    for (let k = 0; k < b2.size; k += 1) {
      let sum = b2.at(k);
      for (let j = 0; j < b1.size; j += 1) sum += W2.at(k, j) * h.at(n, j);
      y.data[n * b2.size + k] = 1 / (1 + Math.exp(-sum));
    }
  }
  return { output: y, cache: { x, z, h, y } };
}

interface Sizes {
  readonly count: number;
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly dtype?: DType;
}

/** Weights small enough that no sigmoid saturates: where all outputs are 0 or 1, nothing could be told apart. */
function networkOf(random: Random, { count, inputs, hidden, outputs, dtype = 'float32' }: Sizes): Network {
  const std = 1 / Math.sqrt(inputs);
  return {
    x: random.normal([count, inputs], { dtype }),
    params: {
      W1: random.normal([hidden, inputs], { std, dtype }),
      b1: random.normal([hidden], { std: 0.5, dtype }),
      W2: random.normal([outputs, hidden], { std: 1 / Math.sqrt(hidden), dtype }),
      b2: random.normal([outputs], { std: 0.5, dtype }),
    },
  };
}

const sizes: readonly Sizes[] = [
  { count: 4, inputs: 3, hidden: 5, outputs: 2 },
  { count: 2, inputs: 6, hidden: 4, outputs: 3 },
  { count: 1, inputs: 1, hidden: 7, outputs: 1 },
  { count: 5, inputs: 4, hidden: 1, outputs: 2 },
  { count: 11, inputs: 29, hidden: 17, outputs: 10 },
];

// `answer?.output` and not a pattern in the checks below: what comes from a learner need not be an object at all.

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's answers": {
    step: 'output',
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
      const answer = await learner.forward(x, { W1, b1: tensor([1, 0, -2]), W2, b2: tensor([1, -2]) });
      const output = tensor([
        [0.7311, 0.5],
        [0.0067, 0.982],
      ]);
      // The lesson gives four decimals.
      expect.close(answer?.output, output, { subject: 'output', tolerance: { absolute: 6e-5, relative: 0 } });
    },
  },

  'the first layer weighs the inputs': {
    step: 'hidden',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const { x, params } = networkOf(random, size);
        const answer = await learner.forward(x, params);
        expect.close(answer?.cache?.z, network({ x, params }).cache.z, { subject: 'cache.z' });
      }
    },
  },

  'hidden numbers below zero become zero, and the others stay': {
    step: 'activate',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const { x, params } = networkOf(random, size);
        const answer = await learner.forward(x, params);
        expect.close(answer?.cache?.h, network({ x, params }).cache.h, { subject: 'cache.h' });
      }
    },
  },

  'the second layer weighs what is left, and the sigmoid ends it': {
    step: 'output',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const { x, params } = networkOf(random, size);
        const answer = await learner.forward(x, params);
        expect.close(answer?.output, network({ x, params }).output, { subject: 'output' });
      }
    },
  },

  'nothing is mistaken when all sizes are equal': {
    step: 'hidden',
    async run({ learner, random, expect }) {
      const { x, params } = networkOf(random, { count: 3, inputs: 3, hidden: 3, outputs: 3 });
      expect.close(await learner.forward(x, params), network({ x, params }));
    },
  },

  'the cache keeps x, z, h and y as they were': {
    step: 'keep',
    async run({ learner, random, expect }) {
      const { x, params } = networkOf(random, { count: 3, inputs: 4, hidden: 6, outputs: 2 });
      const answer = await learner.forward(x, params);
      expect.close(answer?.cache, network({ x, params }).cache, { subject: 'cache' });
    },
  },

  'an empty batch gives empty answers': {
    async run({ learner, random, expect }) {
      const { params } = networkOf(random, { count: 1, inputs: 3, hidden: 4, outputs: 2 });
      const answer = await learner.forward(fromData(new Float32Array(0), [0, 3]), params);
      expect.close(answer?.output, zeros([0, 2]), { subject: 'output' });
    },
  },

  'float64 stays float64': {
    async run({ learner, random, expect }) {
      const { x, params } = networkOf(random, { count: 3, inputs: 4, hidden: 5, outputs: 2, dtype: 'float64' });
      // Gradients are checked by differences of such values; float32 would leave too few digits for that.
      const tolerance = { absolute: 1e-12, relative: 1e-12 };
      expect.close(await learner.forward(x, params), network({ x, params }), { tolerance });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { x, params } = networkOf(random, { count: 4, inputs: 3, hidden: 5, outputs: 2 });
      await learner.forward(x, params);
      expect.inputsUnchanged();
    },
  },
});
