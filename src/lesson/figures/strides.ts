/**
 * `strides`: a tensor as it is seen, and below it the memory that it is read from. One cell is marked in both, with the
 * steps that lead to it: along each axis as many as its index says, each as long as that axis' stride.
 */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { cellWidthOf } from './matrix';
import type { CellStyle } from './matrix';
import { drawRibbon } from './ribbon';
import type { Ribbon } from './ribbon';
import { assertInside, drawSheets, drawnShape, positionsOf } from './sheets';
import type { Position } from './sheets';
import { arrowHead, figureNumber, shapeWords, short, stroke, text, textLines, textWidth, wrapWords } from './svg';
import type { Point, Role } from './svg';

interface StridesData {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly values: readonly number[];
  readonly cell?: readonly number[] | undefined;
  readonly offset: number;
  readonly name: string;
  readonly caption: string;
}

/** One step of the way to the marked cell. */
interface Step {
  readonly axis: number;
  readonly position: Position;
  readonly from: number;
  readonly to: number;
}

const axisRoles: readonly Role[] = ['a', 'b', 'c'];
const axisDashes: readonly (string | false)[] = [false, '5 3', '2 3'];

export const strides: FigureKind<StridesData> = {
  schema: z.strictObject({
    shape: drawnShape,
    strides: z.array(z.number().int().min(-999).max(999)).max(3),
    values: z.array(z.number()).min(1).max(48),
    cell: z.array(z.number().int().min(0)).max(3).optional(),
    offset: z.number().int().min(0).max(999).default(0),
    name: z.string().max(24).default('x'),
    caption: z.string().min(1).max(400),
  }),
  draw({ shape, strides: steps, values, cell, offset, name }) {
    if (steps.length !== shape.length) {
      throw new FigureError(`shape has ${shape.length} sizes and strides has ${steps.length}; they must be as many`);
    }
    if (cell !== undefined) {
      assertInside(cell, { shape, what: 'cell' });
    }
    const addressOf = (position: Position): number =>
      position.reduce((address, index, axis) => address + index * (steps[axis] ?? 0), offset);
    const positions = positionsOf(shape);
    const outside = positions.find((position) => values[addressOf(position)] === undefined);
    if (outside !== undefined) {
      throw new FigureError(
        `cell ${shapeWords(outside)} would lie at address ${addressOf(outside)}, but values has the addresses 0 to ${values.length - 1}`,
      );
    }
    const valueAt = (position: Position): number => values[addressOf(position)] ?? 0;
    const way = cell === undefined ? [] : wayTo(cell, { steps, offset });
    const cellWidth = cellWidthOf([values]);
    const seen = drawSheets({
      shape,
      valueAt,
      cellWidth,
      x: 4,
      y: 26,
      cell: (position) =>
        styleOn({
          isEnd: cell !== undefined && isSame(position, cell),
          step: way.find((step) => isSame(step.position, position)),
          isStart: cell !== undefined && position.every((index) => index === 0),
        }),
    });
    const title = `${name}   shape ${shapeWords(shape)}   strides ${shapeWords(steps.map(figureNumber))}`;
    const start = { anchor: 'start' } as const;
    const top = 26 + seen.height + 24;
    const end = cell === undefined ? undefined : addressOf(cell);
    const ribbon = drawRibbon({
      values,
      cellWidth,
      x: 4,
      y: top + 12,
      below: way.length > 0 ? 38 : 10,
      cell: (address) =>
        styleOn({
          isEnd: address === end,
          step: way.find((step) => step.to === address),
          isStart: cell !== undefined && address === offset,
        }),
    });
    const sentence = cell === undefined ? '' : cellSentence({ cell, steps, offset, name, value: valueAt(cell) });
    const lines = sentence === '' ? [] : wrapWords(sentence, Math.floor(404 / textWidth('0', 12)));
    const said = textLines(lines, { x: 4, y: top + 12 + ribbon.height + 8 }, { size: 12, bold: true });
    return {
      width: Math.max(seen.width, ribbon.width, textWidth(title, 12), said.width) + 10,
      height: top + 12 + ribbon.height + said.height + 4,
      body:
        text(title, { x: 4, y: 12 }, { ...start, size: 12, bold: true }) +
        seen.body +
        text('memory, with addresses', { x: 4, y: top }, { ...start, size: 12, bold: true }) +
        ribbon.body +
        drawWay(way, ribbon) +
        said.body,
      words:
        `${name} has shape ${shapeWords(shape)} and strides ${shapeWords(steps.map(figureNumber))}` +
        `${offset === 0 ? '' : `, from address ${offset} on`}. ` +
        `As it is seen: ${positions.map((position) => `${shapeWords(position)} is ${figureNumber(valueAt(position))}`).join(', ')}. ` +
        `In memory: ${values.map(figureNumber).join(', ')}. ${sentence}`.trimEnd(),
    };
  },
};

