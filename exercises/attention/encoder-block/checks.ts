import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { add, fromData, gelu, layerNorm, linear, slice, tensor } from 'tensor';
import type { DType, Random, Shape, Tensor } from 'tensor';
import type { BlockParameters } from './stub';

type Stub = typeof import('./stub');
type Heads = typeof import('attention/multi-head');
type Masks = typeof import('attention/masks-and-bias');

interface Given {
  readonly attention: ConstructorParameters<Heads['MultiHeadAttention']>[0];
  readonly parameters: BlockParameters;
  readonly heads: number;
  readonly x: Tensor;
}

interface Training extends Given {
  readonly dy: Tensor;
}

interface Sizes {
  /** `(…, n, d)` */
  readonly shape: Shape;
  readonly heads: number;
  readonly c: number;
  readonly m: number;
  readonly dtype?: DType;
}

function given(random: Random, { shape, heads, c, m, dtype = 'float32' }: Sizes): Given {
  const d = shape.at(-1) ?? 1;
  const normal = (size: Shape, std: number, mean = 0): Tensor => random.normal(size, { std, mean, dtype });
  const inward = (): Tensor => normal([heads * c, d], 1 / Math.sqrt(d));
  return {
    attention: {
      Wq: inward(),
      Wk: inward(),
      Wv: inward(),
      Wo: normal([d, heads * c], 1 / Math.sqrt(c)),
      bo: normal([d], 0.5),
    },
    parameters: {
      W1: normal([m, d], 1 / Math.sqrt(d)),
      b1: normal([m], 0.5),
      W2: normal([d, m], 1 / Math.sqrt(m)),
      b2: normal([d], 0.5),
      gamma1: normal([d], 0.3, 1),
      beta1: normal([d], 0.5),
      gamma2: normal([d], 0.3, 1),
      beta2: normal([d], 0.5),
    },
    heads,
    x: normal(shape, 1),
  };
}

const attended = ({ earlier }: Beside<Stub>, { attention, heads, x }: Given) => {
  const { MultiHeadAttention } = earlier<Heads>('attention/multi-head');
  return new MultiHeadAttention(attention, { heads }).forward(x);
};

const forward = ({ EncoderBlock, earlier }: Beside<Stub>, { attention, parameters, heads, x }: Given) => {
  const { MultiHeadAttention } = earlier<Heads>('attention/multi-head');
  return new EncoderBlock(new MultiHeadAttention(attention, { heads }), parameters).forward(x);
};

const causally = ({ EncoderBlock, earlier }: Beside<Stub>, { attention, parameters, heads, x }: Given) => {
  const { MultiHeadAttention } = earlier<Heads>('attention/multi-head');
  const { causalMask, lookThrough } = earlier<Masks>('attention/masks-and-bias');
  const block = new EncoderBlock(new MultiHeadAttention(attention, { heads }), parameters);
  return block.forward(x, lookThrough({ mask: causalMask(x.shape.at(-2)!) }));
};

const names = ({ EncoderBlock, earlier, tensor: t }: Beside<Stub>, { attention, parameters, heads }: Given) => {
  const { MultiHeadAttention } = earlier<Heads>('attention/multi-head');
  const block = new EncoderBlock(new MultiHeadAttention(attention, { heads }), parameters);
  return [...t.namedParameters(block).keys()].sort();
};

const gradients = (
  { EncoderBlock, earlier, tensor: t }: Beside<Stub>,
  { attention, parameters, heads, x, dy }: Training,
) => {
  const { MultiHeadAttention } = earlier<Heads>('attention/multi-head');
  const block = new EncoderBlock(new MultiHeadAttention(attention, { heads }), parameters);
  const tokens = t.parameter(x);
  t.backward(block.forward(tokens), dy);
  const named = [...t.namedParameters(block)].map(([name, p]) => [name, t.grad(p)]);
  return Object.fromEntries([...named, ['x', t.grad(tokens)]]) as Record<string, Tensor | undefined>;
};

/** The specification in the library's operations, behind the attention of the earlier exercise. */
function blockOf({ parameters, x }: Given, attention: Tensor): Tensor {
  const { gamma1, beta1, gamma2, beta2, W1, b1, W2, b2 } = parameters;
  const h = layerNorm(add(x, attention), { gamma: gamma1, beta: beta1 });
  const fed = linear(gelu(linear(h, W1, b1)), W2, b2);
  return layerNorm(add(h, fed), { gamma: gamma2, beta: beta2 });
}

const sizes: readonly Sizes[] = [
  { shape: [4, 6], heads: 2, c: 3, m: 5 },
  { shape: [4, 4], heads: 2, c: 2, m: 4 },
  { shape: [1, 3], heads: 1, c: 2, m: 7 },
];

