/** Training a transformer, to be watched: loss and accuracy live, which languages are taken for which, and texts of one's own. */
import { confusionMatrix, defineRun, shareRight } from 'authoring';
import type { LabelledLines, RunView } from 'authoring';
import { encodeTexts, letters } from 'attention/classifier';
import type { SequenceClassifier } from 'attention/classifier';
import { classify, createClassifier, train } from 'attention/train-classifier';
import { noGrad, reshape, scope, softmax } from 'tensor';

/** As it is now, with the languages that it knows; questions see them. */
let model: SequenceClassifier | undefined;
let languages: readonly string[] = [];

/** So many held-back texts are read now and then, which takes about as long as ten steps. */
const heldBackTexts = 240;
const evaluateEvery = 40;

/** The share of the texts of which it names the language. */
function named(network: SequenceClassifier, { texts, labels }: LabelledLines): number {
  return shareRight({ labels: labels.data, answers: classify(network, texts, letters) });
}

/** What was answered for which language, and the first texts of which the answer was wrong. */
function viewsOf(network: SequenceClassifier, { texts, labels }: LabelledLines): RunView[] {
  const answers = classify(network, texts, letters);
  const mistakes = texts.flatMap((text, n) => {
    const [label = 0, answer = 0] = [labels.at(n), answers[n]];
    return answer === label ? [] : [`${languages[label] ?? ''}, read as ${languages[answer] ?? ''}: ${text}`];
  });
  return [
    confusionMatrix({
      title: `${texts.length} held-back texts: which language was taken for which`,
      rowName: 'the language',
      columnName: 'the answer',
      names: languages,
      labels: labels.data,
      answers,
    }),
    {
      kind: 'text',
      title: 'Texts that it still gets wrong',
      text: mistakes.length === 0 ? 'None of these.' : mistakes.slice(0, 12).join('\n'),
    },
  ];
}

export default defineRun({
  title: 'Your transformer learns to tell languages apart',
  settings: {
    rate: { kind: 'number', label: 'Learning rate at first', value: 0.006, minimum: 0, maximum: 1 },
    batchSize: { kind: 'integer', label: 'Texts in a batch', value: 32, minimum: 1, maximum: 512 },
    epochs: { kind: 'integer', label: 'Epochs', value: 12, minimum: 1, maximum: 100 },
    blocks: { kind: 'integer', label: 'Blocks', value: 2, minimum: 1, maximum: 6 },
    channels: { kind: 'choice', label: 'Channels of a token', value: '32', choices: ['8', '16', '32', '64'] },
  },
  curves: {
    loss: { label: 'Loss of the batch', chart: 'Loss' },
    batch: { label: 'Right in the batch', scale: 'share', chart: 'Accuracy' },
    heldBack: { label: 'Right among held-back texts', scale: 'share', chart: 'Accuracy' },
  },
  *start({ settings, seed, data }) {
    const { labels: names, train: known, test } = data('languages', 'labelled-texts');
    languages = names;
    const { rate, batchSize, epochs, blocks } = settings;
    const channels = Number(settings.channels);
    const sizes = {
      vocabulary: letters.length,
      channels,
      heads: 4,
      hidden: 2 * channels,
      blocks,
      classes: names.length,
    };
    const network = createClassifier(sizes, seed);
    model = network;
    const heldBack = { texts: test.texts.slice(0, heldBackTexts), labels: test.labels };
    const of = Math.ceil(known.texts.length / batchSize) * epochs;
    const options = { vocabulary: letters, epochs, batchSize, rate, seed };
    for (const { step, loss, accuracy } of train(network, known, options)) {
      const isEvaluated = step === 1 || step === of || step % evaluateEvery === 0;
      yield {
        step,
        of,
        curves: { loss, batch: accuracy, ...(isEvaluated ? { heldBack: named(network, heldBack) } : {}) },
        tensors: { E: network.encoder.E, R: network.encoder.R, W: network.W, b: network.b },
        views: () => viewsOf(network, heldBack),
      };
    }
  },
  questions: {
    text: {
      kind: 'text',
      title: 'Which language is this?',
      value: 'where is the station',
      answer: (text) => {
        if (model === undefined || text === '')
          return [{ kind: 'text', title: 'Its answer', text: 'Type a few words.' }];
        const network = model;
        const texts = [text.toLowerCase()];
        const [answer = 0] = classify(network, texts, letters);
        const shares = noGrad(() => scope(() => softmax(network.forward(encodeTexts(texts, letters)), -1)));
        return [
          { kind: 'text', title: 'Its answer', text: languages[answer] ?? '' },
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
