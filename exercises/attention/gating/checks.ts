import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { MultiHeadAttention } from 'attention/multi-head';
import type { AttentionParameters, Look } from 'attention/multi-head';
import { fromData, full, linear, multiply, tensor, zeros } from 'tensor';
import type { DType, Random, Shape, Tensor } from 'tensor';
import type { GateParameters } from './stub';

type Stub = typeof import('./stub');
type AllParameters = AttentionParameters & GateParameters;

interface Given {
  readonly parameters: AllParameters;
  readonly heads: number;
  readonly x: Tensor;
}

interface Sizes {
  /** `(…, n, d)` */
  readonly shape: Shape;
  readonly heads: number;
  readonly c: number;
  readonly dtype?: DType;
}

/** Tokens, weights that leave no head sure of anything, and gates somewhere between open and shut. */
function given(random: Random, { shape, heads, c, dtype = 'float32' }: Sizes): Given {
  const d = shape.at(-1) ?? 1;
  const normal = (size: Shape, std: number): Tensor => random.normal(size, { std, dtype });
  const inward = (): Tensor => normal([heads * c, d], 1.5 / Math.sqrt(d));
  const plain = { Wq: inward(), Wk: inward(), Wv: inward(), Wo: normal([d, heads * c], 1), bo: normal([d], 1) };
  return { parameters: { ...plain, Wg: inward(), bg: normal([heads * c], 1) }, heads, x: normal(shape, 1) };
}

/** The specification: every gate by itself. */
function gatesOf({ parameters: { Wg, bg }, x }: Given): Tensor {
  const [channels = 0, d = 0] = Wg.shape;
  const tokens = x.data;
  const g = Float32Array.from({ length: (x.size / d) * channels }, (_, place) => {
    const [row, k] = [Math.floor(place / channels), place % channels];
    let z = bg.at(k);
    for (let e = 0; e < d; e += 1) z += Wg.at(k, e) * tokens[row * d + e]!;
    return 1 / (1 + Math.exp(-z));
  });
  return fromData(g, [...x.shape.slice(0, -1), channels]);
}

function gatedOf(all: Given, look?: Look): Tensor {
  const plain = new MultiHeadAttention(all.parameters, { heads: all.heads });
  return tensor(multiply(gatesOf(all), plain.summaries(all.x, look)).toNested());
}

function outputOf(all: Given): Tensor {
  return linear(gatedOf(all), all.parameters.Wo, all.parameters.bo);
}

const gates = ({ GatedAttention }: Beside<Stub>, { parameters, heads, x }: Given) =>
  new GatedAttention(parameters, { heads }).gates(x);

const summaries = ({ GatedAttention }: Beside<Stub>, { parameters, heads, x }: Given) =>
  new GatedAttention(parameters, { heads }).summaries(x);

const forward = ({ GatedAttention }: Beside<Stub>, { parameters, heads, x }: Given) =>
  new GatedAttention(parameters, { heads }).forward(x);

const looking = ({ GatedAttention }: Beside<Stub>, { parameters, heads, x }: Given) =>
  new GatedAttention(parameters, { heads }).summaries(x, (Q, K, V) => V);

const names = ({ GatedAttention, tensor }: Beside<Stub>, { parameters, heads }: Given) =>
  [...tensor.namedParameters(new GatedAttention(parameters, { heads })).keys()].sort();

interface Training extends Given {
  readonly dy: Tensor;
}

const gradients = ({ GatedAttention, tensor }: Beside<Stub>, { parameters, heads, x, dy }: Training) => {
  const module = new GatedAttention(parameters, { heads });
  const tokens = tensor.parameter(x);
  tensor.backward(module.forward(tokens), dy);
  const { Wq, Wk, Wv, Wo, bo, Wg, bg } = module;
  const ofParameters = { Wq, Wk, Wv, Wo, bo, Wg, bg, x: tokens };
  return Object.fromEntries(Object.entries(ofParameters).map(([name, p]) => [name, tensor.grad(p)]));
};

const sizes: readonly Sizes[] = [
  { shape: [4, 5], heads: 2, c: 3 },
  { shape: [3, 4], heads: 3, c: 1 },
  { shape: [1, 3], heads: 1, c: 4 },
  { shape: [4, 4], heads: 2, c: 2 },
];

