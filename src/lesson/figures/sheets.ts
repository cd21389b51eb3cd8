/**
 * A small tensor of rank 0 to 3 with its numbers: its last two axes as a grid, the first of three as grids beside each
 * other. Shapes, positions and strides of figures are counted here too.
 */
import { z } from 'zod';
import { FigureError } from './drawing';
import { cellHeight } from './matrix';
import type { CellStyle } from './matrix';
import { figureNumber, rect, shapeWords, text } from './svg';
import type { Area } from './svg';

export type Position = readonly number[];

/** A shape whose numbers are all drawn. */
export const drawnShape = z.array(z.number().int().min(1).max(12)).max(3);

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Where the cell with that number in row-major order lies. */
export function positionAt(shape: readonly number[], index: number): Position {
  let rest = index;
  return shape.map((_, axis) => {
    const below = sizeOf(shape.slice(axis + 1));
    const at = Math.floor(rest / below);
    rest -= at * below;
    return at;
  });
}

/** Every position of a shape in row-major order. */
export function positionsOf(shape: readonly number[]): Position[] {
  return Array.from({ length: sizeOf(shape) }, (_, index) => positionAt(shape, index));
}

export function assertInside(
  position: Position,
  { shape, what }: { readonly shape: readonly number[]; readonly what: string },
): void {
  if (position.length !== shape.length) {
    throw new FigureError(
      `${what} ${shapeWords(position)} has ${position.length} indices, but the shape ${shapeWords(shape)} has ${shape.length} axes`,
    );
  }
  if (position.some((index, axis) => index >= (shape[axis] ?? 0))) {
    throw new FigureError(`${what} ${shapeWords(position)} lies outside the shape ${shapeWords(shape)}`);
  }
}

export interface SheetsOptions {
  readonly shape: readonly number[];
  readonly valueAt: (position: Position) => number;
  readonly cell?: (position: Position) => CellStyle;
  readonly cellWidth: number;
  readonly x: number;
  readonly y: number;
  /** How wide the whole may become before a sheet goes below the others. */
  readonly limit?: number;
}

const indexRoom = 18;
const sheetGap = 20;

/** The tensor with its indices at the margins; `x` and `y` are the corner of all that is drawn. */
export function drawSheets({ shape, valueAt, cell, cellWidth, x, y, limit = 400 }: SheetsOptions): Area {
  const [sheets = 1, rows = 1, columns = 1] = [...Array<number>(3 - shape.length).fill(1), ...shape];
  const [left, top] = [shape.length >= 2 ? indexRoom : 0, shape.length >= 1 ? indexRoom : 0];
  const caption = shape.length === 3 ? 18 : 0;
  const sheetWidth = left + columns * cellWidth;
  const sheetHeight = caption + top + rows * cellHeight;
  const perLine = Math.max(1, Math.min(sheets, Math.floor((limit + sheetGap) / (sheetWidth + sheetGap))));
  const soft = { role: 'soft', size: 11 } as const;
  const plain: string[] = [];
  const bold: string[] = [];
  for (let sheet = 0; sheet < sheets; sheet += 1) {
    const corner = {
      x: x + (sheet % perLine) * (sheetWidth + sheetGap) + left,
      y: y + Math.floor(sheet / perLine) * (sheetHeight + 12) + caption + top,
    };
    if (shape.length === 3) {
      plain.push(text(`[${sheet}]`, { x: corner.x, y: corner.y - top - 8 }, { anchor: 'start', size: 11, bold: true }));
    }
    for (let j = 0; j < columns && shape.length >= 1; j += 1) {
      plain.push(text(String(j), { x: corner.x + (j + 0.5) * cellWidth, y: corner.y - 9 }, soft));
    }
    for (let i = 0; i < rows; i += 1) {
      if (shape.length >= 2) {
        plain.push(text(String(i), { x: corner.x - 9, y: corner.y + (i + 0.5) * cellHeight }, soft));
      }
      for (let j = 0; j < columns; j += 1) {
        const position = [sheet, i, j].slice(3 - shape.length);
        const { text: words, ...style } = cell?.(position) ?? { fill: 0.04 };
        const box = { x: corner.x + j * cellWidth, y: corner.y + i * cellHeight, width: cellWidth, height: cellHeight };
        const middle = { x: box.x + cellWidth / 2, y: box.y + cellHeight / 2 };
        // Bold borders are drawn last, so that no neighbour's thin one runs over them.
        (style.border === 'bold' ? bold : plain).push(
          rect(box, style) + text(figureNumber(valueAt(position)), middle, words),
        );
      }
    }
  }
  return {
    width: perLine * (sheetWidth + sheetGap) - sheetGap,
    height: Math.ceil(sheets / perLine) * (sheetHeight + 12) - 12,
    body: plain.join('') + bold.join(''),
  };
}
