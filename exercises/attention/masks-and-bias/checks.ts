import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { attend } from 'attention/attend';
import { broadcastTo, fromData, slice, tensor, zeros } from 'tensor';
import type { DType, Random, Shape, Tensor } from 'tensor';
import type { Allowed } from './stub';

type Stub = typeof import('./stub');
type Gating = typeof import('attention/gating');

interface Given {
  readonly Q: Tensor;
  readonly K: Tensor;
  readonly V: Tensor;
  readonly allowed: Allowed;
}

/** The specification: each query looks through the keys that are left, if any are. */
function weightsOf({ Q, K, allowed: { mask, bias } }: Omit<Given, 'V'>): Tensor {
  const [queries = 0, channels = 0] = Q.shape.slice(-2);
  const keys = K.shape.at(-2) ?? 0;
  const shape = [...Q.shape.slice(0, -1), keys];
  const count = shape.reduce((product, size) => product * size, 1);
  const spread = (x: Tensor | undefined, value: number): ArrayLike<number> =>
    x === undefined ? Array.from({ length: count }, () => value) : broadcastTo(x, shape).data;
  const [allows, adds] = [spread(mask, 1), spread(bias, 0)];
  const [asking, asked] = [Q.data, K.data];
  const w = new Float64Array(count);
  for (let row = 0; row * keys < w.length; row += 1) {
    const first = Math.floor(row / queries) * keys;
    const shares = Array.from({ length: keys }, (_, j) => {
      let sum = 0;
      for (let a = 0; a < channels; a += 1) sum += asking[row * channels + a]! * asked[(first + j) * channels + a]!;
      return allows[row * keys + j] === 0 ? 0 : Math.exp(sum / Math.sqrt(channels) + adds[row * keys + j]!);
    });
    const total = shares.reduce((sum, share) => sum + share, 0);
    shares.forEach((share, j) => (w[row * keys + j] = total === 0 ? 0 : share / total));
  }
  return fromData(Q.dtype === 'float64' ? w : Float32Array.from(w), shape);
}

function answersOf(all: Given): Tensor {
  const w = weightsOf(all);
  const [queries = 0, keys = 0] = w.shape.slice(-2);
  const v = all.V.shape.at(-1) ?? 0;
  const o = new Float32Array((w.size / keys) * v);
  o.forEach((_, place) => {
    const row = Math.floor(place / v);
    const first = Math.floor(row / queries) * keys;
    for (let j = 0; j < keys; j += 1) o[place]! += w.data[row * keys + j]! * all.V.data[(first + j) * v + (place % v)]!;
  });
  return fromData(o, [...w.shape.slice(0, -1), v]);
}

interface Sizes {
  readonly leading?: Shape;
  readonly q: number;
  readonly k: number;
  readonly c: number;
  readonly dtype?: DType;
}

function inputs(random: Random, { leading = [], q, k, c, dtype = 'float32' }: Sizes) {
  const normal = (...size: number[]): Tensor => random.normal([...leading, ...size], { dtype });
  return { Q: normal(q, c), K: normal(k, c), V: normal(k, 3) };
}

/** Ones and zeros, with a one in every row at a random place. */
function someMask(random: Random, shape: Shape): Tensor {
  const keys = shape.at(-1) ?? 1;
  const mask = random.integers(shape, { low: 0, high: 2 });
  for (let start = 0; start < mask.size; start += keys) mask.data[start + random.integer(0, keys)] = 1;
  return mask;
}

const look = ({ lookThrough }: Beside<Stub>, { Q, K, V, allowed }: Given) => lookThrough(allowed)(Q, K, V);

interface Learning extends Omit<Given, 'V'> {
  readonly dw: Tensor;
}

const gradients = ({ maskedWeights, tensor }: Beside<Stub>, { Q, K, allowed, dw }: Learning) => {
  const { backward, grad, parameter } = tensor;
  const [queries, keys, bias] = [parameter(Q), parameter(K), parameter(allowed.bias ?? tensor.zeros([1]))];
  backward(maskedWeights(queries, keys, { ...allowed, bias }), dw);
  return { Q: grad(queries), K: grad(keys), bias: grad(bias) };
};

type Parameters = ConstructorParameters<Gating['GatedAttention']>[0];

interface Sentence {
  readonly parameters: Parameters;
  readonly x: Tensor;
  readonly lengths: readonly number[];
}

const causally = ({ causalMask, lookThrough, earlier }: Beside<Stub>, { parameters, x }: Sentence) => {
  const { GatedAttention } = earlier<Gating>('attention/gating');
  const module = new GatedAttention(parameters, { heads: 2 });
  return module.forward(x, lookThrough({ mask: causalMask(x.shape.at(-2)!) }));
};

