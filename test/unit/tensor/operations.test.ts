import assert from 'node:assert/strict';
import * as T from '../../../src/tensor';
import { backendUses, resetBackendUses, useBackend } from '../../../src/tensor/backends';
import { assertClose, indicesOf, normal, onEachBackend, shapes } from './support';

const { abs, add, broadcastTo, divide, matmul, multiply, permute, softmax, sum, tensor, transpose, zeros } = T;

describe('element-wise operations', () => {
  const unary: Record<string, (x: number) => number> = {
    negative: (x) => -x,
    exp: Math.exp,
    log: Math.log,
    sqrt: Math.sqrt,
    abs: Math.abs,
    relu: (x) => (x > 0 ? x : 0),
    sigmoid: (x) => 1 / (1 + Math.exp(-x)),
    tanh: Math.tanh,
  };
  for (const [name, f] of Object.entries(unary)) {
    onEachBackend(`${name} of every entry, views included`, () => {
      const op = T[name as 'exp'];
      for (const shape of shapes) {
        const x = /log|sqrt/.test(name) ? abs(normal(shape)) : normal(shape);
        assertClose(op(x), Array.from(x.data, f), shape);
        const view = permute(
          x,
          shape.map((_, axis) => shape.length - 1 - axis),
        );
        assertClose(op(view), Array.from(view.data, f), view.shape);
      }
    });
  }

  const binary: Record<string, (a: number, b: number) => number> = {
    add: (a, b) => a + b,
    subtract: (a, b) => a - b,
    multiply: (a, b) => a * b,
    divide: (a, b) => a / b,
    power: (a, b) => a ** b,
    maximum: Math.max,
    minimum: Math.min,
    greater: (a, b) => Number(a > b),
    less: (a, b) => Number(a < b),
    equal: (a, b) => Number(a === b),
  };
  const pairs: [T.Shape, T.Shape, T.Shape][] = [
    [
      [3, 4],
      [3, 4],
      [3, 4],
    ],
    [
      [6, 1],
      [4, 6, 3],
      [4, 6, 3],
    ],
    [[5], [], [5]],
    [
      [1, 7],
      [2, 1],
      [2, 7],
    ],
    [
      [0, 3],
      [1, 3],
      [0, 3],
    ],
    [[], [], []],
  ];
  for (const [name, f] of Object.entries(binary)) {
    onEachBackend(`${name} of every pair, broadcast`, () => {
      const op = T[name as 'add'];
      for (const [shapeA, shapeB, shape] of pairs) {
        const a = name === 'power' ? abs(normal(shapeA, 2)) : normal(shapeA, 2);
        const b = normal(shapeB, 3);
        const expected = indicesOf(shape).map((index) => f(stretchedAt(a, index), stretchedAt(b, index)));
        assertClose(op(a, b), expected, shape);
      }
      assertClose(op(tensor([2, 3]), 3), [f(2, 3), f(3, 3)], [2]);
      assertClose(op(2, tensor([2, 3])), [f(2, 2), f(2, 3)], [2]);
    });
  }

  onEachBackend('where chooses by entries that are not 0, broadcast', () => {
    assertClose(T.where(tensor([[1], [0]]), tensor([1, 2, 3]), -1), [1, 2, 3, -1, -1, -1], [2, 3]);
  });

  onEachBackend('special values stay what they are', () => {
    const x = tensor([NaN, Infinity, -Infinity, -0, 0, -200, 200]);
    assertClose(T.relu(x), [NaN, Infinity, 0, 0, 0, 0, 200]);
    assertClose(T.sigmoid(x), [NaN, 1, 0, 0.5, 0.5, Math.fround(1 / (1 + Math.exp(200))), 1]);
    assertClose(T.maximum(x, 1), [NaN, Infinity, 1, 1, 1, 1, 200]);
    assertClose(T.log(tensor([0, -1])), [-Infinity, NaN]);
    assertClose(divide(tensor([1, -1, 0]), 0), [Infinity, -Infinity, NaN]);
    assertClose(T.equal(tensor([NaN, 0]), tensor([NaN, -0])), [0, 1]);
  });

  it('float64 spreads and a number takes the dtype of the tensor', () => {
    const x = tensor([0.5], { dtype: 'float64' });
    assert.equal(add(x, tensor([1])).dtype, 'float64');
    assert.equal(add(x, 0.1).at(0), 0.6);
    assert.equal(add(tensor([1]), 0.1).dtype, 'float32');
    assert.equal(add(1, 2).at(), 3);
  });

  it('say in words what does not fit', () => {
    assert.throws(() => add(zeros([3, 4]), zeros([5, 2])), {
      name: 'ShapeError',
      message:
        'add: (3, 4) and (5, 2) do not broadcast: aligned at the right, axis −1 is 4 in the first and 2 in the second; they must be equal, or one of them 1',
    });
    assert.throws(() => T.where(zeros([2]), zeros([3]), 1), /where: \(2,\) and \(3,\) do not broadcast/);
    assert.throws(() => add(undefined as never, 1), {
      message: 'add: the first argument must be a Tensor or a number, not undefined',
    });
    assert.throws(() => T.exp([1] as never), { message: 'exp: its argument must be a Tensor, not an array' });
  });
});

