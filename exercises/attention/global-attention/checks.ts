import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import type { Projections } from 'attention/dynamic-queries';
import { fromData, ones, tensor } from 'tensor';
import type { DType, Random, Shape, Tensor } from 'tensor';

type Stub = typeof import('./stub');

interface Given {
  readonly x: Tensor;
  readonly weights: Projections;
  readonly mask: Tensor;
}

/** Every token's query, key or value by itself. */
function projected(x: Tensor, W: Tensor): number[][] {
  const d = x.shape.at(-1) ?? 1;
  const tokens = x.data;
  return Array.from({ length: x.size / d }, (_, row) =>
    Array.from({ length: W.shape[0] ?? 0 }, (__, k) => {
      let sum = 0;
      for (let e = 0; e < d; e += 1) sum += W.at(k, e) * tokens[row * d + e]!;
      return sum;
    }),
  );
}

/** For each sequence the places of its real tokens. */
function realTokens(mask: Tensor): number[][] {
  const n = mask.shape.at(-1) ?? 1;
  return Array.from({ length: mask.size / n }, (_, sequence) =>
    Array.from({ length: n }, (__, token) => sequence * n + token).filter((place) => mask.data[place] === 1),
  );
}

/** The specification: the queries of all real tokens, averaged channel by channel. */
function queries({ x, weights: { Wq }, mask }: Given): number[][] {
  const all = projected(x, Wq);
  return realTokens(mask).map((real) =>
    Array.from({ length: Wq.shape[0] ?? 0 }, (_, k) =>
      real.length === 0 ? 0 : real.reduce((sum, place) => sum + all[place]![k]!, 0) / real.length,
    ),
  );
}

function queryOf(given: Given): Tensor {
  const { x, weights } = given;
  return fromData(queries(given).flat(), [...x.shape.slice(0, -2), weights.Wq.shape[0] ?? 0]);
}

function answerOf(given: Given): Tensor {
  const { x, weights, mask } = given;
  const [keys, values] = [projected(x, weights.Wk), projected(x, weights.Wv)];
  const v = weights.Wv.shape[0] ?? 0;
  const asking = queries(given);
  const answers = realTokens(mask).map((real, sequence) => {
    const q = asking[sequence]!;
    const shares = real.map((place) =>
      Math.exp(q.reduce((sum, value, k) => sum + value * keys[place]![k]!, 0) / Math.sqrt(q.length)),
    );
    const total = shares.reduce((sum, share) => sum + share, 0);
    return Array.from({ length: v }, (_, k) =>
      real.reduce((sum, place, j) => sum + (shares[j]! / total) * values[place]![k]!, 0),
    );
  });
  return fromData(answers.flat(), [...x.shape.slice(0, -2), v]);
}

interface Sizes {
  /** `(…, n, d)` */
  readonly shape: Shape;
  readonly c: number;
  readonly v: number;
  readonly dtype?: DType;
}

function inputs(random: Random, { shape, c, v, dtype = 'float32' }: Sizes): Given {
  const d = shape.at(-1) ?? 1;
  const weight = (rows: number): Tensor => random.normal([rows, d], { std: 1.5 / Math.sqrt(d), dtype });
  // Tokens away from zero, for the mean of many not to vanish.
  const x = random.normal(shape, { mean: 0.5, dtype });
  return { x, weights: { Wq: weight(c), Wk: weight(c), Wv: weight(v) }, mask: ones(shape.slice(0, -1)) };
}

/** Some tokens of each sequence are padding, not only the last ones. */
function someReal(random: Random, shape: Shape): Tensor {
  const n = shape.at(-1) ?? 1;
  const mask = random.integers(shape, { low: 0, high: 2 });
  for (let start = 0; start < mask.size; start += n) {
    const [first = 0, second = 0] = random.permutation(n);
    mask.data[start + first] = 1;
    mask.data[start + second] = 0;
  }
  return mask;
}

interface Learning extends Given {
  readonly dy: Tensor;
}

const gradients = ({ globalAttention, tensor }: Beside<Stub>, { x, weights, mask, dy }: Learning) => {
  const { backward, grad, parameter } = tensor;
  const p = { x: parameter(x), Wq: parameter(weights.Wq), Wk: parameter(weights.Wk), Wv: parameter(weights.Wv) };
  backward(globalAttention(p.x, p, mask), dy);
  return { x: grad(p.x), Wq: grad(p.Wq), Wk: grad(p.Wk), Wv: grad(p.Wv) };
};

const sizes: readonly Sizes[] = [
  { shape: [4, 5], c: 3, v: 2 },
  { shape: [7, 2], c: 1, v: 4 },
  { shape: [1, 3], c: 2, v: 3 },
  { shape: [3, 3], c: 3, v: 3 },
];

const batches: readonly Shape[] = [
  [3, 4, 5],
  [2, 3, 2, 4],
  [1, 5, 3],
  [3, 3, 3],
];

