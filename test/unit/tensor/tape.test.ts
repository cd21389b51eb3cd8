import assert from 'node:assert/strict';
import * as T from '../../../src/tensor';
import { memoryReached } from '../../../src/tensor/backends/wasm/engine';
import { assertClose, normal, normal64 } from './support';

const { add, backward, grad, multiply, parameter, sum, tensor } = T;

describe('the tape', () => {
  it('adds gradients where paths meet', () => {
    const x = parameter(tensor([2, 3]));
    backward(sum(add(multiply(x, x), x)));
    assertClose(grad(x), [5, 7]);
  });

  it('adds up over several calls until zeroGrad', () => {
    const x = parameter(tensor([1, 2]));
    for (const factor of [1, 10]) backward(sum(multiply(x, factor)));
    assertClose(grad(x), [11, 11]);
    T.zeroGrad([x]);
    assertClose(grad(x), [0, 0]);
  });

  it('takes the first contribution as it is, without a copy', () => {
    const x = parameter(tensor([1, 2]));
    const upstream = tensor([3, 4]);
    backward(add(x, 0), upstream);
    assert.equal(grad(x), upstream);
  });

  it('visits a tensor once, however many ways lead to it', () => {
    // 2³⁰ paths: without the order of the tape this would not end.
    let y = parameter(tensor(1));
    const x = y;
    for (let i = 0; i < 30; i++) y = add(y, y);
    backward(y);
    assertClose(grad(x), 2 ** 30);
  });

  it('is as deep as the memory, not as the stack', () => {
    const x = parameter(tensor(1));
    let y = add(x, 0);
    for (let i = 0; i < 50_000; i++) y = add(y, 0);
    backward(y);
    assertClose(grad(x), 1);
  });

  it('records nothing for plain tensors, in noGrad or after detach', () => {
    const x = parameter(tensor([1, 2]));
    assert.equal(T.requiresGrad(add(tensor([1]), 1)), false);
    assert.equal(T.requiresGrad(T.noGrad(() => add(x, 1))), false);
    assert.equal(T.requiresGrad(T.detach(add(x, 1))), false);
    assert.equal(T.requiresGrad(add(x, 1)), true);
    assert.throws(() => T.noGrad(() => assert.fail('inside')), /inside/);
    assert.equal(T.requiresGrad(add(x, 1)), true, 'a throw inside noGrad ends it too');
  });

  it('copies what becomes a parameter, so that steps change nothing else', () => {
    const plain = tensor([1, 2]);
    const x = parameter(plain);
    x.data[0] = 9;
    assertClose(plain, [1, 2]);
  });

  it('gives a float32 parameter a float32 gradient in a float64 loss', () => {
    const x = parameter(normal([3]));
    backward(sum(multiply(x, normal64([3], 1))));
    assert.equal(grad(x).dtype, 'float32');
    assertClose(grad(x), T.astype(normal64([3], 1), 'float32').data);
  });

  it('leaves alone what a loss does not depend on', () => {
    const [x, y] = [parameter(tensor([1])), parameter(tensor([5]))];
    const optimiser = new T.SGD([x, y], { learningRate: 1, momentum: 0.5 });
    backward(sum(x));
    optimiser.step();
    assertClose(x, [0]);
    assertClose(y, [5]);
    assertClose(grad(y), [0]);
  });

  it('passes no gradient to a row that may attend to nothing', () => {
    const x = parameter(
      tensor([
        [1, 2],
        [-Infinity, -Infinity],
      ]),
    );
    for (const f of [T.softmax, T.logSumExp, T.logSoftmax]) {
      T.zeroGrad([x]);
      const y = f(x);
      backward(y, normal(y.shape));
      assertClose(T.slice(grad(x), [1]), [0, 0]);
      assert.ok(T.slice(grad(x), [0]).data.every(Number.isFinite) && grad(x).at(0, 0) !== 0, f.name);
    }
  });

  it('shares the gradient of a maximum among equals', () => {
    const x = parameter(tensor([1, 4, 4]));
    backward(T.max(x));
    assertClose(grad(x), [0, 0.5, 0.5]);
    const [a, b] = [parameter(tensor([1, 2])), parameter(tensor([1, 1]))];
    backward(sum(T.maximum(a, b)));
    assertClose(grad(a), [0.5, 1]);
    assertClose(grad(b), [0.5, 0]);
  });

  it('has the derivative 0 of relu and abs at 0, and finite ones of powers with 0', () => {
    const x = parameter(tensor([0, -0]));
    backward(sum(add(T.relu(x), T.abs(x))));
    assertClose(grad(x), [0, 0]);
    const [a, b] = [parameter(tensor([0, 0, 2])), parameter(tensor([2, 0, 0]))];
    backward(sum(T.power(a, b)));
    assertClose(grad(a), [0, 0, 0]);
    assertClose(grad(b), [0, 0, Math.log(2)]);
  });

  it('says what backward and grad need', () => {
    const x = parameter(T.zeros([2, 3]));
    assert.throws(
      () => backward(T.zeros([])),
      /backward: this tensor does not depend on any parameter.*parameter\(…\)/,
    );
    assert.throws(() => backward(add(x, 1)), {
      name: 'ShapeError',
      message:
        'backward: the shape is (2, 3), but a loss is a single number; take its mean or sum, or give the upstream gradient',
    });
    assert.throws(
      () => backward(add(x, 1), T.zeros([3])),
      /backward: the upstream gradient \(3,\) must have the shape of the tensor, \(2, 3\)/,
    );
    assert.throws(() => grad(add(x, 1)), /grad: this tensor of shape \(2, 3\) is no parameter/);
    assert.throws(() => new T.SGD([T.zeros([2])], { learningRate: 1 }), /SGD: number 0 of its parameters is none/);
    assert.throws(() => new T.Adam([]), /Adam: there are no parameters/);
  });
});

