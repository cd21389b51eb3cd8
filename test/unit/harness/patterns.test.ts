import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cellDifference, named } from '../../../src/harness/judge/compare';
import {
  add,
  fromData,
  full,
  mean,
  multiply,
  random,
  softmax,
  subtract,
  tensor,
  transpose,
  zeros,
} from '../../../src/tensor';
import type { Tensor } from '../../../src/tensor';

describe('patterns in wrong numbers', () => {
  const patternIn = (actual: Tensor, expected: Tensor): string | undefined => {
    const found = cellDifference({
      actual,
      expected,
      subject: named('it'),
      tolerance: { absolute: 1e-5, relative: 1e-4 },
    });
    assert.ok(found, 'they agree');
    return found.pattern;
  };
  const matrix = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const square = tensor([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 10],
  ]);
  const cases: readonly (readonly [what: string, actual: Tensor, expected: Tensor, pattern: string | undefined])[] = [
    ['a transpose', transpose(square), square, 'it is the transpose of what was expected'],
    ['a flipped sign', multiply(matrix, -1), matrix, 'every sign is flipped'],
    ['a factor', multiply(matrix, 5), matrix, 'every number is 5 times what was expected'],
    [
      'a factor of an axis’ length',
      multiply(matrix, 3),
      matrix,
      'every number is 3 times what was expected, and 3 is the length of axis 1',
    ],
    [
      'a mean too many',
      multiply(matrix, 1 / 2),
      matrix,
      'every number is 1/2 of what was expected, and 2 is the length of axis 0',
    ],
    ['a root', multiply(matrix, Math.sqrt(8)), matrix, 'every number is √8 times what was expected'],
    ['a division by a root', multiply(matrix, 1 / Math.sqrt(5)), matrix, 'every number is 1/√5 of what was expected'],
    ['any factor', multiply(matrix, 0.37), matrix, 'every number is 0.37 times what was expected'],
    ['an offset', add(matrix, -1.5), matrix, 'every number is 1.5 too small'],
    ['zeros', zeros([2, 3]), matrix, 'every number is 0'],
    [
      'a reversed axis',
      tensor([
        [3, 2, 1],
        [6, 5, 4],
      ]),
      matrix,
      'the numbers along axis 1 are in reverse order',
    ],
    [
      'a wrong last row',
      tensor([
        [1, 2, 3],
        [4, 5, 6],
        [0, 0, 0],
      ]),
      square,
      'only the last row is wrong',
    ],
    [
      'a wrong first column',
      tensor([
        [0, 2, 3],
        [0, 5, 6],
        [0, 8, 10],
      ]),
      square,
      'only the first column is wrong',
    ],
    [
      'a shift by one',
      tensor([
        [9, 1, 2],
        [9, 4, 5],
        [9, 7, 8],
      ]),
      square,
      'the numbers along axis 1 are shifted by one: index i holds what belongs at i − 1',
    ],
    [
      'a shift the other way',
      tensor([
        [4, 5, 6],
        [7, 8, 10],
        [0, 1, 2],
      ]),
      square,
      'the numbers along axis 0 are shifted by one: index i holds what belongs at i + 1',
    ],
    [
      'a softmax over the wrong axis',
      softmax(square, 0),
      softmax(square, 1),
      'its numbers sum to 1 along axis 0, and should along axis 1',
    ],
    [
      'a mean taken off along the wrong axis',
      subtract(square, mean(square, { axis: 1, keepdim: true })),
      subtract(square, mean(square, { axis: 0, keepdim: true })),
      'its numbers have the mean 0 along axis 1, and should along axis 0',
    ],
    [
      'a bias that went down instead of across',
      add(square, tensor([[1], [5], [2]])),
      add(square, tensor([1, 5, 2])),
      'a vector is added along the wrong axis: to each row instead of each column, or the reverse',
    ],
    ['zeros that a shift explains', tensor([0, 7, 0, 0]), zeros([4]), undefined],
    ['constant numbers, which any factor explains', full([2, 3], 4), full([2, 3], 2), undefined],
    [
      'unrelated numbers',
      tensor([
        [9, 2, 4],
        [4, 1, 0],
      ]),
      matrix,
      undefined,
    ],
  ];
  for (const [what, actual, expected, pattern] of cases) {
    it(what, () => {
      assert.equal(patternIn(actual, expected), pattern);
    });
  }

  it('finds any factor and any offset in irregular numbers', () => {
    const factor = fc.double({ min: 0.01, max: 50, noNaN: true }).filter((value) => Math.abs(value - 1) > 0.01);
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 2, max: 5 }), factor, (seed, rows, value) => {
        const expected = random(seed).uniform([rows, rows + 1], { low: 1, high: 2, dtype: 'float64' });
        assert.match(patternIn(multiply(expected, value), expected) ?? '', /times what|of what/);
        assert.match(patternIn(add(expected, value), expected) ?? '', /too large$/);
        assert.equal(
          patternIn(transpose(sliceSquare(expected)), sliceSquare(expected)),
          'it is the transpose of what was expected',
        );
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  function sliceSquare(x: Tensor): Tensor {
    const [rows = 0, columns = 0] = x.shape;
    return fromData(
      x.data.filter((_, position) => position % columns < rows),
      [rows, rows],
    );
  }
});
