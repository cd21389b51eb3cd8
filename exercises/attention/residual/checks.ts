import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, tensor } from 'tensor';
import type { Random, Shape, Tensor } from 'tensor';

type Stub = typeof import('./stub');

interface Stacked {
  readonly x: Tensor;
  readonly weights: readonly Tensor[];
  readonly skip: boolean;
}

interface Measured extends Stacked {
  readonly dy: Tensor;
}

interface Scaled {
  readonly factor: number;
  readonly x: Tensor;
  readonly dy: Tensor;
}

interface Projected {
  readonly W: Tensor;
  readonly x: Tensor;
  readonly dy: Tensor;
}

const squared = ({ residual, tensor: t }: Beside<Stub>, x: Tensor) => residual((h) => t.square(h), x);

const counted = ({ residual, tensor: t }: Beside<Stub>, x: Tensor) => {
  let calls = 0;
  residual((h) => {
    calls += 1;
    return t.square(h);
  }, x);
  return calls;
};

const reduced = ({ residual, tensor: t }: Beside<Stub>, x: Tensor, axis: number) =>
  residual((h) => t.sum(h, { axis, keepdim: true }), x);

const widened = ({ residual, tensor: t }: Beside<Stub>, x: Tensor) => residual((h) => t.expandDims(h, 0), x);

const applied = ({ stack, tensor: t }: Beside<Stub>, { x, weights, skip }: Stacked) => {
  const layers = weights.map((W) => (h: Tensor) => t.tanh(t.linear(h, W)));
  return stack(layers, { skip })(x);
};

const applyTwice = ({ stack, tensor: t }: Beside<Stub>, { x, weights, skip }: Stacked) => {
  const f = stack(
    weights.map((W) => (h: Tensor) => t.linear(h, W)),
    { skip },
  );
  f(t.multiply(x, 3));
  return f(x);
};

const gain = ({ gradientGain, stack, tensor: t }: Beside<Stub>, { x, weights, skip, dy }: Measured) => {
  const layers = weights.map((W) => (h: Tensor) => t.sigmoid(t.linear(h, W)));
  return gradientGain(stack(layers, { skip }), x, dy);
};

const scaledGain = ({ gradientGain, tensor: t }: Beside<Stub>, { factor, x, dy }: Scaled) =>
  gradientGain((h) => t.multiply(h, factor), x, dy);

const productGain = ({ gradientGain, tensor: t }: Beside<Stub>, { W, x, dy }: Projected) =>
  gradientGain((h) => t.linear(h, W), x, dy);

/** The specification: token by token, layer by layer. */
function appliedOf({ x, weights, skip }: Stacked): Tensor {
  const d = x.shape.at(-1) ?? 1;
  const out = new Float64Array(x.size);
  for (let start = 0; start < x.size; start += d) {
    let h = Array.from(x.data.subarray(start, start + d));
    for (const W of weights) {
      const f = h.map((_, k) => Math.tanh(h.reduce((sum, value, i) => sum + W.at(k, i) * value, 0)));
      h = skip ? h.map((value, k) => value + f[k]!) : f;
    }
    out.set(h, start);
  }
  return fromData(Float32Array.from(out), x.shape);
}

function weightsOf(random: Random, { layers, d }: { readonly layers: number; readonly d: number }): Tensor[] {
  return Array.from({ length: layers }, () => random.normal([d, d], { std: 1 / Math.sqrt(d), dtype: 'float32' }));
}

function float64(random: Random, { layers, d, skip }: { layers: number; d: number; skip: boolean }): Measured {
  const normal = (shape: Shape, std = 1): Tensor => random.normal(shape, { std, dtype: 'float64' });
  const weights = Array.from({ length: layers }, () => normal([d, d], 1 / Math.sqrt(d)));
  return { x: normal([3, d]), dy: normal([3, d]), weights, skip };
}

function lengthOf(x: Tensor): number {
  return Math.sqrt(x.data.reduce((sum: number, value: number) => sum + value * value, 0));
}

