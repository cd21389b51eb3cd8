import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { GatedAttention } from 'attention/gating';
import { lookThrough } from 'attention/masks-and-bias';
import { add, fromData, layerNorm, multiply, ones, slice, tensor } from 'tensor';
import type { DType, Random, Shape, Tensor } from 'tensor';
import type { PairParameters, RowParameters } from './stub';

type Stub = typeof import('./stub');
type Gating = typeof import('attention/gating');
type AttentionParameters = ConstructorParameters<Gating['GatedAttention']>[0];

interface Given {
  readonly attention: AttentionParameters;
  readonly parameters: RowParameters;
  readonly heads: number;
  readonly m: Tensor;
  readonly z: Tensor;
  readonly mask?: Tensor;
}

interface Training extends Given {
  readonly dy: Tensor;
}

const forward = (
  { RowAttentionWithPairBias, earlier }: Beside<Stub>,
  { attention, parameters, heads, m, z, mask }: Given,
) => {
  const { GatedAttention: Gated } = earlier<Gating>('attention/gating');
  const module = new RowAttentionWithPairBias(new Gated(attention, { heads }), parameters);
  return mask === undefined ? module.forward(m, z) : module.forward(m, z, mask);
};

const names = (
  { RowAttentionWithPairBias, earlier, tensor: t }: Beside<Stub>,
  { attention, parameters, heads }: Pick<Given, 'attention' | 'parameters' | 'heads'>,
) => {
  const { GatedAttention: Gated } = earlier<Gating>('attention/gating');
  const module = new RowAttentionWithPairBias(new Gated(attention, { heads }), parameters);
  return [...t.namedParameters(module).keys()].sort();
};

const gradients = (
  { RowAttentionWithPairBias, earlier, tensor: t }: Beside<Stub>,
  { attention, parameters, heads, m, z, dy }: Training,
) => {
  const { GatedAttention: Gated } = earlier<Gating>('attention/gating');
  const module = new RowAttentionWithPairBias(new Gated(attention, { heads }), parameters);
  const [rows, pairs] = [t.parameter(m), t.parameter(z)];
  t.backward(module.forward(rows, pairs), dy);
  const named = [...t.namedParameters(module)].map(([name, p]) => [name, t.grad(p)]);
  const all = [...named, ['m', t.grad(rows)], ['z', t.grad(pairs)]];
  return Object.fromEntries(all) as Record<string, Tensor | undefined>;
};

interface Sizes {
  readonly front?: Shape;
  readonly s: number;
  readonly r: number;
  readonly cm: number;
  readonly cz: number;
  readonly heads: number;
  readonly dtype?: DType;
}

function pairParameters(random: Random, { cz, heads, dtype = 'float32' }: Sizes): PairParameters {
  const normal = (shape: Shape, std: number, mean = 0): Tensor => random.normal(shape, { std, mean, dtype });
  return { gammaZ: normal([cz], 0.3, 1), betaZ: normal([cz], 0.4), Wb: normal([heads, cz], 1.2) };
}

function given(random: Random, size: Sizes): Given {
  const { front = [], s, r, cm, cz, heads, dtype = 'float32' } = size;
  const c = 3;
  const normal = (shape: Shape, std: number, mean = 0): Tensor => random.normal(shape, { std, mean, dtype });
  const inward = (): Tensor => normal([heads * c, cm], 1 / Math.sqrt(cm));
  return {
    attention: {
      Wq: inward(),
      Wk: inward(),
      Wv: inward(),
      Wo: normal([cm, heads * c], 1),
      bo: normal([cm], 0.5),
      Wg: inward(),
      bg: normal([heads * c], 1),
    },
    parameters: { gammaM: normal([cm], 0.3, 1), betaM: normal([cm], 0.4), ...pairParameters(random, size) },
    heads,
    m: normal([...front, s, r, cm], 1.5),
    z: normal([...front, r, r, cz], 1.5, 0.5),
  };
}

