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

export interface MatrixOptions {
  readonly x: number;
  readonly y: number;
  readonly cellWidth: number;
  readonly cell: (row: number, column: number) => RectOptions & { readonly text?: TextOptions };
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
