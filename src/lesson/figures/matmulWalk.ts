/**
 * `matmul-walk`: one cell of a matrix product. A stands left of the result and B above it, so that a row of A and a
 * column of B run into the very cell they make; small numbers pair the entries that are multiplied.
 */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { assertRectangular, cellHeight, cellWidthOf, drawMatrix, matrixWords, rowsOfNumbers } from './matrix';
import { figureNumber, shapeWords, stroke, text, textWidth } from './svg';

interface MatmulWalkData {
  readonly a: number[][];
  readonly b: number[][];
  readonly cell: readonly [number, number];
  readonly names: readonly [string, string, string];
  readonly caption: string;
}

const name = z.string().min(1).max(12);

export const matmulWalk: FigureKind<MatmulWalkData> = {
  schema: z.strictObject({
    a: rowsOfNumbers(6),
    b: rowsOfNumbers(6),
    cell: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
    names: z.tuple([name, name, name]).default(['A', 'B', 'C']),
    caption: z.string().min(1).max(400),
  }),
  draw({ a, b, cell: [row, column], names: [nameA, nameB, nameC] }) {
    assertRectangular(a, 'a');
    assertRectangular(b, 'b');
    const [n, inner, m] = [a.length, a[0]?.length ?? 0, b[0]?.length ?? 0];
    if (b.length !== inner) {
      throw new FigureError(`a has ${inner} columns but b has ${b.length} rows; they must be as many`);
    }
    if (row >= n || column >= m) {
      throw new FigureError(
        `cell ${shapeWords([row, column])} lies outside the product, whose shape is ${shapeWords([n, m])}`,
      );
    }
    const entry = (matrix: readonly (readonly number[])[], i: number, j: number): number => matrix[i]?.[j] ?? 0;
    const product = a.map((_, i) =>
      (b[0] ?? []).map((__, j) => a[i]?.reduce((sum, value, k) => sum + value * entry(b, k, j), 0) ?? 0),
    );
    // Room for the small number that pairs an entry with its partner.
    const cellWidth = cellWidthOf(a, b, product) + 6;
    const left = { x: 4, y: 26 + inner * cellHeight + 30 };
    const right = { x: left.x + inner * cellWidth + 30, y: 26 };
    const onRow = left.y + (row + 0.5) * cellHeight;
    const onColumn = right.x + (column + 0.5) * cellWidth;
    const title = (words: string, x: number, y: number): string =>
      text(words, { x, y }, { anchor: 'start', bold: true, size: 12 });
    const pairs = Array.from({ length: inner }, (_, k) => {
      const mark = { size: 9, role: 'soft' as const };
      return (
        text(String(k), { x: left.x + k * cellWidth + 6, y: left.y + row * cellHeight + 7 }, mark) +
        text(String(k), { x: right.x + column * cellWidth + 6, y: right.y + k * cellHeight + 7 }, mark)
      );
    });
    const terms = Array.from({ length: inner }, (_, k) => `${factor(entry(a, row, k))}·${factor(entry(b, k, column))}`);
    const sum = `${nameC}[${row}, ${column}] = ${terms.join(' + ')} = ${figureNumber(entry(product, row, column))}`;
    const productName = `${nameC} ${shapeWords([n, m])}`;
    const productEnd = right.x + m * cellWidth + 10;
    const width = Math.max(productEnd + textWidth(productName, 12) + 4, 250);
    const lines = wrap(sum, Math.floor((width - 8) / textWidth('0')));
    const bottom = left.y + n * cellHeight;
    return {
      width,
      height: bottom + 12 + lines.length * 19,
      body:
        title(`${nameA} ${shapeWords([n, inner])}`, left.x, left.y - 13) +
        title(`${nameB} ${shapeWords([inner, m])}`, right.x, right.y - 13) +
        title(productName, productEnd, left.y + (n * cellHeight) / 2) +
        stroke(`M${left.x + inner * cellWidth + 3} ${onRow}H${right.x - 4}m-6 -4l6 4l-6 4`, { role: 'a', weight: 2 }) +
        stroke(`M${onColumn} ${right.y + inner * cellHeight + 3}V${left.y - 4}m-4 -6l4 6l4 -6`, {
          role: 'b',
          weight: 2,
        }) +
        drawMatrix(a, {
          ...left,
          cellWidth,
          cell: (i) => (i === row ? { role: 'a', fill: 0.2, border: 'bold' } : { fill: 0.03 }),
        }) +
        drawMatrix(b, {
          ...right,
          cellWidth,
          cell: (_, j) => (j === column ? { role: 'b', fill: 0.2, border: 'bold', hatched: true } : { fill: 0.03 }),
        }) +
        drawMatrix(product, {
          x: right.x,
          y: left.y,
          cellWidth,
          cell: (i, j) =>
            i === row && j === column
              ? { role: 'c', fill: 0.28, border: 'bold', text: { bold: true } }
              : { fill: 0.03 },
        }) +
        pairs.join('') +
        lines.map((line, index) => text(line, { x: 4, y: bottom + 18 + index * 19 }, { anchor: 'start' })).join(''),
      words:
        `${nameA} of shape ${shapeWords([n, inner])}; ${matrixWords(a)}. ${nameB} of shape ${shapeWords([inner, m])}; ${matrixWords(b)}. ` +
        `Row ${row} of ${nameA} times column ${column} of ${nameB}: ${sum}. ` +
        `Their product ${nameC} of shape ${shapeWords([n, m])}; ${matrixWords(product)}.`,
    };
  },
};

/** A factor of a term; a negative one stands in parentheses. */
function factor(value: number): string {
  return value < 0 ? `(${figureNumber(value)})` : figureNumber(value);
}

/** Breaks before a sign where a line would be longer than `limit` characters. */
function wrap(sentence: string, limit: number): string[] {
  const lines: string[] = [];
  for (const piece of sentence.split(/ (?=[+=] )/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + piece.length + 1 <= limit) {
      lines[lines.length - 1] = `${line} ${piece}`;
    } else {
      lines.push(lines.length === 0 ? piece : `  ${piece}`);
    }
  }
  return lines;
}
