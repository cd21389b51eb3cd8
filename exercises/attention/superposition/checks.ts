import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, multiply, relu, tensor, zeros } from 'tensor';
import type { DType, Random, Shape, Tensor } from 'tensor';
import type { AutoencoderParameters, TrainOptions } from './stub';

type Stub = typeof import('./stub');

interface Given {
  readonly parameters: AutoencoderParameters;
  readonly h: Tensor;
}

interface Priced extends Given {
  readonly sparsity: number;
}

interface Run extends Given {
  readonly options: TrainOptions;
}

const forward = ({ SparseAutoencoder }: Beside<Stub>, { parameters, h }: Given) => {
  const { latents, reconstruction } = new SparseAutoencoder(parameters).forward(h);
  return { latents, reconstruction };
};

const names = ({ SparseAutoencoder, tensor: t }: Beside<Stub>, { parameters }: Pick<Given, 'parameters'>) =>
  [...t.namedParameters(new SparseAutoencoder(parameters)).keys()].sort();

const loss = ({ SparseAutoencoder, sparseLoss }: Beside<Stub>, { parameters, h, sparsity }: Priced) =>
  sparseLoss(new SparseAutoencoder(parameters), h, { sparsity });

const gradients = ({ SparseAutoencoder, sparseLoss, tensor: t }: Beside<Stub>, { parameters, h, sparsity }: Priced) => {
  const autoencoder = new SparseAutoencoder(parameters);
  t.backward(sparseLoss(autoencoder, h, { sparsity }));
  const { We, be, D, bd } = autoencoder;
  return { We: t.grad(We), be: t.grad(be), D: t.grad(D), bd: t.grad(bd) };
};

/** All that a training tells, and what it leaves behind. */
const trained = ({ SparseAutoencoder, train }: Beside<Stub>, { parameters, h, options }: Run) => {
  const autoencoder = new SparseAutoencoder(parameters);
  const told = [...train(autoencoder, h, options)];
  const { We, be, D, bd } = autoencoder;
  return {
    steps: told.map(({ step }) => step),
    losses: told.map(({ loss: one }) => one),
    parameters: { We, be, D, bd },
  };
};

/** How often `train` has gone on when only two steps were asked for. */
const firstTwo = ({ SparseAutoencoder, train }: Beside<Stub>, { parameters, h, options }: Run) => {
  const autoencoder = new SparseAutoencoder(parameters);
  const going = train(autoencoder, h, options);
  going.next();
  const after = [...autoencoder.be.data];
  going.next();
  return { after, later: [...autoencoder.be.data] };
};

interface Sizes {
  readonly count: number;
  readonly n: number;
  readonly m: number;
  readonly dtype?: DType;
}

/** Some latents of each example active, some not, and directions of different lengths. */
function given(random: Random, { count, n, m, dtype = 'float32' }: Sizes): Given {
  const normal = (shape: Shape, std = 1): Tensor => random.normal(shape, { std, dtype });
  return {
    parameters: { We: normal([m, n]), be: normal([m], 0.3), D: normal([m, n], 1.5), bd: normal([n], 0.4) },
    h: normal([count, n]),
  };
}

/** The specification, latent by latent and neuron by neuron. */
function takenApartOf({ parameters: { We, be, D, bd }, h }: Given): {
  latents: number[][];
  reconstruction: number[][];
} {
  const [m = 0, n = 0] = We.shape;
  const latents = range(h.shape[0]!).map((example) =>
    range(m).map((k) => Math.max(0, be.at(k) + total(n, (i) => We.at(k, i) * (h.at(example, i) - bd.at(i))))),
  );
  const lengths = range(m).map((k) => Math.hypot(...range(n).map((i) => D.at(k, i))));
  const reconstruction = latents.map((active) =>
    range(n).map((i) => bd.at(i) + total(m, (k) => (active[k]! * D.at(k, i)) / lengths[k]!)),
  );
  return { latents, reconstruction };
}

