/** A small model of letters learns to continue a text, on the loss and the sampling of this exercise, and writes when asked. */
import { defineRun } from 'authoring';
import { causalLanguageLoss, sample, shiftTargets } from 'attention/next-token';
import { Adam, backward, Embedding, Linear, parametersOf, random, relu, reshape, scope, squeeze, tensor } from 'tensor';
import type { Random, Tensor } from 'tensor';

const text = [
  'the cat sat on the mat and the dog lay at the door. ',
  'the rain ran down the pane and the day was long. ',
  'a mouse came out, looked at the cat, and ran back in. ',
  'the cat saw the mouse and the mouse saw the cat. ',
  'the dog saw them both and slept at the door. ',
  'when the rain was over the dog ran out and the cat sat in the sun. ',
].join('');
const letters = [...new Set(text)].sort();
const ids = Array.from(text, (letter) => letters.indexOf(letter));

/** How many letters the model looks back. */
const reach = 8;

interface Model {
  readonly letters: Embedding;
  readonly hidden: Linear;
  readonly output: Linear;
}

/** As it is now, and where its random numbers come from; questions see them. */
let model: Model | undefined;
let draws: Random | undefined;

/** Scores for the letter that follows each window. windows `(N, reach)` → `(N, letters)` */
function scoresOf({ letters: table, hidden, output }: Model, windows: Tensor): Tensor {
  const [count = 0] = windows.shape;
  const embedded = table.forward(windows);
  return output.forward(relu(hidden.forward(reshape(embedded, [count, reach * 8]))));
}

function write(
  network: Model,
  { begin, temperature, count }: { begin: string; temperature: number; count: number },
): string {
  const written = Array.from(begin.toLowerCase(), (letter) => Math.max(0, letters.indexOf(letter)));
  for (let n = 0; n < count; n += 1) {
    const padded = [...Array.from({ length: reach }, () => letters.indexOf(' ')), ...written].slice(-reach);
    const next = scope(() =>
      sample(squeeze(scoresOf(network, tensor([padded])), 0), { temperature, draw: draws?.number() ?? 0.5 }),
    );
    written.push(next);
  }
  return written.map((id) => letters[id]).join('');
}

export default defineRun({
  title: 'Letters that follow letters',
  settings: {
    rate: { kind: 'number', label: 'Learning rate', value: 0.01, minimum: 0, maximum: 1 },
    batchSize: { kind: 'integer', label: 'Windows in a batch', value: 32, minimum: 1, maximum: 256 },
    steps: { kind: 'integer', label: 'Steps', value: 600, minimum: 1, maximum: 20_000 },
    temperature: { kind: 'number', label: 'Temperature of what it writes', value: 0.7, minimum: 0, maximum: 5 },
  },
  curves: {
    loss: { label: 'Loss of the batch', chart: 'Loss' },
    uniform: { label: 'A guess among all letters', chart: 'Loss' },
  },
  *start({ settings, seed }) {
    const { rate, batchSize, steps, temperature } = settings;
    const stream = random(seed);
    draws = random(seed + 1);
    const network: Model = {
      letters: new Embedding(letters.length, 8, { random: stream }),
      hidden: new Linear(reach * 8, 64, { random: stream }),
      output: new Linear(64, letters.length, { random: stream }),
    };
    model = network;
    const optimiser = new Adam(parametersOf(network), { learningRate: rate });
    for (let step = 1; step <= steps; step += 1) {
      const starts = Array.from({ length: batchSize }, () => stream.integer(0, ids.length - reach));
      const loss = scope(() => {
        const pieces = tensor(starts.map((start) => ids.slice(start, start + reach + 1)));
        // All but the last letter is what is read; the last of the targets is what follows the whole window.
        const { inputs, targets } = shiftTargets(pieces);
        const follows = tensor(starts.map((_, n) => targets.at(n, reach - 1)));
        optimiser.zeroGrad();
        const value = causalLanguageLoss(scoresOf(network, inputs), follows);
        backward(value);
        optimiser.step();
        return value.at();
      });
      yield {
        step,
        of: steps,
        curves: { loss, uniform: Math.log(letters.length) },
        tensors: { hidden: network.hidden.weight, output: network.output.weight },
        views: () => [
          {
            kind: 'text',
            title: `What it writes after ${step} steps`,
            text: write(network, { begin: 'the ', temperature, count: 160 }),
          },
        ],
      };
    }
  },
  questions: {
    write: {
      kind: 'text',
      title: 'Let it go on from here',
      value: 'the cat ',
      answer: (begin) =>
        model === undefined
          ? []
          : [
              {
                kind: 'text',
                title: 'Always the likeliest letter',
                text: write(model, { begin, temperature: 0, count: 120 }),
              },
              {
                kind: 'text',
                title: 'Drawn at a temperature of 0.7',
                text: write(model, { begin, temperature: 0.7, count: 120 }),
              },
              {
                kind: 'text',
                title: 'Drawn at a temperature of 1.5',
                text: write(model, { begin, temperature: 1.5, count: 120 }),
              },
            ],
    },
  },
});
