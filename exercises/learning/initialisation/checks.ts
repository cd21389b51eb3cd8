import { defineChecks } from 'authoring';
import type { Beside, Expect } from 'authoring';
import type { Shape, Tensor } from 'tensor';

type Learner = Beside<typeof import('./stub')>;

const he = ({ heNormal, tensor }: Learner, shape: Shape, seed: number) => heNormal(shape, tensor.random(seed));
const xavier = ({ xavierNormal, tensor }: Learner, shape: Shape, seed: number) =>
  xavierNormal(shape, tensor.random(seed));

/** Layers of 60,000 weights, far from square both ways. Their measured spread is within about 0.3 % of the true one. */
const large: readonly Shape[] = [
  [600, 100],
  [100, 600],
];

/** The numbers of a tensor of this shape, or a failed expectation where the learner's answer is none. */
function numbersOf(W: Tensor | undefined, { shape, expect }: { readonly shape: Shape; readonly expect: Expect }) {
  const fits = Array.isArray(W?.shape) && W.shape.join() === shape.join();
  expect.that(fits, `The weights should be a tensor of shape (${shape.join(', ')}).`, W?.shape ?? W);
  return Array.from(W?.data ?? []);
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function spreadOf(numbers: readonly number[]): number {
  const mean = meanOf(numbers);
  return Math.sqrt(meanOf(numbers.map((value) => (value - mean) ** 2)));
}

/** Room for seven times what chance does to so many numbers. */
const twoPercent = { absolute: 0, relative: 0.02 };

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'the weights have the shape (out, in)': {
    step: 'sum',
    async run({ beside, random, expect }) {
      for (const shape of [
        [3, 5],
        [4, 1],
        [1, 6],
        [7, 7],
      ]) {
        for (const init of [he, xavier]) {
          const numbers = numbersOf(await beside(init, shape, random.integer(0, 1e6)), { shape, expect });
          expect.that(numbers.every(Number.isFinite), 'Every weight should be a finite number.', numbers);
        }
      }
    },
  },

  'the weights lie around zero': {
    step: 'sum',
    async run({ beside, random, expect }) {
      for (const shape of large) {
        for (const init of [he, xavier]) {
          const numbers = numbersOf(await beside(init, shape, random.integer(0, 1e6)), { shape, expect });
          // The mean of 60,000 numbers strays by about 0.4 % of their spread.
          const share = meanOf(numbers) / spreadOf(numbers);
          expect.close(share, 0, { subject: 'the mean over the spread', tolerance: { absolute: 0.03, relative: 0 } });
        }
      }
    },
  },

  'the spread of heNormal is √(2 / in)': {
    step: 'relu',
    async run({ beside, random, expect }) {
      for (const shape of large) {
        const numbers = numbersOf(await beside(he, shape, random.integer(0, 1e6)), { shape, expect });
        const subject = `the standard deviation of ${numbers.length} weights, (out, in) = (${shape.join(', ')}),`;
        expect.close(spreadOf(numbers), Math.sqrt(2 / (shape[1] ?? 0)), { subject, tolerance: twoPercent });
      }
    },
  },

  'the spread of xavierNormal is √(2 / (in + out))': {
    step: 'xavier',
    async run({ beside, random, expect }) {
      // One nearly square and one far from it: there the variances 1 / in, 1 / out and their kin part ways.
      for (const shape of [
        [240, 260],
        [30, 2000],
      ]) {
        const numbers = numbersOf(await beside(xavier, shape, random.integer(0, 1e6)), { shape, expect });
        const subject = `the standard deviation of ${numbers.length} weights, (out, in) = (${shape.join(', ')}),`;
        const expected = Math.sqrt(2 / ((shape[0] ?? 0) + (shape[1] ?? 0)));
        expect.close(spreadOf(numbers), expected, { subject, tolerance: twoPercent });
      }
    },
  },

  'the weights are normal numbers': {
    async run({ beside, random, expect }) {
      for (const init of [he, xavier]) {
        const shape = [200, 300];
        const numbers = numbersOf(await beside(init, shape, random.integer(0, 1e6)), { shape, expect });
        const spread = spreadOf(numbers);
        // Of normal numbers 68.3 % lie within one standard deviation; of evenly spread ones only 57.7 %.
        const inside = numbers.filter((value) => Math.abs(value) < spread).length / numbers.length;
        const subject = 'the share of weights within one standard deviation';
        expect.close(inside, 0.6827, { subject, tolerance: { absolute: 0.02, relative: 0 } });
      }
    },
  },

  'through twenty layers of ReLU the signal neither dies nor explodes': {
    step: 'keep',
    async run({ beside, random, expect }) {
      const deep = ({ heNormal, tensor }: Learner, seed: number) => {
        const stream = tensor.random(seed);
        let x = stream.normal([64, 200]);
        for (let layer = 0; layer < 20; layer += 1) {
          x = tensor.relu(tensor.matmul(x, tensor.transpose(heNormal([200, 200], stream))));
        }
        return tensor.mean(tensor.square(x)).at();
      };
      const left = await beside(deep, random.integer(0, 1e6));
      // Chance moves it by a factor of about two; a wrong spread by a thousand and more.
      expect.that(
        typeof left === 'number' && left > 0.02 && left < 50,
        'After twenty layers of width 200 the mean square of the activations should still be near the 1 that it began with.',
        left,
      );
    },
  },

  'the same seed gives the same weights, another seed others': {
    async run({ beside, random, expect }) {
      const seed = random.integer(0, 1e6);
      for (const init of [he, xavier]) {
        const first = await beside(init, [4, 6], seed);
        expect.equal(await beside(init, [4, 6], seed), first, { subject: 'W, drawn with the same seed again' });
        const shape = [4, 6];
        const [own, others] = [
          numbersOf(first, { shape, expect }),
          numbersOf(await beside(init, shape, seed + 1), { shape, expect }),
        ];
        expect.that(
          own.every((value, position) => value !== others[position]),
          'Another seed should give other weights, in every place.',
          others,
        );
      }
    },
  },

  'two layers drawn from one stream differ': {
    async run({ beside, random, expect }) {
      const twice = ({ heNormal, xavierNormal, tensor }: Learner, seed: number) => {
        const stream = tensor.random(seed);
        return [heNormal([5, 3], stream), heNormal([5, 3], stream), xavierNormal([5, 3], stream)] as const;
      };
      const answer = await beside(twice, random.integer(0, 1e6));
      const [first, second, third] = [0, 1, 2].map((place) => numbersOf(answer?.[place], { shape: [5, 3], expect }));
      // Up to their size, which is what differs between the two kinds anyway.
      const ratios = (others: readonly number[] = []) => others.map((value, place) => value / (first?.[place] ?? NaN));
      for (const [index, others] of [second, third].entries()) {
        const all = ratios(others);
        expect.that(
          all.some((ratio) => Math.abs(ratio - (all[0] ?? NaN)) > 1e-3),
          `Drawn one after another from the same stream, layer 0 and layer ${index + 1} should differ in more than their size.`,
          all,
        );
      }
    },
  },

  'a shape that is not (out, in) is an error that says so': {
    async run({ beside, expect }) {
      const because = 'weights have two axes, (out, in)';
      for (const shape of [[784], [], [3, 4, 5]]) {
        await expect.throws(beside(he, shape, 1), { because, mentioning: ['shape'] });
        await expect.throws(beside(xavier, shape, 1), { because, mentioning: ['shape'] });
      }
    },
  },
});
