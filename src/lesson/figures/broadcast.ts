/**
 * `broadcast`: how several shapes come to share one. First their sizes, lined up at the right, each axis that is
 * stretched or missing hatched; then, where they are small enough, every tensor as it is seen in the common shape: its
 * own cells plain, their repetitions hatched.
 */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { paper, rect, shapeWords, text, textWidth } from './svg';
import type { Area, Role } from './svg';

interface BroadcastData {
  readonly shapes: readonly number[][];
  readonly result: number[];
  readonly names: readonly string[];
  readonly caption: string;
}

const shape = z.array(z.number().int().min(0).max(9999)).max(5);
const maxPictureSize = 8;
const cell = 15;
const sheetOffset = 8;

export const broadcast: FigureKind<BroadcastData> = {
  schema: z.strictObject({
    shapes: z.array(shape).min(1).max(4),
    result: shape.min(1),
    names: z.array(z.string().min(1).max(12)).max(4).default([]),
    caption: z.string().min(1).max(400),
  }),
  draw({ shapes, result, names }) {
    assertBroadcasts(shapes, result);
    const inputs = shapes.map((given, index): Input => {
      const missing = result.length - given.length;
      const axes = result.map((size, axis): Axis => {
        const own = given[axis - missing];
        return { own, size, stretched: own !== size };
      });
      return { name: names[index] ?? 'abcd'[index] ?? '', shape: given, axes, role: index % 2 === 0 ? 'a' : 'b' };
    });
    const table = drawTable(inputs, result);
    const pictures =
      result.length <= 3 && result.every((size) => size > 0 && size <= maxPictureSize)
        ? drawPictures(inputs, result, table.height)
        : undefined;
    return {
      width: Math.max(table.width, pictures?.width ?? 0),
      height: table.height + (pictures?.height ?? 0),
      body: table.body + (pictures?.body ?? ''),
      words: `${inputs.map(inputWords).join(' ')} Together they have the shape ${shapeWords(result)}.`,
    };
  },
};

interface Axis {
  /** The tensor's own size along this axis of the result; `undefined` where it has no such axis. */
  readonly own: number | undefined;
  readonly size: number;
  readonly stretched: boolean;
}

interface Input {
  readonly name: string;
  readonly shape: readonly number[];
  readonly axes: readonly Axis[];
  readonly role: Role;
}

function assertBroadcasts(shapes: readonly (readonly number[])[], result: readonly number[]): void {
  const rank = Math.max(...shapes.map((given) => given.length));
  const shared = Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((given) => given[axis - (rank - given.length)] ?? 1);
    const size = sizes.find((candidate) => candidate !== 1) ?? 1;
    const odd = sizes.find((candidate) => candidate !== 1 && candidate !== size);
    if (odd !== undefined) {
      throw new FigureError(`the shapes do not broadcast: axis ${axis} has sizes ${size} and ${odd}`);
    }
    return size;
  });
  // One shape alone may be stretched to any other that it fits.
  const fits =
    shared.length <= result.length &&
    shared.every((size, axis) => size === 1 || size === result[axis + result.length - shared.length]);
  if (!fits || (shapes.length > 1 && shapeWords(shared) !== shapeWords(result))) {
    throw new FigureError(`the shapes broadcast to ${shapeWords(shared)}, but result says ${shapeWords(result)}`);
  }
}

function inputWords({ name, shape: given, axes }: Input): string {
  const changes = axes.flatMap(({ own, size, stretched }, axis) => {
    if (!stretched) {
      return [];
    }
    return [
      own === undefined
        ? `axis ${axis} is missing and repeated ${size} times`
        : `axis ${axis} is stretched from 1 to ${size}`,
    ];
  });
  return `${name} has shape ${shapeWords(given)}${changes.length > 0 ? `: ${changes.join(', ')}` : ' already'}.`;
}

