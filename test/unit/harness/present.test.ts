import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  describeShape,
  describeType,
  ForeignValue,
  formatNumber,
  formatPair,
  indexAt,
  textOf,
  viewOf,
  viewsOfPair,
} from '../../../src/harness/present/present';
import { fromData, tensor, transpose, zeros } from '../../../src/tensor';

describe('formatting numbers', () => {
  for (const [value, text] of [
    [0, '0'],
    [-0, '-0'],
    [0.5, '0.5'],
    [1 / 3, '0.333333'],
    [Math.fround(0.1), '0.1'],
    [123456.789, '123457'],
    [1234567, '1234567'],
    [16777216, '1.67772e7'],
    [0.00012345678, '0.000123457'],
    [0.000012345678, '1.23457e-5'],
    [-1e-20, '-1e-20'],
    [1e300, '1e300'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
  ] as const) {
    it(`${Object.is(value, -0) ? '-0' : value} is ${text}`, () => {
      assert.equal(formatNumber(value), text);
    });
  }

  it('two numbers that differ never look the same', () => {
    const number = fc.double();
    fc.assert(
      fc.property(number, number, fc.integer({ min: -3, max: 3 }), (a, b, ulps) => {
        for (const other of [b, a * (1 + ulps * Number.EPSILON)]) {
          const [first, second] = formatPair(a, other);
          assert.equal(first === second, Object.is(a, other), `${first} ${second}`);
        }
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('gets as many digits as it takes and no more', () => {
    assert.deepEqual(formatPair(1.00000012, 1), ['1.0000001', '1']);
    assert.deepEqual(formatPair(0.5, 1.5), ['0.5', '1.5']);
  });

  it('gives the index of a position', () => {
    assert.deepEqual(indexAt(7, [2, 3, 4]), [0, 1, 3]);
    assert.deepEqual(indexAt(0, []), []);
  });
});

describe('describing values', () => {
  it('writes shapes as the lessons do', () => {
    assert.deepEqual([[], [3], [3, 4]].map(describeShape), ['()', '(3,)', '(3, 4)']);
  });

  it('names types as a sentence would', () => {
    const values = [
      zeros([2, 3]),
      undefined,
      null,
      3,
      NaN,
      'a',
      [1],
      new Float32Array(1),
      { dx: 1, dW: 2 },
      {},
      new ForeignValue('a promise'),
      () => 1,
    ];
    assert.deepEqual(values.map(describeType), [
      'a Tensor of shape (2, 3)',
      'nothing',
      'null',
      'a number',
      'NaN',
      'a string',
      'an array',
      'a Float32Array',
      'an object with dx, dW',
      'an empty object',
      'a promise',
      'a function',
    ]);
  });

  it('shows nested values on one line', () => {
    assert.equal(
      textOf({ a: [[1, 2], [-0]], b: 'x', c: zeros([2, 2]), d: tensor([1, 0.5]) }),
      '{ a: [[1, 2], [-0]], b: "x", c: Tensor (2, 2), d: Tensor (2,) [1, 0.5] }',
    );
  });

  it('cuts what is long, deep or endless', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    assert.equal(textOf(circle), '{ self: … }');
    assert.match(textOf(Array.from({ length: 1000 }, () => 1)), /, … 968 more\]$/);
    assert.ok(textOf('x'.repeat(1e6)).length <= 600);
  });

  it('reads a view row by row and keeps at most 1024 cells', () => {
    assert.deepEqual(
      viewOf(
        transpose(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
      { kind: 'tensor', shape: [2, 2], dtype: 'float32', cells: ['1', '3', '2', '4'], omitted: 0 },
    );
    const large = viewOf(zeros([40, 40]));
    assert.ok(large.kind === 'tensor' && large.cells.length === 1024 && large.omitted === 576);
  });

  it('shows where two tensors differ, however little', () => {
    const a = fromData(Float64Array.of(1, 2.00000001), [2]);
    const views = viewsOfPair(a, fromData(Float64Array.of(1.00000001, 2), [2]), [1]);
    assert.deepEqual(
      [views.actual.cells, views.expected.cells],
      [
        ['1', '2.00000001'],
        ['1', '2'],
      ],
    );
  });
});
