import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { slice, tensor } from 'tensor';
import type { Random, Tensor } from 'tensor';

type Stub = typeof import('./stub');
type Classifiers = typeof import('attention/train-classifier');
type Weights = Readonly<Record<string, Tensor>>;

interface Loading {
  readonly own: Weights;
  readonly weights: Weights;
}

/** Loads into a module of parameters by name; what it holds afterwards, and what was said where it was refused. */
const loaded = ({ loadWeights, tensor: t }: Beside<Stub>, { own, weights }: Loading) => {
  const module = Object.fromEntries(Object.entries(own).map(([name, x]) => [name, t.parameter(x)]));
  let message = '';
  try {
    loadWeights({ part: module, blocks: [] }, weights);
  } catch (error) {
    message = error instanceof Error ? error.message : String(error);
    // What is not written yet is no refusal.
    if (/^todo/i.test(message)) throw error;
  }
  return {
    message,
    holds: Object.fromEntries(Object.entries(module).map(([name, p]) => [name, t.fromData(p.data.slice(), p.shape)])),
    areParameters: Object.values(module).every((p) => t.requiresGrad(p)),
  };
};

interface Tuning {
  readonly texts: readonly string[];
  readonly labels: Tensor;
  readonly seed: number;
  readonly epochs: number;
  readonly headEpochs: number;
  readonly steps?: number;
}

/** Fine-tunes a small model: what it tells, and after each step the head's bias and the sum of the embeddings. */
const tuned = ({ fineTune, earlier }: Beside<Stub>, { texts, labels, seed, steps = Infinity, ...epochs }: Tuning) => {
  const { createClassifier } = earlier<Classifiers>('attention/train-classifier');
  const sizes = { vocabulary: 5, channels: 4, heads: 2, hidden: 6, blocks: 1, classes: 2 };
  const model = createClassifier(sizes, seed);
  const embeddings = () => model.encoder.E.data.reduce((sum, value) => sum + value * value, 0);
  const before = embeddings();
  const told = [];
  const run = fineTune(
    model,
    { texts, labels },
    { vocabulary: ['?', ' ', ...'abc'], batchSize: 2, rate: 0.02, seed, ...epochs },
  );
  while (told.length < steps) {
    const next = run.next();
    if (next.done === true) break;
    const { step, epoch, loss } = next.value;
    told.push({ step, epoch, loss, moved: embeddings() !== before, b: model.b.data[0] ?? NaN });
  }
  return told;
};

const heads = ({ headOf, earlier }: Beside<Stub>, seed: number) => {
  const { createClassifier } = earlier<Classifiers>('attention/train-classifier');
  const model = createClassifier({ vocabulary: 5, channels: 4, heads: 2, hidden: 6, blocks: 1, classes: 3 }, seed);
  const head = headOf(model);
  return { count: head.length, are: [head.includes(model.W), head.includes(model.b)] };
};

interface Comparison {
  readonly weights: Weights;
  readonly texts: readonly string[];
  readonly labels: Tensor;
  readonly others: readonly string[];
  readonly seed: number;
}

/** The answers of a model that begins with the encoder's weights and learns from a few texts. */
const transferred = (
  { partOf, loadWeights, fineTune, earlier }: Beside<Stub>,
  { weights, texts, labels, others, seed }: Comparison,
): number[] => {
  const { createClassifier, classify } = earlier<Classifiers>('attention/train-classifier');
  const vocabulary = ['?', ' ', ...'abcdefghijklmnopqrstuvwxyz'];
  const sizes = { vocabulary: 28, channels: 32, heads: 4, hidden: 64, blocks: 2, classes: 12 };
  const model = createClassifier(sizes, seed);
  loadWeights(model.encoder, partOf(weights, 'encoder.'));
  const options = { vocabulary, epochs: 3, headEpochs: 1, batchSize: 12, rate: 0.006, seed };
  for (const progress of fineTune(model, { texts, labels }, options)) void progress;
  return classify(model, others, vocabulary);
};

function twoSets(random: Random): Loading {
  const normal = (...shape: number[]) => random.normal(shape);
  return {
    own: { W: normal(2, 3), b: normal(2) },
    weights: { 'part.W': normal(2, 3), 'part.b': normal(2) },
  };
}

function few(random: Random): Pick<Tuning, 'texts' | 'labels' | 'seed'> {
  return { texts: ['ab', 'cab', 'b', 'acc'], labels: tensor([0, 1, 0, 1]), seed: random.integer(0, 1e6) };
}

/** A training has many small operations; on a slow machine, each kernel of GPU.js that is made for one is felt. */
const limits = { callSeconds: 10, seconds: 30 } as const;