function drawTable(inputs: readonly Input[], result: readonly number[]): Area {
  const labels = [
    ...inputs.map(({ name, shape: given }) => `${name} ${shapeWords(given)}`),
    `result ${shapeWords(result)}`,
  ];
  const [width, height, top] = [66, 30, 24];
  const left = Math.max(...labels.map((label) => textWidth(label, 12))) + 14;
  let body = result
    .map((_, axis) => text(`axis ${axis}`, { x: left + (axis + 0.5) * width, y: 10 }, { role: 'soft', size: 11 }))
    .join('');
  inputs.forEach(({ axes, role }, row) => {
    const y = top + row * (height + 4);
    body += text(labels[row] ?? '', { x: 2, y: y + height / 2 }, { anchor: 'start', size: 12, bold: true, role });
    axes.forEach(({ own, size, stretched }, axis) => {
      const box = { x: left + axis * width + 2, y, width: width - 4, height };
      body += rect(box, stretched ? { role, border: 'dashed', hatched: true } : { role, fill: 0.2 });
      const words = stretched ? `${own ?? '·'} → ${size}` : String(size);
      body += text(words, { x: box.x + box.width / 2, y: y + height / 2 }, { bold: !stretched });
    });
  });
  const y = top + inputs.length * (height + 4) + 4;
  body += text(labels.at(-1) ?? '', { x: 2, y: y + height / 2 }, { anchor: 'start', size: 12, bold: true, role: 'c' });
  result.forEach((size, axis) => {
    const box = { x: left + axis * width + 2, y, width: width - 4, height };
    body += rect(box, { role: 'c', fill: 0.2, border: 'bold' });
    body += text(String(size), { x: box.x + box.width / 2, y: y + height / 2 }, { bold: true });
  });
  return { width: left + result.length * width + 4, height: y + height + 6, body };
}

/** Each tensor in the common shape, beside each other, and the result after them. */
function drawPictures(inputs: readonly Input[], result: readonly number[], top: number): Area {
  const sizes = [...Array<number>(3 - result.length).fill(1), ...result];
  const [sheets = 1, rows = 1, columns = 1] = sizes;
  const panelWidth = Math.max(columns * cell + (sheets - 1) * sheetOffset, 58);
  const panelHeight = rows * cell + (sheets - 1) * sheetOffset + 26;
  const gap = 34;
  const perLine = Math.max(1, Math.floor((400 + gap) / (panelWidth + gap)));
  const panels = [
    ...inputs.map(({ name, axes, role }) => ({
      name,
      role,
      stretched: axes.map((axis) => axis.stretched),
      bold: false,
    })),
    { name: 'result', role: 'c' as const, stretched: result.map(() => false), bold: true },
  ];
  const body = panels.map(({ name, role, stretched, bold }, index) => {
    const x = 4 + (index % perLine) * (panelWidth + gap);
    const y = top + 10 + Math.floor(index / perLine) * (panelHeight + 10);
    const padded = [...Array<boolean>(3 - result.length).fill(false), ...stretched];
    const isOwn = (...position: number[]): boolean => position.every((i, axis) => i === 0 || padded[axis] !== true);
    let drawn = '';
    for (let sheet = sheets - 1; sheet >= 0; sheet -= 1) {
      const corner = { x: x + sheet * sheetOffset, y: y + (sheets - 1 - sheet) * sheetOffset };
      drawn += paper({ ...corner, width: columns * cell, height: rows * cell });
      for (let i = 0; i < rows; i += 1) {
        for (let j = 0; j < columns; j += 1) {
          const box = { x: corner.x + j * cell, y: corner.y + i * cell, width: cell, height: cell };
          drawn += rect(
            box,
            isOwn(sheet, i, j) ? { role, fill: bold ? 0.2 : 0.45 } : { role, border: 'dashed', hatched: true },
          );
        }
      }
    }
    const middle = x + panelWidth / 2;
    const joint = !bold ? '' : text('→', { x: x - gap / 2, y: y + (panelHeight - 26) / 2 }, { size: 18 });
    return `${index % perLine === 0 ? '' : joint}${drawn}${text(name, { x: middle, y: y + panelHeight - 12 }, { size: 12, bold: true, role })}`;
  });
  const lines = Math.ceil(panels.length / perLine);
  return {
    width: Math.min(panels.length, perLine) * (panelWidth + gap) - gap + 8,
    height: lines * (panelHeight + 10) + 10,
    body: body.join(''),
  };
}