/** The specification for one alignment: pair by pair, head by head. z `(r, r, cz)` → `(h, r, r)` */
function biasOf(z: Tensor, { gammaZ, betaZ, Wb }: PairParameters): Tensor {
  const [r = 0, , cz = 0] = z.shape;
  const heads = Wb.shape[0]!;
  const b = new Float64Array(heads * r * r);
  for (let i = 0; i < r; i += 1) {
    for (let j = 0; j < r; j += 1) {
      const channels = range(cz).map((a) => z.at(i, j, a));
      const mean = channels.reduce((sum, value) => sum + value, 0) / cz;
      const variance = channels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / cz;
      for (let head = 0; head < heads; head += 1) {
        b[(head * r + i) * r + j] = channels.reduce((sum, value, a) => {
          const normalised = (gammaZ.at(a) * (value - mean)) / Math.sqrt(variance + 1e-5) + betaZ.at(a);
          return sum + Wb.at(head, a) * normalised;
        }, 0);
      }
    }
  }
  return fromData(z.dtype === 'float64' ? b : Float32Array.from(b), [heads, r, r]);
}

/** The specification for one alignment `(s, r, cm)`: one sequence after the other, each with a module of its own. */
function rowsOf({ attention, parameters, heads, m, z, mask }: Given): Tensor {
  const bias = biasOf(z, parameters);
  const module = new GatedAttention(attention, { heads });
  const rows = range(m.shape[0]!).map((sequence) => {
    const row = layerNorm(slice(m, [sequence]), { gamma: parameters.gammaM, beta: parameters.betaM });
    const allowed = mask === undefined ? { bias } : { bias, mask: slice(mask, [sequence]) };
    return module.forward(row, lookThrough(allowed)).toNested();
  });
  return tensor(rows);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

const plain = (x: Tensor): Tensor => tensor(x.toNested());
const tolerance = { absolute: 1e-4, relative: 5e-4 };

const sizes: readonly Sizes[] = [
  { s: 3, r: 4, cm: 5, cz: 6, heads: 2 },
  { s: 2, r: 3, cm: 4, cz: 3, heads: 2 },
  { s: 4, r: 4, cm: 4, cz: 4, heads: 4 },
  { s: 1, r: 2, cm: 3, cz: 5, heads: 1 },
];

export default defineChecks<Stub, typeof import('./solution')>({
  'every head has a preference for every pair, in front of the residues': {
    step: 'bias',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const parameters = pairParameters(random, size);
        const z = random.normal([size.r, size.r, size.cz], { mean: 1 });
        expect.close(await learner.pairBias(z, parameters), biasOf(z, parameters), { tolerance });
      }
    },
  },

  'the pairs of several proteins are kept apart': {
    step: 'bias',
    async run({ learner, random, expect }) {
      const size: Sizes = { s: 1, r: 3, cm: 2, cz: 4, heads: 2 };
      const parameters = pairParameters(random, size);
      const z = random.normal([2, 2, 3, 3, 4]);
      const answer = await learner.pairBias(z, parameters);
      expect.equal(answer?.shape, [2, 2, 2, 3, 3], { subject: 'the shape' });
      expect.close(plain(slice(answer, [1, 0])), biasOf(plain(slice(z, [1, 0])), parameters), { tolerance });
    },
  },

  'each sequence attends along its own row, with the bias of the pairs': {
    step: 'row',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        expect.close(await beside(forward, all), rowsOf(all), { tolerance });
      }
    },
  },

  'several proteins at once are several alone': {
    step: 'row',
    async run({ beside, random, expect }) {
      const all = given(random, { front: [2], s: 2, r: 3, cm: 4, cz: 5, heads: 2 });
      const answer = await beside(forward, all);
      expect.equal(answer?.shape, [2, 2, 3, 4], { subject: 'the shape' });
      for (const protein of [0, 1]) {
        const alone = { ...all, m: plain(slice(all.m, [protein])), z: plain(slice(all.z, [protein])) };
        expect.close(plain(slice(answer, [protein])), rowsOf(alone), { subject: 'one protein', tolerance });
      }
    },
  },

  'the size of alignment and pairs does not matter': {
    step: 'norm',
    async run({ beside, random, expect }) {
      const all = given(random, { s: 3, r: 4, cm: 5, cz: 6, heads: 2 });
      const grown = { ...all, m: add(multiply(all.m, 30), 2), z: add(multiply(all.z, 20), -3) };
      const larger = { absolute: 2e-3, relative: 2e-3 };
      expect.close(await beside(forward, grown), rowsOf(all), { tolerance: larger });
    },
  },

  'gaps are not looked at, and a sequence of gaps hears nothing': {
    step: 'gaps',
    async run({ beside, random, expect }) {
      const mask = tensor([
        [1, 0, 1, 1],
        [1, 1, 1, 0],
        [0, 0, 0, 0],
      ]);
      const all = { ...given(random, { s: 3, r: 4, cm: 5, cz: 6, heads: 2 }), mask };
      const answer = await beside(forward, all);
      expect.close(answer, rowsOf(all), { tolerance });
      const rows = range(4).map(() => Array.from(all.attention.bo.data));
      expect.close(plain(slice(answer, [2])), tensor(rows), { subject: 'the sequence of gaps', tolerance });
      const batch = { ...given(random, { front: [2], s: 3, r: 4, cm: 3, cz: 2, heads: 2 }), mask: ones([2, 3, 4]) };
      expect.close(await beside(forward, batch), await beside.reference(forward, batch), { tolerance });
    },
  },

  'its parameters are found by their names': {
    step: 'gate',
    async run({ beside, random, expect }) {
      const own = ['Wb', 'betaM', 'betaZ', 'gammaM', 'gammaZ'];
      const ofAttention = ['Wg', 'Wk', 'Wo', 'Wq', 'Wv', 'bg', 'bo'].map((name) => `attention.${name}`);
      const answer = await beside(names, given(random, { s: 1, r: 2, cm: 3, cz: 2, heads: 2 }));
      expect.equal(answer, [...own, ...ofAttention].sort(), { subject: 'the list of parameters' });
    },
  },

  'gradients reach every parameter, the alignment and the pairs': {
    step: 'back',
    async run({ beside, random, expect }) {
      const all = given(random, { s: 2, r: 3, cm: 4, cz: 3, heads: 2, dtype: 'float64' });
      const training = { ...all, dy: random.normal(all.m.shape, { dtype: 'float64' }) };
      const answer = await beside(gradients, training);
      const expected = await beside.reference(gradients, training);
      for (const [name, gradient] of Object.entries(expected)) {
        expect.close(answer?.[name], gradient, { subject: `the gradient of ${name}` });
      }
    },
  },

  'a Wb without a row for each head is refused, and the message names both numbers': {
    step: 'bias',
    async run({ beside, random, expect }) {
      const all = given(random, { s: 2, r: 3, cm: 4, cz: 5, heads: 3 });
      for (const rows of [1, 2]) {
        const parameters = { ...all.parameters, Wb: random.normal([rows, 5]) };
        await expect.throws(beside(names, { ...all, parameters }), {
          because: `there are 3 heads and ${String(rows)} rows`,
          mentioning: ['3', String(rows)],
        });
      }
    },
  },

  'pairs of another number of residues are refused, and the message names both shapes': {
    step: 'row',
    async run({ beside, random, expect }) {
      const all = given(random, { s: 2, r: 3, cm: 4, cz: 5, heads: 2 });
      for (const shape of [
        [1, 1, 5],
        [3, 1, 5],
        [1, 3, 5],
        [4, 4, 5],
      ]) {
        await expect.throws(beside(forward, { ...all, z: random.normal(shape) }), {
          because: 'each of the three residues needs a pair with each',
          mentioning: [/2,\s*3,\s*4/, new RegExp(shape.join(',\\s*'))],
        });
      }
    },
  },

  'does not change its input': {
    async run({ learner, beside, random, expect }) {
      const all = given(random, { s: 2, r: 3, cm: 4, cz: 5, heads: 2 });
      await learner.pairBias(all.z, all.parameters);
      await beside(forward, { ...all, mask: ones([2, 3]) });
      expect.inputsUnchanged();
    },
  },
});
