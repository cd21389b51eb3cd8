import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  centreOfMass,
  digitImage,
  imageSide,
  penRadius,
  type Stroke,
} from '../../../../src/webview/lab/questions/digitImage';

const line = (from: readonly [number, number], to: readonly [number, number]): Stroke =>
  [from, to].map(([x, y]) => ({ x, y }));

/** First and last row or column that holds ink. */
function inked(image: Float32Array, of: 'rows' | 'columns'): readonly [number, number] {
  const places = [...image].flatMap((ink, pixel) =>
    ink > 0 ? [of === 'rows' ? Math.floor(pixel / imageSide) : pixel % imageSide] : [],
  );
  return [Math.min(...places), Math.max(...places)];
}

describe('a drawing as the network sees it', () => {
  it('is empty where nothing is drawn', () => {
    assert.ok(digitImage([]).every((ink) => ink === 0));
  });

  it('fills the 20 × 20 box in its longer direction, wherever and however small it was drawn', () => {
    for (const stroke of [line([0.5, 0.1], [0.5, 0.9]), line([0.05, 0.6], [0.05, 0.95])]) {
      const image = digitImage([stroke]);
      assert.deepEqual(inked(image, 'rows'), [4, 23]);
      const [left, right] = inked(image, 'columns');
      assert.ok(
        left > 4 && right < 23 && left + right === imageSide - 1,
        `columns ${String(left)} to ${String(right)}`,
      );
    }
  });

  it('keeps its proportions', () => {
    const image = digitImage([line([0.2, 0.4], [0.8, 0.4]), line([0.2, 0.6], [0.8, 0.6])]);
    const [left, right] = inked(image, 'columns');
    const [top, bottom] = inked(image, 'rows');
    const scale = 20 / (0.6 + 2 * penRadius);
    assert.equal(right - left + 1, 20);
    assert.ok(Math.abs(bottom - top + 1 - (0.2 + 2 * penRadius) * scale) <= 2);
  });

  it('is grey at its edges and black within', () => {
    const image = digitImage([line([0.3, 0.2], [0.7, 0.8])]);
    assert.ok(image.some((ink) => ink === 1));
    assert.ok(image.some((ink) => ink > 0 && ink < 1));
    assert.ok(image.every((ink) => ink >= 0 && ink <= 1));
  });

  it('has the centre of its mass in the middle of the image, whatever is drawn', () => {
    const point = fc.record({
      x: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      y: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(point, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
        (strokes) => {
          const { x, y } = centreOfMass(digitImage(strokes));
          // Ink is measured at four by four places in a pixel, and a shift moves it by parts of them.
          assert.ok(Math.abs(x - 14) < 0.3 && Math.abs(y - 14) < 0.3, `${String(x)}, ${String(y)}`);
        },
      ),
      { seed: 20261128, numRuns: 60 },
    );
  });
});
