import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, linear, slice, tensor } from 'tensor';
import type { DType, Random, Shape, Tensor } from 'tensor';

type Stub = typeof import('./stub');
type Attention = typeof import('attention/multi-head');
type Blocks = typeof import('attention/encoder-block');
type AttentionParameters = ConstructorParameters<Attention['MultiHeadAttention']>[0];
type BlockParameters = ConstructorParameters<Blocks['EncoderBlock']>[1];

/** All tensors of a classifier, and a batch for it. */
interface Given {
  readonly E: Tensor;
  readonly R: Tensor;
  readonly heads: number;
  readonly blocks: readonly { readonly attention: AttentionParameters; readonly parameters: BlockParameters }[];
  readonly W: Tensor;
  readonly b: Tensor;
  readonly ids: Tensor;
  readonly lengths: readonly number[];
}

interface Sizes {
  readonly lengths: readonly number[];
  readonly blocks: number;
  readonly heads?: number;
  readonly dtype?: DType;
}

const [v, classes] = [7, 3];

function given(random: Random, { lengths, blocks, heads = 2, dtype = 'float32' }: Sizes): Given {
  const [d, m] = [2 * heads, 5];
  const normal = (shape: Shape, std: number, mean = 0): Tensor => random.normal(shape, { std, mean, dtype });
  const inward = (): Tensor => normal([d, d], 1 / Math.sqrt(d));
  const block = () => ({
    attention: { Wq: inward(), Wk: inward(), Wv: inward(), Wo: inward(), bo: normal([d], 0.3) },
    parameters: {
      W1: normal([m, d], 1 / Math.sqrt(d)),
      b1: normal([m], 0.3),
      W2: normal([d, m], 1 / Math.sqrt(m)),
      b2: normal([d], 0.3),
      gamma1: normal([d], 0.3, 1),
      beta1: normal([d], 0.3),
      gamma2: normal([d], 0.3, 1),
      beta2: normal([d], 0.3),
    },
  });
  const n = Math.max(...lengths);
  const rows = lengths.flatMap((length) =>
    Array.from({ length: n }, (_, at) => (at < length ? random.integer(1, v) : 0)),
  );
  return {
    E: normal([v, d], 1),
    R: normal([heads, 5], 1),
    heads,
    blocks: Array.from({ length: blocks }, block),
    W: normal([classes, d], 0.7),
    b: normal([classes], 0.5),
    ids: fromData(rows, [lengths.length, n]),
    lengths,
  };
}

/** What can be asked of a classifier: its encoder's tokens, who may look at whom, logits, gradients by name. */
type Question = 'tokens' | 'allowed' | 'logits' | 'looking at all' | 'gradients';

/** Puts the model together and asks it one thing. A probe sees nothing of this module, so it is one for all questions. */
const ask = (
  { Encoder, SequenceClassifier, earlier, tensor: t }: Beside<Stub>,
  { E, R, heads, blocks, W, b, ids, lengths }: Given,
  question: Question,
): Record<string, Tensor | number | undefined> => {
  const { MultiHeadAttention } = earlier<Attention>('attention/multi-head');
  const { EncoderBlock } = earlier<Blocks>('attention/encoder-block');
  const pile = blocks.map(
    ({ attention, parameters }) => new EncoderBlock(new MultiHeadAttention(attention, { heads }), parameters),
  );
  const encoder = new Encoder({ E, R }, pile);
  const batch = { ids, lengths };
  if (question === 'tokens') return { tokens: encoder.forward(batch) };
  if (question === 'allowed') {
    const { mask, bias } = encoder.allowed(batch);
    return { mask, bias };
  }
  const model = new SequenceClassifier(encoder, { W, b });
  if (question === 'logits') return { logits: model.forward(batch) };
  if (question === 'looking at all') {
    let asked = 0;
    const logits = model.forward(batch, (Q, _K, V) => {
      asked += 1;
      return t.add(t.multiply(Q, 0), t.mean(V, { axis: -2, keepdim: true }));
    });
    return { asked, logits };
  }
  t.backward(t.sum(t.square(model.forward(batch))));
  return Object.fromEntries([...t.namedParameters(model)].map(([name, p]) => [name, t.grad(p)]));
};

/** The specification of the encoder, in the functions of earlier exercises, with the mask and bias of the call. */
const throughBlocks = (
  { earlier }: Beside<Stub>,
  { E, heads, blocks, ids }: Given,
  allowed: { readonly mask: Tensor; readonly bias: Tensor },
) => {
  const { MultiHeadAttention } = earlier<Attention>('attention/multi-head');
  const { EncoderBlock } = earlier<Blocks>('attention/encoder-block');
  const { embed } = earlier<typeof import('attention/embedding')>('attention/embedding');
  const { lookThrough } = earlier<typeof import('attention/masks-and-bias')>('attention/masks-and-bias');
  return blocks.reduce(
    (x, { attention, parameters }) =>
      new EncoderBlock(new MultiHeadAttention(attention, { heads }), parameters).forward(x, lookThrough(allowed)),
    embed(ids, E),
  );
};

