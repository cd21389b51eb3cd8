/**
 * An independent oracle: what TensorFlow.js computes, which shares no line with this library. Its plain JavaScript
 * backend keeps float32 and sums in it, hence the tolerance.
 */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as T from '../../../src/tensor';
import { normal, onEachBackend } from './support';

const there = (x: T.Tensor): tf.Tensor => tf.tensor(Float32Array.from(x.data), [...x.shape]);

interface Comparison {
  readonly inputs: readonly T.Shape[];
  readonly ours: (...inputs: T.Tensor[]) => T.Tensor;
  readonly theirs: (...inputs: tf.Tensor[]) => tf.Tensor;
  readonly domain?: (x: number) => number;
}

const positive = (x: number): number => Math.abs(x) + 0.1;
const unaryOf = (
  ours: (x: T.Tensor) => T.Tensor,
  theirs: (x: tf.Tensor) => tf.Tensor,
  domain?: (x: number) => number,
) =>
  [[7], [3, 5], [2, 3, 4]].map((shape): Comparison => ({
    inputs: [shape],
    ours,
    theirs,
    ...(domain ? { domain } : {}),
  }));
const pairOf = (
  ours: (a: T.Tensor, b: T.Tensor) => T.Tensor,
  theirs: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  domain?: (x: number) => number,
) =>
  [
    [
      [3, 5],
      [3, 5],
    ],
    [
      [6, 1],
      [4, 6, 3],
    ],
    [[5], [2, 5]],
  ].map((inputs): Comparison => ({ inputs, ours: ours, theirs, ...(domain ? { domain } : {}) }));
const on = (inputs: readonly T.Shape[], ours: Comparison['ours'], theirs: Comparison['theirs']): Comparison => ({
  inputs,
  ours,
  theirs,
});
const ids = [2, 0, 2, 4];

