/**
 * `shape-fit`: how the shapes of factors fit together into the shape of a result. An axis that the result keeps runs
 * down to its place there; an axis that it does not keep is hatched and joined above: it is summed over.
 */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { rect, shapeWords, stroke, text, textWidth } from './svg';
import type { Role } from './svg';

type Size = string | number;

interface Named {
  readonly name: string;
  readonly shape: readonly Size[];
}

interface ShapeFitData {
  readonly factors: readonly Named[];
  readonly result: Named;
  readonly note?: string | undefined;
  readonly caption: string;
}

const named = z.strictObject({
  name: z.string().min(1).max(24),
  shape: z.array(z.union([z.string().min(1).max(12), z.number().int().min(0).max(9999)])).max(4),
});

export const shapeFit: FigureKind<ShapeFitData> = {
  schema: z.strictObject({
    factors: z.array(named).min(1).max(4),
    result: named,
    note: z.string().min(1).max(200).optional(),
    caption: z.string().min(1).max(400),
  }),
  draw({ factors, result, note }) {
    const lost = result.shape.find((axis) => !factors.some((factor) => factor.shape.includes(axis)));
    if (lost !== undefined) {
      throw new FigureError(`the result's axis ${lost} is an axis of no factor`);
    }
    const axes = [...new Set(factors.flatMap((factor) => factor.shape))];
    const summed = axes.filter((axis) => !result.shape.includes(axis));
    const top = summed.length * 26 + 14;
    const placed = place(factors, { x: 6, y: top });
    const resultTop = top + chipHeight + 54;
    const total = placed.width;
    const resultWidth = widthOf(result) + textWidth('= ');
    const placedResult = place([result], {
      x: 6 + Math.max(0, (total - resultWidth) / 2) + textWidth('= '),
      y: resultTop,
    });
    const width = Math.max(total, placedResult.width, 220) + 6;
    const sums = summed.map((axis, index) =>
      joinAbove(
        placed.chips.filter((chip) => chip.axis === axis),
        { axis, y: index * 26 + 10 },
      ),
    );
    const kept = placedResult.chips.flatMap((target) =>
      placed.chips.filter(({ axis }) => axis === target.axis).map((chip) => runDown(chip, target)),
    );
    const first = placedResult.chips[0]?.x ?? placedResult.width;
    const nameStart = Math.min(first - textWidth(result.name) - 10, placedResult.nameX);
    const noteLines = note === undefined ? [] : wrapWords(note, Math.floor((width - 12) / textWidth('0', 12)));
    const noteTop = resultTop + chipHeight + 20;
    return {
      width,
      height: noteTop - 8 + noteLines.length * 17,
      body:
        sums.join('') +
        kept.join('') +
        placed.chips.map((chip) => drawChip(chip, summed.includes(chip.axis))).join('') +
        placed.names +
        placedResult.chips.map((chip) => drawChip({ ...chip, role: 'c' }, false)).join('') +
        text('=', { x: nameStart - textWidth('= ') / 2 - 2, y: resultTop + chipHeight / 2 }, { bold: true }) +
        placedResult.names +
        noteLines
          .map((line, index) => text(line, { x: 6, y: noteTop + index * 17 }, { anchor: 'start', size: 12 }))
          .join(''),
      words:
        `${factors.map(words).join(' and ')} make ${words(result)}. ` +
        `${summed.length > 0 ? `Summed over: ${summed.join(', ')}. ` : 'Nothing is summed over. '}` +
        `${result.shape.length > 0 ? `Kept: ${result.shape.join(', ')}.` : ''}${note === undefined ? '' : ` ${note}`}`,
    };
  },
};

const chipHeight = 30;
const gap = 30;

interface Chip {
  readonly axis: Size;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly role: Role;
}

function words({ name, shape }: Named): string {
  return `${name} ${shapeWords(shape)}`;
}

function chipWidth(axis: Size): number {
  return Math.max(38, textWidth(String(axis)) + 18);
}

function widthOf({ name, shape }: Named): number {
  return textWidth(name) + 10 + shape.reduce<number>((sum, axis) => sum + chipWidth(axis), 0);
}

/** Tensors beside each other: the name, then a chip for each axis. */
function place(
  tensors: readonly Named[],
  at: { readonly x: number; readonly y: number },
): { readonly chips: readonly Chip[]; readonly names: string; readonly width: number; readonly nameX: number } {
  const chips: Chip[] = [];
  let names = '';
  let x = at.x;
  tensors.forEach((tensor, index) => {
    if (index > 0) {
      names += text('·', { x: x - gap / 2, y: at.y + chipHeight / 2 }, { size: 18, bold: true });
    }
    names += text(tensor.name, { x, y: at.y + chipHeight / 2 }, { anchor: 'start', bold: true });
    let chipX = x + textWidth(tensor.name) + 10;
    for (const axis of tensor.shape) {
      chips.push({ axis, x: chipX, y: at.y, width: chipWidth(axis), role: index % 2 === 0 ? 'a' : 'b' });
      chipX += chipWidth(axis);
    }
    x = chipX + gap;
  });
  return { chips, names, width: x - gap, nameX: at.x };
}

function drawChip({ axis, x, y, width, role }: Chip, isSummed: boolean): string {
  const box = { x, y, width, height: chipHeight };
  return (
    rect(box, isSummed ? { role, hatched: true, border: 'dashed' } : { role, fill: 0.2, border: 'bold' }) +
    text(String(axis), { x: x + width / 2, y: y + chipHeight / 2 }, { bold: !isSummed })
  );
}

function joinAbove(chips: readonly Chip[], { axis, y }: { readonly axis: Size; readonly y: number }): string {
  const middles = chips.map((chip) => chip.x + chip.width / 2);
  const [from, to] = [Math.min(...middles), Math.max(...middles)];
  const chipTop = chips[0]?.y ?? 0;
  const label = `Σ over ${axis}`;
  const line = y + 12;
  const legs = middles.map((x) => `M${x} ${line}V${chipTop}`).join('');
  const x = Math.max((from + to) / 2, textWidth(label, 12) / 2 + 4);
  return (
    stroke(`M${from} ${line}H${to}${legs}`, { weight: 2, role: 'soft' }) +
    text(label, { x, y }, { size: 12, bold: true })
  );
}

function runDown(chip: Chip, target: Chip): string {
  const from = { x: chip.x + chip.width / 2, y: chip.y + chipHeight };
  const to = { x: target.x + target.width / 2, y: target.y };
  const half = (from.y + to.y) / 2;
  return stroke(`M${from.x} ${from.y}C${from.x} ${half} ${to.x} ${half} ${to.x} ${to.y}`, {
    role: chip.role,
    weight: 2,
  });
}

function wrapWords(sentence: string, limit: number): string[] {
  const lines: string[] = [];
  for (const word of sentence.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length < limit) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
