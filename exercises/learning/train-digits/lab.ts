/** Training on the real digits, to be watched: loss and accuracy live, what is confused with what, and a pad to try it on. */
import { confusionMatrix, defineRun, shareRight } from 'authoring';
import type { RunView } from 'authoring';
import { argmax, multiply, reshape, scope, take } from 'tensor';
import type { Tensor } from 'tensor';
import { createModel, train } from 'learning/train-digits';
import { forward } from 'learning/two-layer-forward';
import type { NetworkParameters } from 'learning/two-layer-forward';

/** As it is now; questions see it. */
let model: NetworkParameters | undefined;

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The held-back pictures are looked at now and then: all of them take about as long as ten steps. */
const evaluateEvery = 25;

interface HeldBack {
  /** `(N, 784)` */
  readonly images: Tensor;
  readonly labels: ArrayLike<number>;
}

/** What the network answers about each picture, and how sure it is. */
function read(network: NetworkParameters, images: Tensor): { answers: number[]; outputs: Tensor } {
  const { output } = forward(images, network);
  return { answers: Array.from(argmax(output, { axis: 1 }).data), outputs: output };
}

function heldBackAccuracy(network: NetworkParameters, { images, labels }: HeldBack): number {
  return scope(() => {
    const { answers } = read(network, images);
    return shareRight({ labels, answers });
  });
}

/** What was answered for which digit, and the mistakes that the network was most sure of. */
function viewsOf(network: NetworkParameters, { images, labels }: HeldBack): RunView[] {
  const { answers, outputs } = read(network, images);
  const mistakes: { readonly n: number; readonly answer: number; readonly sure: number }[] = [];
  answers.forEach((answer, n) => {
    const label = labels[n] ?? 0;
    if (answer !== label) mistakes.push({ n, answer, sure: outputs.at(n, answer) - outputs.at(n, label) });
  });
  const worst = mistakes.sort((a, b) => b.sure - a.sure).slice(0, 24);
  const confusion = confusionMatrix({
    title: 'Held-back digits: what was answered for which',
    rowName: 'the digit',
    columnName: 'the answer',
    names: digits,
    labels,
    answers,
  });
  if (worst.length === 0) return [confusion];
  return [
    confusion,
    {
      kind: 'images',
      title: `The worst of ${mistakes.length} mistakes`,
      images: reshape(
        take(
          images,
          worst.map(({ n }) => n),
        ),
        [worst.length, 28, 28],
      ),
      labels: worst.map(({ n, answer }) => `${labels[n]}, read as ${answer}`),
    },
  ];
}

export default defineRun({
  title: 'Your network learns to read digits',
  settings: {
    rate: { kind: 'number', label: 'Learning rate', value: 1, minimum: 0, maximum: 100 },
    batchSize: { kind: 'integer', label: 'Images in a batch', value: 64, minimum: 1, maximum: 8000 },
    epochs: { kind: 'integer', label: 'Epochs', value: 8, minimum: 1, maximum: 100 },
    outputScale: {
      kind: 'number',
      label: 'Output weights at first, times those of createModel',
      value: 1,
      minimum: 0,
      maximum: 100,
    },
  },
  curves: {
    loss: { label: 'Loss of the batch', scale: 'logarithmic', chart: 'Loss' },
    batch: { label: 'Right in the batch', scale: 'share', chart: 'Accuracy' },
    heldBack: { label: 'Right among the held-back digits', scale: 'share', chart: 'Accuracy' },
  },
  *start({ settings, seed, data }) {
    const { train: learned, test } = data('digits');
    const [count = 0] = learned.images.shape;
    const images = reshape(learned.images, [count, 784]);
    const heldBack: HeldBack = {
      images: reshape(test.images, [test.labels.size, 784]),
      labels: test.labels.data,
    };
    const { batchSize, epochs, rate, outputScale } = settings;
    const first = createModel({ inputs: 784, hidden: 128, outputs: 10 }, seed);
    model = { ...first, W2: multiply(first.W2, outputScale) };
    const of = Math.ceil(count / batchSize) * epochs;
    const options = { epochs, batchSize, rate, seed };
    for (const { step, loss, accuracy, model: present } of train(model, { images, labels: learned.labels }, options)) {
      model = present;
      const isEvaluated = step === 1 || step === of || step % evaluateEvery === 0;
      yield {
        step,
        of,
        curves: {
          loss,
          batch: accuracy,
          ...(isEvaluated ? { heldBack: heldBackAccuracy(present, heldBack) } : {}),
        },
        tensors: { W1: present.W1, b1: present.b1, W2: present.W2, b2: present.b2 },
        views: () => viewsOf(present, heldBack),
      };
    }
  },
  questions: {
    pad: {
      kind: 'digit-pad',
      title: 'Draw a digit, and your network reads it',
      answer: (image) => {
        if (model === undefined) return [];
        const { answers, outputs } = read(model, reshape(image, [1, 784]));
        return [
          { kind: 'text', title: 'Its answer', text: `${answers[0]}` },
          { kind: 'bars', title: 'How strongly it says each digit', labels: digits, values: reshape(outputs, [10]) },
        ];
      },
    },
  },
});
