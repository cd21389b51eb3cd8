import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { Random, Shape, Tensor } from 'tensor';

type Stub = typeof import('./stub');
type SelfAttention = typeof import('attention/dynamic-queries');
type Projections = Parameters<SelfAttention['selfAttention']>[1];

/** The specification, channel by channel. */
function encoded(p: Tensor, d: number): Tensor {
  const out = new Float64Array(p.size * d);
  p.data.forEach((position, row) => {
    for (let i = 0; 2 * i < d; i += 1) {
      const angle = position / Math.pow(10000, (2 * i) / d);
      out[row * d + 2 * i] = Math.sin(angle);
      out[row * d + 2 * i + 1] = Math.cos(angle);
    }
  });
  return fromData(p.dtype === 'float64' ? out : Float32Array.from(out), [...p.shape, d]);
}

function placed(x: Tensor): Tensor {
  const [n = 0, d = 0] = x.shape.slice(-2);
  const places = encoded(
    fromData(
      Array.from({ length: n }, (_, p) => p),
      [n],
    ),
    d,
  ).data;
  return fromData(
    Float32Array.from(x.data, (value, place) => value + places[place % (n * d)]!),
    x.shape,
  );
}

interface Reordering {
  readonly x: Tensor;
  readonly order: readonly number[];
}

interface Attending extends Reordering {
  readonly projections: Projections;
}

/** A function that does know where its rows stand: each row is multiplied by a number of its place. */
const byPlace = ({ permutationGap, tensor: t }: Beside<Stub>, { x, order }: Reordering) => {
  const n = x.shape.at(-2)!;
  const places = t.expandDims(t.arange(0, n, { dtype: x.dtype }), -1);
  return permutationGap((rows) => t.multiply(rows, places), x, order);
};

const squaring = ({ permutationGap, tensor: t }: Beside<Stub>, { x, order }: Reordering) =>
  permutationGap((rows) => t.square(rows), x, order);

const attending = ({ permutationGap, earlier }: Beside<Stub>, { projections, x, order }: Attending) => {
  const { selfAttention } = earlier<SelfAttention>('attention/dynamic-queries');
  return permutationGap((rows) => selfAttention(rows, projections), x, order);
};

const attendingInPlace = (
  { permutationGap, withPositions, earlier }: Beside<Stub>,
  { projections, x, order }: Attending,
) => {
  const { selfAttention } = earlier<SelfAttention>('attention/dynamic-queries');
  return permutationGap((rows) => selfAttention(withPositions(rows), projections), x, order);
};

const gradient = ({ withPositions, tensor: t }: Beside<Stub>, x: Tensor, dy: Tensor) => {
  const tokens = t.parameter(x);
  t.backward(withPositions(tokens), dy);
  return t.grad(tokens);
};

/** Tokens and an order that moves at least one of them. */
function reordered(random: Random, shape: Shape): Reordering {
  const n = shape.at(-2) ?? 0;
  let order = random.permutation(n);
  while (order.every((row, place) => row === place)) order = random.permutation(n);
  return { x: random.normal(shape), order };
}

/** What `byPlace` should measure: row order[i], multiplied by i before and by order[i] behind. */
function gapByPlace({ x, order }: Reordering): number {
  const [n = 0, d = 0] = x.shape.slice(-2);
  let largest = 0;
  for (let start = 0; start < x.size; start += n * d) {
    order.forEach((row, place) => {
      for (let e = 0; e < d; e += 1) {
        largest = Math.max(largest, Math.abs((place - row) * x.data[start + row * d + e]!));
      }
    });
  }
  return largest;
}

function projectionsOf(random: Random, d: number): Projections {
  const draw = (rows: number): Tensor => random.normal([rows, d], { std: 0.7 });
  return { Wq: draw(3), Wk: draw(3), Wv: draw(2) };
}

