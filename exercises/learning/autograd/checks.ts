import { defineChecks } from 'authoring';
import type { Beside, CheckContext, Expect } from 'authoring';
import * as library from 'tensor';
import {
  add,
  exp,
  fromData,
  log,
  matmul,
  multiply,
  relu,
  sigmoid,
  subtract,
  sum,
  tensor,
  transpose,
  zeros,
} from 'tensor';
import type { Random, Shape, Tensor } from 'tensor';

type Learner = Beside<typeof import('./stub')>;
type Affine = typeof import('learning/affine-backward');
type CrossEntropy = typeof import('learning/cross-entropy');
type Forward = typeof import('learning/two-layer-forward');
type LossBackward = typeof import('learning/l2-backward');
type Backward = typeof import('learning/two-layer-backward');

interface Network {
  readonly W1: Tensor;
  readonly b1: Tensor;
  readonly W2: Tensor;
  readonly b2: Tensor;
}

interface Case {
  /** A method of Variable. */
  readonly op: string;
  readonly inputs: readonly Tensor[];
  readonly axis?: number;
}

interface WeighedCase extends Case {
  /** Of the shape of the result: the loss is every entry of the result, weighed by its own number, added up. */
  readonly weights: Tensor;
}

/** One operation, a loss behind it, and the gradient of each input. */
const through = ({ Variable }: Learner, { op, inputs, axis, weights }: WeighedCase) => {
  const leaves = inputs.map((x) => new Variable(x));
  const [a = new Variable(weights), b = a] = leaves;
  const results: Record<string, () => InstanceType<typeof Variable>> = {
    subtract: () => a.subtract(b),
    add: () => a.add(b),
    multiply: () => a.multiply(b),
    matmul: () => a.matmul(b),
    transpose: () => a.transpose(),
    relu: () => a.relu(),
    sigmoid: () => a.sigmoid(),
    exp: () => a.exp(),
    log: () => a.log(),
    sum: () => a.sum(axis),
  };
  const y = results[op]?.() ?? a;
  y.multiply(new Variable(weights)).sum().backward();
  return { value: y.value, gradients: leaves.map((leaf) => leaf.gradient) };
};

/** What the operation should give, by the library. */
function valueOf({ op, inputs, axis }: Case): Tensor {
  const [a = zeros([]), b = a] = inputs;
  const values: Record<string, () => Tensor> = {
    subtract: () => subtract(a, b),
    add: () => add(a, b),
    multiply: () => multiply(a, b),
    matmul: () => matmul(a, b),
    transpose: () => transpose(a),
    relu: () => relu(a),
    sigmoid: () => sigmoid(a),
    exp: () => exp(a),
    log: () => log(a),
    sum: () => (axis === undefined ? sum(a) : sum(a, { axis })),
  };
  return values[op]?.() ?? a;
}

function dot(a: Tensor, b: Tensor): number {
  return a.data.reduce((total, value, place) => total + value * (b.data[place] ?? NaN), 0);
}

type Context = CheckContext<typeof import('./solution')>;

/** Value and every gradient of one operation: the first against the library, the others against central differences. */
async function agrees({ beside, random, expect }: Context, tried: Case): Promise<void> {
  const value = valueOf(tried);
  const weights = random.normal(value.shape, { dtype: 'float64' });
  const answer = await beside(through, { ...tried, weights });
  const shapes = tried.inputs.map(({ shape }) => `(${shape.join(', ')})`).join(' and ');
  expect.close(answer?.value, value, { subject: `the value of ${tried.op} of ${shapes}`, tolerance: exact });
  for (const [index, at] of tried.inputs.entries()) {
    const of = (x: Tensor) => dot(weights, valueOf({ ...tried, inputs: tried.inputs.with(index, x) }));
    const subject = `the gradient of input ${index} of ${tried.op}, ${shapes},`;
    await expect.gradient(answer?.gradients?.[index], { of, at, subject });
  }
}

/** Normal numbers in float64, none of them near the kink of ReLU. */
function clear(random: Random, shape: Shape): Tensor {
  const x = random.normal(shape, { dtype: 'float64' });
  x.data.forEach((value, place) => (x.data[place] = value + (value < 0 ? -0.1 : 0.1)));
  return x;
}

const exact = { absolute: 1e-11, relative: 1e-11 };
const double = { dtype: 'float64' } as const;

/** Each gradient of `expected`, by name, in float64. */
function closeGradients(
  answer: Readonly<Record<string, Tensor>>,
  expected: Readonly<Record<string, Tensor>>,
  expect: Expect,
) {
  for (const [name, gradient] of Object.entries(expected)) {
    expect.close(answer?.[name], gradient, { subject: `the gradient of ${name}`, tolerance: exact });
  }
}

