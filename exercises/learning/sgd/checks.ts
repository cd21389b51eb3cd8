import { defineChecks } from 'authoring';
import type { Beside, Expect } from 'authoring';
import { fromData, full, tensor, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';

type Learner = Beside<typeof import('./stub')>;

/** A network's worth of shapes, and a single number among them. */
const shapes = { W1: [4, 3], b1: [4], W2: [2, 4], b2: [2], scale: [], cube: [2, 1, 3] } as const;

type Name = keyof typeof shapes;

function tensorsOf(random: Random, options: { readonly dtype?: 'float64' } = {}): Record<Name, Tensor> {
  const drawn = Object.entries(shapes).map(([name, shape]) => [name, random.normal(shape, options)]);
  return Object.fromEntries(drawn) as Record<Name, Tensor>;
}

/** The specification: number by number. */
function nudged(parameter: Tensor, gradient: Tensor, rate: number): Tensor {
  const moved = zeros(parameter.shape, { dtype: parameter.dtype });
  parameter.data.forEach((value, place) => {
    moved.data[place] = value - rate * (gradient.data[place] ?? NaN);
  });
  return moved;
}

interface Cut {
  readonly count: number;
  readonly size: number;
  readonly seed: number;
}

const cut = ({ minibatches, tensor }: Learner, { count, size, seed }: Cut) =>
  minibatches(count, size, tensor.random(seed));

/** The batches as lists of numbers, or a failed expectation where the learner's answer is none. */
function listsOf(answer: unknown, expect: Expect): number[][] {
  const isList = (value: unknown): value is unknown[] => Array.isArray(value);
  const fits = isList(answer) && answer.every((batch) => isList(batch) && batch.every(Number.isInteger));
  expect.that(fits, 'The batches should be an array of arrays of whole numbers.', answer);
  return answer as number[][];
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's step": {
    step: 'nudge',
    async run({ learner, expect }) {
      const parameters = { w: tensor([-1]), b: tensor([0.5]) };
      const gradients = { w: tensor([-2]), b: tensor([3]) };
      const answer = await learner.sgdStep(parameters, gradients, 0.1);
      expect.close(answer, { w: tensor([-0.8]), b: tensor([0.2]) });
    },
  },

  'every parameter moves against its own gradient': {
    step: 'nudge',
    async run({ learner, random, expect }) {
      for (const rate of [0.3, 1.7, 0.01]) {
        const [parameters, gradients] = [tensorsOf(random), tensorsOf(random)];
        const expected = Object.fromEntries(
          Object.entries(parameters).map(([name, p]) => [name, nudged(p, gradients[name as Name], rate)]),
        );
        expect.close(await learner.sgdStep(parameters, gradients, rate), expected);
      }
    },
  },

  'a small step makes the loss smaller': {
    step: 'nudge',
    async run({ learner, random, expect }) {
      // A bowl whose lowest point is at `goal`, with its gradient by hand. From any start, downhill is downhill.
      for (const shape of [[3], [2, 5], []] as const) {
        const [x, goal] = [random.normal(shape, { dtype: 'float64' }), random.normal(shape, { dtype: 'float64' })];
        const lossOf = (at: Tensor | undefined) =>
          goal.data.reduce((sum, value, i) => sum + ((at?.data?.[i] ?? NaN) - value) ** 2, 0);
        const gradient = zeros(shape, { dtype: 'float64' });
        x.data.forEach((value, i) => (gradient.data[i] = 2 * (value - (goal.data[i] ?? NaN))));
        const answer = await learner.sgdStep({ x }, { x: gradient }, 1e-3);
        const [before, after] = [lossOf(x), lossOf(answer?.['x'])];
        expect.that(after < before, `A step at rate 0.001 should take the loss below ${before}.`, after);
      }
    },
  },

  "a step on a batch is the mean of its images' steps": {
    step: 'batch',
    async run({ learner, random, expect }) {
      const [parameters, first, second] = [tensorsOf(random), tensorsOf(random), tensorsOf(random)];
      const half = (a: Tensor, b: Tensor) =>
        fromData(
          Array.from(a.data, (value, i) => (value + (b.data[i] ?? NaN)) / 2),
          a.shape,
        );
      const names = Object.keys(shapes) as Name[];
      const meanOf = (a: Record<Name, Tensor>, b: Record<Name, Tensor>) =>
        Object.fromEntries(names.map((name) => [name, half(a[name], b[name])])) as Record<Name, Tensor>;
      const together = await learner.sgdStep(parameters, meanOf(first, second), 0.5);
      const steps = [first, second].map((gradients) =>
        Object.fromEntries(names.map((name) => [name, nudged(parameters[name], gradients[name], 0.5)])),
      ) as [Record<Name, Tensor>, Record<Name, Tensor>];
      expect.close(together, meanOf(...steps));
    },
  },

  'float64 stays float64': {
    async run({ learner, random, expect }) {
      const [parameters, gradients] = [
        tensorsOf(random, { dtype: 'float64' }),
        tensorsOf(random, { dtype: 'float64' }),
      ];
      const answer = await learner.sgdStep(parameters, gradients, 0.37);
      expect.equal(answer?.['W1']?.dtype, 'float64', { subject: 'the dtype of W1' });
      const tolerance = { absolute: 1e-12, relative: 1e-12 };
      expect.close(answer?.['W1'], nudged(parameters.W1, gradients.W1, 0.37), { subject: 'W1', tolerance });
    },
  },

  'no parameters, and a parameter without entries, are no trouble': {
    async run({ learner, expect }) {
      expect.equal(await learner.sgdStep({}, {}, 0.1), {});
      const nothing = fromData(new Float32Array(0), [0, 3]);
      expect.close(await learner.sgdStep({ nothing }, { nothing }, 0.1), { nothing });
    },
  },

  'a gradient that is missing, or of another shape, is an error that names the parameter': {
    async run({ learner, random, expect }) {
      const parameters = { W1: random.normal([4, 3]), beta: random.normal([4]) };
      const { W1 } = parameters;
      // Each of these would broadcast, or be passed over, without a word.
      const wrong: readonly (readonly [Record<string, Tensor>, string])[] = [
        [{ W1 }, 'beta is missing'],
        [{ W1, beta: full([1], 2) }, 'beta has 4 entries and its gradient 1'],
        [{ W1, beta: tensor(2) }, 'beta has 4 entries and its gradient is a single number'],
      ];
      for (const [gradients, because] of wrong) {
        const call = learner.sgdStep(parameters, gradients, 0.1);
        await expect.throws(call, { because, mentioning: ['beta'] });
      }
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.sgdStep(tensorsOf(random), tensorsOf(random), 0.2);
      expect.inputsUnchanged();
    },
  },

  'every image once, in batches of the size asked for': {
    step: 'epoch',
    async run({ beside, random, expect }) {
      for (const [count, size, lengths] of [
        [6, 2, [2, 2, 2]],
        [7, 3, [3, 3, 1]],
        [5, 1, [1, 1, 1, 1, 1]],
        [4, 4, [4]],
        [3, 8, [3]],
        [1, 1, [1]],
        [0, 5, []],
      ] as const) {
        const batches = listsOf(await beside(cut, { count, size, seed: random.integer(0, 1e6) }), expect);
        const subject = `the lengths of the batches of ${count} images by ${size}`;
        expect.equal(
          batches.map(({ length }) => length),
          lengths,
          { subject },
        );
        const seen = batches.flat().sort((a, b) => a - b);
        const all = Array.from({ length: count }, (_, image) => image);
        expect.equal(seen, all, { subject: `all images of the batches of ${count} by ${size}, put in order,` });
      }
    },
  },

  'each order is as likely as any other': {
    step: 'noise',
    async run({ beside, random, expect }) {
      const repeats = 6000;
      const tally = ({ minibatches, tensor }: Learner, seed: number, repeats: number) => {
        const stream = tensor.random(seed);
        const counts = [0, 1, 2, 3, 4].map(() => [0, 0, 0, 0, 0]);
        for (let repeat = 0; repeat < repeats; repeat += 1) {
          let place = 0;
          for (const batch of minibatches(5, 2, stream)) {
            for (const image of batch) {
              const row = counts[image];
              if (row !== undefined) row[place] = (row[place] ?? 0) + 1;
              place += 1;
            }
          }
        }
        return counts;
      };
      const counts = await beside(tally, random.integer(0, 1e6), repeats);
      const shares = listsOf(counts, expect).map((row) => row.map((times) => times / repeats));
      // A fair share strays by about 0.005; this is room for six times that.
      expect.close(
        shares,
        shares.map((row) => row.map(() => 0.2)),
        { subject: 'how often image i comes at place j', tolerance: { absolute: 0.031, relative: 0 } },
      );
    },
  },

  'each epoch mixes the images anew, and the seed decides how': {
    step: 'epoch',
    async run({ beside, random, expect }) {
      const seed = random.integer(0, 1e6);
      const epochs = ({ minibatches, tensor }: Learner, seed: number) => {
        const stream = tensor.random(seed);
        return [minibatches(30, 7, stream), minibatches(30, 7, stream)];
      };
      const answer = await beside(epochs, seed);
      const [first, second] = [listsOf(answer?.[0], expect), listsOf(answer?.[1], expect)];
      expect.that(
        first.join() !== second.join(),
        'The second epoch should have other batches than the first: draw the order from the stream anew.',
        second,
      );
      expect.equal(await beside(epochs, seed), answer, { subject: 'two epochs, with the same seed again,' });
    },
  },

  'images that are neighbours are parted': {
    step: 'noise',
    async run({ beside, random, expect }) {
      const batches = listsOf(await beside(cut, { count: 200, size: 10, seed: random.integer(0, 1e6) }), expect);
      // In a fair order an image shares its batch with the next one in 9 of 199 cases; cut before it is mixed, in 9 of 10.
      const together = batches.reduce((sum, batch) => sum + batch.filter((i) => batch.includes(i + 1)).length, 0);
      expect.that(
        together < 60,
        'Images 0 to 199 were cut into batches of 10. Few of them should share a batch with the next one; shuffle before you cut.',
        together,
      );
    },
  },

  'a batch of no images is an error that mentions the size': {
    async run({ beside, expect }) {
      for (const size of [0, -3, 2.5]) {
        const because = `a batch of ${size} images never gets through them`;
        await expect.throws(beside(cut, { count: 4, size, seed: 1 }), { because, mentioning: ['size'] });
      }
    },
  },
});