const meanGradient = (
  { meanOfTokens, tensor: t }: Beside<Stub>,
  x: Tensor,
  { lengths, dy }: { readonly lengths: readonly number[]; readonly dy: Tensor },
) => {
  const tokens = t.parameter(x);
  t.backward(meanOfTokens(tokens, lengths), dy);
  return t.grad(tokens);
};

const biasGradient = ({ distanceBias, tensor: t }: Beside<Stub>, R: Tensor, dy: Tensor) => {
  const own = t.parameter(R);
  t.backward(distanceBias(own, dy.shape.at(-1)!), dy);
  return t.grad(own);
};

/** The specification: one entry of R for each pair. */
function biasOf(R: Tensor, n: number): Tensor {
  const [heads = 0, distances = 0] = R.shape;
  const k = (distances - 1) / 2;
  const entries: number[] = [];
  for (let h = 0; h < heads; h += 1)
    for (let i = 0; i < n; i += 1)
      for (let j = 0; j < n; j += 1) entries.push(R.at(h, k + Math.min(k, Math.max(-k, j - i))));
  return fromData(R.dtype === 'float64' ? Float64Array.from(entries) : Float32Array.from(entries), [heads, n, n]);
}

/** The specification: add up the real tokens and divide by how many there are. */
function meanOf(x: Tensor, lengths: readonly number[]): Tensor {
  const d = x.shape[2] ?? 0;
  const rows = lengths.flatMap((length, text) =>
    Array.from({ length: d }, (_, c) => {
      let sum = 0;
      for (let at = 0; at < length; at += 1) sum += x.at(text, at, c);
      return sum / length;
    }),
  );
  return fromData(rows, [lengths.length, d]);
}

/** The specification: 1 for real tokens, with axes of size 1 for heads and queries. */
function maskOf({ ids, lengths }: Pick<Given, 'ids' | 'lengths'>): Tensor {
  const n = ids.shape[1] ?? 0;
  const entries = lengths.flatMap((length) => Array.from({ length: n }, (_, at) => (at < length ? 1 : 0)));
  return fromData(entries, [lengths.length, 1, 1, n]);
}

const sizes: readonly Sizes[] = [
  { lengths: [4, 2, 3], blocks: 2 },
  { lengths: [1, 6], blocks: 1, heads: 3 },
  { lengths: [5], blocks: 3, heads: 1 },
];