export default defineChecks<Stub, typeof import('./solution')>({
  "only the lesson's wanted answers pass": {
    step: 'multiply',
    async run({ beside, expect }) {
      const x = tensor([
        [1, 0, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
        [0, 1, 0, 0],
      ]);
      const parameters: AllParameters = {
        Wq: tensor([
          [0, 0, 3, 3],
          [0, 0, 3, 2],
        ]),
        Wk: tensor([
          [1, 0, 0, 0],
          [0, 1, 0, 0],
        ]),
        Wv: tensor([
          [10, 0, 0, 0],
          [0, 10, 0, 0],
        ]),
        Wo: zeros([4, 2]),
        bo: zeros([4]),
        Wg: tensor([
          [0, 0, 6, 6],
          [0, 0, 6, 0],
        ]),
        bg: tensor([-3, -3]),
      };
      const passed = tensor([
        [0.12, 0.12],
        [8.29, 8.29],
        [8.29, 0.34],
        [0.12, 0.12],
      ]);
      // The lesson gives two decimals.
      const tolerance = { absolute: 6e-3, relative: 0 };
      expect.close(await beside(summaries, { parameters, heads: 2, x }), passed, { tolerance });
    },
  },

  'every channel of every token has a gate of its own': {
    step: 'gate',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        expect.close(await beside(gates, all), gatesOf(all));
      }
    },
  },

  'what the heads found is multiplied by the gates': {
    step: 'multiply',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        expect.close(await beside(summaries, all), gatedOf(all));
      }
    },
  },

  'the gates come before the output projection': {
    step: 'project',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        expect.close(await beside(forward, all), outputOf(all), { tolerance: { absolute: 5e-5, relative: 1e-4 } });
      }
    },
  },

  'shut gates leave the bias alone, open gates leave everything': {
    step: 'project',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [3, 4], heads: 2, c: 3 });
      const withBias = (value: number): Given => ({
        ...all,
        parameters: { ...all.parameters, Wg: zeros([6, 4]), bg: full([6], value) },
      });
      const rows = [0, 1, 2].map(() => Array.from(all.parameters.bo.data));
      expect.close(await beside(forward, withBias(-40)), tensor(rows), { subject: 'the output of shut gates' });
      const plain = new MultiHeadAttention(all.parameters, { heads: 2 }).forward(all.x);
      expect.close(await beside(forward, withBias(40)), tensor(plain.toNested()), {
        subject: 'the output of open gates',
        tolerance: { absolute: 5e-5, relative: 1e-4 },
      });
    },
  },

  'batches and further leading axes are carried along': {
    step: 'project',
    async run({ beside, random, expect }) {
      for (const shape of [
        [3, 4, 5],
        [2, 3, 2, 5],
        [1, 4, 5],
        [4, 4, 4],
      ]) {
        const all = given(random, { shape, heads: 2, c: 2 });
        expect.close(await beside(forward, all), outputOf(all), { tolerance: { absolute: 5e-5, relative: 1e-4 } });
      }
    },
  },

  'another way of looking is gated too': {
    step: 'multiply',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [2, 5, 4], heads: 3, c: 2 });
      expect.close(
        await beside(looking, all),
        gatedOf(all, (Q, K, V) => V),
      );
    },
  },

  'its parameters are found by their names': {
    step: 'gate',
    async run({ beside, random, expect }) {
      const answer = await beside(names, given(random, { shape: [2, 3], heads: 2, c: 2 }));
      expect.equal(answer, ['Wg', 'Wk', 'Wo', 'Wq', 'Wv', 'bg', 'bo'], { subject: 'the list of parameters' });
    },
  },

  'gradients reach every parameter, those of the gate included': {
    step: 'back',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [2, 4, 3], heads: 2, c: 3, dtype: 'float64' });
      const training = { ...all, dy: random.normal([2, 4, 3], { dtype: 'float64' }) };
      const answer = await beside(gradients, training);
      const expected = await beside.reference(gradients, training);
      for (const name of ['Wg', 'bg', 'Wq', 'Wk', 'Wv', 'Wo', 'bo', 'x']) {
        expect.close(answer?.[name], expected[name], { subject: `the gradient of ${name}` });
      }
    },
  },

  'gates that are not one for each channel are refused, and the message names both numbers': {
    step: 'gate',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [2, 3], heads: 2, c: 4 });
      for (const rows of [2, 1]) {
        const parameters = { ...all.parameters, Wg: random.normal([rows, 3]), bg: random.normal([rows]) };
        await expect.throws(beside(names, { ...all, parameters }), {
          because: `there are 8 channels and only ${rows === 1 ? '1 gate' : '2 gates'}`,
          mentioning: [`${rows}`, '8'],
        });
      }
    },
  },

  'does not change its input': {
    async run({ beside, random, expect }) {
      await beside(forward, given(random, { shape: [2, 3, 4], heads: 2, c: 2 }));
      expect.inputsUnchanged();
    },
  },
});
