/**
 * How the axes of factors come together in a result, each axis a chip: an axis that the result keeps runs down to its
 * place there; an axis that it does not keep is joined above: it is summed over. `shape-fit` and `einsum` are this.
 */
import { rect, stroke, text, textWidth } from './svg';
import type { Area, Role, Texture } from './svg';

export interface ChipAxis {
  /** Axes of one key are the same axis. */
  readonly key: string;
  readonly label: string;
  readonly role: Role;
  /** How the chip is hatched; an axis that is summed over is hatched in any case. */
  readonly texture?: Texture;
}

export interface Chipped {
  readonly name: string;
  readonly axes: readonly ChipAxis[];
}

interface Chip extends ChipAxis {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface Placed {
  readonly chips: readonly Chip[];
  readonly names: string;
  readonly end: number;
}

const chipHeight = 30;
const gap = 30;

/** The picture, at the origin. */
export function drawFit(factors: readonly Chipped[], result: Chipped): Area {
  const kept = new Set(result.axes.map(({ key }) => key));
  const axes = factors.flatMap((factor) => factor.axes);
  const summed = [...new Set(axes.map(({ key }) => key))].filter((key) => !kept.has(key));
  const top = summed.length * 26 + 14;
  const placed = place(factors, { x: 6, y: top });
  const resultTop = top + chipHeight + 54;
  const indent = Math.max(0, (placed.end - textWidth('= ') - widthOf(result)) / 2);
  const equals = { x: 6 + indent, y: resultTop + chipHeight / 2 };
  const placedResult = place([result], { x: equals.x + textWidth('= '), y: resultTop });
  const sums = summed.map((key, index) => {
    const joined = placed.chips.filter((chip) => chip.key === key);
    return joinAbove(joined, { y: index * 26 + 10 });
  });
  const runs = placedResult.chips.flatMap((target) =>
    placed.chips.filter(({ key }) => key === target.key).map((chip) => runDown(chip, target)),
  );
  return {
    width: Math.max(placed.end, placedResult.end) + 6,
    height: resultTop + chipHeight + 4,
    body:
      sums.join('') +
      runs.join('') +
      placed.chips.map((chip) => drawChip(chip, summed.includes(chip.key))).join('') +
      placed.names +
      placedResult.chips.map((chip) => drawChip(chip, false)).join('') +
      text('=', equals, { anchor: 'start', bold: true }) +
      placedResult.names,
  };
}

function chipWidth(label: string): number {
  return Math.max(38, textWidth(label) + 18);
}

function widthOf({ name, axes }: Chipped): number {
  return textWidth(name) + 10 + axes.reduce((sum, { label }) => sum + chipWidth(label), 0);
}

/** Tensors beside each other: the name, then a chip for each axis. */
function place(tensors: readonly Chipped[], at: { readonly x: number; readonly y: number }): Placed {
  const chips: Chip[] = [];
  const middle = at.y + chipHeight / 2;
  let names = '';
  let x = at.x;
  tensors.forEach((tensor, index) => {
    if (index > 0) {
      names += text('·', { x: x - gap / 2, y: middle }, { size: 18, bold: true });
    }
    names += text(tensor.name, { x, y: middle }, { anchor: 'start', bold: true });
    let chipX = x + textWidth(tensor.name) + 10;
    for (const axis of tensor.axes) {
      const width = chipWidth(axis.label);
      chips.push({ ...axis, x: chipX, y: at.y, width });
      chipX += width;
    }
    x = chipX + gap;
  });
  return { chips, names, end: x - gap };
}

function drawChip({ label, role, texture, x, y, width }: Chip, isSummed: boolean): string {
  const box = { x, y, width, height: chipHeight };
  return (
    rect(
      box,
      isSummed
        ? { role, hatched: texture ?? 'diagonal', border: 'dashed' }
        : { role, fill: 0.2, border: 'bold', ...(texture === undefined ? {} : { hatched: texture }) },
    ) + text(label, { x: x + width / 2, y: y + chipHeight / 2 }, { bold: !isSummed })
  );
}

function joinAbove(chips: readonly Chip[], { y }: { readonly y: number }): string {
  const middles = chips.map((chip) => chip.x + chip.width / 2);
  const [from, to] = [Math.min(...middles), Math.max(...middles)];
  const chipTop = chips[0]?.y ?? 0;
  const label = `Σ over ${chips[0]?.key ?? ''}`;
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
