/**
 * `axis-sweep`: a reduction along one axis of a matrix. An arrow runs through the numbers that one result is made of,
 * and the results stand where the arrows end; with `keepdim` the axis stays, with size 1.
 */
import { z } from 'zod';
import type { FigureKind } from './drawing';
import {
  assertRectangular,
  cellHeight,
  cellWidthOf,
  drawIndices,
  drawMatrix,
  matrixWords,
  rowsOfNumbers,
} from './matrix';
import { arrowHead, figureNumber, shapeWords, short, stroke, text, textWidth } from './svg';

type Operation = 'sum' | 'mean' | 'max';

interface AxisSweepData {
  readonly values: number[][];
  readonly axis: number;
  readonly operation: Operation;
  readonly keepdim: boolean;
  readonly name: string;
  readonly caption: string;
}

const operations: Readonly<Record<Operation, (numbers: readonly number[]) => number>> = {
  sum: total,
  mean: (numbers) => total(numbers) / numbers.length,
  max: (numbers) => Math.max(...numbers),
};

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0);
}

export const axisSweep: FigureKind<AxisSweepData> = {
  schema: z.strictObject({
    values: rowsOfNumbers(8),
    axis: z.number().int().min(-2).max(1),
    operation: z.enum(['sum', 'mean', 'max']),
    keepdim: z.boolean().default(false),
    name: z.string().max(24).default('x'),
    caption: z.string().min(1).max(400),
  }),
  draw({ values, axis: given, operation, keepdim, name }) {
    assertRectangular(values, 'values');
    const axis = given < 0 ? given + 2 : given;
    const columns = values[0]?.length ?? 0;
    const swept = axis === 1 ? values : (values[0] ?? []).map((_, j) => values.map((row) => row[j] ?? 0));
    const results = swept.map(operations[operation]);
    const shape = keepdim ? (axis === 0 ? [1, columns] : [values.length, 1]) : [results.length];
    const resultRows = axis === 0 ? [results] : results.map((value) => [value]);
    const cellWidth = cellWidthOf(values, [results]);
    const at = { x: 26, y: 44 };
    const size = { width: columns * cellWidth, height: values.length * cellHeight };
    const gap = 34;
    const to = axis === 0 ? { x: at.x, y: at.y + size.height + gap } : { x: at.x + size.width + gap, y: at.y };
    const arrows = swept.map((_, index) => {
      const [from, tip] =
        axis === 0
          ? [
              { x: at.x + (index + 0.5) * cellWidth, y: at.y + size.height + 6 },
              { x: at.x + (index + 0.5) * cellWidth, y: to.y - 6 },
            ]
          : [
              { x: at.x + size.width + 6, y: at.y + (index + 0.5) * cellHeight },
              { x: to.x - 6, y: at.y + (index + 0.5) * cellHeight },
            ];
      return `M${short(from.x)} ${short(from.y)}L${short(tip.x)} ${short(tip.y)}${arrowHead(tip, axis === 0 ? 90 : 0)}`;
    });
    // What belongs to one result looks alike: every second line of numbers is hatched.
    const isHatched = (row: number, column: number): boolean => (axis === 0 ? column : row) % 2 === 1;
    const call = `${operation} over axis ${axis}${keepdim ? ', keepdim' : ''}: ${shapeWords(shape)}`;
    const start = { anchor: 'start', size: 12, bold: true } as const;
    const below = to.y + (axis === 0 ? cellHeight : size.height);
    const keptIndex = { role: 'soft', size: 11 } as const;
    return {
      width: Math.max(to.x + (axis === 0 ? size.width : cellWidth), at.x + textWidth(call, 12)) + 6,
      height: below + 26,
      body:
        text(`${name} ${shapeWords([values.length, columns])}`, { x: at.x, y: 11 }, start) +
        drawIndices({ rows: values, shape: [values.length, columns] }, { ...at, cellWidth }) +
        drawMatrix(values, {
          ...at,
          cellWidth,
          cell: (i, j) => ({ role: 'a', fill: isHatched(i, j) ? 0.06 : 0.2, hatched: isHatched(i, j) }),
        }) +
        stroke(arrows.join(''), { weight: 1.8 }) +
        drawMatrix(resultRows, {
          ...to,
          cellWidth,
          cell: () => ({ role: 'c', fill: 0.22, border: 'bold', text: { bold: true } }),
        }) +
        (!keepdim
          ? ''
          : axis === 0
            ? text('0', { x: to.x - 11, y: to.y + cellHeight / 2 }, keptIndex)
            : text('0', { x: to.x + cellWidth / 2, y: to.y - 11 }, keptIndex)) +
        text(call, { x: at.x, y: below + 15 }, start),
      words:
        `${name} of shape ${shapeWords([values.length, columns])}; ${matrixWords(values)}. ` +
        `The ${operation} over axis ${axis}, which ${keepdim ? 'stays with size 1' : 'goes'}, has the shape ${shapeWords(shape)}: ` +
        `${results.map(figureNumber).join(', ')}.`,
    };
  },
};
