/**
 * Makes the encoder that `attention/transfer` starts from: the reference modules of part 3 learn to fill in hidden
 * characters of the texts in twelve languages, whose labels they never see. `npm run pretrain -- --write` writes the file
 * and its curve into `exercises/data/encoder`; without `--write` it trains the same again and compares with what is there.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  Adam,
  argmax,
  backward,
  equal,
  fromData,
  linear,
  loadTensors,
  mean,
  namedParameters,
  noGrad,
  parametersOf,
  random,
  reshape,
  saveTensors,
  scope,
  take,
} from 'tensor';
import type { Random, Tensor } from 'tensor';
import { encodeTexts, letters } from 'attention/classifier';
import type { Batch, SequenceClassifier } from 'attention/classifier';
import { causalLanguageLoss } from 'attention/next-token';
import { createClassifier } from 'attention/train-classifier';
import { minibatches } from 'learning/sgd';
import { readLanguages } from './languages';

const folder = 'exercises/data/encoder';
const file = `${folder}/encoder.safetensors`;

/** The size that the exercises use; the classes of the head are the characters that a hidden one may be. */
const sizes = { vocabulary: letters.length, channels: 32, heads: 4, hidden: 64, blocks: 2, classes: letters.length };
const options = { epochs: 120, batchSize: 64, rate: 0.006, hiddenShare: 0.2, seed: 8 } as const;
/**
 * On another kind of machine sums are rounded in another order, and thousands of steps carry that on: parameters differ
 * then, but not how well they do. So much may the loss on held-back texts differ.
 */
const tolerance = 0.05;

/** A batch, some of its characters hidden: where in the flattened ids they stood, and what they were. */
interface Gaps {
  readonly batch: Batch;
  readonly places: readonly number[];
  readonly hidden: Tensor;
}

/** Hides each real character with the same chance, and at least one. */
function hide({ ids, lengths }: Batch, stream: Random): Gaps {
  const n = ids.shape[1] ?? 0;
  const real = lengths.flatMap((length, row) => Array.from({ length }, (_, place) => row * n + place));
  const drawn = real.filter(() => stream.number() < options.hiddenShare);
  const places = drawn.length > 0 ? drawn : [real[stream.integer(0, real.length)] ?? 0];
  const values = Float32Array.from(ids.data);
  const hidden = fromData(
    Float32Array.from(places, (place) => values[place] ?? 0),
    [places.length],
  );
  for (const place of places) values[place] = 0;
  return { batch: { ids: fromData(values, ids.shape), lengths }, places, hidden };
}

/** What the model says of each hidden character, `(hidden, v)`: its head on single tokens, not on their mean. */
function guesses(model: SequenceClassifier, { batch, places }: Gaps): Tensor {
  const tokens = model.encoder.forward(batch);
  const rows = reshape(tokens, [tokens.size / sizes.channels, sizes.channels]);
  return linear(take(rows, places, 0), model.W, model.b);
}

/** One point of the curve: mean loss of an epoch, loss and share of right guesses on held-back texts. */
export interface CurvePoint {
  readonly epoch: number;
  readonly loss: number;
  readonly heldBackLoss: number;
  readonly heldBackRight: number;
}

function* pretrain(model: SequenceClassifier, training: readonly string[], heldBack: Gaps): Generator<CurvePoint> {
  const stream = random(options.seed);
  const optimiser = new Adam(parametersOf(model), { learningRate: options.rate });
  const steps = options.epochs * Math.ceil(training.length / options.batchSize);
  let step = 0;
  for (let epoch = 1; epoch <= options.epochs; epoch += 1) {
    const losses: number[] = [];
    for (const numbers of minibatches(training.length, options.batchSize, stream)) {
      optimiser.learningRate = options.rate * (1 - step / steps);
      const texts = numbers.map((number) => training[number] ?? '');
      losses.push(
        scope(() => {
          const gaps = hide(encodeTexts(texts, letters), stream);
          const loss = causalLanguageLoss(guesses(model, gaps), gaps.hidden);
          optimiser.zeroGrad();
          backward(loss);
          optimiser.step();
          return loss.at();
        }),
      );
      step += 1;
    }
    yield { epoch, loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length, ...judged(model, heldBack) };
  }
}

function judged(model: SequenceClassifier, gaps: Gaps): { heldBackLoss: number; heldBackRight: number } {
  return noGrad(() =>
    scope(() => {
      const logits = guesses(model, gaps);
      return {
        heldBackLoss: causalLanguageLoss(logits, gaps.hidden).at(),
        heldBackRight: mean(equal(argmax(logits, { axis: 1 }), gaps.hidden)).at(),
      };
    }),
  );
}

export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { write: { type: 'boolean', default: false } } });
  const { train, test } = await readLanguages();
  const model = createClassifier(sizes, options.seed);
  const heldBack = hide(encodeTexts(test.texts, letters), random(options.seed));
  const before = process.cpuUsage();
  const curve: CurvePoint[] = [];
  for (const point of pretrain(model, train.texts, heldBack)) {
    curve.push(rounded(point));
    const { user, system } = process.cpuUsage(before);
    const right = `${(100 * point.heldBackRight).toFixed(1)} % of hidden characters right`;
    console.log(
      `epoch ${point.epoch}: ${point.loss.toFixed(4)}; held back ${point.heldBackLoss.toFixed(4)}, ${right}; ${((user + system) / 1e6).toFixed(0)} s of processor time`,
    );
  }
  const bytes = saveTensors(namedParameters(model));
  console.log(`sha256 ${hashOf(bytes)}, ${bytes.length} bytes`);
  if (values.write) {
    await writeFile(file, bytes);
    await writeFile(`${folder}/curve.json`, `${JSON.stringify(curve, undefined, 2)}\n`);
    console.log(`Written to ${folder}; put the hash into CARD.md.`);
    return;
  }
  const shipped = new Uint8Array(await readFile(file));
  if (hashOf(bytes) === hashOf(shipped)) {
    console.log('The same file, bit for bit.');
    return;
  }
  const made = curve.at(-1)?.heldBackLoss ?? NaN;
  const saved = loadTensors(shipped);
  for (const [name, parameter] of namedParameters(model)) parameter.data.set(saved.get(name)?.data ?? []);
  const gap = Math.abs(judged(model, heldBack).heldBackLoss - made);
  const verdict = gap <= tolerance ? 'within' : 'BEYOND';
  console.log(
    `Another file, whose loss on held-back texts differs by ${gap.toFixed(4)}: ${verdict} the tolerance of ${tolerance}.`,
  );
}

function rounded({ epoch, ...numbers }: CurvePoint): CurvePoint {
  const entries = Object.entries(numbers).map(([name, value]) => [name, Math.round(value * 1e4) / 1e4]);
  return { epoch, ...(Object.fromEntries(entries) as Omit<CurvePoint, 'epoch'>) };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
