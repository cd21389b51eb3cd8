import { defineChecks } from 'authoring';
import { concat, fromData, tensor, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';

type Loss = typeof import('learning/l2-loss');

/** The specification, one output after the other: twice its error, shared among the examples. */
function gradientOf(outputs: Tensor, targets: Tensor): Tensor {
  const [count = 0, width = 0] = outputs.shape;
  const dy = new Float64Array(outputs.size);
  for (let n = 0; n < count; n += 1) {
    for (let k = 0; k < width; k += 1) dy[n * width + k] = (2 * (outputs.at(n, k) - targets.at(n, k))) / count;
  }
  return fromData(dy, outputs.shape);
}

/** Outputs in float64, which is what differences are taken in, and one-hot targets. */
function batchOf(random: Random, count: number, width: number) {
  const targets = zeros([count, width], { dtype: 'float64' });
  for (let n = 0; n < count; n += 1) targets.data[n * width + random.integer(0, width)] = 1;
  return { outputs: random.uniform([count, width], { low: 0.05, high: 0.95, dtype: 'float64' }), targets };
}

const sizes = [
  [3, 4],
  [5, 2],
  [1, 3],
  [4, 1],
  [7, 10],
] as const;

// `answer?.dy` and not a pattern in the checks below: what comes from a learner need not be an object at all.

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's gradient": {
    step: 'gradient',
    async run({ learner, expect }) {
      const outputs = tensor([
        [0.7, 0.2, 0.1],
        [0.1, 0.6, 0.4],
        [0.2, 0.9, 0.1],
        [0.5, 0.5, 0.1],
      ]);
      const targets = tensor([
        [1, 0, 0],
        [0, 0, 1],
        [0, 1, 0],
        [1, 0, 0],
      ]);
      const dy = tensor([
        [-0.15, 0.1, 0.05],
        [0.05, 0.3, -0.3],
        [0.1, -0.05, 0.05],
        [-0.25, 0.25, 0.05],
      ]);
      const answer = await learner.l2LossBackward(outputs, targets);
      expect.close(answer?.dy, dy, { subject: 'dy' });
    },
  },

  'dy agrees with central differences': {
    step: 'gradient',
    async run({ learner, earlier, random, expect }) {
      const { l2Loss } = earlier<Loss>('learning/l2-loss');
      for (const [count, width] of sizes) {
        const { outputs, targets } = batchOf(random, count, width);
        const answer = await learner.l2LossBackward(outputs, targets);
        await expect.gradient(answer?.dy, { of: (y) => l2Loss(y, targets), at: outputs, subject: 'dy' });
      }
    },
  },

  'an output that is right needs no change': {
    step: 'survive',
    async run({ learner, random, expect }) {
      const { outputs, targets } = batchOf(random, 4, 3);
      // Rows 0 and 2 are perfect already. That the others are not is none of their business.
      for (const n of [0, 2]) {
        for (let k = 0; k < 3; k += 1) outputs.data[n * 3 + k] = targets.at(n, k);
      }
      const answer = await learner.l2LossBackward(outputs, targets);
      expect.close(answer?.dy, gradientOf(outputs, targets), { subject: 'dy' });
    },
  },

  'with twice the examples each has half the say': {
    step: 'write',
    async run({ learner, random, expect }) {
      const { outputs, targets } = batchOf(random, 3, 5);
      const once = gradientOf(outputs, targets);
      const answer = await learner.l2LossBackward(concat([outputs, outputs], 0), concat([targets, targets], 0));
      const halves = fromData(
        once.data.map((value) => value / 2),
        once.shape,
      );
      expect.close(answer?.dy, concat([halves, halves], 0), { subject: 'dy' });
    },
  },

  'a small step against the gradient lowers the loss': {
    step: 'descend',
    async run({ learner, earlier, random, expect }) {
      const { l2Loss } = earlier<Loss>('learning/l2-loss');
      const { outputs, targets } = batchOf(random, 6, 4);
      const answer = await learner.l2LossBackward(outputs, targets);
      expect.close(answer?.dy, gradientOf(outputs, targets), { subject: 'dy' });
      const nudged = outputs.data.map((value, i) => value - 0.1 * (answer.dy.data[i] ?? NaN));
      const [before, after] = [await l2Loss(outputs, targets), await l2Loss(fromData(nudged, outputs.shape), targets)];
      expect.that(after < before, `The loss was ${before} and is ${after} after a step of 0.1 against dy.`);
    },
  },

  'shapes that differ are refused, even where they would broadcast': {
    step: 'survive',
    async run({ learner, random, expect }) {
      await expect.throws(learner.l2LossBackward(random.uniform([4, 1]), random.uniform([1, 4])), {
        because: 'four outputs have four gradients, not sixteen',
        mentioning: ['shape'],
      });
    },
  },

  'an empty batch has an empty gradient': {
    async run({ learner, expect }) {
      const nothing = fromData(new Float64Array(0), [0, 3]);
      const answer = await learner.l2LossBackward(nothing, nothing);
      expect.close(answer?.dy, zeros([0, 3]), { subject: 'dy' });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { outputs, targets } = batchOf(random, 3, 4);
      await learner.l2LossBackward(outputs, targets);
      expect.inputsUnchanged();
    },
  },
});
