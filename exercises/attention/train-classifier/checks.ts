import { defineChecks } from 'authoring';
import type { Beside, Expect } from 'authoring';
import { ones, slice, tensor, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';
import type { LabelledTexts, Progress, Sizes } from './stub';

type Stub = typeof import('./stub');

interface Run {
  readonly sizes: Sizes;
  /** From which the model is drawn. */
  readonly model: number;
  readonly data: LabelledTexts;
  readonly options: {
    readonly vocabulary: readonly string[];
    readonly epochs: number;
    readonly batchSize: number;
    readonly rate: number;
    readonly seed: number;
  };
  /** Stop after so many steps. */
  readonly steps?: number;
  /** Change only the head. */
  readonly headOnly?: boolean;
}

interface Told {
  readonly all: readonly (Progress & { readonly b: Tensor })[];
  readonly before: Readonly<Record<string, Tensor>>;
  readonly after: Readonly<Record<string, Tensor>>;
}

/** What a training tells, the head's bias after each step, and all parameters before and after. */
const told = (
  { createClassifier, train, tensor: t }: Beside<Stub>,
  { sizes, model: seed, data, options, steps = Infinity, headOnly = false }: Run,
): Told => {
  const model = createClassifier(sizes, seed);
  const copies = () =>
    Object.fromEntries([...t.namedParameters(model)].map(([name, p]) => [name, t.fromData(p.data.slice(), p.shape)]));
  const before = copies();
  const all = [];
  const run = train(model, data, headOnly ? { ...options, parameters: [model.W, model.b] } : options);
  while (all.length < steps) {
    const next = run.next();
    if (next.done === true) break;
    const { step, epoch, loss, accuracy } = next.value;
    all.push({ step, epoch, loss, accuracy, b: t.fromData(model.b.data.slice(), model.b.shape) });
  }
  return { all, before, after: copies() };
};

const created = ({ createClassifier, tensor: t }: Beside<Stub>, sizes: Sizes, seed: number): Record<string, Tensor> =>
  Object.fromEntries(
    [...t.namedParameters(createClassifier(sizes, seed))].map(([name, p]) => [
      name,
      t.fromData(p.data.slice(), p.shape),
    ]),
  );

/** Trains, and says what the model makes of other texts. */
const answers = (
  { createClassifier, train, classify }: Beside<Stub>,
  { sizes, model: seed, data, options }: Run,
  others: readonly string[],
): number[] => {
  const model = createClassifier(sizes, seed);
  for (const progress of train(model, data, options)) void progress;
  return classify(model, others, options.vocabulary);
};

const likeliest = (
  { createClassifier, classify, earlier, tensor: t }: Beside<Stub>,
  { sizes, model: seed, data, options }: Run,
) => {
  const { encodeTexts } = earlier<typeof import('attention/classifier')>('attention/classifier');
  const model = createClassifier(sizes, seed);
  model.W.data.set(model.W.data.map((value) => 3 * value));
  const logits = model.forward(encodeTexts(data.texts, options.vocabulary));
  return {
    classes: classify(model, data.texts, options.vocabulary),
    logits: t.fromData(logits.data.slice(), logits.shape),
  };
};

const vocabulary = ['?', ' ', ...'abcdef'];
const small: Sizes = { vocabulary: 8, channels: 8, heads: 2, hidden: 12, blocks: 1, classes: 3 };

function textsOf(random: Random, count: number, classes = 3): LabelledTexts {
  const texts = range(count).map(() =>
    range(random.integer(2, 7))
      .map(() => vocabulary[random.integer(2, 8)] ?? 'a')
      .join(''),
  );
  return { texts, labels: random.integers([count], { low: 0, high: classes }) };
}

function runOf(
  random: Random,
  run: Partial<Omit<Run, 'options'>> & { readonly options: Partial<Run['options']> },
): Run {
  const options = { vocabulary, epochs: 1, batchSize: 4, rate: 0.02, seed: random.integer(0, 1e6), ...run.options };
  return { sizes: small, model: random.integer(0, 1e6), data: textsOf(random, 6), ...run, options };
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

/** The steps that were told, or a failed expectation where the learner's answer holds none. */
function stepsOf(answer: Told | undefined, expect: Expect): Told['all'] {
  expect.that(Array.isArray(answer?.all), 'train should yield its progress after each step.', answer?.all);
  return answer?.all ?? [];
}

function spread(x: Tensor | undefined): number {
  return Math.sqrt((x?.data.reduce((sum, value) => sum + value * value, 0) ?? NaN) / (x?.size ?? NaN));
}

/** A training has many small operations; on a slow machine, each kernel of GPU.js that is made for one is felt. */
const limits = { callSeconds: 10, seconds: 30 } as const;

/** These train for seconds in a single call, and many times as long on a slow backend. */
const limitsOfTraining = { callSeconds: 30, seconds: 60 } as const;

/** What is added up in float32 in another order, over a few steps. */
const near = { absolute: 2e-4, relative: 2e-3 };

export default defineChecks<Stub, typeof import('./solution')>({
  'a new classifier has the parts asked for, and begins without preferences': {
    step: 'begin',
    async run({ beside, expect }) {
      const sizes = { vocabulary: 9, channels: 6, heads: 3, hidden: 10, blocks: 2, classes: 4 };
      const answer = await beside(created, sizes, 5);
      const expected = await beside.reference(created, sizes, 5);
      const shapes = (named: Record<string, Tensor> | undefined) =>
        Object.fromEntries(Object.entries(named ?? {}).map(([name, p]) => [name, [...p.shape]]));
      expect.equal(shapes(answer), shapes(expected), { subject: 'the shapes of the parameters by name' });
      for (const [name, p] of Object.entries(answer ?? {})) {
        const last = name.split('.').at(-1) ?? '';
        if (/^(?:b|bo|b1|b2|beta1|beta2|R)$/.test(last)) expect.equal(p, zeros(p.shape), { subject: name });
        if (last.startsWith('gamma')) expect.equal(p, ones(p.shape), { subject: name });
      }
    },
  },

  'its weights are spread as the lesson says, and the seed decides them': {
    step: 'begin',
    async run({ beside, random, expect }) {
      const sizes = { vocabulary: 90, channels: 60, heads: 2, hidden: 120, blocks: 2, classes: 50 };
      const seed = random.integer(0, 1e6);
      const model = await beside(created, sizes, seed);
      // Thousands of numbers each: chance moves their spread by a few percent at most.
      const tolerance = { absolute: 0, relative: 0.06 };
      const wanted: Readonly<Record<string, number>> = {
        'encoder.E': 1,
        'encoder.blocks.0.attention.Wq': Math.sqrt(2 / 120),
        'encoder.blocks.1.attention.Wo': Math.sqrt(2 / 120),
        'encoder.blocks.0.W1': Math.sqrt(2 / 180),
        'encoder.blocks.1.W2': Math.sqrt(2 / 180),
        W: Math.sqrt(2 / 110),
      };
      for (const [name, std] of Object.entries(wanted)) {
        expect.close(spread(model?.[name]), std, { subject: `the standard deviation of ${name}`, tolerance });
      }
      const first = (named: typeof model, name: string) => named?.[name]?.data[0];
      expect.that(
        first(model, 'encoder.blocks.0.attention.Wq') !== first(model, 'encoder.blocks.1.attention.Wq'),
        'Each block should have weights of its own.',
        first(model, 'encoder.blocks.1.attention.Wq'),
      );
      expect.equal(await beside(created, sizes, seed), model, { subject: 'the classifier of the same seed again' });
      const other = await beside(created, sizes, seed + 1);
      expect.that(
        first(other, 'W') !== first(model, 'W'),
        'Another seed should give other weights.',
        first(other, 'W'),
      );
    },
  },

  'each step is one of Adam on the whole batch, and tells of the model before it': {
    step: 'step',
    limits,
    async run({ beside, random, expect }) {
      for (const count of [5, 2]) {
        // The batch holds all texts, so their order does not matter.
        const run = runOf(random, {
          data: textsOf(random, count),
          options: { epochs: 4, batchSize: count, rate: 0.03 },
        });
        const before = await beside(created, run.sizes, run.model);
        const answer = await beside(told, run);
        const steps = stepsOf(answer, expect);
        expect.equal(steps.length, 4, { subject: 'the number of steps' });
        // The reference begins with the learner's own weights where the seed draws the same; else only the first counts.
        const expected = await beside.reference(told, run);
        const same = spread(before?.['W']) === spread(expected.before['W']);
        expect.that(same, 'Draw from random(seed) in this order: E, each block (Wq, Wk, Wv, Wo, W1, W2), W.');
        for (const [index, step] of steps.entries()) {
          const wanted = expected.all[index];
          expect.close(step?.loss, wanted?.loss, { subject: `the loss of step ${index + 1}`, tolerance: near });
          expect.close(step?.accuracy, wanted?.accuracy, {
            subject: `the accuracy of step ${index + 1}`,
            tolerance: { absolute: 1e-6, relative: 0 },
          });
        }
      }
    },
  },

  'the rate falls in a straight line': {
    step: 'rate',
    limits,
    async run({ beside, random, expect }) {
      const run = runOf(random, { data: textsOf(random, 7), options: { epochs: 3, batchSize: 4, rate: 0.05 } });
      const steps = stepsOf(await beside(told, run), expect);
      const expected = await beside.reference(told, run);
      for (const [index, step] of steps.entries()) {
        expect.close(step?.b, expected.all[index]?.b, { subject: `b after step ${index + 1}`, tolerance: near });
      }
    },
  },

  'steps and epochs are counted from 1, on through all epochs': {
    step: 'told',
    limits,
    async run({ beside, random, expect }) {
      const run = runOf(random, { data: textsOf(random, 7), options: { epochs: 2, batchSize: 3 } });
      const counts = stepsOf(await beside(told, run), expect).map((step) => [step?.step, step?.epoch]);
      expect.equal(
        counts,
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

  'every text is seen once in each epoch, in an order of its own': {
    step: 'told',
    limits,
    async run({ beside, random, expect }) {
      // At a rate of 0 the model stays as it is, so the loss of a batch of one says which text it was.
      const run = runOf(random, { data: textsOf(random, 9), options: { epochs: 2, batchSize: 1, rate: 0 } });
      const losses = stepsOf(await beside(told, run), expect).map((step) => step?.loss ?? NaN);
      const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
      const expected = (await beside.reference(told, run)).all.map(({ loss }) => loss).slice(0, 9);
      for (const [index, epoch] of [losses.slice(0, 9), losses.slice(9)].entries()) {
        const subject = `the losses of epoch ${index + 1}, put in order,`;
        expect.close(sorted(epoch), sorted(expected), { subject, tolerance: near });
      }
      expect.that(
        losses.slice(0, 9).join() !== losses.slice(9).join(),
        'The second epoch should have another order than the first: let both draw from one stream.',
        losses.slice(9),
      );
    },
  },

  'the same seed gives the same training': {
    step: 'told',
    limits,
    async run({ beside, random, expect }) {
      const run = runOf(random, { data: textsOf(random, 9), options: { epochs: 1, batchSize: 4 } });
      const first = await beside(told, run);
      expect.equal(await beside(told, run), first, { subject: 'a training with the same seed again' });
    },
  },

  'it can be watched, and left, at any step': {
    step: 'told',
    limits,
    async run({ beside, random, expect }) {
      // Years of training, of which three steps are asked for.
      const run = runOf(random, { steps: 3, data: textsOf(random, 4), options: { epochs: 1e6, batchSize: 2 } });
      const steps = stepsOf(await beside(told, run), expect);
      expect.equal(steps.length, 3, { subject: 'the number of steps taken' });
      expect.that(
        new Set(steps.map((step) => step?.b?.data[0])).size === 3,
        'Each step should change the model.',
        steps,
      );
    },
  },

  'where parameters are named, only they are changed': {
    step: 'step',
    limits,
    async run({ beside, random, expect }) {
      const run = runOf(random, { headOnly: true, options: { epochs: 2, batchSize: 3 } });
      const answer = await beside(told, run);
      for (const [name, p] of Object.entries(answer?.after ?? {})) {
        if (name !== 'W' && name !== 'b') expect.equal(p, answer?.before?.[name], { subject: name });
      }
      const moved = answer?.after?.['W']?.data.some((value, at) => value !== answer.before['W']?.data[at]);
      expect.that(moved === true, 'W was named and should change.');
    },
  },

  'the answer is the class of the largest logit': {
    step: 'answer',
    limits,
    async run({ beside, random, expect }) {
      const answer = await beside(likeliest, runOf(random, { data: textsOf(random, 12), options: {} }));
      const logits = answer?.logits;
      const expected = range(12).map((text) => {
        const row = range(3).map((k) => logits?.at(text, k) ?? NaN);
        return row.indexOf(Math.max(...row));
      });
      expect.equal(answer?.classes, expected, { subject: 'the classes' });
    },
  },

  'it learns an order that no count of letters shows': {
    step: 'order',
    limits: limitsOfTraining,
    async run({ beside, random, expect }) {
      // Three letters in a circle, read forwards or backwards: abcab… or acbac….
      const one = (label: number): string => {
        const begin = random.integer(0, 3);
        return range(6)
          .map((at) => 'abc'[(begin + (label === 0 ? at : 2 * at)) % 3] ?? '')
          .join('');
      };
      const labels = range(24).map((n) => n % 2);
      const data = { texts: labels.map(one), labels: tensor(labels) };
      const run = runOf(random, {
        sizes: { ...small, classes: 2 },
        data,
        options: { epochs: 25, batchSize: 6, rate: 0.02 },
      });
      const others = range(6).map((n) => n % 2);
      const classes = await beside(answers, run, others.map(one));
      expect.equal(classes, others, { subject: 'the direction of six other texts' });
    },
  },

  'it begins to tell real languages apart': {
    step: 'order',
    limits: limitsOfTraining,
    async run({ beside, data, random, expect }) {
      const { train, test } = await data('languages', 'labelled-texts');
      // A small model and few texts, since nobody should wait for a check. The full training is yours to run.
      const run = runOf(random, {
        sizes: { vocabulary: 28, channels: 16, heads: 2, hidden: 16, blocks: 1, classes: 12 },
        data: { texts: train.texts.slice(0, 240), labels: slice(train.labels, [[0, 240]]) },
        options: { vocabulary: ['?', ' ', ...'abcdefghijklmnopqrstuvwxyz'], epochs: 3, batchSize: 12, rate: 0.01 },
      });
      const classes = await beside(answers, run, test.texts.slice(0, 240));
      const right = range(240).filter((n) => classes?.[n] === test.labels.at(n)).length;
      expect.that(right > 44, 'Of 240 held-back texts more than 44 should be right by now; guessing gives 20.', right);
    },
  },

  'does not change the texts and labels': {
    limits,
    async run({ beside, random, expect }) {
      await beside(told, runOf(random, { options: { epochs: 1, batchSize: 3 } }));
      expect.inputsUnchanged();
    },
  },
});
