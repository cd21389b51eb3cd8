/**
 * `weights`: attention weights as a matrix over words, a row for each query. The number stands in each cell; a bar
 * below it is as long as the weight, the fill as strong, and the largest of each row has a bold border.
 */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { rowsOfNumbers } from './matrix';
import { rect, text, textWidth } from './svg';

interface WeightsData {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: number[][];
  readonly caption: string;
}

const wordList = z.array(z.string().min(1).max(16)).min(1).max(12);
/** Rounded weights of a row may miss one by this much. */
const rounding = 0.02;

export const weights: FigureKind<WeightsData> = {
  schema: z.strictObject({
    rows: wordList,
    columns: wordList,
    values: rowsOfNumbers(12),
    caption: z.string().min(1).max(400),
  }),
  draw({ rows, columns, values }) {
    assertWeights({ rows, columns, values });
    const [width, height] = [40, 32];
    const left = Math.max(...rows.map((word) => textWidth(word))) + 12;
    const longest = Math.max(...columns.map((word) => textWidth(word)));
    const isTurned = longest > width - 4;
    const top = isTurned ? longest * 0.75 + 16 : 26;
    const cells: string[] = [];
    const strongest: string[] = [];
    values.forEach((row, i) => {
      const largest = Math.max(...row);
      row.forEach((value, j) => {
        const box = { x: left + j * width + 1, y: top + i * height + 1, width: width - 2, height: height - 2 };
        const bar = { x: box.x + 4, y: box.y + box.height - 6, width: (box.width - 8) * value, height: 3 };
        const isLargest = value === largest && value > 0;
        (isLargest ? strongest : cells).push(
          rect(box, { role: 'a', fill: 0.45 * value, border: isLargest ? 'bold' : 'thin' }) +
            rect(bar, { role: 'a', fill: 0.9, border: 'none' }) +
            text(
              weightText(value),
              { x: box.x + box.width / 2, y: box.y + box.height / 2 - 3 },
              { size: 12, bold: isLargest },
            ),
        );
      });
    });
    const columnWords = columns.map((word, j) => {
      const x = left + (j + 0.5) * width;
      return isTurned
        ? text(word, { x: x - 2, y: top - 8 }, { anchor: 'start', turned: -45 })
        : text(word, { x, y: top - 12 });
    });
    const overhang = isTurned ? Math.max(0, textWidth(columns.at(-1) ?? '') * 0.75 - width / 2) : 0;
    return {
      width: left + columns.length * width + overhang + 6,
      height: top + rows.length * height + 4,
      body:
        columnWords.join('') +
        rows.map((word, i) => text(word, { x: left - 8, y: top + (i + 0.5) * height }, { anchor: 'end' })).join('') +
        cells.join('') +
        strongest.join(''),
      words: values
        .map(
          (row, i) =>
            `${rows[i] ?? ''}: ${row.map((value, j) => `${columns[j] ?? ''} ${weightText(value)}`).join(', ')}.`,
        )
        .join(' '),
    };
  },
};

function weightText(value: number): string {
  return value.toFixed(2);
}

function assertWeights({ rows, columns, values }: Pick<WeightsData, 'rows' | 'columns' | 'values'>): void {
  if (values.length !== rows.length) {
    throw new FigureError(`values has ${values.length} rows, but there are ${rows.length} words in rows`);
  }
  values.forEach((row, index) => {
    if (row.length !== columns.length) {
      throw new FigureError(
        `row ${index} of values has ${row.length} numbers, but there are ${columns.length} words in columns`,
      );
    }
    const sum = row.reduce((total, value) => total + value, 0);
    if (row.some((value) => value < 0 || value > 1) || (sum !== 0 && Math.abs(sum - 1) > rounding)) {
      throw new FigureError(
        `row ${index} of values should be weights from 0 to 1 that sum to one; they sum to ${sum.toFixed(2)}`,
      );
    }
  });
}
