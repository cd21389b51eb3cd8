import { defineChecks } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';

interface Sizes {
  readonly count: number;
  readonly classes: number;
}

/** Shares of each row, the slow way and in float64. Good while the logits are not large. */
function shares(logits: Tensor): number[][] {
  const [count = 0, classes = 0] = logits.shape;
  return Array.from({ length: count }, (_, n) => {
    const exponentials = Array.from({ length: classes }, (_, k) => Math.exp(logits.at(n, k)));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    return exponentials.map((value) => value / total);
  });
}

/** The specification, from the definition: the surprise of each example, and their mean. */
function crossEntropy(logits: Tensor, targets: Tensor): number {
  const rows = shares(logits);
  let loss = 0;
  rows.forEach((row, n) => row.forEach((share, k) => (loss -= targets.at(n, k) * Math.log(share))));
  return loss / rows.length;
}

/** Shares less truth, over the number of examples. */
function gradient(logits: Tensor, targets: Tensor): Tensor {
  const rows = shares(logits);
  const values = rows.flatMap((row, n) => row.map((share, k) => (share - targets.at(n, k)) / rows.length));
  return fromData(Float64Array.from(values), logits.shape);
}

function oneHotRows(random: Random, { count, classes }: Sizes): Tensor {
  const targets = zeros([count, classes], { dtype: 'float64' });
  for (let n = 0; n < count; n += 1) targets.data[n * classes + random.integer(0, classes)] = 1;
  return targets;
}

/** Rows of positive numbers that sum to 1, none of them 0 or 1. */
function sharedRows(random: Random, { count, classes }: Sizes): Tensor {
  const rows = shares(random.normal([count, classes], { dtype: 'float64' }));
  return fromData(Float64Array.from(rows.flat()), [count, classes]);
}

const sizes: readonly Sizes[] = [
  { count: 3, classes: 4 },
  { count: 5, classes: 2 },
  { count: 1, classes: 6 },
  { count: 4, classes: 1 },
  { count: 17, classes: 10 },
];

