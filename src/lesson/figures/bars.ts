/** `bars`: numbers as bars that run from a common zero, grouped by label, each with its number at its end. */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { drawLegend, lookOf, mostSeries } from './series';
import { figureNumber, rect, short, stroke, text, textWidth } from './svg';

interface BarsData {
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly unit: string;
  readonly caption: string;
}

const barHeight = 17;
const groupGap = 11;
const fullWidth = 410;

export const bars: FigureKind<BarsData> = {
  schema: z.strictObject({
    labels: z.array(z.string().min(1).max(24)).min(1).max(20),
    series: z
      .array(z.strictObject({ name: z.string().min(1).max(40), values: z.array(z.number()) }))
      .min(1)
      .max(mostSeries),
    unit: z.string().max(12).default(''),
    caption: z.string().min(1).max(400),
  }),
  draw({ labels, series, unit }) {
    for (const { name, values } of series) {
      if (values.length !== labels.length) {
        throw new FigureError(`series ${name} has ${values.length} values, but there are ${labels.length} labels`);
      }
    }
    const numbers = series.flatMap(({ values }) => values);
    const written = (value: number): string => `${figureNumber(value)}${unit === '' ? '' : ` ${unit}`}`;
    const room = Math.max(...numbers.map((value) => textWidth(written(value), 12))) + 8;
    const [low, high] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
    const left = Math.max(...labels.map((label) => textWidth(label, 12))) + 12;
    // A number stands beyond its bar's end, so there is room for it on each side that has bars.
    const start = left + (low < 0 ? room : 0);
    const end = fullWidth - (high > 0 ? room : 4);
    const span = high - low;
    const xOf = (value: number): number =>
      span === 0 ? start : start + ((value - low) / span) * Math.max(60, end - start);
    const zero = xOf(0);
    const legend = drawLegend(series.length > 1 ? series.map(({ name }) => name) : [], {
      kind: 'areas',
      x: 4,
      y: 2,
      limit: fullWidth,
    });
    const top = legend.height + 6;
    const groupHeight = series.length * barHeight + groupGap;
    const body = labels.map((label, group) => {
      const y = top + group * groupHeight;
      const middle = y + (series.length * barHeight) / 2;
      const drawn = series.map(({ values }, index) => {
        const value = values[group] ?? 0;
        const { role, fill, texture } = lookOf(index);
        const x = xOf(value);
        const box = {
          x: Math.min(zero, x),
          y: y + index * barHeight + 1,
          width: Math.abs(x - zero),
          height: barHeight - 3,
        };
        const isLeft = value < 0;
        return (
          (box.width > 0 ? rect(box, { role, fill, hatched: texture ?? false }) : '') +
          text(
            written(value),
            { x: isLeft ? x - 5 : x + 5, y: box.y + box.height / 2 },
            { anchor: isLeft ? 'end' : 'start', size: 12 },
          )
        );
      });
      return text(label, { x: left - 8, y: middle }, { anchor: 'end', size: 12, bold: true }) + drawn.join('');
    });
    const bottom = top + labels.length * groupHeight - groupGap;
    return {
      width: Math.max(fullWidth, legend.width + 8, start + 60 + room),
      height: bottom + 6,
      body:
        legend.body +
        body.join('') +
        stroke(`M${short(zero)} ${short(top - 3)}V${short(bottom + 3)}`, { role: 'soft', weight: 1.5 }),
      words: series
        .map(({ name, values }) => {
          const each = values.map((value, index) => `${labels[index] ?? ''} ${written(value)}`);
          return `${name}: ${each.join(', ')}.`;
        })
        .join(' '),
    };
  },
};
