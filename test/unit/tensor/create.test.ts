import assert from 'node:assert/strict';
import { arange, astype, fromData, full, linspace, ones, tensor, Tensor, transpose, zeros } from '../../../src/tensor';
import { assertClose } from './support';

describe('making tensors', () => {
  it('reads nested arrays, numbers and typed rows', () => {
    assertClose(
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      [1, 2, 3, 4, 5, 6],
      [2, 3],
    );
    assertClose(tensor(5), [5], []);
    assertClose(tensor([Float32Array.of(1, 2), Float32Array.of(3, 4)]), [1, 2, 3, 4], [2, 2]);
    assertClose(tensor([[], []]), [], [2, 0]);
    assert.equal(tensor([1 / 3], { dtype: 'float64' }).at(0), 1 / 3);
  });

  it('says which row of nested arrays has another length', () => {
    assert.throws(() => tensor([[1, 2], [3]]), {
      name: 'ShapeError',
      message: 'tensor: [1] has 1 entries, but [0] has 2; all rows of a tensor are of one length',
    });
    assert.throws(() => tensor([[1, 2], 3]), /tensor: \[1\] is 3, but \[0\] has 2/);
    assert.throws(() => tensor([[1, [2]]]), /tensor: the entry \[0\]\[1\] is an array, not a number/);
    assert.throws(() => tensor(['1'] as never), /the entry \[0\] is a string, not a number/);
  });

  it('uses typed data as it stands and lets it decide the dtype', () => {
    const data = Float64Array.of(1, 2, 3, 4, 5, 6);
    const x = fromData(data, [3, 2]);
    assert.equal(x.dtype, 'float64');
    assert.equal(x.data, data);
    assert.equal(fromData([1, 2], [2]).dtype, 'float32');
    assert.throws(() => fromData([1, 2, 3], [2, 2]), {
      message: 'fromData: the shape (2, 2) holds 4 entries, but the data has 3',
    });
    assert.throws(() => fromData(undefined as never, [2]), /fromData: the data must be/);
  });

  it('fills shapes', () => {
    assertClose(zeros([2, 2]), [0, 0, 0, 0], [2, 2]);
    assertClose(ones([3]), [1, 1, 1], [3]);
    assertClose(full([], 7), [7], []);
    assert.equal(zeros([1], { dtype: 'float64' }).dtype, 'float64');
    assert.throws(() => zeros([2, -1]), {
      message: 'zeros: axis 1 of the shape is -1, but a length is a whole number, zero or more',
    });
    assert.throws(() => zeros(3 as never), /zeros: a shape is an array of lengths such as \[2, 3\], not 3/);
  });

  it('counts in steps', () => {
    assertClose(arange(4), [0, 1, 2, 3], [4]);
    assertClose(arange(2, 5), [2, 3, 4], [3]);
    assertClose(arange(0, 1, { step: 0.25 }), [0, 0.25, 0.5, 0.75], [4]);
    assertClose(arange(3, 0, { step: -1 }), [3, 2, 1], [3]);
    assertClose(arange(5, 2), [], [0]);
    assert.throws(() => arange(0, 1, { step: 0 }), /never ends/);
    assertClose(linspace(0, 1, 5), [0, 0.25, 0.5, 0.75, 1], [5]);
    assertClose(linspace(3, 9, 1), [3], [1]);
  });

  it('changes precision without changing the tensor it came from', () => {
    const x = tensor([0.1]);
    const y = astype(x, 'float64');
    assert.equal(y.dtype, 'float64');
    assert.equal(y.at(0), Math.fround(0.1));
    assert.equal(astype(y, 'float64'), y);
    assert.equal(x.dtype, 'float32');
  });
});

describe('reading tensors', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it('reads entries by index, from the end too', () => {
    assert.equal(x.at(1, 2), 6);
    assert.equal(x.at(-1, -3), 4);
    assert.equal(tensor(8).at(), 8);
    assert.throws(() => x.at(2, 0), {
      name: 'ShapeError',
      message: 'at: 2 is no index along axis 0, which has 2 entries; the shape is (2, 3)',
    });
    assert.throws(() => x.at(1), /at: the index \(1,\) has 1 of the 2 numbers that the shape \(2, 3\) needs/);
    assert.throws(() => x.at(0, 0.5), /0.5 is no index along axis 1/);
  });

  it('gives nested arrays back', () => {
    assert.deepEqual(x.toNested(), [
      [1, 2, 3],
      [4, 5, 6],
    ]);
    assert.deepEqual(transpose(x).toNested(), [
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    assert.equal(tensor(4).toNested(), 4);
    assert.deepEqual(zeros([2, 0]).toNested(), [[], []]);
  });

  it('draws its structure', () => {
    assert.equal(String(x), 'Tensor (2, 3) float32\n[[1, 2, 3],\n [4, 5, 6]]');
    assert.equal(String(tensor([[0.5], [-12]])), 'Tensor (2, 1) float32\n[[0.5],\n [-12]]');
    assert.equal(String(zeros([2, 1, 1])), 'Tensor (2, 1, 1) float32\n[[[0]],\n\n [[0]]]');
    assert.equal(String(arange(20)), 'Tensor (20,) float32\n[ 0,  1,  2, …, 17, 18, 19]');
    assert.equal(String(zeros([0, 3])), 'Tensor (0, 3) float32, no entries');
    assert.equal(String(tensor([NaN, -Infinity, 1 / 3])), 'Tensor (3,) float32\n[      NaN, -Infinity,   0.33333]');
  });

  it('does not let its shape be changed', () => {
    assert.throws(() => ((x.shape as number[])[0] = 9), TypeError);
    assert.ok(x instanceof Tensor);
  });
});
