/** The table of special values in the header of `src/tensor/index.ts`, on every backend. */
import assert from 'node:assert/strict';
import * as T from '../../../src/tensor';
import { assertClose, onEachBackend } from './support';

const { tensor } = T;
const none = -Infinity;

describe('special values', () => {
  onEachBackend('NaN goes through everything', () => {
    const x = tensor([1, NaN, 3]);
    for (const f of [T.relu, T.sigmoid, T.tanh, T.exp, T.gelu, T.erf, T.sqrt, T.negative, T.abs, T.square, T.sign]) {
      assert.ok(Number.isNaN(f(x).at(1)), f.name);
    }
    for (const f of [T.sum, T.mean, T.max, T.min, T.std]) assert.ok(Number.isNaN(f(x).at()), f.name);
    for (const f of [T.add, T.multiply, T.maximum, T.minimum]) assert.ok(Number.isNaN(f(x, 0).at(1)), f.name);
    assertClose(T.argmax(x), 1);
    assertClose(T.argmin(x), 1);
    assert.ok(T.softmax(x).data.every(Number.isNaN));
    for (const f of [T.equal, T.greater, T.greaterEqual, T.less, T.lessEqual])
      assert.equal(f(x, x).at(1), f(1, 1).at() * 0);
    assert.equal(T.notEqual(x, x).at(1), 1);
    assertClose(T.where(tensor([1, 0, 1]), x, 7), [1, 7, 3]);
    assertClose(T.maskedFill(x, tensor([0, 1, 0]), 2), [1, 2, 3]);
  });

  onEachBackend('infinities follow IEEE 754', () => {
    const x = tensor([Infinity, none, 0]);
    assertClose(T.exp(x), [Infinity, 0, 1]);
    assertClose(T.log(tensor([Infinity, 0, -1])), [Infinity, none, NaN]);
    assertClose(T.sqrt(tensor([Infinity, 0, -1])), [Infinity, 0, NaN]);
    assertClose(T.sigmoid(x), [1, 0, 0.5]);
    assertClose(T.tanh(x), [1, -1, 0]);
    assertClose(T.erf(x), [1, -1, 0]);
    assertClose(T.gelu(x), [Infinity, 0, 0]);
    assertClose(T.relu(x), [Infinity, 0, 0]);
    assertClose(T.subtract(x, x), [NaN, NaN, 0]);
    assertClose(T.multiply(x, 0), [NaN, NaN, 0]);
    assertClose(T.divide(tensor([1, -1, 0]), 0), [Infinity, none, NaN]);
    assertClose(T.softmax(x), [NaN, NaN, NaN]);
    assertClose(T.logSumExp(x), Infinity);
  });

  onEachBackend('a fully masked row is zeros in softmax and −Infinity in its logarithms', () => {
    const x = tensor([
      [none, none, none],
      [none, 0, none],
    ]);
    assertClose(T.softmax(x), [0, 0, 0, 0, 1, 0]);
    assertClose(T.softmax(T.transpose(x), 0), [0, 0, 0, 1, 0, 0]);
    assertClose(T.logSumExp(x), [none, 0]);
    assertClose(T.logSoftmax(x), [none, none, none, none, 0, none]);
  });

  onEachBackend('−0 equals 0', () => {
    const x = tensor([-0, 0]);
    assertClose(T.equal(x, 0), [1, 1]);
    assertClose(T.greater(0, x), [0, 0]);
    assert.ok(Object.is(T.negative(tensor([0])).at(0), -0));
  });

  onEachBackend('a denormal is itself or 0', () => {
    const tiny = 1e-40;
    const y = T.add(tensor([tiny, 1]), 0);
    assert.ok(y.at(0) === Math.fround(tiny) || y.at(0) === 0);
  });

  onEachBackend('axes without entries', () => {
    const x = T.zeros([2, 0]);
    assertClose(T.sum(x, { axis: 1 }), [0, 0]);
    assertClose(T.mean(x, { axis: 1 }), [NaN, NaN]);
    assertClose(T.matmul(x, T.zeros([0, 3])), [0, 0, 0, 0, 0, 0], [2, 3]);
    assertClose(T.linear(x, T.zeros([3, 0]), tensor([1, 2, 3])), [1, 2, 3, 1, 2, 3], [2, 3]);
    assertClose(T.softmax(x), [], [2, 0]);
    assertClose(T.add(x, 1), [], [2, 0]);
    assertClose(T.einsum('ij,kj->ik', x, x), [0, 0, 0, 0], [2, 2]);
    for (const name of ['max', 'min', 'argmax', 'argmin'] as const) {
      const message = `${name}: (2, 0) has no entry along axis 1`;
      assert.throws(() => T[name](x, { axis: 1 }), { name: 'ShapeError', message });
    }
    const p = T.parameter(x);
    T.backward(T.sum(T.linear(p, T.zeros([3, 0]))));
    assert.deepEqual(T.grad(p).shape, [2, 0]);
  });

  onEachBackend('the first of equals', () => {
    assertClose(T.argmax(tensor([1, 5, 5])), 1);
    assertClose(T.argmin(tensor([5, 1, 1])), 1);
    assertClose(T.round(tensor([0.5, 1.5, 2.5, -0.5, -1.5])), [0, 2, 2, 0, -2]);
  });
});