export default defineChecks<Stub, typeof import('./solution')>({
  'a batch holds the tokens of each text, then zeros': {
    step: 'batch',
    async run({ learner, expect }) {
      const vocabulary = ['?', ' ', 'a', 'b', 'ab'];
      expect.equal(await learner.encodeTexts(['ab b', 'a', 'bo'], vocabulary), {
        ids: tensor([
          [4, 1, 3],
          [2, 0, 0],
          [3, 0, 0],
        ]),
        // The o is a token too, one that the vocabulary lacks.
        lengths: [3, 1, 2],
      });
      expect.equal(await learner.encodeTexts(['abab'], vocabulary), { ids: tensor([[4, 4]]), lengths: [2] });
    },
  },

  'an empty text is refused, and the message names its number': {
    step: 'batch',
    async run({ learner, expect }) {
      for (const [texts, number] of [
        [['a', 'b', ''], 2],
        [['', 'a'], 0],
      ] as const) {
        await expect.throws(learner.encodeTexts(texts, ['?', 'a', 'b']), {
          because: 'there is nothing to be classified in it',
          mentioning: [String(number)],
        });
      }
    },
  },

  'the bias of a pair is that of its distance, and far ones share the last': {
    step: 'distance',
    async run({ learner, random, expect }) {
      expect.equal(
        await learner.distanceBias(tensor([[10, 20, 30]]), 3),
        tensor([
          [
            [20, 30, 30],
            [10, 20, 30],
            [10, 10, 20],
          ],
        ]),
      );
      for (const [heads, distances, n] of [
        [3, 5, 6],
        [2, 9, 4],
        [1, 1, 2],
        [2, 3, 1],
      ] as const) {
        const R = random.normal([heads, distances]);
        expect.equal(await learner.distanceBias(R, n), biasOf(R, n));
      }
    },
  },

  'each distance gathers the gradients of all its pairs': {
    step: 'distance',
    async run({ learner, beside, random, expect }) {
      const R = random.normal([2, 5], { dtype: 'float64' });
      const dy = random.normal([2, 4, 4], { dtype: 'float64' });
      const of = async (moved: Tensor): Promise<number> => {
        const bias = await learner.distanceBias(moved, 4);
        return dy.data.reduce((sum, slope, at) => sum + slope * (bias?.data?.[at] ?? NaN), 0);
      };
      await expect.gradient(await beside(biasGradient, R, dy), { of, at: R, subject: 'the gradient of R' });
    },
  },

  'the mean is that of the real tokens': {
    step: 'mean',
    async run({ learner, random, expect }) {
      const x = tensor([
        [
          [1, 10],
          [3, 30],
          [8, 80],
        ],
      ]);
      expect.close(await learner.meanOfTokens(x, [2]), tensor([[2, 20]]));
      for (const [lengths, d] of [
        [[4, 2, 3], 5],
        [[3, 3, 1], 3],
        [[1], 2],
      ] as const) {
        const tokens = random.normal([lengths.length, Math.max(...lengths), d]);
        expect.close(await learner.meanOfTokens(tokens, lengths), meanOf(tokens, lengths));
      }
    },
  },

  'no gradient reaches what stands behind the end': {
    step: 'mean',
    async run({ beside, random, expect }) {
      const lengths = [2, 3];
      const dy = random.normal([2, 4], { dtype: 'float64' });
      const entries = lengths.flatMap((length, text) =>
        Array.from({ length: 3 }, (_, at) =>
          Array.from({ length: 4 }, (__, c) => (at < length ? dy.at(text, c) / length : 0)),
        ),
      );
      const x = random.normal([2, 3, 4], { dtype: 'float64' });
      expect.close(
        await beside(meanGradient, x, { lengths, dy }),
        fromData(Float64Array.from(entries.flat()), [2, 3, 4]),
      );
    },
  },

  'tokens may look at real ones, and prefer by distance': {
    step: 'encoder',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        const answer = await beside(ask, all, 'allowed');
        expect.equal(answer?.['mask'], maskOf(all), { subject: 'the mask' });
        expect.equal(answer?.['bias'], biasOf(all.R, all.ids.shape[1] ?? 0), { subject: 'the bias' });
      }
    },
  },

  'tokens go through all blocks, one after another': {
    step: 'encoder',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        const allowed = { mask: maskOf(all), bias: biasOf(all.R, all.ids.shape[1] ?? 0) };
        const expected = await beside.reference(throughBlocks, all, allowed);
        expect.close((await beside(ask, all, 'tokens'))?.['tokens'], expected, { subject: 'the tokens' });
      }
      const bare = given(random, { lengths: [2, 3], blocks: 0 });
      const allowed = { mask: maskOf(bare), bias: biasOf(bare.R, 3) };
      const expected = await beside.reference(throughBlocks, bare, allowed);
      expect.close((await beside(ask, bare, 'tokens'))?.['tokens'], expected, { subject: 'the tokens of no block' });
    },
  },

  'the logits are an affine layer over the mean': {
    step: 'head',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        const allowed = { mask: maskOf(all), bias: biasOf(all.R, all.ids.shape[1] ?? 0) };
        const tokens = await beside.reference(throughBlocks, all, allowed);
        const expected = linear(meanOf(tokens, all.lengths), all.W, all.b);
        expect.close((await beside(ask, all, 'logits'))?.['logits'], expected, { subject: 'the logits' });
      }
    },
  },

  'a text has the same logits alone and in any batch': {
    step: 'head',
    async run({ beside, random, expect }) {
      const all = given(random, { lengths: [2, 5, 3], blocks: 2 });
      const alone = {
        ...all,
        ids: tensor(
          slice(all.ids, [
            [0, 1],
            [0, 2],
          ]).toNested(),
        ),
        lengths: [2],
      };
      const together = (await beside(ask, all, 'logits'))?.['logits'];
      const single = (await beside(ask, alone, 'logits'))?.['logits'];
      const expected = (await beside.reference(ask, alone, 'logits'))['logits'];
      expect.close(single, expected, { subject: 'the logits of the text alone' });
      const rows = (await beside.reference(ask, all, 'logits'))['logits'];
      expect.close(together, rows, { subject: 'the logits of the batch' });
    },
  },

  'another way of looking is handed on to every block': {
    step: 'head',
    async run({ beside, random, expect }) {
      const all = given(random, { lengths: [3, 3], blocks: 3 });
      const answer = await beside(ask, all, 'looking at all');
      expect.equal(answer?.['asked'], 3, { subject: 'how often it is asked' });
      const expected = (await beside.reference(ask, all, 'looking at all'))['logits'];
      expect.close(answer?.['logits'], expected, { subject: 'the logits' });
    },
  },

  'gradients reach every parameter, under its name': {
    step: 'own',
    async run({ beside, random, expect }) {
      const all = given(random, { lengths: [4, 2], blocks: 2, dtype: 'float64' });
      const answer = await beside(ask, all, 'gradients');
      const expected = await beside.reference(ask, all, 'gradients');
      expect.equal(Object.keys(answer ?? {}).sort(), Object.keys(expected).sort(), { subject: 'the names' });
      for (const [name, gradient] of Object.entries(expected)) {
        expect.close(answer?.[name], gradient, { subject: `the gradient of ${name}` });
      }
    },
  },

  'does not change its input': {
    async run({ learner, beside, random, expect }) {
      const all = given(random, { lengths: [3, 2], blocks: 1 });
      await learner.distanceBias(all.R, 3);
      await learner.meanOfTokens(random.normal([2, 3, 4]), all.lengths);
      await beside(ask, all, 'gradients');
      expect.inputsUnchanged();
    },
  },
});
