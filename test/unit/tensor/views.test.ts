import assert from 'node:assert/strict';
import {
  add,
  arange,
  broadcastTo,
  concat,
  expandDims,
  permute,
  random,
  reshape,
  slice,
  squeeze,
  stack,
  tensor,
  transpose,
  zeros,
  type Tensor,
} from '../../../src/tensor';
import { layoutOf } from '../../../src/tensor/tensor';
import { assertClose, indicesOf, normal, shapes } from './support';

const shares = (a: Tensor, b: Tensor) => layoutOf(a).storage === layoutOf(b).storage;

describe('views', () => {
  const x = reshape(arange(24), [2, 3, 4]);

  it('permute reads entry (i, j, k) at the permuted index, for every order of the axes', () => {
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
      [-1, 1, 0],
    ]) {
      const y = permute(x, order);
      assert.ok(shares(x, y));
      for (const index of indicesOf(x.shape)) {
        assert.equal(y.at(...order.map((axis) => index.at(axis) ?? NaN)), x.at(...index));
      }
      assertClose(y, y.toNested());
    }
    assert.throws(() => permute(x, [0, 1]), {
      message: 'permute: (0, 1) does not name each axis of (2, 3, 4) once; it must hold 0 to 2 in some order',
    });
    assert.throws(() => permute(x, [0, 1, 3]), /there is no axis 3 in the shape \(2, 3, 4\), which has 3 axes/);
  });

  it('transpose swaps the last two axes and changes strides only', () => {
    const y = transpose(x);
    assert.deepEqual(y.shape, [2, 4, 3]);
    assert.deepEqual(y.strides, [12, 1, 4]);
    assert.equal(y.at(1, 3, 2), x.at(1, 2, 3));
    assert.throws(() => transpose(arange(3)), /transpose: \(3,\) has one axis, and a transpose swaps the last two/);
  });

  it('reshape keeps the order of entries, copying only what does not lie in that order', () => {
    assert.ok(shares(x, reshape(x, [6, 4])));
    assertClose(reshape(x, [4, -1]), x.data, [4, 6]);
    const y = reshape(transpose(x), [24]);
    assertClose(y, transpose(x).toNested(), [24]);
    assert.throws(() => reshape(x, [5, 5]), {
      message: 'reshape: (2, 3, 4) has 24 entries, which do not fill (5, 5), which has 25',
    });
    assert.throws(() => reshape(x, [7, -1]), /24 entries, which do not fill \(7, -1\)/);
    assertClose(reshape(zeros([0, 3]), [3, 0]), [], [3, 0]);
  });

  it('broadcastTo repeats with a stride of 0', () => {
    const y = broadcastTo(tensor([[1], [2]]), [3, 2, 2]);
    assert.deepEqual(y.strides, [0, 1, 0]);
    assertClose(y, [1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2]);
    assert.throws(() => broadcastTo(arange(6), [4, 6, 3]), {
      message: 'broadcastTo: (6,) cannot be stretched to (4, 6, 3): axis −1 is 6 and must be 3 or 1',
    });
    assert.throws(() => broadcastTo(x, [4]), /fewer axes/);
  });

  it('slice takes ranges, steps and single entries', () => {
    assertClose(slice(x, [1, [1, 3]]), [16, 17, 18, 19, 20, 21, 22, 23], [2, 4]);
    assertClose(slice(x, [null, 0, [0, 4, 2]]), [0, 2, 12, 14], [2, 2]);
    assertClose(slice(x, [-1, -1, -1]), [23], []);
    assertClose(slice(arange(5), [[-2]]), [3, 4], [2]);
    assertClose(slice(arange(5), [[3, 100]]), [3, 4], [2]);
    assertClose(slice(arange(5), [[4, 2]]), [], [0]);
    assertClose(slice(slice(arange(10), [[1, 9, 2]]), [[1, 4, 2]]), [3, 7], [2]);
    assert.throws(() => slice(x, [2]), /slice: 2 is no index along axis 0 of \(2, 3, 4\)/);
    assert.throws(() => slice(x, [[0, 1, 0]]), /the step along axis 0 is 0/);
    assert.throws(() => slice(x, [0, 0, 0, 0]), /4 ranges for the shape/);
  });

  it('expandDims and squeeze add and drop axes of length 1', () => {
    assert.deepEqual(expandDims(x, 1).shape, [2, 1, 3, 4]);
    assert.deepEqual(expandDims(x, -1).shape, [2, 3, 4, 1]);
    assert.deepEqual(squeeze(zeros([1, 2, 1])).shape, [2]);
    assert.deepEqual(squeeze(zeros([1, 2, 1]), -1).shape, [1, 2]);
    assert.throws(() => squeeze(x, 0), /squeeze: axis 0 of \(2, 3, 4\) has the length 2/);
    assert.throws(() => expandDims(x, 5), /has 4 axes, and none is 5/);
  });

  it('concat and stack put tensors together, views included', () => {
    const a = tensor([
      [1, 2],
      [3, 4],
    ]);
    assertClose(concat([a, transpose(a)], 1), [1, 2, 1, 3, 3, 4, 2, 4], [2, 4]);
    assertClose(concat([a, zeros([0, 2]), slice(a, [[0, 1]])]), [1, 2, 3, 4, 1, 2], [3, 2]);
    assertClose(stack([arange(2), arange(2, 4)], 1), [0, 2, 1, 3], [2, 2]);
    assert.throws(() => concat([a, zeros([2, 3])]), {
      message: 'concat: (2, 2) and (2, 3) along axis 0: all other axes must agree',
    });
    assert.throws(() => concat([a, arange(2)], 1), /concat: \(2, 2\) and \(2,\)/);
    assert.throws(() => stack([a, arange(2)]), /all shapes must be the same/);
    assert.throws(() => concat([]), /no tensors/);
  });

  it('a view follows its tensor until its data is read, and stands on its own from then on', () => {
    const a = zeros([2, 2]);
    const view = transpose(a);
    a.data[1] = 5;
    assert.equal(view.at(1, 0), 5);
    view.data[0] = 9;
    assert.equal(view.at(0, 0), 9);
    assert.equal(a.at(0, 0), 0);
    assertClose(add(view, 0), [9, 0, 5, 0]);
    assertClose(transpose(view), [9, 5, 0, 0]);
  });

  it('data of random chains of views is what reading each entry gives', () => {
    const draw = random(11);
    for (const shape of shapes) {
      let y = normal(shape);
      for (let i = 0; i < 4; i++) {
        y = permute(y, draw.permutation(y.rank));
        y = slice(
          y,
          y.shape.map((n) => [draw.integer(0, 2), n, draw.integer(1, 3)] as const),
        );
        y = expandDims(y, draw.integer(0, y.rank + 1));
        const expected = indicesOf(y.shape).map((index) => y.at(...index));
        assertClose(y, expected, y.shape);
      }
    }
  });
});
