import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chartsOf, spread } from '../../../../src/webview/lab/curves/chartLines';
import { align } from '../../../../src/webview/lab/curves/decimate';
import { nearestPoint, RunCurves, type Line } from '../../../../src/webview/lab/curves/runCurves';

const lineOf = (values: readonly number[], from = 1): Line => ({
  steps: Float64Array.from(values, (_, index) => from + index),
  values: Float64Array.from(values),
});

describe('the points of a run', () => {
  it('grow as they come, with gaps where a step has no value', () => {
    const curves = new RunCurves();
    for (let step = 1; step <= 1_000; step += 1) {
      curves.append({
        steps: Float64Array.of(step),
        curves: {
          loss: Float64Array.of(1 / step),
          ...(step % 10 === 0 ? { accuracy: Float64Array.of(step / 1_000) } : {}),
        },
      });
    }
    assert.equal(curves.length, 1_000);
    assert.equal(curves.line('loss').values[999], 0.001);
    assert.ok(Number.isNaN(curves.line('accuracy').values[0]));
    assert.equal(curves.line('accuracy').values[9], 0.01);
  });

  it('replace steps that are told again, as a run does that catches up', () => {
    const curves = new RunCurves({ steps: Float64Array.of(1, 2, 3), curves: { loss: Float64Array.of(9, 8, 7) } });
    curves.append({ steps: Float64Array.of(2, 3, 4), curves: { loss: Float64Array.of(80, 70, 60) } });
    assert.deepEqual([...curves.line('loss').steps], [1, 2, 3, 4]);
    assert.deepEqual([...curves.line('loss').values], [9, 80, 70, 60]);
  });

  it('are found by the nearest step that has a value', () => {
    const line = lineOf([1, Number.NaN, Number.NaN, Number.NaN, 5, Number.NaN]);
    assert.deepEqual(nearestPoint(line, 2), { step: 1, value: 1 });
    assert.deepEqual(nearestPoint(line, 4), { step: 5, value: 5 });
    assert.deepEqual(nearestPoint(line, 100), { step: 5, value: 5 });
    assert.equal(nearestPoint(lineOf([Number.NaN]), 1), undefined);
  });
});

describe('lines for a narrow chart', () => {
  it('are left as they are where they are short, over the steps of all of them', () => {
    const aligned = align([lineOf([3, 2]), lineOf([5, 4], 2)], { from: 1, to: 3, buckets: 10 });
    assert.deepEqual(aligned, {
      steps: [1, 2, 3],
      values: [
        [3, 2, null],
        [null, 5, 4],
      ],
      bands: [],
    });
  });

  it('keep the smallest, the mean and the largest of each bucket', () => {
    const { steps, values, bands } = align([lineOf([1, 5, 3, 9, 7, 8, 2, 4])], { from: 1, to: 9, buckets: 2 });
    assert.deepEqual(steps, [3, 7]);
    assert.deepEqual(values, [[4.5, 5.25]]);
    assert.deepEqual(bands, [{ low: [1, 2], high: [9, 8] }]);
  });

  it('lose no extreme, and never have more points than buckets', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 30, maxLength: 400 }),
        fc.integer({ min: 2, max: 25 }),
        (numbers, buckets) => {
          const { steps, bands } = align([lineOf(numbers)], { from: 1, to: numbers.length, buckets });
          assert.ok(steps.length <= buckets);
          const drawn = (row: readonly (number | null)[] = []): number[] => row.filter((value) => value !== null);
          assert.equal(Math.max(...drawn(bands[0]?.high)), Math.max(...numbers));
          assert.equal(Math.min(...drawn(bands[0]?.low)), Math.min(...numbers));
        },
      ),
      { seed: 20261128 },
    );
  });

  it('leave out what has no place: no numbers, and zero on a logarithmic axis', () => {
    const line = lineOf([Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 2]);
    assert.deepEqual(align([line], { from: 1, to: 5, buckets: 9 }).values, [[null, null, 0, -1, 2]]);
    assert.deepEqual(align([line], { from: 1, to: 5, buckets: 9, positiveOnly: true }).values, [
      [null, null, null, null, 2],
    ]);
  });
});

describe('the charts of an exercise', () => {
  it('hold the curves of one chart and scale together', () => {
    const charts = chartsOf([
      { name: 'loss', label: 'loss', scale: 'logarithmic', chart: 'logarithmic' },
      { name: 'train', label: 'seen', scale: 'share', chart: 'accuracy' },
      { name: 'held', label: 'held back', scale: 'share', chart: 'accuracy' },
    ]);
    assert.deepEqual(
      charts.map(({ title, scale, curves }) => [title, scale, curves.length]),
      [
        ['Loss', 'logarithmic', 1],
        ['Accuracy', 'share', 2],
      ],
    );
  });

  it('place the names of lines apart, in the order of the lines and within the chart', () => {
    assert.deepEqual(spread([10, 12, 50], { gap: 14, from: 0, to: 100 }), [10, 24, 50]);
    assert.deepEqual(spread([95, 96, 20], { gap: 14, from: 0, to: 100 }), [86, 100, 20]);
  });
});
