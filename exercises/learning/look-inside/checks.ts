import { defineChecks } from 'authoring';
import { fromData, tensor, zeros } from 'tensor';
import type { Random, Tensor } from 'tensor';

type Forward = typeof import('learning/two-layer-forward');

interface Network {
  readonly W1: Tensor;
  readonly b1: Tensor;
  readonly W2: Tensor;
  readonly b2: Tensor;
}

interface Sizes {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

const sizes: readonly Sizes[] = [
  { inputs: 4, hidden: 6, outputs: 3 },
  { inputs: 9, hidden: 5, outputs: 7 },
  { inputs: 1, hidden: 3, outputs: 2 },
  { inputs: 4, hidden: 4, outputs: 4 },
];

const double = { dtype: 'float64' } as const;
const exact = { absolute: 1e-10, relative: 1e-10 };

/** A network and a picture in float64; none of its hidden units is near its kink, and some of them are silent. */
function drawn(random: Random, { inputs, hidden, outputs }: Sizes) {
  for (;;) {
    const x = random.uniform([inputs], { low: 0.1, high: 1, ...double });
    const model: Network = {
      W1: random.normal([hidden, inputs], double),
      b1: random.normal([hidden], double),
      W2: random.normal([outputs, hidden], double),
      b2: random.normal([outputs], double),
    };
    const z = weighed(x, model);
    if (z.every((value) => Math.abs(value) > 0.05) && z.some((value) => value < 0) && z.some((value) => value > 0)) {
      return { x, model, z };
    }
  }
}

/** The hidden numbers before the ReLU, in loops. */
function weighed(x: Tensor, { W1, b1 }: Network): number[] {
  return range(b1.size).map((j) => b1.at(j) + total(x.size, (i) => W1.at(j, i) * x.at(i)));
}

/** The numbers before the last sigmoid, in loops. */
function logits(x: Tensor, model: Network): number[] {
  const h = weighed(x, model).map((value) => Math.max(value, 0));
  return range(model.b2.size).map((k) => model.b2.at(k) + total(h.length, (j) => model.W2.at(k, j) * (h[j] ?? NaN)));
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function total(length: number, term: (index: number) => number): number {
  return range(length).reduce((sum, index) => sum + term(index), 0);
}

/** A tensor in float64 with this number at each pair of indices. */
function table(rows: number, columns: number, entry: (row: number, column: number) => number): Tensor {
  const values = range(rows).flatMap((row) => range(columns).map((column) => entry(row, column)));
  return fromData(Float64Array.from(values), [rows, columns]);
}

function vector(values: readonly number[]): Tensor {
  return fromData(Float64Array.from(values), [values.length]);
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's votes and evidence": {
    step: 'evidence',
    async run({ learner, expect }) {
      const model = {
        W1: tensor([
          [1, 0, 1, 0],
          [0, 2, 0, -1],
          [1, 1, -3, 0],
        ]),
        b1: tensor([-1, 0, 0.5]),
        W2: tensor([
          [1, -1, 2],
          [-1, 1, 5],
        ]),
        b2: tensor([0, 1]),
      };
      const answer = await learner.explain(tensor([1, 1, 1, 0]), model);
      expect.close(answer?.hidden, tensor([1, 2, 0]), { subject: 'hidden' });
      const votes = tensor([
        [1, -2, 0],
        [-1, 2, 0],
      ]);
      expect.close(answer?.votes, votes, { subject: 'votes' });
      const evidence = tensor([
        [1, -2, 1, 0],
        [-1, 2, -1, 0],
      ]);
      expect.close(answer?.evidence, evidence, { subject: 'evidence' });
      expect.close(answer?.bias, tensor([-1, 2]), { subject: 'bias' });
      expect.equal(answer?.answer, 1, { subject: 'answer' });
    },
  },

  'each hidden unit becomes a picture of its own scale': {
    step: 'picture',
    async run({ learner, random, expect }) {
      for (const [units, side] of [
        [3, 2],
        [1, 5],
        [4, 1],
        [2, 28],
      ] as const) {
        const W1 = random.normal([units, side * side]);
        const largest = range(units).map((j) => Math.max(...range(side * side).map((i) => Math.abs(W1.at(j, i)))));
        const values = Float32Array.from(
          W1.data,
          (value, place) => value / (largest[Math.floor(place / (side * side))] ?? NaN),
        );
        expect.close(await learner.hiddenImages(W1), fromData(values, [units, side, side]));
      }
    },
  },

  'a unit without weights stays dark': {
    step: 'picture',
    async run({ learner, expect }) {
      const W1 = tensor([
        [0, 0, 0, 0],
        [0, -4, 2, 1],
      ]);
      const pictures = tensor([
        [
          [0, 0],
          [0, 0],
        ],
        [
          [0, -1],
          [0.5, 0.25],
        ],
      ]);
      expect.close(await learner.hiddenImages(W1), pictures);
      expect.close(await learner.hiddenImages(zeros([0, 9])), zeros([0, 3, 3]));
    },
  },

  'pixels that make no square are an error that mentions them': {
    async run({ learner, random, expect }) {
      for (const pixels of [2, 783, 8]) {
        const call = learner.hiddenImages(random.normal([3, pixels]));
        await expect.throws(call, { because: `${pixels} is no square number`, mentioning: ['pixel'] });
      }
    },
  },

  'outputs and hidden units are those of your network': {
    step: 'votes',
    async run({ learner, earlier, random, expect }) {
      for (const size of sizes) {
        const { x, model, z } = drawn(random, size);
        const answer = await learner.explain(x, model);
        const batch = fromData(Float64Array.from(x.data), [1, size.inputs]);
        const { output } = await earlier<Forward>('learning/two-layer-forward').forward(batch, model);
        expect.close(answer?.output, vector([...output.data]), { subject: 'output', tolerance: exact });
        const fired = vector(z.map((value) => Math.max(value, 0)));
        expect.close(answer?.hidden, fired, { subject: 'hidden', tolerance: exact });
        const scores = [...output.data];
        expect.equal(answer?.answer, scores.indexOf(Math.max(...scores)), { subject: 'answer' });
      }
    },
  },

  'votes and the last bias add up to what the sigmoid gets': {
    step: 'votes',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const { x, model, z } = drawn(random, size);
        const answer = await learner.explain(x, model);
        const votes = table(size.outputs, size.hidden, (k, j) => model.W2.at(k, j) * Math.max(z[j] ?? NaN, 0));
        expect.close(answer?.votes, votes, { subject: 'votes', tolerance: exact });
        const sums = range(size.outputs).map((k) => model.b2.at(k) + total(size.hidden, (j) => votes.at(k, j)));
        expect.close(vector(sums), vector(logits(x, model)), { subject: 'votes and b2', tolerance: exact });
      }
    },
  },

  'a silent unit passes on nothing': {
    step: 'mask',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const { x, model, z } = drawn(random, size);
        const answer = await learner.explain(x, model);
        // The same picture in a network whose silent units have other weights altogether, and stay silent.
        const W1 = table(size.hidden, size.inputs, (j, i) =>
          (z[j] ?? NaN) < 0 ? -Math.abs(model.W1.at(j, i)) : model.W1.at(j, i),
        );
        const b1 = vector(range(size.hidden).map((j) => ((z[j] ?? NaN) < 0 ? -1 : model.b1.at(j))));
        const other = await learner.explain(x, { ...model, W1, b1 });
        expect.close(answer?.evidence, evidenceOf({ x, model, z }), { subject: 'evidence', tolerance: exact });
        expect.close(other?.evidence, evidenceOf({ x, model, z }), {
          subject: 'evidence, with other weights in the silent units,',
          tolerance: exact,
        });
        expect.close(other?.bias, answer.bias, { subject: 'bias, with other weights there,', tolerance: exact });
      }
    },
  },

  'evidence and bias add up to what the sigmoid gets': {
    step: 'evidence',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const { x, model, z } = drawn(random, size);
        const answer = await learner.explain(x, model);
        const evidence = evidenceOf({ x, model, z });
        expect.close(answer?.evidence, evidence, { subject: 'evidence', tolerance: exact });
        const rest = logits(x, model).map((logit, k) => logit - total(size.inputs, (i) => evidence.at(k, i)));
        expect.close(answer?.bias, vector(rest), { subject: 'bias', tolerance: exact });
      }
    },
  },

  'the evidence of a pixel is its ink times the slope of your network': {
    step: 'template',
    async run({ learner, earlier, random, expect }) {
      const size = { inputs: 4, hidden: 5, outputs: 3 };
      const { x, model } = drawn(random, size);
      const answer = await learner.explain(x, model);
      const network = earlier<Forward>('learning/two-layer-forward');
      for (const k of range(size.outputs)) {
        // What went into the sigmoid, found from what came out of it.
        const logit = async (at: Tensor) => {
          const { output } = await network.forward(fromData(Float64Array.from(at.data), [1, size.inputs]), model);
          const y = output.at(0, k);
          return Math.log(y / (1 - y));
        };
        const template = vector(range(size.inputs).map((i) => (answer?.evidence?.at?.(k, i) ?? NaN) / x.at(i)));
        await expect.gradient(template, { of: logit, at: x, subject: `evidence over ink, class ${k},` });
      }
    },
  },

  'where there is no ink there is no evidence': {
    step: 'evidence',
    async run({ learner, random, expect }) {
      const { model } = drawn(random, { inputs: 4, hidden: 6, outputs: 3 });
      const blank = zeros([4], double);
      const answer = await learner.explain(blank, model);
      expect.close(answer?.evidence, zeros([3, 4], double), { subject: 'evidence', tolerance: exact });
      expect.close(answer?.bias, vector(logits(blank, model)), { subject: 'bias', tolerance: exact });
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { x, model } = drawn(random, { inputs: 4, hidden: 6, outputs: 3 });
      await learner.explain(x, model);
      await learner.hiddenImages(model.W1);
      expect.inputsUnchanged();
    },
  },
});

/** The specification: the way of each pixel through each unit that fired, one after another. */
function evidenceOf({
  x,
  model,
  z,
}: {
  readonly x: Tensor;
  readonly model: Network;
  readonly z: readonly number[];
}): Tensor {
  const { W1, W2, b2 } = model;
  return table(
    b2.size,
    x.size,
    (k, i) => x.at(i) * total(z.length, (j) => ((z[j] ?? NaN) > 0 ? W2.at(k, j) * W1.at(j, i) : 0)),
  );
}
