/** The attention viewer: any words that one types, through one's own trained transformer, layer by layer and head by head. */
import { defineRun } from 'authoring';
import type { RunView } from 'authoring';
import { embed } from 'attention/embedding';
import { encodeTexts, letters } from 'attention/classifier';
import type { Encoder, SequenceClassifier } from 'attention/classifier';
import { attentionRollout, headStatistics, layerWeights } from 'attention/interpret';
import { causalMask } from 'attention/masks-and-bias';
import type { Allowed } from 'attention/masks-and-bias';
import { classify, createClassifier, train } from 'attention/train-classifier';
import { concat, multiply, noGrad, slice, squeeze, stack } from 'tensor';
import type { Tensor } from 'tensor';

/** As it is now, with the languages that it knows; questions see them. */
let model: SequenceClassifier | undefined;
let languages: readonly string[] = [];

/** What is shown while it learns. */
const example = 'the cat sat on the mat';

/** More letters than these fit no table. */
const longest = 60;

interface Watched {
  readonly tokens: readonly string[];
  /** `(L, h, n, n)` */
  readonly weights: Tensor;
}

/** The weights of every layer and head on one text; `causal` shuts out what follows a token. */
function watch(encoder: Encoder, text: string, { causal }: { readonly causal: boolean }): Watched {
  const words = text.toLowerCase().slice(0, longest);
  const batch = encodeTexts([words], letters);
  const { mask, bias } = encoder.allowed(batch);
  const n = batch.ids.shape[1] ?? 0;
  const allowed: Allowed = {
    ...(bias === undefined ? {} : { bias }),
    ...(mask === undefined ? {} : { mask: causal ? multiply(mask, causalMask(n)) : mask }),
  };
  const weights = noGrad(() => layerWeights(encoder.blocks, embed(batch.ids, encoder.E), allowed));
  const tokens = Array.from(batch.ids.data, (id) => (letters[id] === ' ' ? '␣' : (letters[id] ?? '?')));
  // The one text of the batch.
  return { tokens, weights: squeeze(weights, 1) };
}

/** One view for each layer, rollout with a "head" for each layer, and five numbers for every head. */
function viewsOf(encoder: Encoder, text: string, options: { readonly causal: boolean }): RunView[] {
  const { tokens, weights } = watch(encoder, text, options);
  const [layers = 0, heads = 0] = weights.shape;
  const { entropy, distance, self, previous, first } = headStatistics(weights);
  const rows = Array.from(
    { length: layers * heads },
    (_, row) => `${Math.floor(row / heads) + 1}.${(row % heads) + 1}`,
  );
  return [
    ...Array.from({ length: layers }, (_, number): RunView => ({
      kind: 'attention',
      title: `Layer ${number + 1}: who looks at whom`,
      tokens,
      weights: slice(weights, [number]),
    })),
    {
      kind: 'attention',
      title: `Rollout: where what a letter holds came from, behind layer 1 to ${layers} (one "head" each)`,
      tokens,
      weights: attentionRollout(weights),
    },
    {
      kind: 'matrix',
      title: 'Each head in five numbers',
      rowName: 'layer and head',
      columnName: 'entropy, distance in letters, and shares of the weight',
      rows,
      columns: ['entropy', 'distance', 'itself', 'the one before', 'the first'],
      values: concat(
        Array.from({ length: layers }, (_, number) =>
          stack(
            [entropy, distance, self, previous, first].map((values) => slice(values, [number])),
            1,
          ),
        ),
      ),
    },
  ];
}

function asked(text: string, options: { readonly causal: boolean }): RunView[] {
  if (model === undefined || text === '') {
    return [{ kind: 'text', title: 'Nothing to look at', text: 'Type a few words.' }];
  }
  const [answer = 0] = classify(model, [text.toLowerCase().slice(0, longest)], letters);
  const said: RunView = { kind: 'text', title: 'It takes this for', text: languages[answer] ?? '' };
  return [...(options.causal ? [] : [said]), ...viewsOf(model.encoder, text, options)];
}

export default defineRun({
  title: 'What your transformer looks at',
  settings: {
    rate: { kind: 'number', label: 'Learning rate at first', value: 0.006, minimum: 0, maximum: 1 },
    epochs: { kind: 'integer', label: 'Epochs', value: 4, minimum: 1, maximum: 100 },
    blocks: { kind: 'integer', label: 'Layers', value: 2, minimum: 1, maximum: 6 },
    heads: { kind: 'choice', label: 'Heads', value: '4', choices: ['1', '2', '4', '8'] },
  },
  curves: {
    loss: { label: 'Loss of the batch', chart: 'Loss' },
    batch: { label: 'Right in the batch', scale: 'share', chart: 'Accuracy' },
  },
  *start({ settings, seed, data }) {
    const { labels: names, train: known } = data('languages', 'labelled-texts');
    languages = names;
    const { rate, epochs, blocks } = settings;
    const sizes = {
      vocabulary: letters.length,
      channels: 32,
      heads: Number(settings.heads),
      hidden: 64,
      blocks,
      classes: names.length,
    };
    const network = createClassifier(sizes, seed);
    model = network;
    const batchSize = 32;
    const of = Math.ceil(known.texts.length / batchSize) * epochs;
    for (const { step, loss, accuracy } of train(network, known, {
      vocabulary: letters,
      epochs,
      batchSize,
      rate,
      seed,
    })) {
      yield {
        step,
        of,
        curves: { loss, batch: accuracy },
        tensors: { E: network.encoder.E, R: network.encoder.R, W: network.W, b: network.b },
        views: () => viewsOf(network.encoder, example, { causal: false }),
      };
    }
  },
  questions: {
    text: {
      kind: 'text',
      title: 'Watch it read your words',
      value: 'where is the station',
      answer: (text) => asked(text, { causal: false }),
    },
    causal: {
      kind: 'text',
      title: 'The same with a mask: no letter sees what follows it',
      value: 'where is the station',
      answer: (text) => asked(text, { causal: true }),
    },
  },
});