export default defineChecks<Stub, typeof import('./solution')>({
  "finds the lesson's table": {
    step: 'pair',
    async run({ learner, expect }) {
      const table = tensor([
        [0, 1, 0, 1],
        [0.8415, 0.5403, 0.01, 1],
        [0.9093, -0.4161, 0.02, 0.9998],
        [0.1411, -0.99, 0.03, 0.9996],
      ]);
      // The lesson gives four decimals.
      const tolerance = { absolute: 6e-5, relative: 0 };
      expect.close(await learner.sinusoidal(tensor([0, 1, 2, 3]), 4), table, { tolerance });
    },
  },

  'each pair of channels has a hand of its own speed': {
    step: 'angle',
    async run({ learner, random, expect }) {
      for (const d of [2, 6, 10, 16]) {
        const p = random.integers([5], { low: 0, high: 60 });
        expect.close(await learner.sinusoidal(p, d), encoded(p, d));
      }
    },
  },

  'positions may have any shape, and need be neither whole nor small': {
    step: 'pair',
    async run({ learner, random, expect }) {
      for (const shape of [[], [2, 3], [1, 4, 2], [0]]) {
        const p = random.uniform(shape, { low: 0, high: 9 });
        expect.close(await learner.sinusoidal(p, 6), encoded(p, 6));
      }
      const far = tensor([4095, 9001, 123456]);
      expect.close(await learner.sinusoidal(far, 8), encoded(far, 8));
    },
  },

  'float64 positions give a float64 encoding': {
    step: 'pair',
    async run({ learner, random, expect }) {
      const p = random.uniform([4], { high: 50, dtype: 'float64' });
      const tolerance = { absolute: 1e-12, relative: 1e-12 };
      expect.close(await learner.sinusoidal(p, 6), encoded(p, 6), { tolerance });
    },
  },

  'one step further turns every pair by the same angle': {
    step: 'shift',
    async run({ learner, random, expect }) {
      const [d, k] = [8, random.integer(1, 9)];
      const p = random.integers([4], { low: 0, high: 30, dtype: 'float64' });
      const from = encoded(p, d);
      const moved = from.data.map((value, place) => {
        const angle = k / 10000 ** (((place % d) & ~1) / d);
        const partner = from.data[place ^ 1]!;
        return value * Math.cos(angle) + (place % 2 === 0 ? 1 : -1) * partner * Math.sin(angle);
      });
      const further = fromData(
        p.data.map((position) => position + k),
        p.shape,
      );
      expect.close(await learner.sinusoidal(further, d), fromData(moved, [4, d]));
    },
  },

  'an odd number of channels is refused, and the message names it': {
    step: 'pair',
    async run({ learner, random, expect }) {
      const because = 'a sine without its cosine is no angle';
      await expect.throws(learner.sinusoidal(tensor([0, 1]), 7), { because, mentioning: ['7'] });
      await expect.throws(learner.withPositions(random.normal([3, 5])), { because, mentioning: ['5'] });
    },
  },

  'every token receives the encoding of its place': {
    step: 'add',
    async run({ learner, random, expect }) {
      for (const shape of [
        [5, 4],
        [4, 4],
        [1, 6],
        [3, 2],
      ]) {
        const x = random.normal(shape);
        expect.close(await learner.withPositions(x), placed(x));
      }
    },
  },

  'every sentence of a batch begins at position 0': {
    step: 'add',
    async run({ learner, random, expect }) {
      for (const shape of [
        [3, 5, 4],
        [2, 3, 4, 2],
        [4, 4, 4],
        [2, 0, 4],
      ]) {
        const x = random.normal(shape);
        expect.close(await learner.withPositions(x), placed(x));
      }
    },
  },

  'gradients pass to the tokens': {
    step: 'add',
    async run({ beside, random, expect }) {
      const [x, dy] = [random.normal([2, 3, 4]), random.normal([2, 3, 4])];
      expect.close(await beside(gradient, x, dy), dy, { subject: 'the gradient of x' });
    },
  },

  'the gap is what the places make, in size': {
    step: 'equivariant',
    async run({ beside, random, expect }) {
      for (const shape of [
        [4, 3],
        [3, 3],
        [2, 5, 2],
        [2, 3, 4, 1],
      ]) {
        const all = reordered(random, shape);
        expect.close(await beside(byPlace, all), gapByPlace(all), { subject: 'the gap' });
      }
      const cycle = { x: tensor([[1], [-8], [2]]), order: [1, 2, 0] };
      expect.close(await beside(byPlace, cycle), 8, { subject: 'the gap' });
    },
  },

  'what treats every token alike has no gap': {
    step: 'scores',
    async run({ beside, random, expect }) {
      for (const shape of [
        [5, 3],
        [3, 4, 2],
      ]) {
        expect.close(await beside(squaring, reordered(random, shape)), 0, { subject: 'the gap' });
      }
      expect.equal(await beside(squaring, { x: zeros([0, 3]), order: [] }), 0, { subject: 'the gap of no tokens' });
    },
  },

  'your attention has no gap, and with positions it has one': {
    step: 'equivariant',
    async run({ beside, random, expect }) {
      for (const shape of [
        [5, 4],
        [2, 4, 6],
      ]) {
        const all = { ...reordered(random, shape), projections: projectionsOf(random, shape.at(-1) ?? 0) };
        expect.close(await beside(attending, all), 0, { subject: 'the gap of attention' });
        const gap = await beside.reference(attendingInPlace, all);
        expect.close(await beside(attendingInPlace, all), gap, { subject: 'the gap of attention with positions' });
        expect.that(gap > 0.01, 'With positions, order should matter.', gap);
      }
    },
  },

  'an order that is none is refused, and the message names the number of rows': {
    step: 'equivariant',
    async run({ beside, random, expect }) {
      const x = random.normal([4, 3]);
      for (const order of [
        [0, 1, 2],
        [0, 1, 1, 3],
        [1, 2, 3, 4],
        [0, 1, 2, 3, 0],
      ]) {
        await expect.throws(beside(squaring, { x, order }), {
          because: `[${order.join(', ')}] does not hold each of four rows once`,
          mentioning: ['4'],
        });
      }
    },
  },

  'does not change its input': {
    async run({ learner, beside, random, expect }) {
      await learner.sinusoidal(random.uniform([3]), 4);
      await learner.withPositions(random.normal([2, 3, 4]));
      await beside(squaring, { x: random.normal([4, 3]), order: [2, 0, 3, 1] });
      expect.inputsUnchanged();
    },
  },
});
