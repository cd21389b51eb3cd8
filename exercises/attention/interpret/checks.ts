import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { EncoderBlock } from 'attention/encoder-block';
import type { BlockParameters } from 'attention/encoder-block';
import { causalMask, lookThrough } from 'attention/masks-and-bias';
import type { Allowed } from 'attention/masks-and-bias';
import { MultiHeadAttention } from 'attention/multi-head';
import type { AttentionParameters } from 'attention/multi-head';
import { fromData, slice, softmax, tensor, zeros } from 'tensor';
import type { Random, Shape, Tensor } from 'tensor';

type Stub = typeof import('./stub');
type Heads = typeof import('attention/multi-head');
type Blocks = typeof import('attention/encoder-block');

interface Layer {
  readonly attention: AttentionParameters;
  readonly rest: BlockParameters;
}

interface Watched {
  readonly layers: readonly Layer[];
  readonly heads: number;
  readonly x: Tensor;
  readonly allowed?: Allowed;
}

const watch = ({ layerWeights, earlier }: Beside<Stub>, { layers, heads, x, allowed }: Watched) => {
  const { MultiHeadAttention: Attention } = earlier<Heads>('attention/multi-head');
  const { EncoderBlock: Block } = earlier<Blocks>('attention/encoder-block');
  const blocks = layers.map(({ attention, rest }) => new Block(new Attention(attention, { heads }), rest));
  return allowed === undefined ? layerWeights(blocks, x) : layerWeights(blocks, x, allowed);
};

const isFollowed = ({ layerWeights, earlier, tensor: t }: Beside<Stub>, { layers, heads, x }: Watched) => {
  const { MultiHeadAttention: Attention } = earlier<Heads>('attention/multi-head');
  const { EncoderBlock: Block } = earlier<Blocks>('attention/encoder-block');
  const blocks = layers.map(({ attention, rest }) => new Block(new Attention(attention, { heads }), rest));
  return t.requiresGrad(layerWeights(blocks, x));
};

/** `count` layers with `heads` heads of c channels, tokens of d. */
function layersOf(random: Random, { count, heads, c, d }: Record<'count' | 'heads' | 'c' | 'd', number>): Layer[] {
  const normal = (shape: Shape, std: number, mean = 0): Tensor => random.normal(shape, { std, mean });
  const inward = (): Tensor => normal([heads * c, d], 1.5 / Math.sqrt(d));
  return Array.from({ length: count }, () => ({
    attention: { Wq: inward(), Wk: inward(), Wv: inward(), Wo: normal([d, heads * c], 1), bo: normal([d], 0.5) },
    rest: {
      W1: normal([d + 1, d], 1 / Math.sqrt(d)),
      b1: normal([d + 1], 0.5),
      W2: normal([d, d + 1], 1 / Math.sqrt(d)),
      b2: normal([d], 0.5),
      gamma1: normal([d], 0.3, 1),
      beta1: normal([d], 0.5),
      gamma2: normal([d], 0.3, 1),
      beta2: normal([d], 0.5),
    },
  }));
}

