/** `grid`: a matrix or a vector with its name, its shape and its indices. */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { cellHeight, cellWidthOf, drawIndices, drawMatrix, matrixOf, matrixWords, rowsOrVector } from './matrix';
import { shapeWords, text, textWidth } from './svg';

interface GridData {
  readonly values: number[][] | number[];
  readonly name: string;
  readonly mark: readonly (readonly [number, number])[];
  readonly caption: string;
}

export const grid: FigureKind<GridData> = {
  schema: z.strictObject({
    values: rowsOrVector(12),
    name: z.string().max(60).default(''),
    mark: z
      .array(z.tuple([z.number().int().min(0), z.number().int().min(0)]))
      .max(144)
      .default([]),
    caption: z.string().min(1).max(400),
  }),
  draw({ values, name, mark }) {
    const matrix = matrixOf(values, 'values');
    const { rows, shape } = matrix;
    const columns = rows[0]?.length ?? 0;
    const outside = mark.find(([row, column]) => row >= rows.length || column >= columns);
    if (outside !== undefined) {
      throw new FigureError(`mark ${shapeWords(outside)} lies outside values, whose shape is ${shapeWords(shape)}`);
    }
    const isMarked = (row: number, column: number): boolean => mark.some(([i, j]) => i === row && j === column);
    const cellWidth = cellWidthOf(rows);
    const title = `${name === '' ? '' : `${name}   `}${shapeWords(shape)}`;
    const x = 26;
    const y = 46;
    const marks = mark.map(([i, j]) => `(${i}, ${j})`).join(', ');
    return {
      width: Math.max(x + columns * cellWidth + 4, x + textWidth(title) + 4),
      height: y + rows.length * cellHeight + 4,
      body:
        text(title, { x, y: 13 }, { anchor: 'start', bold: true }) +
        drawIndices(matrix, { x, y, cellWidth }) +
        drawMatrix(rows, {
          x,
          y,
          cellWidth,
          cell: (i, j) =>
            isMarked(i, j)
              ? { role: 'a', fill: 0.18, border: 'bold', hatched: true, text: { bold: true } }
              : { role: 'plain', fill: 0.04 },
        }),
      words: `${name === '' ? 'A grid' : name} of shape ${shapeWords(shape)}; ${matrixWords(rows)}.${
        marks === '' ? '' : ` Marked: ${marks}.`
      }`,
    };
  },
};