export default defineChecks<Stub, typeof import('./solution')>({
  'adds what came in': {
    step: 'add',
    async run({ beside, random, expect }) {
      for (const shape of [[], [4], [3, 5], [2, 3, 4], [0, 3]]) {
        const x = random.normal(shape);
        const expected = fromData(
          x.data.map((value) => value + value * value),
          shape,
        );
        expect.close(await beside(squared, x), expected);
      }
    },
  },

  'asks the layer once': {
    step: 'add',
    async run({ beside, random, expect }) {
      expect.equal(await beside(counted, random.normal([2, 3])), 1, { subject: 'the number of calls' });
    },
  },

  'a layer that changes the shape is refused, and the message names both shapes': {
    step: 'add',
    async run({ beside, random, expect }) {
      const x = random.normal([4, 3]);
      const because = 'what is added has to have the shape of what came in';
      await expect.throws(beside(reduced, x, 1), { because, mentioning: [/4,\s*1/, /4,\s*3/] });
      await expect.throws(beside(reduced, x, 0), { because, mentioning: [/1,\s*3/, /4,\s*3/] });
      await expect.throws(beside(widened, x), { because, mentioning: [/1,\s*4,\s*3/] });
    },
  },

  'a plain stack applies its layers in order': {
    step: 'depth',
    async run({ beside, random, expect }) {
      for (const [layers, d] of [
        [1, 3],
        [2, 4],
        [5, 2],
      ] as const) {
        const all = { x: random.normal([3, d]), weights: weightsOf(random, { layers, d }), skip: false };
        expect.close(await beside(applied, all), appliedOf(all));
      }
    },
  },

  'with skip, every layer has a connection of its own': {
    step: 'identity',
    async run({ beside, random, expect }) {
      for (const [layers, d] of [
        [1, 3],
        [2, 4],
        [5, 2],
      ] as const) {
        const all = { x: random.normal([2, 3, d]), weights: weightsOf(random, { layers, d }), skip: true };
        expect.close(await beside(applied, all), appliedOf(all));
      }
    },
  },

  'without layers, what comes in goes out': {
    step: 'depth',
    async run({ beside, random, expect }) {
      const x = random.normal([2, 3]);
      for (const skip of [true, false]) expect.close(await beside(applied, { x, weights: [], skip }), x);
    },
  },

  'a stack may be used more than once': {
    step: 'depth',
    async run({ beside, random, expect }) {
      const all = { x: random.normal([2, 3]), weights: weightsOf(random, { layers: 3, d: 3 }), skip: true };
      expect.close(await beside(applyTwice, all), await beside.reference(applyTwice, all));
    },
  },

  'the gain is the length behind over the length before': {
    step: 'gain',
    async run({ beside, random, expect }) {
      const [x, dy] = [random.normal([3, 4]), random.normal([3, 4])];
      expect.close(await beside(scaledGain, { factor: -2.5, x, dy }), 2.5, { subject: 'the gain of y = −2.5 x' });
      expect.close(await beside(scaledGain, { factor: 0.4, x: tensor([3]), dy: tensor([-7]) }), 0.4, {
        subject: 'the gain of y = 0.4 x',
      });
      // Not square, so that lengths and root mean squares part ways.
      const W = random.normal([2, 4]);
      const upstream = random.normal([3, 2]);
      const dx = tensor(
        [0, 1, 2].map((row) =>
          [0, 1, 2, 3].map((i) => [0, 1].reduce((sum, k) => sum + upstream.at(row, k) * W.at(k, i), 0)),
        ),
      );
      expect.close(await beside(productGain, { W, x, dy: upstream }), lengthOf(dx) / lengthOf(upstream), {
        subject: 'the gain of y = x Wᵀ',
      });
    },
  },

  'a gradient as small as 1e-25 is still measured': {
    step: 'gain',
    async run({ beside, random, expect }) {
      const [x, dy] = [random.normal([2, 3]), random.normal([2, 3])];
      const tolerance = { absolute: 0, relative: 1e-4 };
      expect.close(await beside(scaledGain, { factor: 1e-25, x, dy }), 1e-25, { subject: 'the gain', tolerance });
    },
  },

  'through twenty sigmoid layers the plain gradient dies, and the residual one arrives': {
    step: 'depth',
    async run({ beside, random, expect }) {
      for (const skip of [false, true]) {
        const all = float64(random, { layers: 20, d: 16, skip });
        const measured = await beside(gain, all);
        const expected = await beside.reference(gain, all);
        const tolerance = { absolute: 0, relative: 1e-6 };
        expect.close(measured, expected, { subject: skip ? 'the residual gain' : 'the plain gain', tolerance });
        expect.that(
          skip ? measured > 0.3 && measured < 4 : measured < 1e-10,
          skip ? 'With shortcuts, the gradient should keep its length.' : 'Without, it should be dead.',
          measured,
        );
      }
    },
  },

  'does not change its input': {
    async run({ beside, random, expect }) {
      await beside(squared, random.normal([2, 3]));
      await beside(gain, float64(random, { layers: 3, d: 4, skip: true }));
      expect.inputsUnchanged();
    },
  },
});
