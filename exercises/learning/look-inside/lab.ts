/** Looking inside one's own network while it learns: its weights as pictures, and what happens in it as one draws. */
import { defineRun } from 'authoring';
import type { RunView } from 'authoring';
import { divide, matmul, reshape, slice, stack, sqrt, square, sum, take, transpose } from 'tensor';
import type { Tensor } from 'tensor';
import { explain, hiddenImages } from 'learning/look-inside';
import { createModel, train } from 'learning/train-digits';
import { forward } from 'learning/two-layer-forward';
import type { NetworkParameters } from 'learning/two-layer-forward';

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** So many of the training digits are held against what is drawn. */
const compared = 2_000;

/** As it is now, with the digits that it learns from; questions see them. */
let model: NetworkParameters | undefined;
let known: { readonly images: Tensor; readonly labels: ArrayLike<number> } | undefined;

/** What the hidden units say of each picture, `(N, hidden)`, each row of length 1; a silent row stays zero. */
function directions(images: Tensor, network: NetworkParameters): Tensor {
  const { h } = forward(images, network).cache;
  const length = sqrt(sum(square(h), { axis: 1, keepdim: true }));
  return divide(h, length.data.includes(0) ? 1 : length);
}

/** The places of the largest numbers, the largest first. */
function largest(values: ArrayLike<number>, count: number): number[] {
  return Array.from(values, (value, place) => ({ value, place }))
    .sort((a, b) => b.value - a.value)
    .slice(0, count)
    .map(({ place }) => place);
}

function pictures(images: Tensor, places: readonly number[]): Tensor {
  return reshape(take(images, places), [places.length, 28, 28]);
}

/** What happens in the network about one picture. */
function insideViews(image: Tensor, network: NetworkParameters): RunView[] {
  const x = reshape(image, [784]);
  const { answer, output, hidden, votes, evidence } = explain(x, network);
  const loud = largest(hidden.data, 12);
  const views: RunView[] = [
    { kind: 'text', title: 'Its answer', text: `${answer}` },
    { kind: 'bars', title: 'How strongly it says each digit', labels: digits, values: output },
    {
      kind: 'images',
      title: 'The hidden units that light up most: what each looks for, and what it says for or against the answer',
      images: take(hiddenImages(network.W1), loud),
      labels: loud.map(
        (unit) => `unit ${unit}: ${hidden.at(unit).toFixed(1)}, says ${votes.at(answer, unit).toFixed(2)}`,
      ),
      signed: true,
    },
    {
      kind: 'images',
      title: `What each pixel says for ${answer}, and against it`,
      images: reshape(slice(evidence, [[answer, answer + 1]]), [1, 28, 28]),
      signed: true,
    },
  ];
  if (known === undefined) return views;
  const drawn = directions(reshape(image, [1, 784]), network);
  const alike = matmul(directions(known.images, network), transpose(drawn));
  const nearest = largest(alike.data, 8);
  const { images, labels } = known;
  return [
    ...views,
    {
      kind: 'images',
      title: 'The training digits that light up the same units',
      images: pictures(images, nearest),
      labels: nearest.map((place) => `${labels[place]}`),
    },
  ];
}

/** For each digit the picture of all that its output weights gather, through every hidden unit. */
function templates({ W1, W2 }: NetworkParameters): Tensor {
  const gathered = matmul(W2, W1);
  return stack(digits.map((_, digit) => reshape(slice(gathered, [[digit, digit + 1]]), [28, 28])));
}

export default defineRun({
  title: 'Inside your network',
  settings: {
    rate: { kind: 'number', label: 'Learning rate', value: 1, minimum: 0, maximum: 100 },
    epochs: { kind: 'integer', label: 'Epochs', value: 5, minimum: 1, maximum: 50 },
    hidden: { kind: 'integer', label: 'Hidden units', value: 64, minimum: 1, maximum: 256 },
  },
  curves: {
    loss: { label: 'Loss of the batch', scale: 'logarithmic', chart: 'Loss' },
    right: { label: 'Right in the batch', scale: 'share', chart: 'Accuracy' },
  },
  *start({ settings, seed, data }) {
    const { images, labels } = data('digits').train;
    const [count = 0] = images.shape;
    const rows = reshape(images, [count, 784]);
    known = { images: slice(rows, [[0, Math.min(compared, count)]]), labels: labels.data };
    const { rate, epochs, hidden } = settings;
    const batchSize = 64;
    const first = createModel({ inputs: 784, hidden, outputs: 10 }, seed);
    const of = Math.ceil(count / batchSize) * epochs;
    const options = { epochs, batchSize, rate, seed };
    for (const { step, loss, accuracy, model: present } of train(first, { images: rows, labels }, options)) {
      model = present;
      yield {
        step,
        of,
        curves: { loss, right: accuracy },
        tensors: { W1: present.W1, b1: present.b1, W2: present.W2, b2: present.b2 },
        views: () => [
          {
            kind: 'images',
            title: 'What each hidden unit looks for: its weights, one picture for each',
            images: hiddenImages(present.W1),
            signed: true,
          },
          {
            kind: 'images',
            title: 'What speaks for each digit, all units together',
            images: templates(present),
            labels: digits,
            signed: true,
          },
        ],
      };
    }
  },
  questions: {
    pad: {
      kind: 'digit-pad',
      title: 'Draw a digit, and see what lights up',
      answer: (image) => (model === undefined ? [] : insideViews(image, model)),
    },
  },
});