function isSame(position: Position, other: Position): boolean {
  return position.every((index, axis) => index === other[axis]);
}

function wayTo(
  cell: Position,
  { steps, offset }: { readonly steps: readonly number[]; readonly offset: number },
): Step[] {
  const way: Step[] = [];
  const position = cell.map(() => 0);
  let from = offset;
  cell.forEach((index, axis) => {
    for (let step = 0; step < index; step += 1) {
      const to = from + (steps[axis] ?? 0);
      position[axis] = step + 1;
      way.push({ axis, position: [...position], from, to });
      from = to;
    }
  });
  return way;
}

function styleOn({ isEnd, step, isStart }: { isEnd: boolean; step: Step | undefined; isStart: boolean }): CellStyle {
  if (isEnd) {
    return { role: 'c', fill: 0.28, border: 'bold', text: { bold: true } };
  }
  if (step !== undefined) {
    return { role: axisRoles[step.axis] ?? 'a', fill: 0.18, hatched: step.axis === 0 ? 'diagonal' : 'counter' };
  }
  return isStart ? { fill: 0.1, border: 'thin', hatched: 'level' } : { fill: 0.03 };
}

/** Each step as an arc below the ribbon, with how far it goes on the first one along each axis. */
function drawWay(way: readonly Step[], ribbon: Ribbon): string {
  return way
    .map((step, index) => {
      const isFirst = way[index - 1]?.axis !== step.axis;
      const distance = step.to - step.from;
      if (distance === 0 && !isFirst) {
        return '';
      }
      const { path, head, label } = arcOf(ribbon, step);
      const role = axisRoles[step.axis] ?? 'a';
      const words = `${distance < 0 ? '−' : '+'}${Math.abs(distance)}`;
      return (
        stroke(path, { role, weight: 1.8, dashed: axisDashes[step.axis] ?? false }) +
        stroke(head, { role, weight: 1.8 }) +
        (isFirst ? text(words, label, { size: 11, bold: true }) : '')
      );
    })
    .join('');
}

interface Arc {
  readonly path: string;
  readonly head: string;
  readonly label: Point;
}

function arcOf(ribbon: Ribbon, { from, to }: Step): Arc {
  const [source, target] = [ribbon.boxOf(from), ribbon.boxOf(to)];
  const side = Math.sign(to - from) * 4;
  const start = { x: source.x + source.width / 2 + side, y: source.y + source.height + 2 };
  const bend = (...points: readonly Point[]): string =>
    `M${short(start.x)} ${short(start.y)}C${points.map(({ x, y }) => `${short(x)} ${short(y)}`).join(' ')}`;
  if (ribbon.lineOf(from) !== ribbon.lineOf(to)) {
    // Into another line of the ribbon, which is entered from above, over its address.
    const tip = { x: target.x + target.width / 2, y: target.y - 16 };
    const half = (start.y + tip.y) / 2;
    return {
      path: bend({ x: start.x, y: half }, { x: tip.x, y: half }, tip),
      head: arrowHead(tip, 90),
      label: { x: start.x + 18, y: start.y + 9 },
    };
  }
  if (from === to) {
    const tip = { x: start.x - 12, y: start.y + 1 };
    return {
      path: bend({ x: start.x - 1, y: start.y + 20 }, { x: tip.x - 2, y: start.y + 20 }, tip),
      head: arrowHead(tip, -90),
      label: { x: start.x - 6, y: start.y + 24 },
    };
  }
  const tip = { x: target.x + target.width / 2 - side, y: target.y + target.height + 3 };
  const low = start.y + 20;
  return {
    path: bend({ x: start.x, y: low }, { x: tip.x, y: low }, tip),
    head: arrowHead(tip, -90),
    label: { x: (start.x + tip.x) / 2, y: low + 4 },
  };
}

function cellSentence({
  cell,
  steps,
  offset,
  name,
  value,
}: Pick<StridesData, 'offset' | 'name'> & {
  readonly cell: Position;
  readonly steps: readonly number[];
  readonly value: number;
}): string {
  const terms = cell.map((index, axis) => {
    const step = steps[axis] ?? 0;
    return `${index}·${step < 0 ? `(${figureNumber(step)})` : step}`;
  });
  const address = cell.reduce((sum, index, axis) => sum + index * (steps[axis] ?? 0), offset);
  const sum = [...(offset === 0 && terms.length > 0 ? [] : [String(offset)]), ...terms].join(' + ');
  return `${name}[${cell.join(', ')}] lies at ${sum}${terms.length > 0 ? ` = ${address}` : ''}; it is ${figureNumber(value)}.`;
}