describe('scopes', () => {
  it('free what they made, keep what they return, and say so', () => {
    let lost: T.Tensor | undefined;
    const x = T.keep(normal([4, 4]));
    const { inner } = T.scope(() => {
      lost = add(x, 1);
      return { inner: T.matmul(x, x) };
    });
    assertClose(inner, T.matmul(x, x).data, [4, 4]);
    assert.throws(() => add(lost!, 1), {
      name: 'FreedError',
      message: /\(4, 4\) was freed when its scope ended/,
    });
  });

  it('keep parameters and optimiser state, so that training in scopes equals training outside', () => {
    const train = (around: <R>(body: () => R) => R): readonly number[] => {
      const layer = new T.Linear(5, 3, { random: T.random(1) });
      const optimiser = new T.Adam(T.parametersOf(layer), { learningRate: 0.05 });
      const [x, y] = [normal([8, 5], 2), normal([8, 3], 3)];
      return Array.from({ length: 20 }, () =>
        around(() => {
          optimiser.zeroGrad();
          const loss = T.mean(T.square(T.subtract(layer.forward(x), y)));
          backward(loss);
          optimiser.step();
          return loss.at();
        }),
      );
    };
    const inside = train(T.scope);
    train((body) => body()).forEach((loss, i) => assert.ok(Math.abs(loss - (inside[i] ?? NaN)) < 1e-5));
    assert.ok((inside.at(-1) ?? 1) < 0.8 * (inside[0] ?? 0));
  });

  it('take no more memory for five hundred steps than for five', () => {
    const model = new T.EncoderBlock(8, { heads: 2, random: T.random(1) });
    const optimiser = new T.Adam(T.parametersOf(model));
    const x = normal([4, 6, 8]);
    const train = (steps: number): number => {
      for (let i = 0; i < steps; i++) {
        T.scope(() => {
          optimiser.zeroGrad();
          backward(T.mean(T.square(model.forward(x))));
          optimiser.step();
        });
      }
      return memoryReached();
    };
    const before = train(5);
    assert.equal(train(495), before);
  });

  it('say that a gradient went with its scope when the next is to be added to it', () => {
    const x = parameter(normal([64, 64]));
    const step = () => T.scope(() => backward(sum(multiply(x, x))));
    step();
    assert.throws(step, { name: 'FreedError', message: /call zeroGrad first/ });
    T.zeroGrad([x]);
    step();
  });
});