const comparisons: Readonly<Record<string, readonly Comparison[]>> = {
  negative: unaryOf(T.negative, tf.neg),
  abs: unaryOf(T.abs, tf.abs),
  sign: unaryOf(T.sign, tf.sign),
  square: unaryOf(T.square, tf.square),
  reciprocal: unaryOf(T.reciprocal, tf.reciprocal, positive),
  sqrt: unaryOf(T.sqrt, tf.sqrt, positive),
  exp: unaryOf(T.exp, tf.exp),
  expm1: unaryOf(T.expm1, tf.expm1),
  log: unaryOf(T.log, tf.log, positive),
  log1p: unaryOf(T.log1p, tf.log1p, positive),
  sin: unaryOf(T.sin, tf.sin),
  cos: unaryOf(T.cos, tf.cos),
  tanh: unaryOf(T.tanh, tf.tanh),
  sigmoid: unaryOf(T.sigmoid, tf.sigmoid),
  relu: unaryOf(T.relu, tf.relu),
  erf: unaryOf(T.erf, tf.erf),
  gelu: unaryOf(T.gelu, (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.div(x, Math.SQRT2)), 1))),
  floor: unaryOf(T.floor, tf.floor),
  ceil: unaryOf(T.ceil, tf.ceil),
  round: unaryOf(T.round, tf.round, (x) => Math.round(4 * x) / 2),
  clip: unaryOf(
    (x) => T.clip(x, -0.5, 1),
    (x) => tf.clipByValue(x, -0.5, 1),
  ),
  add: pairOf(T.add, tf.add),
  subtract: pairOf(T.subtract, tf.sub),
  multiply: pairOf(T.multiply, tf.mul),
  divide: pairOf(T.divide, tf.div, positive),
  power: pairOf(T.power, tf.pow, positive),
  maximum: pairOf(T.maximum, tf.maximum),
  minimum: pairOf(T.minimum, tf.minimum),
  greater: pairOf(T.greater, tf.greater, Math.round),
  greaterEqual: pairOf(T.greaterEqual, tf.greaterEqual, Math.round),
  less: pairOf(T.less, tf.less, Math.round),
  lessEqual: pairOf(T.lessEqual, tf.lessEqual, Math.round),
  equal: pairOf(T.equal, tf.equal, Math.round),
  notEqual: pairOf(T.notEqual, tf.notEqual, Math.round),
  where: pairOf(
    (a, b) => T.where(T.greater(a, b), a, b),
    (a, b) => tf.where(tf.greater(a, b), a, b),
  ).slice(0, 1),
  sum: [
    on(
      [[2, 3, 4]],
      (x) => T.sum(x, { axis: [0, 2] }),
      (x) => tf.sum(x, [0, 2]),
    ),
    on(
      [[3, 4]],
      (x) => T.sum(x),
      (x) => tf.sum(x),
    ),
  ],
  mean: [
    on(
      [[2, 3, 4]],
      (x) => T.mean(x, { axis: 1, keepdim: true }),
      (x) => tf.mean(x, 1, true),
    ),
  ],
  max: [
    on(
      [[2, 3, 4]],
      (x) => T.max(x, { axis: 1 }),
      (x) => tf.max(x, 1),
    ),
  ],
  min: [
    on(
      [[2, 3, 4]],
      (x) => T.min(x, { axis: 0 }),
      (x) => tf.min(x, 0),
    ),
  ],
  argmax: [
    on(
      [[5, 7]],
      (x) => T.argmax(x, { axis: 1 }),
      (x) => tf.argMax(x, 1),
    ),
  ],
  argmin: [
    on(
      [[5, 7]],
      (x) => T.argmin(x, { axis: 0 }),
      (x) => tf.argMin(x, 0),
    ),
  ],
  variance: [
    on(
      [[4, 6]],
      (x) => T.variance(x, { axis: 1 }),
      (x) => tf.moments(x, 1).variance,
    ),
  ],
  std: [
    on(
      [[4, 6]],
      (x) => T.std(x),
      (x) => tf.sqrt(tf.moments(x).variance),
    ),
  ],
  logSumExp: [
    on(
      [[4, 6]],
      (x) => T.logSumExp(x),
      (x) => tf.logSumExp(x, -1),
    ),
  ],
  softmax: [
    on(
      [[4, 6]],
      (x) => T.softmax(x),
      (x) => tf.softmax(x),
    ),
  ],
  logSoftmax: [
    on(
      [[4, 6]],
      (x) => T.logSoftmax(x),
      (x) => tf.logSoftmax(x),
    ),
  ],
  matmul: [
    on(
      [
        [3, 4],
        [4, 5],
      ],
      T.matmul,
      (a, b) => tf.matMul(a, b),
    ),
    on(
      [
        [2, 3, 4],
        [2, 4, 5],
      ],
      T.matmul,
      (a, b) => tf.matMul(a, b),
    ),
    on(
      [
        [4, 3],
        [5, 4],
      ],
      (a, b) => T.matmul(T.transpose(a), T.transpose(b)),
      (a, b) => tf.matMul(a, b, true, true),
    ),
  ],
  linear: [on([[5, 3], [2, 3], [2]], T.linear, (x, W, b) => tf.add(tf.matMul(x, W, false, true), b))],
  einsum: [
    on(
      [
        [2, 3, 4],
        [2, 5, 4],
      ],
      (a, b) => T.einsum('bqc,bkc->bqk', a, b),
      (a, b) => tf.einsum('bqc,bkc->bqk', a, b),
    ),
    on(
      [[3, 4], [4]],
      (a, b) => T.einsum('ij,j->i', a, b),
      (a, b) => tf.einsum('ij,j->i', a, b),
    ),
  ],
  permute: [
    on(
      [[2, 3, 4]],
      (x) => T.permute(x, [2, 0, 1]),
      (x) => tf.transpose(x, [2, 0, 1]),
    ),
  ],
  reshape: [
    on(
      [[2, 6]],
      (x) => T.reshape(x, [3, 4]),
      (x) => tf.reshape(x, [3, 4]),
    ),
  ],
  broadcastTo: [
    on(
      [[3, 1]],
      (x) => T.broadcastTo(x, [2, 3, 4]),
      (x) => tf.broadcastTo(x, [2, 3, 4]),
    ),
  ],
  slice: [
    on(
      [[4, 5]],
      (x) =>
        T.slice(x, [
          [1, 3],
          [2, 5],
        ]),
      (x) => tf.slice(x, [1, 2], [2, 3]),
    ),
  ],
  concat: [
    on(
      [
        [2, 3],
        [2, 1],
      ],
      (...all) => T.concat(all, 1),
      (...all) => tf.concat(all, 1),
    ),
  ],
  stack: [
    on(
      [
        [2, 3],
        [2, 3],
      ],
      (...all) => T.stack(all, 1),
      (...all) => tf.stack(all, 1),
    ),
  ],
  take: [
    on(
      [[3, 5]],
      (x) => T.take(x, ids, 1),
      (x) => tf.gather(x, tf.tensor1d(ids, 'int32'), 1),
    ),
  ],
  embedding: [
    on(
      [[5, 3]],
      (x) => T.embedding(x, ids),
      (x) => tf.gather(x, tf.tensor1d(ids, 'int32'), 0),
    ),
  ],
  oneHot: [
    on(
      [],
      () => T.oneHot(ids, 5),
      () => tf.cast(tf.oneHot(tf.tensor1d(ids, 'int32'), 5), 'float32'),
    ),
  ],
};

