import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plotGeometry } from '../../../../src/webview/lab/plotGeometry';
import { axisRange, figure, percent, ticksOf } from '../../../../src/webview/lab/ticks';

describe('the marks of an axis', () => {
  it('are round numbers', () => {
    assert.deepEqual(ticksOf('linear', { minimum: 0, maximum: 1 }), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(ticksOf('linear', { minimum: 130, maximum: 4_800 }, 4), [2_000, 4_000]);
    assert.deepEqual(ticksOf('logarithmic', { minimum: 0.02, maximum: 300 }), [0.1, 1, 10, 100]);
    assert.deepEqual(ticksOf('logarithmic', { minimum: 0.02, maximum: 1.3 }), [0.03, 0.1, 0.3, 1]);
    assert.deepEqual(ticksOf('logarithmic', { minimum: 1e-12, maximum: 1 }), [1e-12, 1e-9, 1e-6, 1e-3, 1]);
  });

  it('lie in the range, grow, and are few, whatever the range is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('linear' as const, 'logarithmic' as const),
        fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        fc.double({ min: 1.0001, max: 1e9, noNaN: true }),
        (scale, minimum, factor) => {
          const range = { minimum, maximum: minimum * factor };
          const ticks = ticksOf(scale, range);
          const slack = (range.maximum - range.minimum) * 1e-6;
          assert.ok(ticks.length <= 19, String(ticks));
          assert.ok(
            ticks.every((tick) => tick >= range.minimum - slack && tick <= range.maximum + slack),
            String(ticks),
          );
          assert.ok(
            ticks.every((tick, index) => index === 0 || tick > (ticks[index - 1] ?? 0)),
            String(ticks),
          );
        },
      ),
      { seed: 20261128 },
    );
  });

  it('have a range to stand on where there are no values yet', () => {
    assert.deepEqual(axisRange('linear', { minimum: Infinity, maximum: -Infinity }), { minimum: 0, maximum: 1 });
    assert.deepEqual(axisRange('share', { minimum: 0.4, maximum: 0.6 }), { minimum: 0, maximum: 1 });
    assert.equal(axisRange('linear', { minimum: 0.01, maximum: 2 }).minimum, 0);
  });
});

describe('a number beside an axis', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0'],
    [0.5, '0.5'],
    [-0.25, '−0.25'],
    [1_234.5, '1,234.5'],
    [0.000_01, '10⁻⁵'],
    [2.5e-7, '2.5·10⁻⁷'],
    [3e9, '3·10⁹'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '−∞'],
  ];
  for (const [value, text] of cases) {
    it(`is written short: ${text}`, () => assert.equal(figure(value), text));
  }

  it('is a share in per cent', () => assert.equal(percent(0.9754), '97.5 %'));
});

describe('a plot', () => {
  const spec = { xLabel: 'x', yLabel: 'y', logX: true, logY: true };

  it('puts equal factors at equal distances on logarithmic axes', () => {
    const points = [1, 10, 100].map((x) => [x, x] as const);
    const { lines } = plotGeometry(
      { ...spec, series: [{ name: 'a', points }] },
      { width: 400, height: 240, nameWidth: 60 },
    );
    const [first = [0, 0], second = [0, 0], third = [0, 0]] = lines[0]?.pieces[0] ?? [];
    assert.ok(Math.abs(second[0] - first[0] - (third[0] - second[0])) < 1e-6);
    assert.ok(Math.abs(second[1] - first[1] - (third[1] - second[1])) < 1e-6);
    assert.ok(first[1] > third[1]);
  });

  it('cuts a line where a point has no place, and counts what it leaves out', () => {
    const points = [
      [1, 1],
      [2, Number.NaN],
      [3, 0],
      [4, 2],
    ] as const;
    const geometry = plotGeometry(
      { ...spec, series: [{ name: 'a', points }] },
      { width: 400, height: 240, nameWidth: 60 },
    );
    assert.equal(geometry.lines[0]?.pieces.length, 2);
    assert.equal(geometry.omitted, 2);
  });

  it('stands empty where nothing has come yet', () => {
    const { lines } = plotGeometry(
      { ...spec, series: [{ name: 'a', points: [] }] },
      { width: 400, height: 240, nameWidth: 60 },
    );
    assert.deepEqual(lines, [{ name: 'a', pieces: [], end: undefined }]);
  });
});
