import { defineChecks } from 'authoring';
import type { Beside } from 'authoring';
import { fromData, linear, tensor } from 'tensor';
import type { DType, Random, Shape, Tensor } from 'tensor';
import type { AttentionParameters } from './stub';

type Stub = typeof import('./stub');

interface Given {
  readonly parameters: AttentionParameters;
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

/** Tokens, and weights of a spread that leaves no head sure of anything. */
function given(random: Random, { shape, heads, c, dtype = 'float32' }: Sizes): Given {
  const d = shape.at(-1) ?? 1;
  const normal = (size: Shape, std: number): Tensor => random.normal(size, { std, dtype });
  const inward = (): Tensor => normal([heads * c, d], 1.5 / Math.sqrt(d));
  return {
    parameters: {
      Wq: inward(),
      Wk: inward(),
      Wv: inward(),
      Wo: normal([d, heads * c], 1 / Math.sqrt(heads * c)),
      bo: normal([d], 1),
    },
    heads,
    x: normal(shape, 1),
  };
}

/** The specification in plain loops: sentence by sentence, head by head, token by token. `(…, n, h·c)`. */
function summariesOf({ parameters: { Wq, Wk, Wv }, heads, x }: Given): Tensor {
  const [n = 0, d = 0] = x.shape.slice(-2);
  const channels = Wq.shape[0] ?? 0;
  const c = channels / heads;
  const tokens = x.data;
  const projected = (W: Tensor, row: number, k: number): number => {
    let sum = 0;
    for (let e = 0; e < d; e += 1) sum += W.at(k, e) * tokens[row * d + e]!;
    return sum;
  };
  const out = new Float64Array((x.size / d) * channels);
  for (let row = 0; row < x.size / d; row += 1) {
    const start = row - (row % n);
    for (let head = 0; head < heads; head += 1) {
      const scores = Array.from({ length: n }, (_, j) => {
        let sum = 0;
        for (let k = head * c; k < (head + 1) * c; k += 1) sum += projected(Wq, row, k) * projected(Wk, start + j, k);
        return Math.exp(sum / Math.sqrt(c));
      });
      const total = scores.reduce((sum, score) => sum + score, 0);
      for (let k = head * c; k < (head + 1) * c; k += 1) {
        out[row * channels + k] = scores.reduce((sum, s, j) => sum + (s / total) * projected(Wv, start + j, k), 0);
      }
    }
  }
  return fromData(Float32Array.from(out), [...x.shape.slice(0, -1), channels]);
}

/** The output as the sum of what the heads contribute. */
function outputOf(all: Given): Tensor {
  const o = summariesOf(all);
  const { Wo, bo } = all.parameters;
  const channels = Wo.shape[1] ?? 0;
  const d = Wo.shape[0] ?? 0;
  const c = channels / all.heads;
  const y = new Float32Array((o.size / channels) * d);
  y.forEach((_, place) => {
    const [row, e] = [Math.floor(place / d), place % d];
    let sum = bo.at(e);
    for (let head = 0; head < all.heads; head += 1) {
      for (let b = 0; b < c; b += 1) sum += Wo.at(e, head * c + b) * o.data[row * channels + head * c + b]!;
    }
    y[place] = sum;
  });
  return fromData(y, [...o.shape.slice(0, -1), d]);
}

const forward = ({ MultiHeadAttention }: Beside<Stub>, { parameters, heads, x }: Given) =>
  new MultiHeadAttention(parameters, { heads }).forward(x);

const summaries = ({ MultiHeadAttention }: Beside<Stub>, { parameters, heads, x }: Given) =>
  new MultiHeadAttention(parameters, { heads }).summaries(x);

/** The values alone, as if everybody looked at themselves; and what the learner's module handed over. */
const looking = ({ MultiHeadAttention }: Beside<Stub>, { parameters, heads, x }: Given) => {
  const shapes: (readonly number[])[] = [];
  const look = (Q: Tensor, K: Tensor, V: Tensor): Tensor => {
    shapes.push(Q.shape, K.shape, V.shape);
    return V;
  };
  const module = new MultiHeadAttention(parameters, { heads });
  return { summaries: module.summaries(x, look), output: module.forward(x, look), shapes };
};

const doubled = ({ MultiHeadAttention, tensor }: Beside<Stub>, { parameters, heads, x }: Given) => {
  class Louder extends MultiHeadAttention {
    override summaries(tokens: Tensor, look?: (Q: Tensor, K: Tensor, V: Tensor) => Tensor): Tensor {
      return tensor.multiply(look ? super.summaries(tokens, look) : super.summaries(tokens), 2);
    }
  }
  return new Louder(parameters, { heads }).forward(x);
};

const names = ({ MultiHeadAttention, tensor }: Beside<Stub>, { parameters, heads }: Given) =>
  [...tensor.namedParameters(new MultiHeadAttention(parameters, { heads })).keys()].sort();

interface Training extends Given {
  readonly dy: Tensor;
}

const gradients = ({ MultiHeadAttention, tensor }: Beside<Stub>, { parameters, heads, x, dy }: Training) => {
  const module = new MultiHeadAttention(parameters, { heads });
  const tokens = tensor.parameter(x);
  tensor.backward(module.forward(tokens), dy);
  const { Wq, Wk, Wv, Wo, bo } = module;
  const ofParameters = { Wq, Wk, Wv, Wo, bo, x: tokens };
  return Object.fromEntries(Object.entries(ofParameters).map(([name, p]) => [name, tensor.grad(p)]));
};

const trained = ({ MultiHeadAttention, tensor }: Beside<Stub>, { parameters, heads, x, dy }: Training) => {
  const module = new MultiHeadAttention(parameters, { heads });
  const optimiser = new tensor.SGD(tensor.parametersOf(module), { learningRate: 0.1 });
  tensor.backward(module.forward(x), dy);
  optimiser.step();
  return { mine: module.Wv, given: parameters.Wv, output: module.forward(x) };
};

export default defineChecks<Stub, typeof import('./solution')>({
  'two heads ask two questions': {
    step: 'look',
    async run({ beside, expect }) {
      const x = tensor([
        [1, 0, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
        [0, 1, 0, 0],
      ]);
      const Wq = tensor([
        [0, 0, 3, 3],
        [0, 0, 3, 2],
      ]);
      const Wk = tensor([
        [1, 0, 0, 0],
        [0, 1, 0, 0],
      ]);
      const Wv = tensor([
        [10, 0, 0, 0],
        [0, 10, 0, 0],
      ]);
      const outward = {
        Wo: tensor([
          [1, 0],
          [0, 1],
          [0, 0],
          [0, 0],
        ]),
        bo: tensor([0, 0, 0, 0]),
      };
      const found = tensor([
        [2.5, 2.5],
        [8.7005, 8.7005],
        [8.7005, 7.1123],
        [2.5, 2.5],
      ]);
      expect.close(await beside(summaries, { parameters: { Wq, Wk, Wv, ...outward }, heads: 2, x }), found);
    },
  },

  'each head has its rows of the weights and a softmax of its own': {
    step: 'project',
    async run({ beside, random, expect }) {
      for (const sizes of [
        { shape: [4, 5], heads: 2, c: 3 },
        { shape: [3, 4], heads: 3, c: 1 },
        { shape: [5, 3], heads: 1, c: 4 },
        { shape: [2, 6], heads: 3, c: 2 },
        { shape: [4, 4], heads: 2, c: 2 },
      ]) {
        const all = given(random, sizes);
        expect.close(await beside(summaries, all), summariesOf(all));
      }
    },
  },

  'scores are divided by the root of the channels of one head': {
    step: 'look',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [3, 8], heads: 4, c: 9 });
      expect.close(await beside(summaries, all), summariesOf(all));
    },
  },