function lossOf({ parameters, h, sparsity }: Priced): number {
  const { latents, reconstruction } = takenApartOf({ parameters, h });
  const count = latents.length;
  return total(count, (example) => {
    const error = total(h.shape[1]!, (i) => (h.at(example, i) - reconstruction[example]![i]!) ** 2);
    return (error + sparsity * total(latents[example]!.length, (k) => latents[example]![k]!)) / count;
  });
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function total(length: number, term: (index: number) => number): number {
  return range(length).reduce((sum, index) => sum + term(index), 0);
}

/** Features that are there once in three, in float32. */
function someFeatures(random: Random, count: number, size: number): Tensor {
  const numbers = range(count * size).map(() => (random.number() < 1 / 3 ? random.number() : 0));
  return fromData(Float32Array.from(numbers), [count, size]);
}

const sizes: readonly Sizes[] = [
  { count: 4, n: 2, m: 5 },
  { count: 3, n: 3, m: 3 },
  { count: 1, n: 4, m: 7 },
];

/** Five directions, a fifth of a turn apart. */
const pentagon = range(5).map((k) => [Math.cos(0.4 * Math.PI * k), Math.sin(0.4 * Math.PI * k)]);

export default defineChecks<Stub, typeof import('./solution')>({
  'each feature adds its direction to the neurons': {
    step: 'toy',
    async run({ learner, random, expect }) {
      for (const [count, F, n] of [
        [4, 5, 2],
        [3, 3, 3],
        [2, 4, 6],
      ] as const) {
        const toy = { W: random.normal([n, F]), b: random.normal([F]) };
        const x = someFeatures(random, count, F);
        const expected = range(count).map((e) => range(n).map((i) => total(F, (k) => toy.W.at(i, k) * x.at(e, k))));
        expect.close(await learner.toyHidden(x, toy), tensor(expected));
      }
    },
  },

  'a feature comes back with what its neighbours add': {
    step: 'interference',
    async run({ learner, random, expect }) {
      for (const [count, F, n] of [
        [4, 5, 2],
        [3, 3, 3],
        [2, 4, 6],
      ] as const) {
        const toy = { W: random.normal([n, F]), b: random.normal([F]) };
        const x = someFeatures(random, count, F);
        const agree = (j: number, k: number): number => total(n, (i) => toy.W.at(i, j) * toy.W.at(i, k));
        const expected = range(count).map((e) =>
          range(F).map((k) => Math.max(0, toy.b.at(k) + total(F, (j) => agree(j, k) * x.at(e, j)))),
        );
        expect.close(await learner.toyForward(x, toy), tensor(expected));
      }
    },
  },

  "in the lesson's pentagon a feature alone comes back alone": {
    step: 'interference',
    async run({ learner, expect }) {
      const W = tensor([pentagon.map(([x]) => x! * 1.2), pentagon.map(([, y]) => y! * 1.2)]);
      const b = tensor(range(5).map(() => -0.445));
      const alone = tensor(range(5).map((k) => range(5).map((j) => (j === k ? 1 : 0))));
      // 1.2² = 1.44 comes back of a feature, and 1.44 · cos 72° = 0.445 at its neighbours.
      expect.close(await learner.toyForward(alone, { W, b }), multiply(alone, 0.995), {
        tolerance: { absolute: 1e-3, relative: 0 },
      });
    },
  },

  'the rows of a dictionary are made 1 long': {
    step: 'dictionary',
    async run({ learner, random, expect }) {
      expect.close(
        await learner.unitRows(
          tensor([
            [3, 4],
            [0, -2],
          ]),
        ),
        tensor([
          [0.6, 0.8],
          [0, -1],
        ]),
      );
      for (const shape of [
        [3, 3],
        [5, 2],
        [2, 6],
        [4, 1],
      ]) {
        const D = random.normal(shape, { std: 2 });
        const expected = range(shape[0]!).map((k) => {
          const row = range(shape[1]!).map((i) => D.at(k, i));
          return row.map((value) => value / Math.hypot(...row));
        });
        expect.close(await learner.unitRows(D), tensor(expected));
      }
    },
  },

  'latents answer to what differs from the bias, and are never below zero': {
    step: 'encode',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        expect.close((await beside(forward, all))?.latents, tensor(takenApartOf(all).latents), {
          subject: 'the latents',
        });
      }
    },
  },

  'directions times latents put the activations together again': {
    step: 'dictionary',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        const all = given(random, size);
        const expected = tensor(takenApartOf(all).reconstruction);
        expect.close((await beside(forward, all))?.reconstruction, expected, { subject: 'the reconstruction' });
      }
    },
  },

  'the length of a direction makes no difference': {
    step: 'unit',
    async run({ beside, random, expect }) {
      const all = given(random, { count: 3, n: 3, m: 4 });
      const lengths = tensor([[0.01], [7], [0.5], [40]]);
      const stretched = { ...all, parameters: { ...all.parameters, D: multiply(all.parameters.D, lengths) } };
      const expected = tensor(takenApartOf(all).reconstruction);
      expect.close((await beside(forward, stretched))?.reconstruction, expected, { subject: 'the reconstruction' });
    },
  },

  'its parameters are found by their names': {
    step: 'encode',
    async run({ beside, random, expect }) {
      const answer = await beside(names, given(random, { count: 1, n: 2, m: 3 }));
      expect.equal(answer, ['D', 'We', 'bd', 'be'], { subject: 'the list of parameters' });
    },
  },

  'the loss is the squared error and the price of what is active, on average over the examples': {
    step: 'loss',
    async run({ beside, random, expect }) {
      for (const size of sizes) {
        for (const sparsity of [0, 0.3, 2]) {
          const all = { ...given(random, size), sparsity };
          expect.close(await beside(loss, all), tensor(lossOf(all)), {
            subject: `the loss at λ = ${String(sparsity)}`,
            tolerance: { absolute: 1e-5, relative: 5e-4 },
          });
        }
      }
    },
  },

  'gradients reach all four parameters': {
    step: 'loss',
    async run({ beside, random, expect }) {
      const all = { ...given(random, { count: 4, n: 3, m: 5, dtype: 'float64' }), sparsity: 0.4 };
      const answer = await beside(gradients, all);
      const expected = await beside.reference(gradients, all);
      for (const name of ['We', 'be', 'D', 'bd'] as const) {
        expect.close(answer?.[name], expected[name], { subject: `the gradient of ${name}` });
      }
    },
  },

  'each batch of each epoch is one step, told when it is done': {
    step: 'train',
    async run({ beside, random, expect }) {
      const all = given(random, { count: 7, n: 2, m: 4, dtype: 'float64' });
      const options = { epochs: 3, batchSize: 3, rate: 0.02, sparsity: 0.1, seed: 5 };
      const answer = await beside(trained, { ...all, options });
      expect.equal(answer?.steps, [1, 2, 3, 4, 5, 6, 7, 8, 9], { subject: 'the steps' });
    },
  },

  'the first step tells the loss before it, and begins at once': {
    step: 'train',
    async run({ beside, random, expect }) {
      const all = given(random, { count: 6, n: 2, m: 4, dtype: 'float64' });
      const options = { epochs: 1, batchSize: 6, rate: 0.05, sparsity: 0.2, seed: 1 };
      const answer = await beside(trained, { ...all, options });
      expect.close(answer?.losses?.[0], lossOf({ ...all, sparsity: 0.2 }), { subject: 'the first loss' });
      const stepped = await beside(firstTwo, { ...all, options: { ...options, batchSize: 3 } });
      expect.that(
        String(stepped?.after) !== String(stepped?.later),
        'Between two steps that are asked for, the parameters should change.',
        stepped?.later,
      );
    },
  },

  'the steps are those of one Adam on the batches that the seed draws': {
    step: 'train',
    async run({ beside, random, expect }) {
      const all = given(random, { count: 10, n: 3, m: 5, dtype: 'float64' });
      for (const seed of [2, random.integer(10, 99)]) {
        const options = { epochs: 4, batchSize: 4, rate: 0.03, sparsity: 0.25, seed };
        const answer = await beside(trained, { ...all, options });
        const expected = await beside.reference(trained, { ...all, options });
        expect.close(tensor(answer?.losses ?? []), tensor(expected.losses), { subject: 'the losses' });
        for (const name of ['We', 'be', 'D', 'bd'] as const) {
          expect.close(answer?.parameters?.[name], expected.parameters[name], { subject: name });
        }
      }
    },
  },

  'activations of one direction at a time are learned': {
    step: 'train',
    async run({ beside, random, expect }) {
      // Each example lies along one of the five directions; the dictionary begins close by.
      const active = range(60).map((example) => ({ k: example % 5, size: 0.5 + random.number() }));
      const h = tensor(active.map(({ k, size }) => pentagon[k]!.map((value) => size * value)));
      const D = tensor(pentagon.map((row) => row.map((value) => value + 0.3 * (random.number() - 0.5))));
      const parameters = { We: D, be: zeros([5]), D, bd: zeros([2]) };
      const options = { epochs: 15, batchSize: 20, rate: 0.03, sparsity: 0.2, seed: 3 };
      const answer = await beside(trained, { parameters, h, options });
      const [before, after] = [answer?.losses?.[0] ?? NaN, answer?.losses?.at(-1) ?? NaN];
      expect.that(after < 0.8 * before, 'The loss should fall by a fifth and more.', [before, after]);
    },
  },

  'a direction matches the row that agrees best, whatever their lengths': {
    step: 'match',
    async run({ learner, random, expect }) {
      const lesson = await learner.bestMatches(
        tensor([
          [2, 0],
          [0, -3],
        ]),
        tensor([
          [3, 4],
          [5, 0],
          [-1, 1],
        ]),
      );
      expect.close(lesson, tensor([1, -Math.SQRT1_2 + Math.SQRT1_2]), { subject: 'the matches' });
      for (const [F, m, n] of [
        [5, 8, 2],
        [3, 3, 3],
        [1, 4, 6],
      ] as const) {
        const [truth, D] = [random.normal([F, n], { std: 2 }), random.normal([m, n])];
        const length = (x: Tensor, row: number): number => Math.hypot(...range(n).map((i) => x.at(row, i)));
        const cosines = range(F).map((f) =>
          range(m).map((k) => total(n, (i) => truth.at(f, i) * D.at(k, i)) / (length(truth, f) * length(D, k))),
        );
        const expected = tensor(cosines.map((row) => Math.max(...row)));
        expect.close(await learner.bestMatches(truth, D), expected);
      }
    },
  },

  'does not change its input': {
    async run({ learner, beside, random, expect }) {
      const toy = { W: random.normal([2, 4]), b: random.normal([4]) };
      await learner.toyForward(relu(random.normal([3, 4])), toy);
      await learner.bestMatches(random.normal([3, 2]), random.normal([4, 2]));
      const all = given(random, { count: 4, n: 2, m: 3 });
      await beside(trained, { ...all, options: { epochs: 1, batchSize: 2, rate: 0.1, sparsity: 0.1, seed: 1 } });
      expect.inputsUnchanged();
    },
  },
});
