/**
 * What the milestones of part 3 promise, by the reference solutions of its exercises. `attention/train-classifier`: the texts
 * of all languages, from the first step to the last. `attention/transfer`: a few labelled texts of each language, once from
 * scratch and once from the pretrained encoder, for as many steps; the rate of either arm is the best of several on texts
 * set aside from those that are learnt from, and the texts held back are asked only then.
 */
import { readFile } from 'node:fs/promises';
import { loadTensors, random, slice, take } from 'tensor';
import type { Tensor } from 'tensor';
import { letters } from 'attention/classifier';
import type { SequenceClassifier } from 'attention/classifier';
import { classify, createClassifier, train } from 'attention/train-classifier';
import type { LabelledTexts, Progress } from 'attention/train-classifier';
import { fineTune, loadWeights, partOf } from 'attention/transfer';
import type { Weights } from 'attention/transfer';
import { readLanguages } from './languages';
import { showRows } from './rows';
import type { Row } from './rows';

/** As the lessons have them. */
const sizes = { vocabulary: letters.length, channels: 32, heads: 4, hidden: 64, blocks: 2, classes: 12 } as const;
const training = { vocabulary: letters, epochs: 12, batchSize: 32, rate: 0.006 } as const;
const perClass = 20;
const few = { vocabulary: letters, epochs: 15, batchSize: 16 } as const;
const rates = [0.001, 0.003, 0.006, 0.012];
const seeds = [1, 2, 3, 4, 5];
const tuningSeeds = [11, 12];
/** The last of the texts to learn from, set aside to choose a rate by. */
const setAside = 600;

type Arm = 'from scratch' | 'fine-tuned';

export async function main(args: readonly string[]): Promise<void> {
  const { train: known, test } = await readLanguages();
  const weights = Object.fromEntries(
    loadTensors(new Uint8Array(await readFile('exercises/data/encoder/encoder.safetensors'))),
  );
  const rows = args.includes('--few') ? [] : milestone(known, test);
  rows.push(...transfer({ known, test, weights }));
  showRows(
    rows,
    args.filter((argument) => argument !== '--few'),
  );
}

/** One training on all texts. */
function milestone(known: LabelledTexts, test: LabelledTexts): Row[] {
  const model = createClassifier(sizes, 1);
  const curve: number[] = [];
  const before = process.cpuUsage();
  const start = performance.now();
  let epoch = 1;
  let steps = 0;
  const shares: number[] = [];
  const shown: string[] = [];
  const note = (): void => {
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const right = shareRight(model, test);
    curve.push(right);
    shown.push(`[${epoch}, ${percent(right)}] [${epoch}, ${percent(mean)}]`);
    shares.length = 0;
  };
  for (const progress of train(model, known, { ...training, seed: 1 })) {
    if (progress.epoch !== epoch) {
      note();
      epoch = progress.epoch;
    }
    steps = progress.step;
    shares.push(progress.accuracy);
  }
  note();
  const { user, system } = process.cpuUsage(before);
  console.log(`held back and learnt from, by epoch: ${shown.join('; ')}`);
  return [
    {
      name: 'train-classifier: held-back texts named rightly',
      value: 100 * (curve.at(-1) ?? NaN),
      unit: '%',
      least: 80,
    },
    { name: 'train-classifier: steps', value: steps, unit: '' },
    {
      name: 'train-classifier: one training, with a test after each epoch',
      value: (performance.now() - start) / 1000,
      unit: 's',
      limit: 60,
    },
    { name: 'train-classifier: processor time of all threads', value: (user + system) / 1e6, unit: 's' },
  ];
}

interface Material {
  readonly known: LabelledTexts;
  readonly test: LabelledTexts;
  readonly weights: Weights;
}

