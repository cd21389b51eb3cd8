import { defineChecks } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { DType, Random, Tensor } from 'tensor';

interface Layers {
  readonly W1: Tensor;
  readonly b1: Tensor;
  readonly W2: Tensor;
  readonly b2: Tensor;
}

/** The specification: feed the network zeros to see the bias, and one 1 at a time to see each column of the weights. */
function seenFromOutside(layers: Layers): { readonly W: Tensor; readonly b: Tensor } {
  const inputs = layers.W1.shape[1] ?? 0;
  const outputs = layers.W2.shape[0] ?? 0;
  const nothing = Array.from({ length: inputs }, () => 0);
  const bias = throughBoth(nothing, layers);
  const W = new Float64Array(outputs * inputs);
  for (let i = 0; i < inputs; i += 1) {
    const answers = throughBoth(nothing.with(i, 1), layers);
    answers.forEach((answer, k) => (W[k * inputs + i] = answer - (bias[k] ?? NaN)));
  }
  return { W: fromData(W, [outputs, inputs]), b: fromData(Float64Array.from(bias), [outputs]) };
}

function throughBoth(x: readonly number[], { W1, b1, W2, b2 }: Layers): number[] {
  return through(through(x, W1, b1), W2, b2);
}

function through(x: readonly number[], W: Tensor, b: Tensor): number[] {
  return Array.from({ length: b.size }, (_, k) => x.reduce((sum, value, i) => sum + W.at(k, i) * value, b.at(k)));
}

interface Sizes {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  readonly dtype?: DType;
}

function layersOf(random: Random, { inputs, hidden, outputs, dtype = 'float32' }: Sizes): Layers {
  return {
    W1: random.normal([hidden, inputs], { dtype }),
    b1: random.normal([hidden], { dtype }),
    W2: random.normal([outputs, hidden], { dtype }),
    b2: random.normal([outputs], { dtype }),
  };
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's layer": {
    step: 'expand',
    async run({ learner, expect }) {
      const first = {
        W1: tensor([
          [1, 2],
          [0, -1],
          [3, 1],
        ]),
        b1: tensor([1, 0, -2]),
      };
      const second = {
        W2: tensor([
          [1, -1, 2],
          [0, 2, 1],
        ]),
        b2: tensor([1, 3]),
      };
      expect.close(await learner.collapse(first, second), {
        W: tensor([
          [7, 5],
          [3, -1],
        ]),
        b: tensor([-2, 1]),
      });
    },
  },

  'without biases the weights are one matrix product': {
    step: 'weights',
    async run({ learner, random, expect }) {
      const { W1, W2 } = layersOf(random, { inputs: 4, hidden: 2, outputs: 3 });
      const layers = { W1, b1: zeros([2]), W2, b2: zeros([3]) };
      const { W } = seenFromOutside(layers);
      const answer = await learner.collapse({ W1, b1: layers.b1 }, { W2, b2: layers.b2 });
      expect.close(answer?.W, W, { subject: 'W' });
    },
  },

  'the first bias goes through the second layer': {
    step: 'bias',
    async run({ learner, random, expect }) {
      const layers = layersOf(random, { inputs: 2, hidden: 5, outputs: 3 });
      const { W1, b1, W2, b2 } = layers;
      const answer = await learner.collapse({ W1, b1 }, { W2, b2 });
      expect.close(answer?.b, seenFromOutside(layers).b, { subject: 'b' });
    },
  },

  'the one layer answers as the two do, for many shapes': {
    step: 'expand',
    async run({ learner, random, expect }) {
      for (const [inputs, hidden, outputs] of [
        [3, 4, 2],
        [5, 1, 4],
        [1, 6, 1],
        [1, 1, 1],
        [2, 3, 7],
        [19, 11, 10],
      ] as const) {
        const layers = layersOf(random, { inputs, hidden, outputs });
        const { W1, b1, W2, b2 } = layers;
        expect.close(await learner.collapse({ W1, b1 }, { W2, b2 }), seenFromOutside(layers));
      }
    },
  },

  'nothing is mistaken when all sizes are equal': {
    step: 'weights',
    async run({ learner, random, expect }) {
      // Here the product the wrong way round, or biases simply added, still have the right shape.
      const layers = layersOf(random, { inputs: 3, hidden: 3, outputs: 3 });
      const { W1, b1, W2, b2 } = layers;
      expect.close(await learner.collapse({ W1, b1 }, { W2, b2 }), seenFromOutside(layers));
    },
  },

  'three layers collapse too, from either end': {
    step: 'deeper',
    async run({ learner, random, expect }) {
      const lower = layersOf(random, { inputs: 4, hidden: 3, outputs: 5 });
      const W3 = random.normal([2, 5]);
      const b3 = random.normal([2]);
      const two = seenFromOutside(lower);
      const whole = seenFromOutside({ W1: two.W, b1: two.b, W2: W3, b2: b3 });

      const lowest = await learner.collapse({ W1: lower.W1, b1: lower.b1 }, { W2: lower.W2, b2: lower.b2 });
      expect.close(lowest, two);
      expect.close(await learner.collapse({ W1: lowest.W, b1: lowest.b }, { W2: W3, b2: b3 }), whole);

      const upper = await learner.collapse({ W1: lower.W2, b1: lower.b2 }, { W2: W3, b2: b3 });
      expect.close(upper, seenFromOutside({ W1: lower.W2, b1: lower.b2, W2: W3, b2: b3 }));
      expect.close(await learner.collapse({ W1: lower.W1, b1: lower.b1 }, { W2: upper.W, b2: upper.b }), whole);
    },
  },

  'layers that do not fit are refused': {
    async run({ learner, random, expect }) {
      const { W1, b1 } = layersOf(random, { inputs: 2, hidden: 3, outputs: 1 });
      const { W2, b2 } = layersOf(random, { inputs: 1, hidden: 4, outputs: 2 });
      await expect.throws(learner.collapse({ W1, b1 }, { W2, b2 }), {
        because: 'the first layer gives 3 numbers and the second takes 4',
        mentioning: ['3', '4'],
      });
    },
  },

  'float64 stays float64': {
    async run({ learner, random, expect }) {
      const layers = layersOf(random, { inputs: 3, hidden: 4, outputs: 2, dtype: 'float64' });
      const { W1, b1, W2, b2 } = layers;
      const answer = await learner.collapse({ W1, b1 }, { W2, b2 });
      expect.close(answer, seenFromOutside(layers), { tolerance: { absolute: 1e-12, relative: 1e-12 } });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { W1, b1, W2, b2 } = layersOf(random, { inputs: 3, hidden: 2, outputs: 4 });
      await learner.collapse({ W1, b1 }, { W2, b2 });
      expect.inputsUnchanged();
    },
  },
});
