/** `thread-grid`: the threads of a kernel, one for each cell of its output, in GPU.js's order: x across, y down. */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { rect, shapeWords, stroke, text, textWidth } from './svg';

interface ThreadGridData {
  readonly output: readonly [number] | readonly [number, number];
  readonly thread: readonly [number] | readonly [number, number];
  readonly caption: string;
}

const size = z.number().int().min(1).max(10);
const index = z.number().int().min(0).max(9);

export const threadGrid: FigureKind<ThreadGridData> = {
  schema: z.strictObject({
    output: z.union([z.tuple([size]), z.tuple([size, size])]),
    thread: z.union([z.tuple([index]), z.tuple([index, index])]),
    caption: z.string().min(1).max(400),
  }),
  draw({ output, thread }) {
    if (output.length !== thread.length) {
      throw new FigureError(
        `output has ${output.length} sizes and thread has ${thread.length} indices; they must be as many`,
      );
    }
    const [columns, rows] = [output[0], output[1] ?? 1];
    const [threadX, threadY] = [thread[0], thread[1] ?? 0];
    if (threadX >= columns || threadY >= rows) {
      throw new FigureError(`thread [${thread.join(', ')}] is not among the threads of output [${output.join(', ')}]`);
    }
    const [width, height] = [36, 30];
    const [x, y] = [output.length === 2 ? 34 : 8, 44];
    const cells: string[] = [];
    for (let j = 0; j < rows; j += 1) {
      for (let i = 0; i < columns; i += 1) {
        const box = { x: x + i * width + 2, y: y + j * height + 2, width: width - 4, height: height - 4 };
        const words = output.length === 2 ? `${i},${j}` : String(i);
        const middle = { x: x + (i + 0.5) * width, y: y + (j + 0.5) * height };
        const own = i === threadX && j === threadY;
        cells.push(
          rect(box, own ? { role: 'a', fill: 0.25, border: 'bold', hatched: true } : { fill: 0.04 }) +
            text(words, middle, { size: 12, bold: own }),
        );
      }
    }
    // The turned label beside the grid may be longer than a grid of a few rows.
    const labelLength = output.length === 2 ? 96 : 0;
    const bottom = y + Math.max(rows * height, labelLength);
    const end = y + rows * height;
    const here = `this.thread.x = ${threadX}${output.length === 2 ? `, this.thread.y = ${threadY}` : ''}`;
    const shape = shapeWords([...output].reverse());
    const result = `output [${output.join(', ')}] → shape ${shape}`;
    const axisX =
      text('this.thread.x', { x, y: 13 }, { anchor: 'start', size: 12 }) +
      stroke(`M${x} 31H${x + columns * width - 3}m-6 -4l6 4l-6 4`, { role: 'soft', weight: 1.5 });
    const axisY =
      stroke(`M23 ${y}V${end - 3}m-4 -6l4 6l4 -6`, { role: 'soft', weight: 1.5 }) +
      text('this.thread.y', { x: 9, y: y + Math.max(rows * height, labelLength) / 2 }, { size: 12, turned: -90 });
    return {
      width: Math.max(x + columns * width, x + textWidth(here, 12), x + textWidth(result, 12)) + 4,
      height: bottom + 50,
      body:
        axisX +
        (output.length === 2 ? axisY : '') +
        cells.join('') +
        text(here, { x, y: bottom + 16 }, { anchor: 'start', bold: true, size: 12 }) +
        text(result, { x, y: bottom + 36 }, { anchor: 'start', size: 12 }),
      words:
        `A grid of ${columns * rows} threads, ${columns} along x${output.length === 2 ? ` and ${rows} along y` : ''}; ` +
        `output [${output.join(', ')}] gives a result of shape ${shape}. One thread is marked: ${here}; ` +
        `it computes the cell in ${output.length === 2 ? `row ${threadY}, column ${threadX}` : `position ${threadX}`} of the result.`,
    };
  },
};