function transfer({ known, test, weights }: Material): Row[] {
  const kept = known.texts.length - setAside;
  const pool = part(known, 0, kept);
  const validation = part(known, kept, known.texts.length);
  const rows: Row[] = [];
  const results = new Map<Arm, number[]>();
  for (const arm of ['from scratch', 'fine-tuned'] as const) {
    const byRate = rates.map((rate) =>
      mean(tuningSeeds.map((seed) => shareRight(trained({ arm, pool, weights, rate, seed }).model, validation))),
    );
    const rate = rates[byRate.indexOf(Math.max(...byRate))] ?? NaN;
    console.log(
      `${arm}, set-aside texts right at ${rates.map((each, index) => `${each}: ${percent(byRate[index] ?? NaN)} %`).join(', ')}`,
    );
    const before = process.cpuUsage();
    const shares = seeds.map((seed) => {
      const run = trained({ arm, pool, weights, rate, seed });
      const right = shareRight(run.model, test);
      console.log(
        `${arm}, seed ${seed}: ${percent(right)} % held back; batches right by epoch ${run.curve.map(percent).join(' ')}`,
      );
      return right;
    });
    const { user, system } = process.cpuUsage(before);
    results.set(arm, shares);
    rows.push(
      { name: `transfer: rate ${arm}, in thousandths`, value: 1000 * rate, unit: '' },
      { name: `transfer: held-back texts named rightly ${arm}, mean of five`, value: 100 * mean(shares), unit: '%' },
      { name: `transfer: spread ${arm} (standard deviation)`, value: 100 * deviation(shares), unit: '%' },
      { name: `transfer: least ${arm}`, value: 100 * Math.min(...shares), unit: '%' },
      { name: `transfer: most ${arm}`, value: 100 * Math.max(...shares), unit: '%' },
      {
        name: `transfer: processor time of one training ${arm}`,
        value: (user + system) / 1e6 / seeds.length,
        unit: 's',
        limit: 60,
      },
    );
  }
  const gain = mean(results.get('fine-tuned') ?? []) - mean(results.get('from scratch') ?? []);
  return [...rows, { name: 'transfer: gain', value: 100 * gain, unit: 'points', least: 10 }];
}

interface Training {
  readonly arm: Arm;
  readonly pool: LabelledTexts;
  readonly weights: Weights;
  readonly rate: number;
  readonly seed: number;
}

/** Both arms take as many steps on the same texts; the seed decides these, the head and the order. */
function trained({ arm, pool, weights, rate, seed }: Training): { model: SequenceClassifier; curve: number[] } {
  const model = createClassifier(sizes, seed);
  const data = fewOf(pool, seed);
  if (arm === 'fine-tuned') loadWeights(model.encoder, partOf(weights, 'encoder.'));
  const steps: Generator<Progress, void> =
    arm === 'fine-tuned'
      ? fineTune(model, data, { ...few, rate, seed, headEpochs: 0 })
      : train(model, data, { ...few, rate, seed });
  const epochs: number[][] = Array.from({ length: few.epochs }, () => []);
  for (const { epoch, accuracy } of steps) epochs[epoch - 1]?.push(accuracy);
  return { model, curve: epochs.map(mean) };
}

/** `perClass` texts of each class, drawn by the seed. */
function fewOf({ texts, labels }: LabelledTexts, seed: number): LabelledTexts {
  const counts = new Map<number, number>();
  const chosen = random(seed)
    .permutation(texts.length)
    .filter((number) => {
      const label = labels.at(number);
      const count = counts.get(label) ?? 0;
      counts.set(label, count + 1);
      return count < perClass;
    });
  return { texts: chosen.map((number) => texts[number] ?? ''), labels: take(labels, chosen) };
}

function part({ texts, labels }: LabelledTexts, from: number, to: number): LabelledTexts {
  return { texts: texts.slice(from, to), labels: slice(labels, [[from, to]]) };
}

function shareRight(
  model: SequenceClassifier,
  { texts, labels }: { texts: readonly string[]; labels: Tensor },
): number {
  const classes = classify(model, texts, letters);
  return classes.filter((label, number) => label === labels.at(number)).length / texts.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