describe('reductions', () => {
  const over: Record<string, (values: number[]) => number> = {
    sum: total,
    mean: (values) => total(values) / values.length,
    max: (values) => Math.max(...values),
    min: (values) => Math.min(...values),
    std: (values) => Math.sqrt(total(values.map((v) => (v - total(values) / values.length) ** 2)) / values.length),
    argmax: (values) => values.indexOf(Math.max(...values)),
  };
  for (const [name, f] of Object.entries(over)) {
    onEachBackend(`${name} over all and along each axis, with and without keepdim`, () => {
      const op = T[name as 'sum'];
      for (const shape of shapes.filter((s) => s.every((length) => length > 0))) {
        const x = normal(shape, 5);
        assertClose(op(x), f([...x.data]), []);
        for (let axis = 0; axis < shape.length; axis++) {
          const kept = shape.toSpliced(axis, 1);
          const expected = indicesOf(kept).map((index) =>
            f(Array.from({ length: shape[axis] ?? 0 }, (_, i) => x.at(...index.toSpliced(axis, 0, i)))),
          );
          assertClose(op(x, { axis }), expected, kept);
          assertClose(op(x, { axis: axis - shape.length, keepdim: true }), expected, shape.with(axis, 1));
        }
      }
    });
  }

  onEachBackend('take several axes at once', () => {
    const x = normal([2, 3, 4]);
    assertClose(sum(x, { axis: [0, 2] }), sum(sum(x, { axis: 2 }), { axis: 0 }).data, [3]);
    assertClose(sum(x, { axis: [2, 0], keepdim: true }), sum(sum(x, { axis: 2 }), { axis: 0 }).data, [1, 3, 1]);
    assert.throws(() => sum(x, { axis: [0, -3] }), /sum: the axes \(0, -3\) of \(2, 3, 4\) name one axis twice/);
    assert.throws(() => sum(x, { axis: 3 }), /sum: there is no axis 3/);
  });

  onEachBackend('of nothing: 0 for a sum, NaN for a mean, an error for an extreme', () => {
    assertClose(sum(zeros([2, 0]), { axis: 1 }), [0, 0], [2]);
    assertClose(T.mean(zeros([2, 0]), { axis: 1 }), [NaN, NaN], [2]);
    assertClose(sum(zeros([0, 2]), { axis: 1 }), [], [0]);
    assertClose(T.max(zeros([0, 2]), { axis: 1 }), [], [0]);
    assert.throws(() => T.max(zeros([2, 0]), { axis: 1 }), { message: 'max: (2, 0) has no entry along axis 1' });
    assert.throws(() => T.argmax(zeros([0])), /argmax: \(0,\) has no entry/);
  });

  onEachBackend('see NaN wherever it stands, and the first of equals', () => {
    const x = tensor([
      [1, NaN, 3],
      [NaN, 1, 2],
      [4, 4, 1],
    ]);
    assertClose(T.max(x, { axis: 1 }), [NaN, NaN, 4]);
    assertClose(T.min(x, { axis: 1 }), [NaN, NaN, 1]);
    assertClose(T.argmax(x, { axis: 1 }), [1, 0, 0]);
  });

  it('std divides by the count', () => assertClose(T.std(tensor([1, 3])), [1]));
});