export default defineChecks<Stub, typeof import('./solution')>({
  'gelu lets through what a normal number would': {
    step: 'gelu',
    async run({ learner, random, expect }) {
      const x = tensor([-3, -1, -0.5, 0, 0.5, 1, 3]);
      const y = tensor([-0.00405, -0.15866, -0.15427, 0, 0.34573, 0.84134, 2.99595]);
      expect.close(await learner.gelu(x), y);
      for (const shape of [[], [5], [2, 3, 4], [0]]) {
        const values = random.normal(shape, { std: 2 });
        expect.close(await learner.gelu(values), gelu(values));
      }
    },
  },

  'gelu is the exact one': {
    step: 'gelu',
    async run({ learner, random, expect }) {
      // The approximation by tanh, which is common too, is off by up to 5e-4.
      const x = random.normal([9], { mean: 2, std: 0.5, dtype: 'float64' });
      expect.close(await learner.gelu(x), gelu(x), { tolerance: { absolute: 1e-6, relative: 1e-6 } });
    },
  },

  'the feed-forward network has two layers with a gelu between them': {
    step: 'feed-forward',
    async run({ learner, random, expect }) {
      for (const size of [...sizes, { shape: [2, 3, 5], heads: 1, c: 2, m: 8 }]) {
        const { x, parameters } = given(random, size);
        const { W1, b1, W2, b2 } = parameters;
        const expected = linear(gelu(linear(x, W1, b1)), W2, b2);
        expect.close(await learner.feedForward(x, { W1, b1, W2, b2 }), expected);
      }
    },
  },

  'without a feed-forward network, a block is two norms behind attention': {
    step: 'look',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        const { W2, b2 } = all.parameters;
        const silent = {
          ...all,
          parameters: {
            ...all.parameters,
            W2: fromData(new Float32Array(W2.size), W2.shape),
            b2: fromData(new Float32Array(b2.size), b2.shape),
          },
        };
        expect.close(await beside(forward, silent), blockOf(silent, await beside.reference(attended, silent)));
      }
    },
  },

  'attention and feed-forward network each have their Add & Norm': {
    step: 'think',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        expect.close(await beside(forward, all), blockOf(all, await beside.reference(attended, all)));
      }
    },
  },

  'batches and further leading axes are carried along': {
    step: 'think',
    async run({ beside, random, expect }) {
      for (const shape of [
        [3, 4, 6],
        [2, 3, 2, 4],
        [4, 4, 4],
      ]) {
        const all = given(random, { shape, heads: 2, c: 3, m: 5 });
        expect.close(await beside(forward, all), blockOf(all, await beside.reference(attended, all)));
      }
    },
  },

  'another way of looking is handed on, so that a mask hides the future': {
    step: 'look',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [2, 4, 6], heads: 2, c: 3, m: 5 });
      const x = tensor(all.x.toNested());
      // The last token of each sentence becomes another; the first three must not notice.
      [18, 42].forEach((start) => x.data.set(random.normal([6]).data, start));
      const past = (y: Tensor): Tensor => tensor(slice(y, [null, [0, 3]]).toNested());
      const after = await beside(causally, { ...all, x });
      expect.close(after, await beside.reference(causally, { ...all, x }));
      const before = await beside.reference(causally, all);
      expect.close(past(after), past(before), { subject: 'what the first three tokens become' });
    },
  },

  'its parameters are found by their names': {
    step: 'own',
    async run({ beside, random, expect }) {
      const own = ['W1', 'W2', 'b1', 'b2', 'beta1', 'beta2', 'gamma1', 'gamma2'];
      const ofAttention = ['Wk', 'Wo', 'Wq', 'Wv', 'bo'].map((name) => `attention.${name}`);
      const answer = await beside(names, given(random, { shape: [2, 3], heads: 1, c: 2, m: 4 }));
      expect.equal(answer, [...own, ...ofAttention].sort(), { subject: 'the list of parameters' });
    },
  },

  'gradients reach every parameter': {
    step: 'own',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [2, 3, 4], heads: 2, c: 2, m: 5, dtype: 'float64' });
      const training = { ...all, dy: random.normal([2, 3, 4], { dtype: 'float64' }) };
      const answer = await beside(gradients, training);
      const expected = await beside.reference(gradients, training);
      for (const [name, gradient] of Object.entries(expected)) {
        expect.close(answer?.[name], gradient, { subject: `the gradient of ${name}` });
      }
    },
  },

  'does not change its input': {
    async run({ learner, beside, random, expect }) {
      const all = given(random, { shape: [2, 3, 4], heads: 2, c: 2, m: 5 });
      await learner.gelu(all.x);
      await beside(forward, all);
      expect.inputsUnchanged();
    },
  },
});