const lessonsLogits = tensor([
  [2, 1, 0],
  [0, 3, 0],
]);
const lessonsTargets = tensor([
  [0, 0, 1],
  [0, 1, 0],
]);
/** The lesson gives four decimals. */
const fourDecimals = { absolute: 6e-5, relative: 0 };
const exact = { absolute: 1e-12, relative: 1e-12 };

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's loss": {
    step: 'surprise',
    async run({ learner, expect }) {
      expect.close(await learner.softmaxCrossEntropy(lessonsLogits, lessonsTargets), 1.2513, {
        tolerance: fourDecimals,
      });
    },
  },

  "finds the lesson's gradient": {
    step: 'gradient',
    async run({ learner, expect }) {
      const expected = tensor([
        [0.3326, 0.1224, -0.455],
        [0.0226, -0.0453, 0.0226],
      ]);
      expect.close(await learner.softmaxCrossEntropyBackward(lessonsLogits, lessonsTargets), expected, {
        tolerance: fourDecimals,
      });
    },
  },

  'the loss is the mean surprise, for many shapes': {
    step: 'surprise',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const logits = random.normal([size.count, size.classes], { dtype: 'float64' });
        const targets = oneHotRows(random, size);
        const loss = await learner.softmaxCrossEntropy(logits, targets);
        expect.close(loss, crossEntropy(logits, targets), { tolerance: exact });
      }
    },
  },

  'shares that look alike cost the logarithm of their number': {
    step: 'softmax',
    async run({ learner, random, expect }) {
      for (const classes of [2, 3, 10]) {
        // The same logit everywhere, whichever it is: each class gets 1 / K, and −ln(1 / K) = ln K.
        const logits = zeros([4, classes], { dtype: 'float64' });
        logits.data.fill(random.uniform([1], { low: -3, high: 3 }).at(0));
        const targets = oneHotRows(random, { count: 4, classes });
        const loss = await learner.softmaxCrossEntropy(logits, targets);
        expect.close(loss, Math.log(classes), { tolerance: exact, subject: `the loss of ${classes} equal shares` });
      }
    },
  },

  'large logits overflow nothing': {
    step: 'stable',
    async run({ learner, expect }) {
      const logits = tensor([
        [1000, 0, -1000],
        [1000, 0, -1000],
        [-900, -900, -2000],
      ]);
      const targets = tensor([
        [1, 0, 0],
        [0, 0, 1],
        [0, 1, 0],
      ]);
      // Surprises of 0, 2000 and ln 2; the gradient is as large as it can be where the network is sure and wrong.
      const loss = (0 + 2000 + Math.log(2)) / 3;
      expect.close(await learner.softmaxCrossEntropy(logits, targets), loss, { subject: 'the loss' });
      const third = 1 / 3;
      const expected = tensor([
        [0, 0, 0],
        [third, 0, -third],
        [third / 2, -third / 2, 0],
      ]);
      expect.close(await learner.softmaxCrossEntropyBackward(logits, targets), expected, { subject: 'the gradient' });
    },
  },

  'a constant added to all logits of an example changes nothing': {
    step: 'softmax',
    async run({ learner, random, expect }) {
      const size = { count: 3, classes: 5 };
      const logits = random.normal([3, 5], { dtype: 'float64' });
      const targets = oneHotRows(random, size);
      const moved = fromData(
        logits.data.map((value, place) => value + [2, -7, 11][Math.floor(place / 5)]!),
        [3, 5],
      );
      const tolerance = { absolute: 1e-11, relative: 1e-11 };
      expect.close(await learner.softmaxCrossEntropy(moved, targets), crossEntropy(logits, targets), {
        tolerance,
        subject: 'the loss',
      });
      expect.close(await learner.softmaxCrossEntropyBackward(moved, targets), gradient(logits, targets), {
        tolerance,
        subject: 'the gradient',
      });
    },
  },

  'the gradient agrees with central differences of your loss': {
    step: 'slope',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const logits = random.normal([size.count, size.classes], { dtype: 'float64' });
        const targets = oneHotRows(random, size);
        const answer = await learner.softmaxCrossEntropyBackward(logits, targets);
        const loss = async (at: Tensor) => await learner.softmaxCrossEntropy(at, targets);
        await expect.gradient(answer, { of: loss, at: logits, subject: 'dlogits' });
      }
    },
  },

  'the gradient is shares less truth, over the batch': {
    step: 'gradient',
    async run({ learner, random, expect }) {
      // Independent of your loss, so that an error in both does not hide itself.
      for (const size of [...sizes, { count: 4, classes: 4 }]) {
        const logits = random.normal([size.count, size.classes], { dtype: 'float64' });
        const targets = oneHotRows(random, size);
        const answer = await learner.softmaxCrossEntropyBackward(logits, targets);
        expect.close(answer, gradient(logits, targets), { tolerance: exact });
      }
    },
  },

  'the truth may be shared among classes': {
    step: 'surprise',
    async run({ learner, random, expect }) {
      for (const size of [
        { count: 2, classes: 3 },
        { count: 6, classes: 4 },
      ]) {
        const logits = random.normal([size.count, size.classes], { dtype: 'float64' });
        const targets = sharedRows(random, size);
        expect.close(await learner.softmaxCrossEntropy(logits, targets), crossEntropy(logits, targets), {
          tolerance: exact,
        });
        expect.close(await learner.softmaxCrossEntropyBackward(logits, targets), gradient(logits, targets), {
          tolerance: exact,
        });
      }
    },
  },

  'an empty batch has an empty gradient': {
    async run({ learner, expect }) {
      const nobody = fromData(new Float32Array(0), [0, 4]);
      expect.close(await learner.softmaxCrossEntropyBackward(nobody, nobody), zeros([0, 4]));
    },
  },

  'targets of another shape are an error that mentions them': {
    async run({ learner, random, expect }) {
      const logits = random.normal([3, 4]);
      // The first two would broadcast: one truth for the whole batch, and half a truth for everyone.
      for (const shape of [[4], [3, 1], [3, 5]]) {
        const targets = random.uniform(shape);
        const because = `the logits are (3, 4) and the targets (${shape.join(', ')})`;
        await expect.throws(learner.softmaxCrossEntropy(logits, targets), { because, mentioning: ['target'] });
        await expect.throws(learner.softmaxCrossEntropyBackward(logits, targets), { because, mentioning: ['target'] });
      }
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const [logits, targets] = [random.normal([3, 4]), oneHotRows(random, { count: 3, classes: 4 })];
      await learner.softmaxCrossEntropy(logits, targets);
      await learner.softmaxCrossEntropyBackward(logits, targets);
      expect.inputsUnchanged();
    },
  },
});