  'the output adds up what every head contributes': {
    step: 'output',
    async run({ beside, random, expect }) {
      for (const sizes of [
        { shape: [4, 5], heads: 2, c: 3 },
        { shape: [1, 3], heads: 2, c: 2 },
        { shape: [3, 6], heads: 3, c: 2 },
      ]) {
        const all = given(random, sizes);
        expect.close(await beside(forward, all), outputOf(all));
      }
    },
  },

  'batches and further leading axes are carried along': {
    step: 'output',
    async run({ beside, random, expect }) {
      for (const shape of [
        [3, 4, 5],
        [2, 3, 2, 5],
        [1, 4, 5],
        [2, 2, 2],
      ]) {
        const all = given(random, { shape, heads: 2, c: 3 });
        expect.close(await beside(forward, all), outputOf(all));
      }
    },
  },

  'its parameters are found by their names': {
    step: 'own',
    async run({ beside, random, expect }) {
      const answer = await beside(names, given(random, { shape: [2, 3], heads: 2, c: 2 }));
      expect.equal(answer, ['Wk', 'Wo', 'Wq', 'Wv', 'bo'], { subject: 'the list of parameters' });
    },
  },

  'gradients reach every parameter': {
    step: 'own',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [2, 4, 3], heads: 2, c: 3, dtype: 'float64' });
      const training = { ...all, dy: random.normal([2, 4, 3], { dtype: 'float64' }) };
      const answer = await beside(gradients, training);
      const expected = await beside.reference(gradients, training);
      for (const name of ['Wq', 'Wk', 'Wv', 'Wo', 'bo', 'x']) {
        expect.close(answer?.[name], expected[name], { subject: `the gradient of ${name}` });
      }
    },
  },

  'a step of training changes the module and not what it was made from': {
    step: 'own',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [4, 3], heads: 2, c: 2 });
      const training = { ...all, dy: random.normal([4, 3]) };
      const answer = await beside(trained, training);
      const expected = await beside.reference(trained, training);
      expect.close(answer?.mine, expected.mine, { subject: 'Wv of the module after one step' });
      expect.close(answer?.output, expected.output, { subject: 'the output after one step' });
      expect.equal(answer?.given, all.parameters.Wv, { subject: 'the tensor that Wv was made from' });
    },
  },

  'another way of looking can be given, and gets the heads as a leading axis': {
    step: 'look',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [2, 5, 4], heads: 3, c: 2 });
      const answer = await beside(looking, all);
      const values = linear(all.x, all.parameters.Wv);
      expect.close(answer?.summaries, values, { subject: 'the summaries, if each token looks at itself' });
      const { Wo, bo } = all.parameters;
      expect.close(answer?.output, linear(values, Wo, bo), { subject: 'the output, if each token looks at itself' });
      const shape = [2, 3, 5, 2];
      expect.equal(
        answer?.shapes,
        Array.from({ length: 6 }, () => shape),
        { subject: 'what `look` was given' },
      );
    },
  },

  'forward goes through summaries, so that a subclass can change them': {
    step: 'output',
    async run({ beside, random, expect }) {
      const all = given(random, { shape: [4, 5], heads: 2, c: 3 });
      const { Wo, bo } = all.parameters;
      const twice = tensor(summariesOf(all).toNested());
      twice.data.forEach((value, place) => (twice.data[place] = 2 * value));
      expect.close(await beside(doubled, all), linear(twice, Wo, bo));
    },
  },

  'channels that cannot be dealt out evenly are refused at once, and the message names both numbers': {
    step: 'project',
    async run({ beside, random, expect }) {
      const { parameters, x } = given(random, { shape: [2, 3], heads: 1, c: 7 });
      await expect.throws(beside(names, { parameters, heads: 2, x }), {
        because: '7 channels do not make 2 heads of equal size',
        mentioning: ['7', '2'],
      });
    },
  },

  'does not change its input': {
    async run({ beside, random, expect }) {
      await beside(forward, given(random, { shape: [2, 3, 4], heads: 2, c: 2 }));
      expect.inputsUnchanged();
    },
  },
});