export default defineChecks<Stub, typeof import('./solution')>({
  'the part of a name goes, and so do all weights of other names': {
    step: 'names',
    async run({ learner, random, expect }) {
      const [E, Wq, W] = [random.normal([2, 3]), random.normal([3, 3]), random.normal([2])];
      const weights = { 'encoder.E': E, 'encoder.blocks.0.encoder.Wq': Wq, W, 'old.encoder.E': W };
      expect.equal(await learner.partOf(weights, 'encoder.'), { E, 'blocks.0.encoder.Wq': Wq });
      expect.equal(await learner.partOf(weights, 'decoder.'), {});
    },
  },

  'weights are copied into the parameters of their names': {
    step: 'load',
    async run({ beside, random, expect }) {
      const { own, weights } = twoSets(random);
      const answer = await beside(loaded, { own, weights });
      expect.equal(answer?.message, '', { subject: 'what was said' });
      expect.equal(answer?.holds, { W: weights['part.W'], b: weights['part.b'] }, { subject: 'what the module holds' });
      expect.equal(answer?.areParameters, true, { subject: 'whether they are parameters still' });
    },
  },

  'what is missing, unexpected or misshaped is all named': {
    step: 'fit',
    async run({ beside, random, expect }) {
      const { own, weights } = twoSets(random);
      const wrong = { 'part.W': random.normal([3, 2]), 'part.gate': random.normal([2]) };
      const answer = await beside(loaded, { own, weights: wrong });
      for (const word of [/missing[^;]*part\.b/, /unexpected[^;]*part\.gate/, /part\.W/, /3,\s*2/, /2,\s*3/]) {
        expect.that(word.test(answer?.message ?? ''), `The message should speak of ${word.source}.`, answer?.message);
      }
      const { 'part.b': _, ...without } = weights;
      const short = await beside(loaded, { own, weights: without });
      expect.that(/missing[^;]*part\.b/.test(short?.message ?? ''), 'part.b is missing.', short?.message);
      const more = await beside(loaded, { own, weights: { ...weights, V: random.normal([1]) } });
      expect.that(/unexpected[^;]*V/.test(more?.message ?? ''), 'V is unexpected.', more?.message);
    },
  },

  'where something does not fit, nothing is changed': {
    step: 'fit',
    async run({ beside, random, expect }) {
      const { own, weights } = twoSets(random);
      // As many numbers, in another shape, and behind one that fits.
      const turned = await beside(loaded, {
        own: { b: own['b']!, W: own['W']! },
        weights: { ...weights, 'part.W': random.normal([3, 2]) },
      });
      expect.that((turned?.message ?? '') !== '', 'A matrix (3, 2) does not fit where (2, 3) is.', turned?.message);
      expect.equal(turned?.holds, own, { subject: 'what the module holds' });
    },
  },

  'the head is what the encoder does not own': {
    step: 'freeze',
    limits,
    async run({ beside, random, expect }) {
      expect.equal(await beside(heads, random.integer(0, 1e6)), { count: 2, are: [true, true] });
    },
  },

  'first only the head learns, then all': {
    step: 'freeze',
    limits,
    async run({ beside, random, expect }) {
      const answer = await beside(tuned, { ...few(random), epochs: 3, headEpochs: 2 });
      const moved = [false, false, false, false, true, true];
      expect.equal(
        answer?.map((step) => step?.moved),
        moved,
        { subject: 'whether the embeddings have moved, by step,' },
      );
      expect.that(answer?.[0]?.b !== answer?.[3]?.b, 'The head should learn from the first step on.', answer);
      const all = await beside(tuned, { ...few(random), epochs: 1, headEpochs: 0 });
      expect.equal(
        all?.map((step) => step?.moved),
        [true, true],
        { subject: 'with no epochs for the head alone' },
      );
      const head = await beside(tuned, { ...few(random), epochs: 1, headEpochs: 1 });
      expect.equal(
        head?.map((step) => step?.moved),
        [false, false],
        { subject: 'with all epochs for the head alone' },
      );
    },
  },

  'steps and epochs are counted through': {
    step: 'freeze',
    limits,
    async run({ beside, random, expect }) {
      const answer = await beside(tuned, { ...few(random), epochs: 3, headEpochs: 1 });
      const counts = answer?.map((step) => [step?.step, step?.epoch]);
      expect.equal(
        counts,
        [
          [1, 1],
          [2, 1],
          [3, 2],
          [4, 2],
          [5, 3],
          [6, 3],
        ],
        { subject: 'step and epoch, as told,' },
      );
      const left = await beside(tuned, { ...few(random), epochs: 1e6, headEpochs: 5e5, steps: 3 });
      expect.equal(left?.length, 3, { subject: 'the number of steps of a training that is left after three' });
    },
  },

  'a few texts suffice, with the pretrained encoder': {
    step: 'why',
    // It trains for seconds in a single call, and three times as long on a slow backend.
    limits: { callSeconds: 30, seconds: 60 },
    async run({ beside, data, random, expect }) {
      const weights = await data('encoder', 'weights');
      const { train, test } = await data('languages', 'labelled-texts');
      const seed = random.integer(0, 1e6);
      const [texts, labels] = [train.texts.slice(0, 180), slice(train.labels, [[0, 180]])];
      const classes = await beside(transferred, { weights, texts, labels, others: test.texts.slice(0, 120), seed });
      const right = classes?.filter((label, number) => label === test.labels.at(number)).length ?? 0;
      expect.that(right > 36, 'Of 120 held-back texts more than 36 should be right; guessing gives 10.', right);
    },
  },

  'does not change the weights it loads': {
    async run({ beside, random, expect }) {
      const { own, weights } = twoSets(random);
      await beside(loaded, { own, weights });
      expect.inputsUnchanged();
    },
  },
});
