/** Fine-tuning, to be watched: the same few texts learnt by an encoder that was taught elsewhere, or by one that was not. */
import { confusionMatrix, defineRun, shareRight } from 'authoring';
import type { LabelledLines } from 'authoring';
import { encodeTexts, letters } from 'attention/classifier';
import type { SequenceClassifier } from 'attention/classifier';
import { classify, createClassifier } from 'attention/train-classifier';
import { fineTune, loadWeights, partOf } from 'attention/transfer';
import { noGrad, random, reshape, scope, softmax, take } from 'tensor';

/** As it is now, with the languages that it knows; questions see them. */
let model: SequenceClassifier | undefined;
let languages: readonly string[] = [];

const begins = ['the pretrained encoder', 'a new one'] as const;

/** After so many steps the held-back texts are read. */
const heldBackTexts = 240;
const evaluateEvery = 15;

/** `perClass` texts of each language, drawn by the seed. */
function fewOf(
  { texts, labels }: LabelledLines,
  { perClass, seed }: { readonly perClass: number; readonly seed: number },
): LabelledLines {
  const counts = new Map<number, number>();
  const chosen = random(seed)
    .permutation(texts.length)
    .filter((n) => {
      const count = counts.get(labels.at(n)) ?? 0;
      counts.set(labels.at(n), count + 1);
      return count < perClass;
    });
  return { texts: chosen.map((n) => texts[n] ?? ''), labels: take(labels, chosen) };
}

/** The share of the texts of which it names the language. */
function named(network: SequenceClassifier, { texts, labels }: LabelledLines): number {
  return shareRight({ labels: labels.data, answers: classify(network, texts, letters) });
}

export default defineRun({
  title: 'A few texts, and what the encoder already knows',
  settings: {
    begin: { kind: 'choice', label: 'Begin with', value: begins[0], choices: begins },
    perClass: { kind: 'integer', label: 'Texts of each language', value: 20, minimum: 1, maximum: 400 },
    rate: { kind: 'number', label: 'Learning rate at first', value: 0.006, minimum: 0, maximum: 1 },
    epochs: { kind: 'integer', label: 'Epochs', value: 15, minimum: 1, maximum: 200 },
    headEpochs: { kind: 'integer', label: 'Of these for the head alone', value: 0, minimum: 0, maximum: 200 },
    batchSize: { kind: 'integer', label: 'Texts in a batch', value: 16, minimum: 1, maximum: 512 },
  },
  curves: {
    loss: { label: 'Loss of the batch', chart: 'Loss' },
    batch: { label: 'Right in the batch', scale: 'share', chart: 'Accuracy' },
    heldBack: { label: 'Right among held-back texts', scale: 'share', chart: 'Accuracy' },
  },
  *start({ settings, seed, data }) {
    const { labels: names, train: known, test } = data('languages', 'labelled-texts');
    languages = names;
    const { begin, perClass, rate, epochs, batchSize } = settings;
    // The pretrained encoder has these sizes, so the new one has them too.
    const sizes = { vocabulary: letters.length, channels: 32, heads: 4, hidden: 64, blocks: 2, classes: names.length };
    const network = createClassifier(sizes, seed);
    model = network;
    if (begin === begins[0]) loadWeights(network.encoder, partOf(data('encoder', 'weights'), 'encoder.'));
    const few = fewOf(known, { perClass, seed });
    const heldBack = { texts: test.texts.slice(0, heldBackTexts), labels: test.labels };
    const of = Math.ceil(few.texts.length / batchSize) * epochs;
    const headEpochs = Math.min(settings.headEpochs, epochs);
    const options = { vocabulary: letters, epochs, headEpochs, batchSize, rate, seed };
    for (const { step, loss, accuracy } of fineTune(network, few, options)) {
      const isEvaluated = step === 1 || step === of || step % evaluateEvery === 0;
      yield {
        step,
        of,
        curves: { loss, batch: accuracy, ...(isEvaluated ? { heldBack: named(network, heldBack) } : {}) },
        tensors: { E: network.encoder.E, R: network.encoder.R, W: network.W, b: network.b },
        views: () => [
          confusionMatrix({
            title: `${heldBackTexts} held-back texts: which language was taken for which`,
            rowName: 'the language',
            columnName: 'the answer',
            names: languages,
            labels: heldBack.labels.data,
            answers: classify(network, heldBack.texts, letters),
          }),
        ],
      };
    }
  },
  questions: {
    text: {
      kind: 'text',
      title: 'Which language is this?',
      value: 'hvor er toget til byen',
      answer: (text) => {
        if (model === undefined || text === '')
          return [{ kind: 'text', title: 'Its answer', text: 'Type a few words.' }];
        const network = model;
        const batch = encodeTexts([text.toLowerCase()], letters);
        const shares = noGrad(() => scope(() => softmax(network.forward(batch), -1)));
        return [
          {
            kind: 'bars',
            title: 'How sure it is of each language',
            labels: languages,
            values: reshape(shares, [languages.length]),
          },
        ];
      },
    },
  },
});
