/**
 * `shape`: a tensor without its numbers, as grids of cells: rows and columns are its last two axes, sheets behind each
 * other the axis before them, stacks beside each other the first of four. Every axis is measured; long ones are cut.
 */
import { z } from 'zod';
import type { FigureKind } from './drawing';
import { paper, rect, shapeWords, short, stroke, text, textWidth } from './svg';
import type { Area, Point } from './svg';

interface ShapeData {
  readonly shape: readonly number[];
  readonly name: string;
  readonly caption: string;
}

/** An axis as it is drawn: `undefined` stands for the part that is left out. */
type Slots = readonly (number | undefined)[];

const cell = 16;
const sheetOffset = 9;
const stackGap = 22;

export const shape: FigureKind<ShapeData> = {
  schema: z.strictObject({
    shape: z.array(z.number().int().min(0).max(99_999_999)).max(4),
    name: z.string().max(40).default(''),
    caption: z.string().min(1).max(400),
  }),
  draw({ shape: sizes, name }) {
    const title = `${name === '' ? '' : `${name}   `}${shapeWords(sizes)}`;
    const facts = `rank ${sizes.length}: ${countWords(sizes)}`;
    const picture = sizes.includes(0) ? drawEmpty(sizes) : drawStacks(sizes);
    const axes = sizes.map((size, axis) => `axis ${axis} has size ${size}`).join(', ');
    const start = { anchor: 'start' } as const;
    return {
      width: Math.max(4 + picture.width, textWidth(title), textWidth(facts, 12)) + 8,
      height: 26 + picture.height + 26,
      body:
        text(title, { x: 4, y: 13 }, { ...start, bold: true }) +
        `<g transform="translate(4 26)">${picture.body}</g>` +
        text(facts, { x: 4, y: 26 + picture.height + 14 }, { ...start, size: 12 }),
      words:
        `${name === '' ? 'A tensor' : name} of shape ${shapeWords(sizes)}: rank ${sizes.length}` +
        `${axes === '' ? '' : `, ${axes}`}; ${countWords(sizes)}.`,
    };
  },
};

function countWords(sizes: readonly number[]): string {
  const count = sizes.reduce((product, size) => product * size, 1);
  const words = count === 0 ? 'no numbers' : count === 1 ? 'one number' : `${count} numbers`;
  return sizes.length > 1 ? `${sizes.join(' · ')} = ${words.replace('one', '1').replace('no ', '0 ')}` : words;
}

function slotsOf(size: number, most: number): Slots {
  return size <= most
    ? Array.from({ length: size }, (_, index) => index)
    : [...Array.from({ length: most - 2 }, (_, index) => index), undefined, size - 1];
}

function drawEmpty(sizes: readonly number[]): Area {
  const axes = sizes.map((size, axis) => `axis ${axis}: ${size}`).join(', ');
  const width = Math.max(90, textWidth(axes, 11));
  return {
    width,
    height: 62,
    body:
      rect({ x: 1, y: 2, width: width - 2, height: 34 }, { role: 'soft', border: 'dashed' }) +
      text('empty', { x: width / 2, y: 19 }, { size: 12 }) +
      text(axes, { x: 0, y: 50 }, { anchor: 'start', size: 11 }),
  };
}

