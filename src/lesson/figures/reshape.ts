/**
 * `reshape`: one ribbon of numbers, and below it how each shape cuts it into rows, then each shape with its rows below
 * each other. Every second row is hatched, in the brackets and in the grids.
 */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { cellHeight, cellWidthOf } from './matrix';
import { drawRibbon } from './ribbon';
import type { Ribbon } from './ribbon';
import { drawSheets, drawnShape, positionAt, positionsOf, sizeOf } from './sheets';
import type { Position } from './sheets';
import { figureNumber, rect, shapeWords, text } from './svg';
import type { Role } from './svg';

interface ReshapeData {
  readonly values: readonly number[];
  readonly shapes: readonly number[][];
  readonly caption: string;
}

const roles: readonly Role[] = ['a', 'b', 'c'];
const bracketHeight = 9;

export const reshape: FigureKind<ReshapeData> = {
  schema: z.strictObject({
    values: z.array(z.number()).min(1).max(36),
    shapes: z.array(drawnShape).min(1).max(3),
    caption: z.string().min(1).max(400),
  }),
  draw({ values, shapes }) {
    const misfit = shapes.find((shape) => sizeOf(shape) !== values.length);
    if (misfit !== undefined) {
      throw new FigureError(
        `the shape ${shapeWords(misfit)} has ${sizeOf(misfit)} cells, but values has ${values.length} numbers`,
      );
    }
    const cellWidth = cellWidthOf([values]);
    const ribbon = drawRibbon({
      values,
      cellWidth,
      x: 4,
      y: 20,
      below: 6 + shapes.length * (bracketHeight + 4),
    });
    let body = text('in memory', { x: 4, y: 10 }, { anchor: 'start', size: 12, bold: true }) + ribbon.body;
    let [x, y, lineHeight, width] = [4, 20 + ribbon.height + 8, 0, ribbon.width + 8];
    shapes.forEach((shape, index) => {
      const role = roles[index] ?? 'a';
      const rowLength = shape.at(-1) ?? 1;
      body += drawBrackets(ribbon, { rowLength, count: values.length, level: index, role });
      const indexAt = (position: Position): number =>
        position.reduce((sum, at, axis) => sum + at * sizeOf(shape.slice(axis + 1)), 0);
      const place = { shape, cellWidth, valueAt: (position: Position) => values[indexAt(position)] ?? 0 };
      const measured = drawSheets({ ...place, x: 0, y: 0 });
      if (x > 4 && x + measured.width > 412) {
        [x, y, lineHeight] = [4, y + lineHeight + 16, 0];
      }
      const isOdd = (position: Position): boolean => Math.floor(indexAt(position) / rowLength) % 2 === 1;
      const drawn = drawSheets({
        ...place,
        x,
        y: y + 20,
        cell: (position) => ({ role, fill: isOdd(position) ? 0.05 : 0.22, hatched: isOdd(position) }),
      });
      body += text(shapeWords(shape), { x, y: y + 8 }, { anchor: 'start', size: 12, bold: true }) + drawn.body;
      lineHeight = Math.max(lineHeight, 20 + drawn.height);
      width = Math.max(width, x + drawn.width + 6);
      x += drawn.width + 30;
    });
    return {
      width,
      height: y + lineHeight + 6,
      body,
      words:
        `The numbers ${values.map(figureNumber).join(', ')}. ` +
        shapes.map((shape) => `As ${shapeWords(shape)}: ${rowsInWords(values, shape)}.`).join(' '),
    };
  },
};

interface Brackets {
  readonly rowLength: number;
  readonly count: number;
  /** Which line of brackets below the ribbon. */
  readonly level: number;
  readonly role: Role;
}

/** A bar below the ribbon for each row of a shape; one that runs over a line's end goes on in the next line. */
function drawBrackets(ribbon: Ribbon, { rowLength, count, level, role }: Brackets): string {
  let drawn = '';
  for (let start = 0; start < count; start += rowLength) {
    const isOdd = (start / rowLength) % 2 === 1;
    let from = start;
    while (from < start + rowLength) {
      let to = from;
      while (to + 1 < start + rowLength && ribbon.lineOf(to + 1) === ribbon.lineOf(from)) {
        to += 1;
      }
      const [first, last] = [ribbon.boxOf(from), ribbon.boxOf(to)];
      const box = {
        x: first.x + 2,
        y: first.y + cellHeight + 4 + level * (bracketHeight + 4),
        width: last.x + last.width - first.x - 4,
        height: bracketHeight,
      };
      drawn += rect(box, { role, fill: isOdd ? 0.05 : 0.3, hatched: isOdd });
      from = to + 1;
    }
  }
  return drawn;
}

function rowsInWords(values: readonly number[], shape: readonly number[]): string {
  if (shape.length < 2) {
    return values.map(figureNumber).join(', ');
  }
  const outer = shape.slice(0, -1);
  const rowLength = shape.at(-1) ?? 1;
  return positionsOf(outer)
    .map((_, row) => {
      const numbers = values.slice(row * rowLength, (row + 1) * rowLength).map(figureNumber);
      return `row ${positionAt(outer, row).join(', ')}: ${numbers.join(', ')}`;
    })
    .join('; ');
}
