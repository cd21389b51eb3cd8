import assert from 'node:assert/strict';
import fc from 'fast-check';
import { axesThatAgree, indexAt, indexInWords, layOut, shapeInWords } from '../../../src/webview/tensorLayout';

/** The layout of a tensor whose cells are their own row-major positions. */
function laidOut(shape: readonly number[], shown?: number): readonly string[] {
  const size = shape.reduce((product, length) => product * length, 1);
  const cells = Array.from({ length: Math.min(size, shown ?? size) }, (_, position) => String(position));
  return layOut({ shape, cells }).slices.map(
    ({ label, rows }) =>
      `${label}${rows.map(({ index, cells: row }) => `${index ?? '-'}: ${row.map((cell) => cell.text).join(' ')}`).join(' | ')}`,
  );
}

describe('the layout of a tensor', () => {
  it('shows a scalar as one cell without indices', () => {
    assert.deepEqual(laidOut([]), ['-: 0']);
    assert.equal(layOut({ shape: [], cells: ['7'] }).columns, 0);
  });

  it('shows a vector as one row', () => {
    assert.deepEqual(laidOut([3]), ['-: 0 1 2']);
  });

  it('shows a matrix as rows with their indices', () => {
    assert.deepEqual(laidOut([2, 3]), ['0: 0 1 2 | 1: 3 4 5']);
  });

  it('cuts a tensor of higher rank into labelled matrices', () => {
    assert.deepEqual(laidOut([2, 2, 2]), ['[0, :, :]0: 0 1 | 1: 2 3', '[1, :, :]0: 4 5 | 1: 6 7']);
    assert.deepEqual(
      layOut({ shape: [2, 2, 1, 1], cells: ['0', '1', '2', '3'] }).slices.map(({ label }) => label),
      ['[0, 0, :, :]', '[0, 1, :, :]', '[1, 0, :, :]', '[1, 1, :, :]'],
    );
  });

  it('leaves out what is omitted, in the middle of a row too', () => {
    assert.deepEqual(laidOut([2, 2, 2], 5), ['[0, :, :]0: 0 1 | 1: 2 3', '[1, :, :]0: 4']);
  });

  it('has no slices where an axis has length 0', () => {
    assert.deepEqual(laidOut([0, 3]), []);
    assert.deepEqual(laidOut([2, 0]), []);
  });

  it('gives every cell the index at which it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), (shape) => {
        const cells = Array.from({ length: shape.reduce((product, length) => product * length, 1) }, String);
        const laid = layOut({ shape, cells }).slices.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
        assert.deepEqual(
          laid.map(({ position }) => position),
          [...cells.keys()],
        );
        for (const { index, position } of laid) {
          // Horner's rule turns a multi-index back into its row-major position.
          assert.equal(
            index.reduce((flat, at, axis) => flat * (shape[axis] ?? 1) + at, 0),
            position,
          );
        }
      }),
      { seed: 2026 },
    );
  });
});

describe('shapes and indices in words', () => {
  it('keep the comma of a vector', () => {
    assert.equal(shapeInWords([6]), '(6,)');
    assert.equal(shapeInWords([]), '()');
    assert.equal(shapeInWords([4, 6, 3]), '(4, 6, 3)');
  });

  it('write an index in brackets', () => {
    assert.equal(indexInWords(indexAt(4, [2, 3])), '[1, 1]');
    assert.equal(indexInWords([]), 'the only number');
  });

  it('compare axes from the right', () => {
    assert.deepEqual(axesThatAgree([6, 3], [4, 6, 3]), [true, true]);
    assert.deepEqual(axesThatAgree([4, 6, 3], [6, 3]), [false, true, true]);
    assert.deepEqual(axesThatAgree([3, 4], [4, 3]), [false, false]);
  });
});