/** The stacks with a measure along each axis, at the origin. */
function drawStacks(sizes: readonly number[]): Area {
  const rank = sizes.length;
  const label = (fromEnd: number): string => `axis ${rank - fromEnd}: ${sizes[rank - fromEnd] ?? 1}`;
  const slots = (fromEnd: number, most: number): Slots => slotsOf(sizes[rank - fromEnd] ?? 1, most);
  const [stacks, sheets] = [slots(4, 4), slots(3, rank === 4 ? 4 : 5)];
  const [rows, columns] = rank === 4 ? [slots(2, 5), slots(1, 5)] : [slots(2, 9), slots(1, 12)];
  const depth = (sheets.length - 1) * sheetOffset;
  const sheet = { width: columns.length * cell, height: rows.length * cell };
  const starts = startsOf(stacks, sheet.width + depth);
  const left = rank >= 2 ? textWidth(label(2), 11) + 20 : 0;
  const top = rank >= 4 ? 46 : 2;
  const end = left + (starts.at(-1) ?? 0) + sheet.width + depth;
  const front = { x: left, y: top + depth };
  const bottom = front.y + sheet.height;
  const size = 11;
  const body = stacks.map((stack, index) => {
    const x = left + (starts[index] ?? 0);
    if (stack === undefined) {
      return text('…', { x: x + cell / 2, y: top + (sheet.height + depth) / 2 }, { size: 18 });
    }
    const name = rank === 4 ? text(`[${stack}]`, { x: x + depth, y: top - 9 }, { anchor: 'start', size }) : '';
    return name + drawStack({ sheets, rows, columns, at: { x, y: top } });
  });
  const measured = [
    rank >= 1
      ? measure({ x: front.x, y: bottom + 8 }, { x: front.x + sheet.width, y: bottom + 8 }) + columnsLabel()
      : '',
    rank >= 2
      ? measure({ x: left - 8, y: front.y }, { x: left - 8, y: bottom }) +
        text(label(2), { x: left - 16, y: (front.y + bottom) / 2 }, { anchor: 'end', size })
      : '',
    rank >= 3 ? depthMeasure() : '',
    rank >= 4
      ? measure({ x: left, y: 22 }, { x: end, y: 22 }) + text(label(4), { x: (left + end) / 2, y: 10 }, { size })
      : '',
  ];
  const depthLabel = rank >= 3 ? depth + 12 + textWidth(label(3), size) : 0;
  const lastStack = end - depth;
  return {
    width: Math.max(end, lastStack + depthLabel, left + textWidth(label(1), size), 30),
    height: bottom + (rank >= 1 ? 30 : 6),
    body: body.join('') + measured.join(''),
  };

  function columnsLabel(): string {
    const half = textWidth(label(1), size) / 2;
    const middle = Math.max(front.x + sheet.width / 2, half);
    return text(label(1), { x: middle, y: bottom + 22 }, { size });
  }

  /** Along the lower right corners of the last stack's sheets. */
  function depthMeasure(): string {
    const from = { x: end - depth + 7, y: bottom + 5 };
    const to = { x: from.x + depth, y: from.y - depth };
    return (
      (depth > 0 ? measure(from, to) : '') +
      text(label(3), { x: (from.x + to.x) / 2 + 10, y: (from.y + to.y) / 2 + 4 }, { anchor: 'start', size })
    );
  }
}

/** Where each stack begins; the part that is left out takes one cell. */
function startsOf(stacks: Slots, width: number): readonly number[] {
  let x = 0;
  return stacks.map((stack) => {
    const start = x;
    x += (stack === undefined ? cell : width) + stackGap;
    return start;
  });
}

interface Stack {
  readonly sheets: Slots;
  readonly rows: Slots;
  readonly columns: Slots;
  readonly at: Point;
}

/** Sheets from the last, at the back, to the first. */
function drawStack({ sheets, rows, columns, at }: Stack): string {
  let drawn = '';
  for (let index = sheets.length - 1; index >= 0; index -= 1) {
    const corner = { x: at.x + index * sheetOffset, y: at.y + (sheets.length - 1 - index) * sheetOffset };
    if (sheets[index] === undefined) {
      // A sheet that is left out is a gap between those behind it and those before it.
      continue;
    }
    drawn += paper({ ...corner, width: columns.length * cell, height: rows.length * cell });
    rows.forEach((row, i) => {
      columns.forEach((column, j) => {
        const box = { x: corner.x + j * cell, y: corner.y + i * cell, width: cell, height: cell };
        drawn +=
          row === undefined || column === undefined
            ? text(gapMark(row, column), { x: box.x + cell / 2, y: box.y + cell / 2 }, { role: 'soft', size: 11 })
            : rect(box, { role: 'a', fill: 0.2 });
      });
    });
  }
  return drawn;
}

function gapMark(row: number | undefined, column: number | undefined): string {
  return column !== undefined ? '⋮' : row !== undefined ? '…' : '⋱';
}

/** A line with a tick across each end. */
function measure(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const across = { x: (-(to.y - from.y) / length) * 4, y: ((to.x - from.x) / length) * 4 };
  const tick = ({ x, y }: Point): string =>
    `M${short(x - across.x)} ${short(y - across.y)}L${short(x + across.x)} ${short(y + across.y)}`;
  return stroke(`M${short(from.x)} ${short(from.y)}L${short(to.x)} ${short(to.y)}${tick(from)}${tick(to)}`, {
    role: 'soft',
    weight: 1.2,
  });
}
