import { defineChecks } from 'authoring';
import type { Beside, Expect } from 'authoring';
import { fromData, reshape, slice, tensor, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';

type Learner = Beside<typeof import('./stub')>;
type Forward = typeof import('learning/two-layer-forward');
type Accuracy = typeof import('learning/accuracy');

interface Network {
  readonly W1: Tensor;
  readonly b1: Tensor;
  readonly W2: Tensor;
  readonly b2: Tensor;
}

interface Examples {
  readonly images: Tensor;
  readonly labels: Tensor;
}

interface Run {
  readonly model: Network;
  readonly data: Examples;
  readonly options: {
    readonly epochs: number;
    readonly batchSize: number;
    readonly rate: number;
    readonly seed: number;
  };
}

/** What a training tells: everything to its end, or its first `steps` steps. */
const told = ({ train }: Learner, { model, data, options }: Run, steps = Infinity) => {
  const steppedThrough = train(model, data, options);
  const all = [];
  for (;;) {
    if (all.length >= steps) return { all, returned: undefined };
    const next = steppedThrough.next();
    if (next.done === true) return { all, returned: next.value };
    all.push(next.value);
  }
};

/** A network in float64, whose hidden units and outputs are neither at a kink nor shut. */
function networkOf(
  random: Random,
  { inputs, hidden, outputs }: Record<'inputs' | 'hidden' | 'outputs', number>,
): Network {
  const normal = (shape: readonly number[], std: number) => random.normal(shape, { std, dtype: 'float64' });
  return {
    W1: normal([hidden, inputs], 0.7),
    b1: normal([hidden], 0.3),
    W2: normal([outputs, hidden], 0.5),
    b2: normal([outputs], 0.2),
  };
}

function examplesOf(
  random: Random,
  { count, inputs, classes }: Record<'count' | 'inputs' | 'classes', number>,
): Examples {
  return {
    images: random.normal([count, inputs], { dtype: 'float64' }),
    labels: random.integers([count], { low: 0, high: classes }),
  };
}

/** The specification of one step in plain loops: loss, share of right answers and the network after it. */
function stepByHand({ W1, b1, W2, b2 }: Network, { images, labels }: Examples, rate: number) {
  const [count = 0, inputs = 0] = images.shape;
  const [hidden, outputs] = [b1.size, b2.size];
  const next = { W1: copyOf(W1), b1: copyOf(b1), W2: copyOf(W2), b2: copyOf(b2) };
  let [loss, right] = [0, 0];
  for (let n = 0; n < count; n += 1) {
    const z = range(hidden).map((j) => b1.at(j) + total(inputs, (i) => W1.at(j, i) * images.at(n, i)));
    const h = z.map((value) => Math.max(value, 0));
    const y = range(outputs).map(
      (k) => 1 / (1 + Math.exp(-b2.at(k) - total(hidden, (j) => W2.at(k, j) * (h[j] ?? NaN)))),
    );
    const errors = y.map((value, k) => value - (labels.at(n) === k ? 1 : 0));
    loss += total(outputs, (k) => (errors[k] ?? NaN) ** 2) / count;
    if (y.indexOf(Math.max(...y)) === labels.at(n)) right += 1;
    // L = 1/N Σ e², y = σ(u): ∂L/∂u = 2/N e y (1 − y); then each weight by what it multiplied.
    const du = errors.map((error, k) => (2 / count) * error * (y[k] ?? NaN) * (1 - (y[k] ?? NaN)));
    const dz = z.map((value, j) => (value > 0 ? total(outputs, (k) => (du[k] ?? NaN) * W2.at(k, j)) : 0));
    du.forEach((slope, k) => {
      next.b2.data[k]! -= rate * slope;
      h.forEach((value, j) => (next.W2.data[k * hidden + j]! -= rate * slope * value));
    });
    dz.forEach((slope, j) => {
      next.b1.data[j]! -= rate * slope;
      range(inputs).forEach((i) => (next.W1.data[j * inputs + i]! -= rate * slope * images.at(n, i)));
    });
  }
  return { loss, accuracy: right / count, model: next };
}

function copyOf(x: Tensor): Tensor {
  return fromData(Float64Array.from(x.data), x.shape);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function total(length: number, term: (index: number) => number): number {
  return range(length).reduce((sum, index) => sum + term(index), 0);
}

/** The steps that were told, or a failed expectation where the learner's answer holds none. */
function stepsOf(answer: { readonly all: unknown } | undefined, expect: Expect) {
  expect.that(Array.isArray(answer?.all), 'train should yield its progress after each step.', answer?.all);
  return answer?.all as readonly ReturnType<typeof told>['all'][number][];
}

/** Three groups of points, one for each class, far enough apart for a small network. */
function groups(random: Random, count: number): Examples {
  const centres = [
    [2, 0, -1],
    [-2, 1, 1],
    [0, -2, 2],
  ];
  const labels = range(count).map((n) => n % 3);
  const points = labels.flatMap((label) => centres[label]!.map((centre) => centre + 0.4 * (2 * random.number() - 1)));
  return { images: fromData(Float32Array.from(points), [count, 3]), labels: tensor(labels) };
}

const exact = { absolute: 1e-10, relative: 1e-10 };
const small = { inputs: 3, hidden: 5, outputs: 4 } as const;

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'a new network has the shapes asked for, and biases of zero': {
    step: 'begin',
    async run({ learner, expect }) {
      const model = await learner.createModel({ inputs: 6, hidden: 4, outputs: 3 }, 7);
      expect.equal(model?.W1?.shape, [4, 6], { subject: 'the shape of W1' });
      expect.equal(model?.W2?.shape, [3, 4], { subject: 'the shape of W2' });
      expect.equal(model?.b1, zeros([4]), { subject: 'b1' });
      expect.equal(model?.b2, zeros([3]), { subject: 'b2' });
    },
  },

  'its weights are spread as the lesson says, and the seed decides them': {
    step: 'begin',
    async run({ learner, random, expect }) {
      const sizes = { inputs: 250, hidden: 120, outputs: 80 };
      const seed = random.integer(0, 1e6);
      const model = await learner.createModel(sizes, seed);
      const spread = (x: Tensor | undefined) =>
        Math.sqrt((x?.data.reduce((sum, v) => sum + v * v, 0) ?? NaN) / (x?.size ?? NaN));
      // 30,000 and 9,600 numbers: chance moves their spread by less than a percent.
      const tolerance = { absolute: 0, relative: 0.05 };
      expect.close(spread(model?.W1), Math.sqrt(2 / 250), { subject: 'the standard deviation of W1', tolerance });
      expect.close(spread(model?.W2), 0.1 * Math.sqrt(2 / 200), { subject: 'the standard deviation of W2', tolerance });
      expect.equal(await learner.createModel(sizes, seed), model, { subject: 'the network of the same seed again' });
      const other = await learner.createModel(sizes, seed + 1);
      expect.that(
        other?.W1?.at(0, 0) !== model.W1.at(0, 0),
        'Another seed should give other weights.',
        other?.W1?.at(0, 0),
      );
    },
  },

  'one step equals the step by hand': {
    step: 'step',
    async run({ beside, random, expect }) {
      for (const [count, rate] of [
        [5, 0.7],
        [1, 2],
        [9, 0.05],
      ] as const) {
        const model = networkOf(random, small);
        const data = examplesOf(random, { count, inputs: 3, classes: 4 });
        // The batch holds all examples, so their order does not matter.
        const options = { epochs: 1, batchSize: count, rate, seed: random.integer(0, 1e6) };
        const answer = await beside(told, { model, data, options });
        const steps = stepsOf(answer, expect);
        expect.equal(steps.length, 1, { subject: 'the number of steps' });
        const expected = stepByHand(model, data, rate);
        expect.close(steps[0]?.loss, expected.loss, { subject: 'the loss', tolerance: exact });
        expect.close(steps[0]?.accuracy, expected.accuracy, {
          subject: 'the accuracy',
          tolerance: { absolute: 1e-6, relative: 0 },
        });
        expect.close(steps[0]?.model, expected.model, { subject: 'the network after the step', tolerance: exact });
      }
    },
  },

  'each step goes on from the one before': {
    step: 'loop',
    async run({ beside, random, expect }) {
      const model = networkOf(random, small);
      const data = examplesOf(random, { count: 6, inputs: 3, classes: 4 });
      const options = { epochs: 4, batchSize: 6, rate: 0.9, seed: random.integer(0, 1e6) };
      const steps = stepsOf(await beside(told, { model, data, options }), expect);
      let present = model;
      for (const [index, step] of steps.entries()) {
        const expected = stepByHand(present, data, 0.9);
        expect.close(step?.loss, expected.loss, { subject: `the loss of step ${index + 1}`, tolerance: exact });
        expect.close(step?.model, expected.model, { subject: `the network after step ${index + 1}`, tolerance: exact });
        present = expected.model;
      }
    },
  },

  'steps and epochs are counted from 1, on through all epochs': {
    step: 'loop',
    async run({ beside, random, expect }) {
      const model = networkOf(random, small);
      const data = examplesOf(random, { count: 7, inputs: 3, classes: 4 });
      const options = { epochs: 2, batchSize: 3, rate: 0.1, seed: random.integer(0, 1e6) };
      const steps = stepsOf(await beside(told, { model, data, options }), expect);
      expect.equal(
        steps.map((step) => [step?.step, step?.epoch]),
        [
          [1, 1],
          [2, 1],
          [3, 1],
          [4, 2],
          [5, 2],
          [6, 2],
        ],
        { subject: 'step and epoch, as told,' },
      );
    },
  },

  'every image is seen once in each epoch, in an order of its own': {
    step: 'loop',
    async run({ beside, random, expect }) {
      const model = networkOf(random, small);
      const data = examplesOf(random, { count: 12, inputs: 3, classes: 4 });
      // At a rate of 0 the network stays as it is, so the loss of a batch of one says which image it was.
      const options = { epochs: 2, batchSize: 1, rate: 0, seed: random.integer(0, 1e6) };
      const losses = stepsOf(await beside(told, { model, data, options }), expect).map((step) => step?.loss);
      const ofImage = (n: number): Examples => ({
        images: slice(data.images, [[n, n + 1]]),
        labels: slice(data.labels, [[n, n + 1]]),
      });
      const own = range(12).map((n) => stepByHand(model, ofImage(n), 0).loss);
      const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
      const epochs = [losses.slice(0, 12), losses.slice(12)];
      for (const [index, epoch] of epochs.entries()) {
        const subject = `the losses of epoch ${index + 1}, put in order,`;
        expect.close(sorted(epoch), sorted(own), { subject, tolerance: exact });
      }
      expect.that(
        epochs[0]?.join() !== epochs[1]?.join(),
        'The second epoch should have another order than the first: let both draw from one stream.',
        epochs[1],
      );
    },
  },

  'the same seed gives the same training': {
    step: 'loop',
    async run({ beside, random, expect }) {
      const model = networkOf(random, small);
      const data = examplesOf(random, { count: 20, inputs: 3, classes: 4 });
      const seed = random.integer(0, 1e6);
      const run = { model, data, options: { epochs: 2, batchSize: 6, rate: 0.5, seed } };
      const first = await beside(told, run);
      const losses = stepsOf(first, expect).map((step) => step?.loss);
      expect.equal(await beside(told, run), first, { subject: 'a training with the same seed again' });
      const other = await beside(told, { ...run, options: { ...run.options, seed: seed + 1 } });
      expect.that(
        losses.join() !==
          stepsOf(other, expect)
            .map((step) => step?.loss)
            .join(),
        'With another seed the batches should be others.',
        losses,
      );
    },
  },

  'it can be watched, and left, at any step': {
    step: 'told',
    async run({ beside, random, expect }) {
      const model = networkOf(random, small);
      const data = examplesOf(random, { count: 4, inputs: 3, classes: 4 });
      // Years of training, of which three steps are asked for.
      const options = { epochs: 1e9, batchSize: 2, rate: 0.1, seed: random.integer(0, 1e6) };
      const steps = stepsOf(await beside(told, { model, data, options }, 3), expect);
      expect.equal(steps.length, 3, { subject: 'the number of steps taken' });
      const changed = steps.map((step) => step?.model?.b2?.at?.(0));
      expect.that(
        new Set([model.b2.at(0), ...changed]).size === 4,
        'Each step should tell of the network as it is after that step.',
        changed,
      );
    },
  },

  'what it returns is the network after the last step': {
    step: 'told',
    async run({ beside, random, expect }) {
      const model = networkOf(random, small);
      const data = examplesOf(random, { count: 5, inputs: 3, classes: 4 });
      const options = { epochs: 2, batchSize: 2, rate: 0.4, seed: random.integer(0, 1e6) };
      const answer = await beside(told, { model, data, options });
      expect.equal(answer?.returned, stepsOf(answer, expect).at(-1)?.model, { subject: 'what train returned' });
      const untrained = await beside(told, { model, data, options: { ...options, epochs: 0 } });
      expect.equal(untrained?.returned, model, { subject: 'what train returned after no epochs' });
    },
  },

  'it learns to tell three groups apart': {
    step: 'descent',
    async run({ learner, beside, earlier, random, expect }) {
      const [data, others] = [groups(random, 30), groups(random, 30)];
      const model = await learner.createModel({ inputs: 3, hidden: 12, outputs: 3 }, random.integer(0, 1e6));
      const options = { epochs: 40, batchSize: 5, rate: 1, seed: random.integer(0, 1e6) };
      const answer = await beside(told, { model, data, options });
      const steps = stepsOf(answer, expect);
      expect.that(
        (steps.at(-1)?.loss ?? NaN) < 0.2,
        'After 40 epochs the loss should be below 0.2.',
        steps.at(-1)?.loss,
      );
      const trained = steps.at(-1)?.model;
      if (trained === undefined) return;
      const { output } = await earlier<Forward>('learning/two-layer-forward').forward(others.images, trained);
      const share = await earlier<Accuracy>('learning/accuracy').accuracy(output, others.labels);
      expect.that(share > 0.95, 'Of 30 new points nearly all should be put in their group.', share);
    },
  },

  'it begins to read real digits': {
    step: 'descent',
    limits: { callSeconds: 10, seconds: 60 },
    async run({ learner, beside, earlier, data, random, expect }) {
      const { train, test } = await data('digits');
      // A small network, and few digits, a handful for each call, since nobody should wait for a check. The full training is
      // yours to run.
      const part = ({ images, labels }: Examples, from: number, to: number): Examples => ({
        images: reshape(slice(images, [[from, to]]), [to - from, 784]),
        labels: slice(labels, [[from, to]]),
      });
      const last = ({ train: begin }: Learner, { model: start, data: examples, options: how }: Run) => {
        let trained = start;
        for (const progress of begin(start, examples, how)) trained = progress.model;
        return trained;
      };
      const options = { epochs: 1, batchSize: 8, rate: 0.4, seed: random.integer(0, 1e6) };
      let model = await learner.createModel({ inputs: 784, hidden: 16, outputs: 10 }, random.integer(0, 1e6));
      for (let from = 0; from < 640; from += 80) {
        model = await beside(last, { model, data: part(train, from, from + 80), options });
      }
      const heldBack = part(test, 0, 300);
      const { output } = await earlier<Forward>('learning/two-layer-forward').forward(heldBack.images, model);
      const share = await earlier<Accuracy>('learning/accuracy').accuracy(output, heldBack.labels);
      expect.that(
        share > 0.22,
        'Of 300 held-back digits more than 22 % should be right by now; guessing gives 10 %.',
        share,
      );
    },
  },

  'does not change its input': {
    async run({ beside, random, expect }) {
      const model = networkOf(random, small);
      const data = examplesOf(random, { count: 5, inputs: 3, classes: 4 });
      await beside(told, { model, data, options: { epochs: 2, batchSize: 2, rate: 0.4, seed: 3 } });
      expect.inputsUnchanged();
    },
  },
});