export default defineChecks<Stub, typeof import('./solution')>({
  "finds the lesson's means": {
    step: 'masked',
    async run({ learner, expect }) {
      const x = tensor([
        [2, 0],
        [0, 4],
        [4, 2],
      ]);
      const same = tensor([
        [1, 0],
        [0, 1],
      ]);
      expect.close(await learner.meanQuery(x, same), tensor([2, 2]));
      expect.close(await learner.meanQuery(x, same, tensor([1, 1, 0])), tensor([1, 2]));
    },
  },

  "the query is the mean of all tokens' queries": {
    step: 'mean',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const given = inputs(random, size);
        expect.close(await learner.meanQuery(given.x, given.weights.Wq), queryOf(given));
      }
      for (const shape of batches) {
        const given = inputs(random, { shape, c: 2, v: 1 });
        expect.close(await learner.meanQuery(given.x, given.weights.Wq), queryOf(given));
      }
    },
  },

  'padding does not count for the mean': {
    step: 'masked',
    async run({ learner, random, expect }) {
      for (const shape of [[5, 3], ...batches]) {
        const given = { ...inputs(random, { shape, c: 2, v: 1 }), mask: someReal(random, shape.slice(0, -1)) };
        expect.close(await learner.meanQuery(given.x, given.weights.Wq, given.mask), queryOf(given));
      }
    },
  },

  'one query attends to all tokens': {
    step: 'attend',
    async run({ learner, random, expect }) {
      for (const size of sizes) {
        const given = inputs(random, size);
        expect.close(await learner.globalAttention(given.x, given.weights), answerOf(given));
      }
    },
  },

  'each sequence of a batch has an answer of its own': {
    step: 'attend',
    async run({ learner, random, expect }) {
      for (const shape of batches) {
        const given = inputs(random, { shape, c: 4, v: 2 });
        expect.close(await learner.globalAttention(given.x, given.weights), answerOf(given));
      }
    },
  },

  'padding is neither asked nor heard': {
    step: 'attend',
    async run({ learner, random, expect }) {
      for (const shape of [[5, 3], ...batches]) {
        const given = { ...inputs(random, { shape, c: 3, v: 2 }), mask: someReal(random, shape.slice(0, -1)) };
        expect.close(await learner.globalAttention(given.x, given.weights, given.mask), answerOf(given));
      }
    },
  },

  'a sequence without a real token gives zeros': {
    step: 'masked',
    async run({ learner, random, expect }) {
      const given = {
        ...inputs(random, { shape: [2, 3, 4], c: 2, v: 5 }),
        mask: tensor([
          [0, 0, 0],
          [1, 0, 1],
        ]),
      };
      expect.close(await learner.meanQuery(given.x, given.weights.Wq, given.mask), queryOf(given));
      expect.close(await learner.globalAttention(given.x, given.weights, given.mask), answerOf(given));
    },
  },

  'twenty thousand tokens fit': {
    step: 'cost',
    async run({ learner, random, expect }) {
      // As a matrix of scores this would be 1.6 GB, more than a tensor may have here.
      const given = inputs(random, { shape: [20_000, 4], c: 2, v: 3 });
      // float32 sums of twenty thousand numbers are good to about five digits of their largest part.
      const tolerance = { absolute: 1e-3, relative: 1e-3 };
      expect.close(await learner.globalAttention(given.x, given.weights), answerOf(given), { tolerance });
    },
  },

  'gradients agree with central differences': {
    step: 'attend',
    async run({ learner, beside, random, expect }) {
      const given = inputs(random, { shape: [2, 3, 4], c: 3, v: 2, dtype: 'float64' });
      const mask = tensor(
        [
          [1, 0, 1],
          [1, 1, 1],
        ],
        { dtype: 'float64' },
      );
      const dy = random.normal([2, 2], { dtype: 'float64' });
      const answer = await beside(gradients, { ...given, mask, dy });
      const { x, weights } = given;
      const all = { x, ...weights };
      for (const name of ['x', 'Wq', 'Wk', 'Wv'] as const) {
        const loss = async (moved: Tensor): Promise<number> => {
          const tokens = name === 'x' ? moved : x;
          const moving = name === 'x' ? weights : { ...weights, [name]: moved };
          const y = await learner.globalAttention(tokens, moving, mask);
          return dy.data.reduce((sum, d, place) => sum + d * y.data[place]!, 0);
        };
        await expect.gradient(answer?.[name], { of: loss, at: all[name], subject: `the gradient of ${name}` });
      }
    },
  },

  'does not change its input': {
    async run({ learner, random, expect }) {
      const { x, weights } = inputs(random, { shape: [2, 3, 4], c: 2, v: 2 });
      const mask = tensor([
        [1, 1, 0],
        [0, 1, 1],
      ]);
      await learner.meanQuery(x, weights.Wq, mask);
      await learner.globalAttention(x, weights, mask);
      expect.inputsUnchanged();
    },
  },
});
