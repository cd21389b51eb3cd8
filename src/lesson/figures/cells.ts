/** `cells`: some cells of a matrix or a vector, lit, and what is made of them beside it. */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { cellHeight, cellWidthOf, drawIndices, drawMatrix, matrixOf, matrixWords, rowsOrVector } from './matrix';
import type { Matrix } from './matrix';
import { arrowHead, shapeWords, short, stroke, text, textWidth } from './svg';

interface CellsData {
  readonly values: number[][] | number[];
  readonly selected: readonly (readonly number[])[];
  readonly name: string;
  readonly result?: number[][] | number[] | undefined;
  readonly resultName: string;
  readonly caption: string;
}

const margin = 22;
const title = 20;

export const cells: FigureKind<CellsData> = {
  schema: z.strictObject({
    values: rowsOrVector(12),
    selected: z.array(z.array(z.number().int().min(0)).min(1).max(2)).max(144),
    name: z.string().max(40).default(''),
    result: rowsOrVector(12).optional(),
    resultName: z.string().max(40).default(''),
    caption: z.string().min(1).max(400),
  }),
  draw({ values, selected, name, result, resultName }) {
    const given = matrixOf(values, 'values');
    const made = result === undefined ? undefined : matrixOf(result, 'result');
    const places = selected.map((place) => placeIn(place, given));
    const orderOf = (row: number, column: number): number => places.findIndex(([i, j]) => i === row && j === column);
    // Where each lit cell is one of the result, small numbers pair them.
    const pairs = made?.shape.length === 1 && made.shape[0] === places.length && places.length > 1;
    const pairRoom = pairs ? 6 : 0;
    const cellWidth = cellWidthOf(given.rows, made?.rows ?? []) + pairRoom;
    const from = { x: given.shape.length === 2 ? margin : 4, y: title + margin };
    const size = { width: (given.rows[0]?.length ?? 0) * cellWidth, height: given.rows.length * cellHeight };
    const titles = [headOf(name, given), made === undefined ? '' : headOf(resultName, made)] as const;
    const end = Math.max(from.x + size.width, from.x + textWidth(titles[0], 12));
    const madeSize = { width: (made?.rows[0]?.length ?? 0) * cellWidth, height: (made?.rows.length ?? 0) * cellHeight };
    const madeMargin = made?.shape.length === 2 ? margin : 4;
    const isBeside = end + 44 + madeMargin + Math.max(madeSize.width, textWidth(titles[1], 12)) <= 412;
    const to = isBeside
      ? { x: end + 44 + madeMargin, y: from.y + Math.max(0, size.height - madeSize.height) / 2 }
      : { x: from.x, y: from.y + size.height + 34 + title + margin };
    const middle = from.y + size.height / 2;
    const arrow = isBeside
      ? `M${short(from.x + size.width + 8)} ${short(middle)}H${short(to.x - madeMargin - 8)}${arrowHead({ x: to.x - madeMargin - 8, y: middle }, 0)}`
      : `M${short(from.x + 16)} ${short(from.y + size.height + 6)}v22${arrowHead({ x: from.x + 16, y: from.y + size.height + 28 }, 90)}`;
    const madeEnd = made === undefined ? 0 : to.x + Math.max(madeSize.width, textWidth(titles[1], 12));
    const small = { size: 9, role: 'soft' } as const;
    const order = (matrix: 'given' | 'made'): string =>
      !pairs
        ? ''
        : places
            .map(([i, j], index) => {
              const at =
                matrix === 'given'
                  ? { x: from.x + j * cellWidth, y: from.y + i * cellHeight }
                  : { x: to.x + index * cellWidth, y: to.y };
              return text(String(index), { x: at.x + 7, y: at.y + 8 }, small);
            })
            .join('');
    return {
      width: Math.max(end, madeEnd) + 6,
      height: (made === undefined ? from.y + size.height : Math.max(from.y + size.height, to.y + madeSize.height)) + 6,
      body:
        text(titles[0], { x: from.x, y: 10 }, { anchor: 'start', size: 12, bold: true }) +
        drawIndices(given, { ...from, cellWidth }) +
        drawMatrix(given.rows, {
          ...from,
          cellWidth,
          cell: (i, j) =>
            orderOf(i, j) >= 0
              ? { role: 'a', fill: 0.22, border: 'bold', hatched: true, text: { bold: true } }
              : { fill: 0.03, text: { role: 'soft' } },
        }) +
        order('given') +
        (made === undefined
          ? ''
          : stroke(arrow, { weight: 1.8 }) +
            text(titles[1], { x: to.x, y: to.y - margin - 10 }, { anchor: 'start', size: 12, bold: true }) +
            drawIndices(made, { ...to, cellWidth }) +
            drawMatrix(made.rows, { ...to, cellWidth, cell: () => ({ role: 'c', fill: 0.2 }) }) +
            order('made')),
      words:
        `${name === '' ? 'A grid' : name} of shape ${shapeWords(given.shape)}; ${matrixWords(given.rows)}. ` +
        `${places.length === 0 ? 'No cell is lit.' : `Lit: ${selected.map(shapeWords).join(', ')}.`}` +
        (made === undefined
          ? ''
          : ` ${resultName === '' ? 'The result' : resultName} of shape ${shapeWords(made.shape)}; ${matrixWords(made.rows)}.`),
    };
  },
};

function headOf(name: string, { shape }: Matrix): string {
  return `${name === '' ? '' : `${name} `}${shapeWords(shape)}`;
}

/** Row and column of a selected cell; a vector's has one index, or two of which the first is 0. */
function placeIn(place: readonly number[], { rows, shape }: Matrix): readonly [number, number] {
  const [first = 0, second] = place;
  const [row, column] = second === undefined && shape.length === 1 ? [0, first] : [first, second];
  if (column === undefined) {
    throw new FigureError(`selected ${shapeWords(place)} has one index, but values has two axes`);
  }
  if (rows[row]?.[column] === undefined) {
    throw new FigureError(`selected ${shapeWords(place)} lies outside values, whose shape is ${shapeWords(shape)}`);
  }
  return [row, column];
}