describe('TensorFlow.js agrees', () => {
  before(async () => {
    await tf.setBackend('cpu');
  });

  for (const [name, list] of Object.entries(comparisons)) {
    onEachBackend(`on ${name}`, () => {
      list.forEach((one, seed) => compare(name, one, seed));
    });
  }

  it('on the gradients of a loss with attention, layer norm and softmax', () => {
    const [x, gamma, beta] = [normal([5, 6], 1), normal([6], 2), normal([6], 3)];
    const parameters = [x, gamma, beta].map((p) => T.parameter(p));
    const [px, pg, pb] = parameters as [T.Tensor, T.Tensor, T.Tensor];
    const h = T.layerNorm(px, { gamma: pg, beta: pb });
    const attended = T.matmul(T.softmax(T.multiply(T.matmul(h, T.transpose(h)), 0.5)), h);
    T.backward(T.mean(T.square(T.logSoftmax(attended))));
    const theirLoss = (...inputs: tf.Tensor[]): tf.Scalar => {
      const [a, g, b] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor];
      const { mean, variance } = tf.moments(a, -1, true);
      const normalised = tf.add(tf.mul(tf.div(tf.sub(a, mean), tf.sqrt(tf.add(variance, 1e-5))), g), b);
      const summaries = tf.matMul(tf.softmax(tf.mul(tf.matMul(normalised, normalised, false, true), 0.5)), normalised);
      return tf.mean(tf.square(tf.logSoftmax(summaries)));
    };
    const theirs = tf.grads(theirLoss)([x, gamma, beta].map(there));
    parameters.forEach((p, i) => assertNear(`gradient ${i}`, T.grad(p), theirs[i]!));
  });

  it('on three steps of Adam and of momentum', () => {
    const start = normal([4, 3], 8);
    for (const [ours, theirs] of [
      [(p: T.Tensor) => new T.Adam([p], { learningRate: 0.1 }), tf.train.adam(0.1, 0.9, 0.999, 1e-8)],
      [(p: T.Tensor) => new T.SGD([p], { learningRate: 0.1, momentum: 0.9 }), tf.train.momentum(0.1, 0.9)],
      [(p: T.Tensor) => new T.SGD([p], { learningRate: 0.1 }), tf.train.sgd(0.1)],
    ] as const) {
      const p = T.parameter(start);
      const q = tf.variable(there(start));
      const optimiser = ours(p);
      for (let i = 0; i < 3; i++) {
        optimiser.zeroGrad();
        T.backward(T.sum(T.sin(p)));
        optimiser.step();
        theirs.minimize(() => tf.sum(tf.sin(q)));
      }
      assertNear(theirs.getClassName(), p, q);
    }
  });
});

function compare(name: string, { inputs, ours, theirs, domain = (x) => x }: Comparison, seed: number): void {
  const values = inputs.map((shape, i) =>
    T.fromData(Float32Array.from(normal(shape, 20 * seed + i).data, domain), shape),
  );
  const result = tf.tidy(() => theirs(...values.map(there)));
  assertNear(name, ours(...values), result);
}

function assertNear(what: string, got: T.Tensor, wanted: tf.Tensor): void {
  assert.deepEqual([...got.shape], wanted.shape, what);
  const theirs = wanted.dataSync();
  got.data.forEach((value, i) => {
    const reference = theirs[i] ?? NaN;
    assert.ok(
      Math.abs(value - reference) <= 1e-5 + 1e-4 * Math.abs(reference),
      `${what}: entry ${i} is ${value}, and TensorFlow.js has ${reference}`,
    );
  });
}