export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  "finds the lesson's gradients": {
    step: 'meet',
    async run({ beside, expect }) {
      const lesson = ({ Variable, tensor }: Learner) => {
        const [a, b] = [new Variable(tensor.tensor(3)), new Variable(tensor.tensor(4))];
        const loss = a.multiply(b).add(a);
        loss.backward();
        return { loss: loss.value, a: a.gradient, b: b.gradient };
      };
      expect.close(await beside(lesson), { loss: tensor(15), a: tensor(5), b: tensor(3) });
    },
  },

  'add and multiply agree with central differences': {
    step: 'rule',
    async run(context) {
      for (const op of ['add', 'multiply']) {
        for (const shape of [[], [3], [2, 3], [2, 1, 4]]) {
          const inputs = [clear(context.random, shape), clear(context.random, shape)];
          await agrees(context, { op, inputs });
        }
      }
    },
  },

  'relu, sigmoid, exp and log agree with central differences': {
    step: 'rule',
    async run(context) {
      for (const op of ['relu', 'sigmoid', 'exp', 'log']) {
        for (const shape of [[4], [2, 3], []]) {
          const x = clear(context.random, shape);
          const inputs = [op === 'log' ? exp(x) : x];
          await agrees(context, { op, inputs });
        }
      }
    },
  },

  'matmul and transpose agree with central differences': {
    step: 'rule',
    async run(context) {
      for (const [n, k, m] of [
        [2, 3, 4],
        [1, 4, 2],
        [3, 1, 1],
        [3, 3, 3],
      ] as const) {
        await agrees(context, { op: 'matmul', inputs: [clear(context.random, [n, k]), clear(context.random, [k, m])] });
        await agrees(context, { op: 'transpose', inputs: [clear(context.random, [n, m])] });
      }
    },
  },

  'sums agree with central differences, along each axis and over all': {
    step: 'rule',
    async run(context) {
      for (const shape of [
        [3, 4],
        [2, 3, 2],
        [1, 5],
      ]) {
        const x = clear(context.random, shape);
        await agrees(context, { op: 'sum', inputs: [x] });
        for (const axis of shape.keys()) await agrees(context, { op: 'sum', inputs: [x], axis });
      }
    },
  },

  'sumTo adds up what was repeated': {
    step: 'broadcast',
    async run({ learner, random, expect }) {
      for (const [from, to] of [
        [[4, 3], [3]],
        [
          [4, 3],
          [1, 3],
        ],
        [
          [4, 3],
          [4, 1],
        ],
        [
          [2, 4, 3],
          [4, 1],
        ],
        [
          [4, 3],
          [1, 1],
        ],
        [[5, 2], []],
        [
          [2, 3],
          [2, 3],
        ],
        [
          [1, 3],
          [1, 3],
        ],
        [[0, 3], [3]],
        [
          [0, 3],
          [1, 3],
        ],
      ] as const) {
        const gradient = random.normal(from, double);
        // A sum by hand: each entry goes to the place that broadcasting read it from.
        const expected = zeros(to, double);
        gradient.data.forEach((value, place) => {
          const index = from.map((_, axis) => Math.floor(place / sizeAfter(from, axis)) % (from[axis] ?? 1));
          const own = to.map((length, axis) => (length === 1 ? 0 : (index[axis + from.length - to.length] ?? 0)));
          const target = own.reduce((sum, i, axis) => sum + i * sizeAfter(to, axis), 0);
          expected.data[target] = (expected.data[target] ?? NaN) + value;
        });
        const subject = `(${from.join(', ')}) summed to (${to.join(', ')})`;
        expect.close(await learner.sumTo(gradient, to), expected, { subject, tolerance: exact });
      }
    },
  },

  'what was broadcast gets a gradient of its own shape': {
    step: 'broadcast',
    async run(context) {
      for (const op of ['add', 'multiply', 'subtract']) {
        for (const [first, second] of [
          [[4, 3], [3]],
          [[3], [4, 3]],
          [
            [2, 1],
            [2, 3],
          ],
          [[2, 3], []],
          [
            [3, 1],
            [1, 2],
          ],
        ] as const) {
          await agrees(context, { op, inputs: [clear(context.random, first), clear(context.random, second)] });
        }
      }
    },
  },

  'a gradient is complete before it is passed on': {
    step: 'order',
    async run({ beside, random, expect }) {
      // x reaches the loss by a short way and by long ones that cross: a = x·x, b = a·x, c = a + b, loss = Σ (c·a + x).
      const crossing = ({ Variable }: Learner, x: Tensor) => {
        const leaf = new Variable(x);
        const a = leaf.multiply(leaf);
        const b = a.multiply(leaf);
        const c = a.add(b);
        c.multiply(a).add(leaf).sum().backward();
        return { x: leaf.gradient, a: a.gradient };
      };
      const x = random.normal([5], double);
      // c·a + x = x⁴ + x⁵ + x. And by a, of which c, b and the product itself are made: 2a + 2ax = 2x² + 2x³.
      const expected = {
        x: fromData(
          x.data.map((v) => 4 * v ** 3 + 5 * v ** 4 + 1),
          [5],
        ),
        a: fromData(
          x.data.map((v) => 2 * v ** 2 + 2 * v ** 3),
          [5],
        ),
      };
      expect.close(await beside(crossing, x), expected, { tolerance: exact });
    },
  },

  'forty doublings have a million million paths, and take no time': {
    step: 'order',
    async run({ beside, expect }) {
      const doublings = ({ Variable, tensor }: Learner) => {
        const x = new Variable(tensor.tensor(1));
        let y = x;
        for (let step = 0; step < 40; step += 1) y = y.add(y);
        y.backward();
        return x.gradient;
      };
      expect.close(await beside(doublings), tensor(2 ** 40));
    },
  },

  'a second backward starts afresh': {
    step: 'start',
    async run({ beside, random, expect }) {
      const twice = ({ Variable }: Learner, x: Tensor) => {
        const leaf = new Variable(x);
        const squares = leaf.multiply(leaf);
        const [first, second] = [squares.sum(), squares.add(leaf).sum()];
        first.backward();
        const once = leaf.gradient;
        first.backward();
        const again = leaf.gradient;
        second.backward();
        return { once, again, other: leaf.gradient };
      };
      const x = random.normal([2, 3], double);
      const slope = multiply(x, 2);
      const expected = { once: slope, again: slope, other: add(slope, 1) };
      expect.close(await beside(twice, x), expected, { tolerance: exact });
    },
  },

  'what the loss does not depend on keeps a gradient of zeros': {
    step: 'start',
    async run({ beside, random, expect }) {
      const aside = ({ Variable }: Learner, x: Tensor) => {
        const [used, unused] = [new Variable(x), new Variable(x)];
        const branch = used.multiply(unused);
        const loss = used.sum();
        loss.backward();
        return { used: used.gradient, unused: unused.gradient, branch: branch.gradient, loss: loss.gradient };
      };
      const answer = await beside(aside, random.normal([2, 3], double));
      const [nothing, one] = [zeros([2, 3], double), library.ones([2, 3], double)];
      expect.close(answer, { used: one, unused: nothing, branch: nothing, loss: tensor(1, double) });
    },
  },

  'only a single number can be a loss': {
    step: 'start',
    async run({ beside, random, expect }) {
      const many = ({ Variable }: Learner, x: Tensor) => {
        const y = new Variable(x).exp();
        y.backward();
        return y.gradient;
      };
      const because = 'a tensor of shape (2, 3) is no single number';
      await expect.throws(beside(many, random.normal([2, 3])), { because, mentioning: ['shape'] });
    },
  },

  'every variable knows how it was made': {
    step: 'record',
    async run({ beside, random, expect }) {
      const history = ({ Variable }: Learner, x: Tensor) => {
        const [a, b] = [new Variable(x), new Variable(x)];
        const made = [
          a.add(b),
          a.multiply(b),
          a.transpose().matmul(b),
          a.relu(),
          a.sigmoid(),
          a.exp(),
          a.log(),
          a.sum(0),
        ];
        const [sum, product] = made;
        const own = [sum?.inputs[0] === a, sum?.inputs[1] === b, product?.inputs[0] === a, product?.inputs[1] === b];
        return { ops: made.map(({ op }) => op), inputs: made.map(({ inputs }) => inputs.map(({ op }) => op)), own };
      };
      expect.equal(await beside(history, random.uniform([3, 2], { low: 1 })), {
        ops: ['add', 'multiply', 'matmul', 'relu', 'sigmoid', 'exp', 'log', 'sum'],
        inputs: [
          ['leaf', 'leaf'],
          ['leaf', 'leaf'],
          ['transpose', 'leaf'],
          ['leaf'],
          ['leaf'],
          ['leaf'],
          ['leaf'],
          ['leaf'],
        ],
        own: [true, true, true, true],
      });
    },
  },

  'float64 stays float64': {
    async run({ beside, random, expect }) {
      const dtypes = ({ Variable }: Learner, x: Tensor) => {
        const leaf = new Variable(x);
        const before = leaf.gradient;
        const y = leaf.sigmoid().multiply(leaf.relu()).add(leaf.exp().log());
        y.matmul(leaf.transpose()).sum().backward();
        return [y.value.dtype, before.dtype, leaf.gradient.dtype];
      };
      expect.equal(await beside(dtypes, random.normal([2, 3], double)), ['float64', 'float64', 'float64']);
      expect.equal(await beside(dtypes, random.normal([2, 3])), ['float32', 'float32', 'float32']);
    },
  },

  'finds the gradients of the affine layer that you derived by hand': {
    step: 'rule',
    async run({ beside, earlier, random, expect }) {
      const tape = ({ Variable }: Learner, { x, W, b, dy }: Record<'x' | 'W' | 'b' | 'dy', Tensor>) => {
        const leaves = { x: new Variable(x), W: new Variable(W), b: new Variable(b) };
        const y = leaves.x.matmul(leaves.W.transpose()).add(leaves.b);
        y.multiply(new Variable(dy)).sum().backward();
        return { x: leaves.x.gradient, W: leaves.W.gradient, b: leaves.b.gradient, y: y.gradient };
      };
      const [x, W] = [random.normal([4, 3], double), random.normal([2, 3], double)];
      const [b, dy] = [random.normal([2], double), random.normal([4, 2], double)];
      const answer = await beside(tape, { x, W, b, dy });
      const byHand = await earlier<Affine>('learning/affine-backward').affineBackward(dy, { x, W });
      closeGradients(answer, { y: dy, x: byHand.dx, W: byHand.dW, b: byHand.db }, expect);
    },
  },

  'finds every gradient of the two-layer network that you derived by hand': {
    step: 'meet',
    async run({ beside, earlier, random, expect }) {
      const tape = (
        { Variable, tensor }: Learner,
        { x, targets, W1, b1, W2, b2 }: Network & Record<'x' | 'targets', Tensor>,
      ) => {
        const leaves = { W1: new Variable(W1), b1: new Variable(b1), W2: new Variable(W2), b2: new Variable(b2) };
        const hidden = new Variable(x).matmul(leaves.W1.transpose()).add(leaves.b1).relu();
        const output = hidden.matmul(leaves.W2.transpose()).add(leaves.b2).sigmoid();
        const error = output.subtract(new Variable(targets));
        const share = new Variable(tensor.tensor(1 / (x.shape[0] ?? 1), { dtype: 'float64' }));
        error.multiply(error).multiply(share).sum().backward();
        return {
          W1: leaves.W1.gradient,
          b1: leaves.b1.gradient,
          W2: leaves.W2.gradient,
          b2: leaves.b2.gradient,
          output: output.gradient,
        };
      };
      const model: Network = {
        W1: random.normal([5, 4], double),
        b1: random.normal([5], double),
        W2: random.normal([3, 5], double),
        b2: random.normal([3], double),
      };
      const [x, targets] = [random.normal([6, 4], double), random.uniform([6, 3], double)];
      const answer = await beside(tape, { x, targets, ...model });
      const { output, cache } = await earlier<Forward>('learning/two-layer-forward').forward(x, model);
      const { dy } = await earlier<LossBackward>('learning/l2-backward').l2LossBackward(output, targets);
      const byHand = await earlier<Backward>('learning/two-layer-backward').backward(dy, cache, model);
      const { W1, b1, W2, b2 } = byHand;
      closeGradients(answer, { output: dy, W1, b1, W2, b2 }, expect);
    },
  },

  'finds shares less truth on its own': {
    step: 'meet',
    async run({ beside, earlier, random, expect }) {
      const tape = ({ Variable, tensor }: Learner, { logits, targets }: Record<'logits' | 'targets', Tensor>) => {
        const [z, t] = [new Variable(logits), new Variable(targets)];
        const surprise = z.exp().sum(1).log().subtract(t.multiply(z).sum(1));
        const share = new Variable(tensor.tensor(1 / (logits.shape[0] ?? 1), { dtype: 'float64' }));
        surprise.multiply(share).sum().backward();
        return { logits: z.gradient };
      };
      const logits = random.normal([5, 4], double);
      const targets = zeros([5, 4], double);
      for (let n = 0; n < 5; n += 1) targets.data[4 * n + random.integer(0, 4)] = 1;
      const answer = await beside(tape, { logits, targets });
      const byHand = await earlier<CrossEntropy>('learning/cross-entropy').softmaxCrossEntropyBackward(logits, targets);
      closeGradients(answer, { logits: byHand }, expect);
    },
  },

  'does not change its input': {
    async run({ beside, random, expect }) {
      for (const op of ['add', 'multiply', 'relu', 'sigmoid', 'exp', 'sum']) {
        const inputs = [random.normal([2, 3]), random.normal([2, 3])].slice(
          0,
          op === 'add' || op === 'multiply' ? 2 : 1,
        );
        const weights = random.normal(op === 'sum' ? [] : [2, 3]);
        await beside(through, { op, inputs, weights });
        expect.inputsUnchanged();
      }
    },
  },
});

/** How many entries lie behind one step along `axis`. */
function sizeAfter(shape: Shape, axis: number): number {
  return shape.slice(axis + 1).reduce((size, length) => size * length, 1);
}
