/** What the library says when something is wrong, and what it shows to whoever looks. */
import assert from 'node:assert/strict';
import * as T from '../../../src/tensor';
import { normal } from './support';

const { tensor, zeros } = T;

describe('errors are sentences with the operation and the shapes', () => {
  const cases: readonly (readonly [() => unknown, string])[] = [
    [
      () => T.linear(zeros([5, 3]), zeros([2, 4])),
      'linear: x (5, 3) and W (2, 4): W must be (out, in), and in the last axis of x',
    ],
    [
      () => T.linear(zeros([5, 3]), zeros([2, 3]), zeros([3])),
      'linear: W (2, 3) and b (3,): b must be (2,), one for each output',
    ],
    [
      () => T.matmul(zeros([2, 3, 4]), zeros([5, 4, 3])),
      'matmul: (2, 3, 4) times (5, 4, 3): the axes in front: (2,) and (5,) do not broadcast: aligned at the right, axis −1 is 2 in the first and 5 in the second; they must be equal, or one of them 1',
    ],
    [
      () => T.layerNorm(zeros([2, 3]), { gamma: zeros([2]), beta: zeros([3]) }),
      'layerNorm: x (2, 3), gamma (2,), beta (3,): gamma and beta need one entry for each along the last axis of x',
    ],
    [() => T.embedding(zeros([3]), [0]), 'embedding: the table must be (entries, channels), not (3,)'],
    [
      () => T.embedding(zeros([3, 2]), tensor([[0, 3]])),
      'embedding: the index at (0, 1) is 3, but axis 0 has 3 entries',
    ],
    [() => T.take(zeros([3, 2]), [0.5], 1), 'take: the index at (0,) is 0.5, but axis 1 has 2 entries'],
    [() => T.oneHot([1, -1], 3), 'oneHot: the index at (1,) is -1, but there are 3 classes'],
    [
      () => T.gather(zeros([3, 2]), zeros([2, 2])),
      'gather: the indices (2, 2) must have the shape of x, (3, 2), but along axis -1',
    ],
    [
      () => T.maskedFill(zeros([3, 2]), zeros([3]), 0),
      'maskedFill: the mask: (3,) cannot be stretched to (3, 2): axis −1 is 3 and must be 2 or 1',
    ],
    [
      () => T.concat([zeros([2, 3]), zeros([3, 3])], 1),
      'concat: (2, 3) and (3, 3) along axis 1: all other axes must agree',
    ],
    [() => T.variance(zeros([2]), { axis: 2 }), 'variance: there is no axis 2 in the shape (2,), which has one axis'],
    [() => T.logSoftmax(zeros([2]), 1), 'logSoftmax: there is no axis 1 in the shape (2,), which has one axis'],
  ];
  for (const [run, message] of cases) {
    it(message, () => assert.throws(run, { name: 'ShapeError', message }));
  }

  it('every function that takes a tensor says so when it gets something else', () => {
    for (const name of [
      'exp',
      'gelu',
      'argmin',
      'std',
      'variance',
      'logSumExp',
      'logSoftmax',
      'square',
      'detach',
    ] as const) {
      const f: (x: T.Tensor) => unknown = T[name];
      assert.throws(() => f('x' as never), {
        name: 'TypeError',
        message: `${name}: its argument must be a Tensor, not a string`,
      });
    }
  });
});