/** The specification, for one sentence: every score from the parameters themselves, and the tokens passed on. */
function watchedOf({ layers, heads, x, allowed = {} }: Watched): Tensor {
  let tokens = x;
  const all: number[] = [];
  for (const { attention, rest } of layers) {
    const [n = 0, d = 0] = tokens.shape;
    const c = attention.Wq.shape[0]! / heads;
    const projected = (W: Tensor, i: number, row: number): number =>
      range(d).reduce((sum, e) => sum + W.at(row, e) * tokens.at(i, e), 0);
    for (let head = 0; head < heads; head += 1) {
      for (let i = 0; i < n; i += 1) {
        const shares = range(n).map((j) => {
          if (allowed.mask?.at(i, j) === 0) return 0;
          const channels = range(c).map((a) => head * c + a);
          const score = channels.reduce(
            (sum, row) => sum + projected(attention.Wq, i, row) * projected(attention.Wk, j, row),
            0,
          );
          return Math.exp(score / Math.sqrt(c));
        });
        const total = shares.reduce((sum, share) => sum + share, 0);
        all.push(...shares.map((share) => share / total));
      }
    }
    tokens = new EncoderBlock(new MultiHeadAttention(attention, { heads }), rest).forward(tokens, lookThrough(allowed));
  }
  const [n = 0] = x.shape;
  return fromData(Float32Array.from(all), [layers.length, heads, n, n]);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Weights as a softmax makes them, none of them 0. */
function someWeights(random: Random, shape: Shape): Tensor {
  return softmax(random.normal(shape, { std: 1.5 }), -1);
}

/** The same, where no token looks at what comes after it. */
function causalWeights(random: Random, shape: Shape): Tensor {
  const w = tensor(someWeights(random, shape).toNested());
  const n = shape.at(-1)!;
  for (let start = 0; start < w.size; start += n) {
    const query = (start / n) % n;
    const row = w.data.subarray(start, start + n);
    row.fill(0, query + 1);
    const total = row.reduce((sum: number, value: number) => sum + value, 0);
    row.forEach((value, key) => (row[key] = value / total));
  }
  return w;
}

/** For each head `of(w, i, j)` added up over all pairs, and divided. */
function overPairs(weights: Tensor, of: (w: number, i: number, j: number) => number, by?: (n: number) => number) {
  const n = weights.shape.at(-1)!;
  const heads = weights.size / (n * n);
  const sums = range(heads).map((head) =>
    range(n * n).reduce(
      (sum, place) => sum + of(weights.data[head * n * n + place]!, Math.floor(place / n), place % n),
      0,
    ),
  );
  return fromData(
    Float32Array.from(sums, (sum) => sum / (by?.(n) ?? n)),
    weights.shape.slice(0, -2),
  );
}

/** The specification of rollout, for `(layers, heads, n, n)`: each layer's shares, followed back to the input. */
function rolloutOf(weights: Tensor): Tensor {
  const [layers = 0, heads = 0, n = 0] = weights.shape;
  const all: number[] = [];
  let before: number[][] = range(n).map((i) => range(n).map((j) => (i === j ? 1 : 0)));
  for (let layer = 0; layer < layers; layer += 1) {
    const now = range(n).map((i) => {
      const kept = range(n).map(
        (j) => range(heads).reduce((sum, a) => sum + weights.at(layer, a, i, j) / heads, 0) + (i === j ? 1 : 0),
      );
      const total = kept.reduce((sum, value) => sum + value, 0);
      return range(n).map((j) => kept.reduce((sum, value, m) => sum + (value / total) * before[m]![j]!, 0));
    });
    all.push(...now.flat());
    before = now;
  }
  return fromData(Float32Array.from(all), [layers, n, n]);
}

const shapes: readonly Shape[] = [
  [4, 4],
  [3, 5, 5],
  [2, 3, 4, 4],
  [2, 1, 3, 2, 2],
];

export default defineChecks<Stub, typeof import('./solution')>({
  'every layer is watched on what the one before it made': {
    step: 'watch',
    async run({ beside, random, expect }) {
      for (const size of [
        { count: 1, heads: 2, c: 3, d: 4, n: 3 },
        { count: 3, heads: 3, c: 1, d: 5, n: 4 },
        { count: 2, heads: 1, c: 4, d: 4, n: 4 },
      ]) {
        const all = { layers: layersOf(random, size), heads: size.heads, x: random.normal([size.n, size.d]) };
        expect.close(await beside(watch, all), watchedOf(all));
      }
    },
  },

  'what a mask hides has no weight, and later layers know nothing of it': {
    step: 'watch',
    async run({ beside, random, expect }) {
      const layers = layersOf(random, { count: 2, heads: 2, c: 2, d: 4 });
      const all = { layers, heads: 2, x: random.normal([4, 4]), allowed: { mask: causalMask(4) } };
      expect.close(await beside(watch, all), watchedOf(all));
    },
  },

  'a batch keeps its axes behind that of the layers': {
    step: 'watch',
    async run({ beside, random, expect }) {
      const layers = layersOf(random, { count: 2, heads: 3, c: 2, d: 4 });
      const x = random.normal([2, 5, 4]);
      const answer = await beside(watch, { layers, heads: 3, x });
      expect.close(answer, await beside.reference(watch, { layers, heads: 3, x }));
      const second = { layers, heads: 3, x: tensor(slice(x, [1]).toNested()) };
      expect.close(tensor(slice(answer, [null, 1]).toNested()), watchedOf(second), { subject: 'the second sentence' });
    },
  },

  'watching leaves nothing on the tape': {
    step: 'watch',
    async run({ beside, random, expect }) {
      const layers = layersOf(random, { count: 2, heads: 2, c: 2, d: 3 });
      const followed = await beside(isFollowed, { layers, heads: 2, x: random.normal([3, 3]) });
      expect.equal(followed, false, { subject: 'whether the weights ask for gradients' });
    },
  },

  'entropy is 0 for a look at one token and ln n for a look at all alike': {
    step: 'entropy',
    async run({ learner, random, expect }) {
      const one = tensor([
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
      ]);
      const alike = tensor(range(4).map(() => range(4).map(() => 0.25)));
      expect.close((await learner.headStatistics(one))?.entropy, tensor(0), { subject: 'the entropy of a sure head' });
      expect.close((await learner.headStatistics(alike))?.entropy, tensor(Math.log(4)), {
        subject: 'the entropy of a head that spreads its attention evenly',
      });
      for (const shape of shapes) {
        const w = someWeights(random, shape);
        const expected = overPairs(w, (share) => -share * Math.log(share));
        expect.close((await learner.headStatistics(w))?.entropy, expected, { subject: 'the entropy' });
      }
    },
  },

  'a weight of 0 adds nothing to the entropy': {
    step: 'entropy',
    async run({ learner, random, expect }) {
      for (const shape of shapes) {
        const w = causalWeights(random, shape);
        const expected = overPairs(w, (share) => (share === 0 ? 0 : -share * Math.log(share)));
        expect.close((await learner.headStatistics(w))?.entropy, expected, { subject: 'the entropy' });
      }
    },
  },

  'distance counts the tokens between query and key, to either side': {
    step: 'distance',
    async run({ learner, random, expect }) {
      for (const shape of shapes) {
        const w = someWeights(random, shape);
        const expected = overPairs(w, (share, i, j) => share * Math.abs(i - j));
        expect.close((await learner.headStatistics(w))?.distance, expected, { subject: 'the distance' });
      }
    },
  },

  'shares of the token itself, the one before and the first one': {
    step: 'shares',
    async run({ learner, random, expect }) {
      for (const shape of shapes) {
        const w = someWeights(random, shape);
        const answer = await learner.headStatistics(w);
        const where = (holds: (i: number, j: number) => boolean) => (share: number, i: number, j: number) =>
          holds(i, j) ? share : 0;
        expect.close(
          answer?.self,
          overPairs(
            w,
            where((i, j) => i === j),
          ),
          { subject: 'self' },
        );
        expect.close(
          answer?.first,
          overPairs(
            w,
            where((_, j) => j === 0),
          ),
          { subject: 'first' },
        );
        const previous = overPairs(
          w,
          where((i, j) => j === i - 1),
          (n) => n - 1,
        );
        expect.close(answer?.previous, previous, { subject: 'previous' });
      }
    },
  },

  'a single token has none before it': {
    step: 'shares',
    async run({ learner, expect }) {
      const answer = await learner.headStatistics(tensor([[[1]], [[1]]]));
      expect.close(answer?.previous, zeros([2]), { subject: 'previous' });
      expect.close(answer?.self, tensor([1, 1]), { subject: 'self' });
      expect.close(answer?.distance, zeros([2]), { subject: 'the distance' });
    },
  },

  "the lesson's two layers are rolled out": {
    step: 'multiply',
    async run({ learner, expect }) {
      const weights = tensor([
        [
          [
            [0.8, 0.1, 0.1],
            [0.9, 0.05, 0.05],
            [0.1, 0.1, 0.8],
          ],
        ],
        [
          [
            [0.6, 0.2, 0.2],
            [0.2, 0.6, 0.2],
            [0, 0.9, 0.1],
          ],
        ],
      ]);
      const rollout = await learner.attentionRollout(weights);
      expect.close(
        rollout,
        tensor([
          [
            [0.9, 0.05, 0.05],
            [0.45, 0.525, 0.025],
            [0.05, 0.05, 0.9],
          ],
          [
            [0.77, 0.0975, 0.1325],
            [0.455, 0.43, 0.115],
            [0.23, 0.26375, 0.50625],
          ],
        ]),
      );
    },
  },

  'every row adds up to one': {
    step: 'rows',
    async run({ learner, random, expect }) {
      const w = someWeights(random, [4, 2, 3, 3]);
      const rollout = await learner.attentionRollout(w);
      expect.equal(rollout?.shape, [4, 3, 3], { subject: 'the shape' });
      const totals = range(12).map((row) =>
        rollout.data.subarray(3 * row, 3 * row + 3).reduce((sum: number, value: number) => sum + value, 0),
      );
      expect.close(tensor(totals), tensor(range(12).map(() => 1)), { subject: 'the sums of the rows' });
    },
  },

  'heads are averaged, and one layer mixes half of what was kept': {
    step: 'average',
    async run({ learner, random, expect }) {
      for (const [heads, n] of [
        [1, 4],
        [3, 2],
        [2, 5],
      ] as const) {
        const w = someWeights(random, [1, heads, n, n]);
        expect.close(await learner.attentionRollout(w), rolloutOf(w));
      }
    },
  },

  'layers are multiplied, the later one on the left': {
    step: 'multiply',
    async run({ learner, random, expect }) {
      for (const [layers, heads, n] of [
        [2, 2, 3],
        [3, 1, 4],
        [5, 3, 2],
      ] as const) {
        const w = someWeights(random, [layers, heads, n, n]);
        expect.close(await learner.attentionRollout(w), rolloutOf(w));
      }
    },
  },

  'a query that may attend to nothing keeps what it has': {
    step: 'keep',
    async run({ learner, random, expect }) {
      const w = tensor(someWeights(random, [2, 2, 3, 3]).toNested());
      // The last query of every head; its row of the mean is 0.
      for (let start = 6; start < w.size; start += 9) w.data.fill(0, start, start + 3);
      const rollout = await learner.attentionRollout(w);
      expect.close(rollout, rolloutOf(w));
    },
  },

  'a batch is rolled out sentence by sentence': {
    step: 'multiply',
    async run({ learner, random, expect }) {
      const w = someWeights(random, [2, 3, 4, 3, 3]);
      const rollout = await learner.attentionRollout(w);
      expect.equal(rollout?.shape, [2, 3, 3, 3], { subject: 'the shape' });
      for (const sentence of range(3)) {
        const alone = tensor(slice(w, [null, sentence]).toNested());
        expect.close(tensor(slice(rollout, [null, sentence]).toNested()), rolloutOf(alone));
      }
    },
  },

  'weights without an axis for layers, or with other keys than queries, are refused': {
    step: 'keep',
    async run({ learner, random, expect }) {
      await expect.throws(learner.attentionRollout(someWeights(random, [2, 3, 3])), {
        because: 'there is no axis for the layers',
        mentioning: [/2,\s*3,\s*3/],
      });
      await expect.throws(learner.attentionRollout(someWeights(random, [2, 2, 3, 4])), {
        because: 'there are four keys for three queries',
        mentioning: [/3,\s*4/],
      });
    },
  },

  'a contribution is the weight times the length of the value': {
    step: 'values',
    async run({ learner, random, expect }) {
      const lesson = await learner.contributions(
        tensor([[0.7, 0.2, 0.1]]),
        tensor([
          [0.3, 0.4],
          [3, 4],
          [-6, 8],
        ]),
      );
      expect.close(lesson, tensor([[0.35, 1, 1]]));
      for (const [front, q, k, v] of [
        [[], 2, 3, 4],
        [[2], 4, 4, 4],
        [[3, 2], 1, 5, 1],
      ] as const) {
        const w = someWeights(random, [...front, q, k]);
        const V = random.normal([...front, k, v]);
        const lengths = range(V.size / v).map((row) => Math.hypot(...V.data.subarray(row * v, (row + 1) * v)));
        const expected = Array.from(w.data, (share, place) => {
          const example = Math.floor(place / (q * k));
          return share * lengths[example * k + (place % k)]!;
        });
        expect.close(await learner.contributions(w, V), fromData(Float32Array.from(expected), w.shape));
      }
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const w = someWeights(random, [2, 2, 3, 3]);
      await learner.headStatistics(w);
      await learner.attentionRollout(w);
      await learner.contributions(w, random.normal([2, 2, 3, 2]));
      expect.inputsUnchanged();
    },
  },
});
