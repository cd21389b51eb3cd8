/** `grid`: a matrix or a vector with its name, its shape and its indices. */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { assertRectangular, cellHeight, cellWidthOf, drawMatrix, matrixWords, rowsOfNumbers } from './matrix';
import { shapeWords, text, textWidth } from './svg';

interface GridData {
  readonly values: number[][] | number[];
  readonly name: string;
  readonly mark: readonly (readonly [number, number])[];
  readonly caption: string;
}

export const grid: FigureKind<GridData> = {
  schema: z.strictObject({
    values: z.union([rowsOfNumbers(12), z.array(z.number()).min(1).max(12)]),
    name: z.string().max(60).default(''),
    mark: z
      .array(z.tuple([z.number().int().min(0), z.number().int().min(0)]))
      .max(144)
      .default([]),
    caption: z.string().min(1).max(400),
  }),
  draw({ values, name, mark }) {
    const isVector = (given: number[][] | number[]): given is number[] => typeof given[0] === 'number';
    const shape = isVector(values) ? [values.length] : [values.length, values[0]?.length ?? 0];
    const rows = isVector(values) ? [values] : values;
    assertRectangular(rows, 'values');
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
    const indices = [
      ...(rows[0] ?? []).map((_, j) =>
        text(String(j), { x: x + (j + 0.5) * cellWidth, y: y - 11 }, { role: 'soft', size: 11 }),
      ),
      ...(shape.length === 1 ? [] : rows).map((_, i) =>
        text(String(i), { x: x - 11, y: y + (i + 0.5) * cellHeight }, { role: 'soft', size: 11 }),
      ),
    ];
    const marks = mark.map(([i, j]) => `(${i}, ${j})`).join(', ');
    return {
      width: Math.max(x + columns * cellWidth + 4, x + textWidth(title) + 4),
      height: y + rows.length * cellHeight + 4,
      body:
        text(title, { x, y: 13 }, { anchor: 'start', bold: true }) +
        indices.join('') +
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
