/** A matrix of numbers as boxes: what `grid`, `matmul-walk` and their like are made of. */
import { z } from 'zod';
import { FigureError } from './drawing';
import { figureNumber, rect, text, textWidth } from './svg';
import type { RectOptions, TextOptions } from './svg';

export const rowsOfNumbers = (limit: number): z.ZodType<number[][]> =>
  z.array(z.array(z.number()).min(1).max(limit)).min(1).max(limit);

export const cellHeight = 28;

/** As wide as the widest number needs, the same for every cell. */
export function cellWidthOf(...matrices: readonly (readonly (readonly number[])[])[]): number {
  const widest = Math.max(...matrices.flat(2).map((value) => textWidth(figureNumber(value))));
  return Math.max(32, Math.ceil(widest) + 12);
}

export function assertRectangular(rows: readonly (readonly number[])[], name: string): void {
  const width = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0) {
    throw new FigureError(`row ${odd} of ${name} has ${rows[odd]?.length ?? 0} numbers, row 0 has ${width}`);
  }
}

export type CellStyle = RectOptions & { readonly text?: TextOptions };

export interface MatrixOptions {
  readonly x: number;
  readonly y: number;
  readonly cellWidth: number;
  readonly cell: (row: number, column: number) => CellStyle;
}

/** Rows of numbers, or one row of them, which is a vector. */
export type RowsOrVector = readonly (readonly number[])[] | readonly number[];

export const rowsOrVector = (limit: number): z.ZodType<number[][] | number[]> =>
  z.union([rowsOfNumbers(limit), z.array(z.number()).min(1).max(limit)]);

export interface Matrix {
  readonly rows: readonly (readonly number[])[];
  /** One size for a vector, two for a matrix. */
  readonly shape: readonly number[];
}

/** What `values` of a figure are; `name` is what an author calls them. */
export function matrixOf(values: RowsOrVector, name: string): Matrix {
  const isVector = (given: RowsOrVector): given is readonly number[] => typeof given[0] === 'number';
  if (isVector(values)) {
    return { rows: [values], shape: [values.length] };
  }
  assertRectangular(values, name);
  return { rows: values, shape: [values.length, values[0]?.length ?? 0] };
}

/** The indices at the margins of a matrix whose first cell has its corner at `x`, `y`. */
export function drawIndices(
  { rows, shape }: Matrix,
  { x, y, cellWidth }: Pick<MatrixOptions, 'x' | 'y' | 'cellWidth'>,
): string {
  const style = { role: 'soft', size: 11 } as const;
  const across = (rows[0] ?? []).map((_, j) => text(String(j), { x: x + (j + 0.5) * cellWidth, y: y - 11 }, style));
  const down = (shape.length === 1 ? [] : rows).map((_, i) =>
    text(String(i), { x: x - 11, y: y + (i + 0.5) * cellHeight }, style),
  );
  return [...across, ...down].join('');
}

export function drawMatrix(rows: readonly (readonly number[])[], options: MatrixOptions): string {
  const { x, y, cellWidth, cell } = options;
  const boxes: string[] = [];
  const marked: string[] = [];
  rows.forEach((row, i) => {
    row.forEach((value, j) => {
      const box = { x: x + j * cellWidth, y: y + i * cellHeight, width: cellWidth, height: cellHeight };
      const { text: words, ...style } = cell(i, j);
      const middle = { x: box.x + cellWidth / 2, y: box.y + cellHeight / 2 };
      // Bold borders are drawn last, so that no neighbour's thin one runs over them.
      (style.border === 'bold' ? marked : boxes).push(rect(box, style) + text(figureNumber(value), middle, words));
    });
  });
  return boxes.join('') + marked.join('');
}

export function matrixWords(rows: readonly (readonly number[])[]): string {
  return rows.map((row, index) => `row ${index}: ${row.map(figureNumber).join(', ')}`).join('; ');
}