const unpadded = ({ keyMask, lookThrough, earlier }: Beside<Stub>, { parameters, x, lengths }: Sentence) => {
  const { GatedAttention } = earlier<Gating>('attention/gating');
  const module = new GatedAttention(parameters, { heads: 2 });
  return module.forward(x, lookThrough({ mask: keyMask(lengths, x.shape.at(-2)!) }));
};

/** Weights for two heads of three channels, tokens of five. */
function parametersOf(random: Random): Parameters {
  const inward = (): Tensor => random.normal([6, 5], { std: 0.6 });
  const outward = { Wo: random.normal([5, 6], { std: 0.4 }), bo: random.normal([5]), bg: random.normal([6]) };
  return { Wq: inward(), Wk: inward(), Wv: inward(), Wg: inward(), ...outward };
}

export default defineChecks<Stub, typeof import('./solution')>({
  'the padding gets nothing, and the others share the whole portion': {
    step: 'mask',
    async run({ learner, expect }) {
      const [Q, K] = [tensor([[1]]), tensor([[1], [2], [3]])];
      // The lesson gives four decimals.
      const tolerance = { absolute: 6e-5, relative: 0 };
      expect.close(await learner.maskedWeights(Q, K, { mask: tensor([1, 1, 0]) }), tensor([[0.2689, 0.7311, 0]]), {
        tolerance,
      });
      expect.close(await learner.maskedWeights(Q, K, {}), tensor([[0.09, 0.2447, 0.6652]]), { tolerance });
    },
  },

  'a key mask holds 1 for each token of a sentence and 0 for its padding': {
    step: 'keys',
    async run({ learner, expect }) {
      const rows = [1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0];
      expect.equal(await learner.keyMask([3, 1, 4, 0], 4), fromData(rows, [4, 1, 1, 4]));
      expect.equal(await learner.keyMask([1], 2), fromData([1, 0], [1, 1, 1, 2]));
    },
  },

  'a length for which there is no room is refused, and the message names it': {
    step: 'keys',
    async run({ learner, expect }) {
      const because = (length: number): string => `a sentence of ${length} tokens does not fit into four places`;
      await expect.throws(learner.keyMask([2, 7], 4), { because: because(7), mentioning: ['7'] });
      await expect.throws(learner.keyMask([-1, 2], 4), { because: because(-1), mentioning: ['-1'] });
      await expect.throws(learner.keyMask([2.5], 4), { because: because(2.5), mentioning: ['2.5'] });
    },
  },

  'a causal mask lets each token look at itself and at those before it': {
    step: 'causal',
    async run({ learner, expect }) {
      for (const n of [1, 2, 5]) {
        const mask = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => (j <= i ? 1 : 0)));
        expect.equal(await learner.causalMask(n), tensor(mask));
      }
    },
  },

  'without mask and bias it looks as attend does': {
    step: 'mask',
    async run({ beside, random, expect }) {
      for (const sizes of [
        { q: 3, k: 5, c: 4 },
        { leading: [2, 3], q: 4, k: 2, c: 5 },
      ]) {
        const { Q, K, V } = inputs(random, sizes);
        expect.close(await beside(look, { Q, K, V, allowed: {} }), attend(Q, K, V));
      }
    },
  },

  'a bias is added behind the root': {
    step: 'bias',
    async run({ learner, random, expect }) {
      for (const sizes of [
        { q: 3, k: 5, c: 16 },
        { leading: [2], q: 2, k: 4, c: 9 },
        { q: 4, k: 4, c: 4 },
      ]) {
        const { Q, K } = inputs(random, sizes);
        const allowed = { bias: random.normal([...Q.shape.slice(0, -1), sizes.k], { std: 2 }) };
        expect.close(await learner.maskedWeights(Q, K, allowed), weightsOf({ Q, K, allowed }));
      }
    },
  },

  'whatever is ruled out, the rest sums to one': {
    step: 'mask',
    async run({ learner, random, expect }) {
      for (const sizes of [
        { q: 3, k: 5, c: 4 },
        { leading: [3], q: 4, k: 2, c: 3 },
        { leading: [2, 2], q: 3, k: 3, c: 2 },
      ]) {
        const { Q, K } = inputs(random, sizes);
        const shape = [...Q.shape.slice(0, -1), sizes.k];
        const allowed = { mask: someMask(random, shape), bias: random.normal(shape) };
        expect.close(await learner.maskedWeights(Q, K, allowed), weightsOf({ Q, K, allowed }));
      }
    },
  },

  'masks and biases are broadcast over sentences, heads and queries': {
    step: 'keys',
    async run({ beside, random, expect }) {
      const { Q, K, V } = inputs(random, { leading: [2, 3], q: 4, k: 5, c: 2 });
      for (const [mask, bias] of [
        [
          [2, 1, 1, 5],
          [3, 4, 5],
        ],
        [
          [4, 5],
          [3, 1, 1],
        ],
        [[5], [2, 1, 4, 5]],
      ] as const) {
        const all = { Q, K, V, allowed: { mask: someMask(random, mask), bias: random.normal(bias) } };
        expect.close(await beside(look, all), answersOf(all));
      }
    },
  },

  'a query that may attend to nothing gets zeros': {
    step: 'nothing',
    async run({ learner, beside, random, expect }) {
      const { Q, K, V } = inputs(random, { leading: [2], q: 3, k: 4, c: 5 });
      const mask = someMask(random, [2, 3, 4]);
      mask.data.fill(0, 4, 8);
      const all = { Q, K, V, allowed: { mask, bias: random.normal([3, 4]) } };
      expect.close(await learner.maskedWeights(Q, K, all.allowed), weightsOf(all));
      expect.close(await beside(look, all), answersOf(all));
    },
  },

  'gradients agree with central differences, and none passes a row that is ruled out': {
    step: 'nothing',
    async run({ learner, beside, random, expect }) {
      const { Q, K } = inputs(random, { leading: [2], q: 3, k: 4, c: 2, dtype: 'float64' });
      const mask = someMask(random, [2, 3, 4]);
      mask.data.fill(0, 8, 12);
      const bias = random.normal([3, 4], { dtype: 'float64' });
      const dw = random.normal([2, 3, 4], { dtype: 'float64' });
      const at = { Q, K, bias };
      const answer = await beside(gradients, { Q, K, allowed: { mask, bias }, dw });
      for (const name of ['Q', 'K', 'bias'] as const) {
        const loss = async (moved: Tensor): Promise<number> => {
          const [queries, keys, added] = [
            name === 'Q' ? moved : Q,
            name === 'K' ? moved : K,
            name === 'bias' ? moved : bias,
          ];
          const w = await learner.maskedWeights(queries, keys, { mask, bias: added });
          return dw.data.reduce((sum, d, place) => sum + d * w.data[place]!, 0);
        };
        await expect.gradient(answer?.[name], { of: loss, at: at[name], subject: `the gradient of ${name}` });
      }
    },
  },

  'in your gated module, no token sees the future': {
    step: 'causal',
    async run({ beside, random, expect }) {
      const parameters = parametersOf(random);
      const x = random.normal([2, 4, 5]);
      const changed = tensor(x.toNested());
      // The last token of each sentence becomes another; the first three must not notice.
      [15, 35].forEach((start) => changed.data.set(random.normal([5]).data, start));
      const past = (y: Tensor): Tensor => tensor(slice(y, [null, [0, 3]]).toNested());
      const before = await beside.reference(causally, { parameters, x, lengths: [] });
      const after = await beside(causally, { parameters, x: changed, lengths: [] });
      expect.close(after, await beside.reference(causally, { parameters, x: changed, lengths: [] }));
      expect.close(past(after), past(before), { subject: 'what the first three tokens receive' });
    },
  },

  'in your gated module, padding changes nothing': {
    step: 'keys',
    async run({ beside, random, expect }) {
      const parameters = parametersOf(random);
      const x = random.normal([2, 4, 5]);
      const first = (y: Tensor): Tensor =>
        tensor(
          slice(y, [
            [0, 1],
            [0, 3],
          ]).toNested(),
        );
      // Sentence 0 has three tokens. Alone, without padding, it must give the same.
      const alone = await beside.reference(unpadded, { parameters, x: first(x), lengths: [3] });
      const padded = await beside(unpadded, { parameters, x, lengths: [3, 4] });
      expect.close(padded, await beside.reference(unpadded, { parameters, x, lengths: [3, 4] }));
      expect.close(first(padded), alone, { subject: 'what the three tokens of sentence 0 receive' });
    },
  },

  'an empty batch has an empty mask': {
    async run({ learner, expect }) {
      expect.equal(await learner.keyMask([], 3), zeros([0, 1, 1, 3]));
      expect.equal(await learner.causalMask(0), zeros([0, 0]));
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { Q, K } = inputs(random, { q: 2, k: 3, c: 2 });
      await learner.keyMask([2, 1], 3);
      await learner.maskedWeights(Q, K, { mask: tensor([1, 0, 1]), bias: random.normal([2, 3]) });
      expect.inputsUnchanged();
    },
  },
});
