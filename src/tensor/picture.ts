/** A tensor as text: shape, dtype and its entries in aligned rows, long axes with their middle left out. */
import { inWords, rowMajorStrides, type Shape } from './shape';

/** An axis longer than this is shown by its first and last entries only. */
const longestAxis = 8;
const shownAtEachEnd = 3;
const longestLine = 120;

interface Pictured {
  readonly shape: Shape;
  readonly dtype: string;
  readonly size: number;
  readonly data: ArrayLike<number>;
}

/**
 * ```text
 * Tensor (2, 3) float32
 * [[1, 2, 3],
 *  [4, 5, 6]]
 * ```
 */
export function pictureOf(x: Pictured): string {
  const title = titleOf(x);
  if (x.size === 0) return `${title}, no entries`;
  const { data, shape } = x;
  const strides = rowMajorStrides(shape);
  let width = 0;
  visit(0, 0, (place) => (width = Math.max(width, numberInWords(data[place] ?? NaN).length)));
  return `${title}\n${draw(0, 0)}`;

  function visit(axis: number, start: number, see: (place: number) => void): void {
    if (axis === shape.length) return see(start);
    for (const i of shownIndices(shape[axis] ?? 0))
      if (i !== 'gap') visit(axis + 1, start + i * (strides[axis] ?? 0), see);
  }

  function draw(axis: number, start: number): string {
    if (axis === shape.length) return numberInWords(data[start] ?? NaN).padStart(width);
    const parts = shownIndices(shape[axis] ?? 0).map((i) =>
      i === 'gap' ? '…' : draw(axis + 1, start + i * (strides[axis] ?? 0)),
    );
    // Rows stand under each other, blocks of rows are set apart by an empty line.
    const inner = shape.length - axis - 1;
    const separator = inner === 0 ? ', ' : `,${'\n'.repeat(Math.min(inner, 2))}${' '.repeat(axis + 1)}`;
    return `[${parts.join(separator)}]`;
  }
}

/** `Tensor (2, 3) float32`. */
export function titleOf({ shape, dtype }: Pick<Pictured, 'shape' | 'dtype'>): string {
  return `Tensor ${inWords(shape)} ${dtype}`;
}

/** The same on one line, cut off where it grows long: `Tensor (2, 2) float32 [[1, 2], [3, 4]]`. */
export function lineOf(x: Pictured): string {
  const line = pictureOf(x).replace(/\s+/g, ' ').replace(/\[ /g, '[');
  return line.length <= longestLine ? line : `${line.slice(0, longestLine - 1)}…`;
}

/** A number in at most five significant digits, without trailing zeros. */
export function numberInWords(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0';
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  return String(Number(value.toPrecision(5)));
}

function shownIndices(length: number): (number | 'gap')[] {
  const all = Array.from({ length: Math.min(length, longestAxis) }, (_, i) => i);
  if (length <= longestAxis) return all;
  const first = all.slice(0, shownAtEachEnd);
  return [...first, 'gap', ...first.map((i) => length - shownAtEachEnd + i)];
}
