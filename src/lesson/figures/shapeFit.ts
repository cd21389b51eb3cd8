/**
 * `shape-fit`: how the shapes of factors fit together into the shape of a result. An axis that the result keeps runs
 * down to its place there; an axis that it does not keep is hatched and joined above: it is summed over.
 */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { drawFit } from './chips';
import type { Chipped } from './chips';
import { shapeWords, textLines, textWidth, wrapWords } from './svg';
import type { Role } from './svg';

interface Named {
  readonly name: string;
  readonly shape: readonly (string | number)[];
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
    const fit = drawFit(
      factors.map((factor, index) => chipped(factor, index % 2 === 0 ? 'a' : 'b')),
      chipped(result, 'c'),
    );
    const width = Math.max(fit.width, 226);
    const lines = note === undefined ? [] : wrapWords(note, Math.floor((width - 12) / textWidth('0', 12)));
    const noted = textLines(lines, { x: 6, y: fit.height + 14 }, { size: 12 });
    return {
      width,
      height: fit.height + 6 + noted.height,
      body: fit.body + noted.body,
      words:
        `${factors.map(words).join(' and ')} make ${words(result)}. ` +
        `${summed.length > 0 ? `Summed over: ${summed.join(', ')}. ` : 'Nothing is summed over. '}` +
        `${result.shape.length > 0 ? `Kept: ${result.shape.join(', ')}.` : ''}${note === undefined ? '' : ` ${note}`}`,
    };
  },
};

function chipped({ name, shape }: Named, role: Role): Chipped {
  return { name, axes: shape.map((axis) => ({ key: String(axis), label: String(axis), role })) };
}

function words({ name, shape }: Named): string {
  return `${name} ${shapeWords(shape)}`;
}