describe('the byte budget', () => {
  it('stops a result before it is made, naming operation, shape and sizes', () => {
    const before = T.setByteBudget(10_000);
    try {
      assert.throws(() => T.add(zeros([100, 1]), zeros([1, 100])), {
        name: 'BudgetError',
        message:
          'add: a result of shape (100, 100) in float32 takes 39.1 KiB, more than the 9.77 KiB that one tensor may take; are all axes meant?',
      });
      for (const [op, run] of Object.entries({
        zeros: () => zeros([2501]),
        full: () => T.full([1251], 1, { dtype: 'float64' }),
        arange: () => T.arange(3000),
        uniform: () => T.random(1).uniform([3000]),
        exp: () => T.exp(T.broadcastTo(zeros([]), [3000])),
        data: () => T.broadcastTo(zeros([]), [3000]).data,
        reshape: () => T.reshape(T.transpose(T.broadcastTo(zeros([2]), [2000, 2])), [-1]),
        matmul: () => T.matmul(zeros([100, 2]), zeros([2, 100])),
        linear: () => T.linear(zeros([100, 2]), zeros([100, 2])),
        concat: () => T.concat([zeros([2000]), zeros([2000])]),
        oneHot: () => T.oneHot([1, 2], 2000),
        take: () =>
          T.take(
            zeros([1000]),
            T.reshape(T.zeros([2500]), [2500])
              .shape.concat(Array<number>(2600).fill(0))
              .slice(1),
          ),
        where: () => T.where(zeros([100, 1]), zeros([1, 100]), 0),
      })) {
        assert.throws(run, (error: Error) => error.name === 'BudgetError' && error.message.startsWith(`${op}: `), op);
      }
      assert.equal(zeros([2500]).size, 2500);
    } finally {
      assert.equal(T.setByteBudget(before), 10_000);
    }
  });

  it('is 1 GiB unless set', () => {
    assert.throws(
      () => zeros([100_000, 100_000]),
      /zeros: a result of shape \(100000, 100000\) in float32 takes 37.3 GiB, more than the 1 GiB/,
    );
  });
});

describe('tracing numbers that are not finite', () => {
  it('finds the first operation that made one, with its inputs', () => {
    const x = tensor([
      [1, 2],
      [0, 4],
    ]);
    const { result, found } = T.traceNonFinite(() => T.mean(T.multiply(T.log(x), 0)));
    assert.ok(Number.isNaN(result.at()));
    assert.deepEqual(found, {
      op: 'log',
      shape: [2, 2],
      index: [1, 0],
      value: -Infinity,
      inputs: [{ shape: [2, 2], finite: true, least: 0, greatest: 4 }],
      message: 'log made -Infinity at (1, 0) of its result (2, 2); its input (2, 2) was finite, from 0 to 4',
    });
  });

  it('finds it in a backward pass too', () => {
    const x = T.parameter(tensor([0, 1]));
    const { found } = T.traceNonFinite(() => T.backward(T.sum(T.sqrt(x))));
    assert.equal(found?.op, 'divide, in the gradient of sqrt');
    assert.deepEqual(found.index, [0]);
  });

  it('sees every operation, also inside others, and nothing once it is over', () => {
    for (const run of [
      () => T.softmax(tensor([Infinity, 1])),
      () => T.std(tensor([Infinity, 1])),
      () => T.einsum('i,i->', tensor([3e38]), tensor([3e38])),
      () => T.layerNorm(tensor([Infinity, 1]), { gamma: T.ones([2]), beta: zeros([2]) }),
      () => T.linear(tensor([[3e38]]), tensor([[10]])),
      () => T.concat([tensor([NaN]), tensor([1])]),
      () => T.take(tensor([NaN]), [0]),
    ]) {
      assert.ok(T.traceNonFinite(run).found, run.toString());
    }
    assert.equal(T.traceNonFinite(() => T.exp(normal([3]))).found, undefined);
    assert.throws(() => T.traceNonFinite(() => assert.fail('inside')), /inside/);
    T.log(tensor([0]));
  });
});

describe('a tensor in the debugger', () => {
  const shown = (x: T.Tensor): unknown =>
    (x as unknown as Record<symbol, () => string>)[Symbol.for('debug.description')]?.();
  it('is one line with shape, dtype and entries', () => {
    assert.equal(
      shown(
        tensor([
          [1, 2],
          [3, 4.5],
        ]),
      ),
      'Tensor (2, 2) float32 [[1, 2], [3, 4.5]]',
    );
    assert.equal(shown(tensor([[1], [-30]])), 'Tensor (2, 1) float32 [[1], [-30]]');
    assert.equal(shown(zeros([0])), 'Tensor (0,) float32, no entries');
    assert.equal(String(shown(normal([20, 20]))).length, 120);
  });
  it('of a freed tensor says so instead of failing', () => {
    let lost: T.Tensor | undefined;
    T.scope(() => void (lost = T.add(T.keep(normal([4])), 1)));
    assert.equal(shown(lost!), 'Tensor (4,) float32, freed with its scope');
  });
});