describe('matmul', () => {
  const cases: [T.Shape, T.Shape, T.Shape][] = [
    [
      [3, 4],
      [4, 5],
      [3, 5],
    ],
    [
      [1, 7],
      [7, 1],
      [1, 1],
    ],
    [
      [2, 3, 4],
      [4, 5],
      [2, 3, 5],
    ],
    [
      [5, 1, 2, 3],
      [4, 3, 6],
      [5, 4, 2, 6],
    ],
    [
      [2, 0],
      [0, 3],
      [2, 3],
    ],
    [
      [0, 2],
      [2, 3],
      [0, 3],
    ],
  ];
  onEachBackend('multiplies rows by columns, batch axes broadcast', () => {
    for (const [shapeA, shapeB, shape] of cases) {
      const [a, b] = [normal(shapeA, 7), normal(shapeB, 8)];
      assertClose(matmul(a, b), slowMatmul(a, b, shape), shape);
      const [c, d] = [transpose(normal(swapped(shapeA), 9)), transpose(normal(swapped(shapeB), 10))];
      assertClose(matmul(c, d), slowMatmul(c, d, shape), shape);
    }
  });

  onEachBackend('treats a vector as a row on the left and a column on the right', () => {
    const A = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    assertClose(matmul(A, tensor([1, 0, -1])), [-2, -2], [2]);
    assertClose(matmul(tensor([1, -1]), A), [-3, -3, -3], [3]);
    assertClose(matmul(tensor([1, 2]), tensor([3, 4])), [11], []);
  });

  it('multiplies in float64 where one factor is float64', () => {
    const product = matmul(tensor([[1 / 3]], { dtype: 'float64' }), tensor([[3]]));
    assert.equal(product.dtype, 'float64');
    assert.equal(product.at(0, 0), 1);
  });

  it('says which lengths must agree', () => {
    assert.throws(() => matmul(zeros([3, 4]), zeros([5, 2])), {
      name: 'ShapeError',
      message:
        'matmul: (3, 4) times (5, 2): the last axis of the first (4) must equal the second-to-last of the second (5)',
    });
    assert.throws(
      () => matmul(zeros([3, 4]), zeros([3])),
      /\(3, 4\) times \(3,\): the last axis of the first \(4\) must equal the only axis of the second \(3\)/,
    );
    assert.throws(
      () => matmul(zeros([2, 3, 4]), zeros([5, 4, 6])),
      /the axes in front: \(2,\) and \(5,\) do not broadcast/,
    );
    assert.throws(() => matmul(tensor(2), zeros([2])), /use multiply/);
  });
});

describe('softmax', () => {
  onEachBackend('makes weights along any axis that sum to 1', () => {
    for (const shape of shapes.filter((s) => s.length > 0)) {
      const x = multiply(normal(shape, 4), 3);
      for (let axis = -shape.length; axis < shape.length; axis++) {
        const weights = softmax(x, axis);
        const exponentials = T.exp(x);
        assertClose(weights, divide(exponentials, sum(exponentials, { axis, keepdim: true })).data, shape);
      }
    }
  });

  onEachBackend('keeps large scores finite and turns a row of −Infinity into zeros', () => {
    const x = tensor([
      [1000, 999, -Infinity],
      [-Infinity, -Infinity, -Infinity],
      [NaN, 0, 0],
    ]);
    const e = Math.exp(-1);
    assertClose(softmax(x), [1 / (1 + e), e / (1 + e), 0, 0, 0, 0, NaN, NaN, NaN], [3, 3]);
    assert.throws(() => softmax(x, 2), /softmax: there is no axis 2/);
    assert.throws(() => softmax(tensor(1)), /there is no axis -1 in the shape \(\), which has no axes/);
  });
});

describe('the choice of backend', () => {
  afterEach(() => useBackend('auto'));

  it('is reported as it ran, with the reason', () => {
    resetBackendUses();
    add(zeros([2]), 1);
    assert.deepEqual(backendUses(), [
      {
        backend: 'loops',
        ran: 'tensor operations',
        reason: 'for tensors as small as these, plain loops are quickest',
      },
    ]);
    resetBackendUses();
    useBackend('gpu.js');
    add(zeros([2]), 1);
    add(zeros([2], { dtype: 'float64' }), 1);
    assert.deepEqual(backendUses(), [
      { backend: 'gpu.js webasm', ran: 'tensor operations', reason: 'chosen' },
      {
        backend: 'loops',
        ran: 'tensor operations',
        reason: 'gpu.js was chosen, but it computes in float32, and this is float64',
      },
    ]);
  });

  it('survives more sizes on GPU.js than kernels are kept', () => {
    useBackend('gpu.js');
    for (const round of [1, 2]) for (let n = 1; n <= 60; n++) assertClose(sum(T.full([n], round)), [n * round]);
  });
});

function stretchedAt(x: T.Tensor, index: number[]): number {
  const own = index.slice(index.length - x.rank);
  return x.at(...own.map((i, axis) => (x.shape[axis] === 1 ? 0 : i)));
}

function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function swapped(shape: T.Shape): number[] {
  const [n = 0, m = 0] = shape.slice(-2);
  return [...shape.slice(0, -2), m, n];
}

function slowMatmul(a: T.Tensor, b: T.Tensor, shape: T.Shape): number[] {
  const batch = shape.slice(0, -2);
  const [n = 0, k = 0] = a.shape.slice(-2);
  const left = broadcastTo(a, [...batch, n, k]);
  const right = broadcastTo(b, [...batch, k, shape.at(-1) ?? 0]);
  return indicesOf(shape).map((index) => {
    const [i = 0, j = 0] = index.slice(-2);
    const layer = index.slice(0, -2);
    return total(Array.from({ length: k }, (_, inner) => left.at(...layer, i, inner) * right.at(...layer, inner, j)));
  });
}
