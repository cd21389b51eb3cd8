/** `plot`: lines over two measured axes, each straight or logarithmic. Lines differ in dashes and marks as in colour. */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { scaleOf } from './scale';
import type { Scale } from './scale';
import { drawLegend, lookOf, mostSeries } from './series';
import { figureNumber, filled, short, stroke, text, textWidth } from './svg';
import type { Box, Point } from './svg';

interface PlotData {
  readonly xLabel: string;
  readonly yLabel: string;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Whether one unit is as long on both axes, so that angles and lengths are what they look like. */
  readonly equal: boolean;
  readonly series: readonly Series[];
  readonly caption: string;
}

interface Series {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

const fullWidth = 410;
const plotHeight = 210;
/** Of a plot whose axes are equal. */
const tallest = 290;
/** More points than this get a mark now and then only. */
const mostMarks = 24;

export const plot: FigureKind<PlotData> = {
  schema: z.strictObject({
    xLabel: z.string().min(1).max(60),
    yLabel: z.string().min(1).max(60),
    logX: z.boolean().default(false),
    logY: z.boolean().default(false),
    equal: z.boolean().default(false),
    series: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(40),
          points: z
            .array(z.tuple([z.number(), z.number()]))
            .min(1)
            .max(400),
        }),
      )
      .min(1)
      .max(mostSeries),
    caption: z.string().min(1).max(400),
  }),
  draw({ xLabel, yLabel, logX, logY, equal, series }) {
    if (equal && (logX || logY)) throw new FigureError('its axes cannot be equal where one is logarithmic');
    assertPositive(series, { axis: 0, log: logX });
    assertPositive(series, { axis: 1, log: logY });
    const all = series.flatMap(({ points }) => points);
    const [xs, ys] = [
      scaleOf(
        all.map(([x]) => x),
        { log: logX },
      ),
      scaleOf(
        all.map(([, y]) => y),
        { log: logY },
      ),
    ];
    const left = Math.max(...ys.ticks.map(({ label }) => textWidth(label, 11))) + 14;
    // The last label stands in the middle below its tick, which may be the end of the axis.
    const right = Math.max(14, ...xs.ticks.slice(-1).map(({ label }) => textWidth(label, 11) / 2 + 2));
    const room = { width: fullWidth - left - right, height: equal ? tallest : plotHeight };
    const unit = Math.min(room.width / spanOf(xs), room.height / spanOf(ys));
    const size = equal ? { width: unit * spanOf(xs), height: unit * spanOf(ys) } : room;
    const area = { x: left, y: 26, ...size };
    const placeOf = ([x, y]: readonly [number, number]): Point => ({
      x: area.x + xs.shareOf(x) * area.width,
      y: area.y + (1 - ys.shareOf(y)) * area.height,
    });
    const bottom = area.y + area.height;
    const legend = drawLegend(
      series.map(({ name }) => name),
      { kind: 'lines', x: 8, y: bottom + 46, limit: fullWidth },
    );
    const scales = [logX ? 'x' : '', logY ? 'y' : ''].filter((axis) => axis !== '');
    return {
      width: Math.max(fullWidth, legend.width + 16),
      height: bottom + 46 + legend.height + 2,
      body:
        drawAxes({ area, xs, ys }) +
        text(`${yLabel}${logY ? ' (log)' : ''}`, { x: 4, y: 10 }, { anchor: 'start', size: 12, bold: true }) +
        text(
          `${xLabel}${logX ? ' (log)' : ''}`,
          { x: area.x + area.width / 2, y: bottom + 35 },
          { size: 12, bold: true },
        ) +
        series.map(({ points }, index) => drawLine(points.map(placeOf), index)).join('') +
        legend.body,
      words:
        `${yLabel} over ${xLabel}${scales.length > 0 ? `, ${scales.join(' and ')} logarithmic` : ''}. ` +
        series.map(seriesWords).join(' '),
    };
  },
};

function assertPositive(
  series: readonly Series[],
  { axis, log }: { readonly axis: 0 | 1; readonly log: boolean },
): void {
  const name = axis === 0 ? 'x' : 'y';
  for (const { name: of, points } of log ? series : []) {
    const odd = points.find((point) => point[axis] <= 0);
    if (odd !== undefined) {
      throw new FigureError(
        `log${name.toUpperCase()} needs every ${name} above zero, but series ${of} has ${name} = ${figureNumber(odd[axis])}`,
      );
    }
  }
}

function drawAxes({ area, xs, ys }: { readonly area: Box; readonly xs: Scale; readonly ys: Scale }): string {
  const bottom = area.y + area.height;
  const soft = { role: 'soft', size: 11 } as const;
  const faint = { role: 'soft', weight: 0.4, dashed: '1 3' } as const;
  const across = xs.ticks.map(({ value, label }) => {
    const x = short(area.x + xs.shareOf(value) * area.width);
    return (
      stroke(`M${x} ${short(area.y)}V${short(bottom)}`, faint) +
      stroke(`M${x} ${short(bottom)}v5`, { weight: 1.2 }) +
      text(label, { x: Number(x), y: bottom + 15 }, soft)
    );
  });
  const up = ys.ticks.map(({ value, label }) => {
    const y = short(area.y + (1 - ys.shareOf(value)) * area.height);
    return (
      stroke(`M${short(area.x)} ${y}h${short(area.width)}`, faint) +
      stroke(`M${short(area.x)} ${y}h-5`, { weight: 1.2 }) +
      text(label, { x: area.x - 8, y: Number(y) }, { ...soft, anchor: 'end' })
    );
  });
  const axes = `M${short(area.x)} ${short(area.y)}V${short(bottom)}h${short(area.width)}`;
  return across.join('') + up.join('') + stroke(axes, { weight: 1.2 });
}

function drawLine(places: readonly Point[], index: number): string {
  const { role, dashes, mark } = lookOf(index);
  const path = places.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`).join('');
  const every = Math.max(1, Math.ceil(places.length / (places.length > mostMarks ? 8 : mostMarks)));
  const marks = places.filter((_, at) => at % every === 0 || at === places.length - 1).map(mark);
  return (
    (places.length > 1 ? stroke(path, { role, weight: 2, dashed: dashes }) : '') + filled(marks.join(''), { role })
  );
}

/** Each point while they can be listened to; of more, the ends and the extremes. */
function seriesWords({ name, points }: Series): string {
  const words = (point: readonly [number, number] | undefined): string =>
    point === undefined ? '' : `(${figureNumber(point[0])}, ${figureNumber(point[1])})`;
  if (points.length <= mostMarks) {
    return `${name}: ${points.map(words).join(', ')}.`;
  }
  const byHeight = [...points].sort((a, b) => a[1] - b[1]);
  return (
    `${name}: ${points.length} points from ${words(points[0])} to ${words(points.at(-1))}, ` +
    `lowest ${words(byHeight[0])}, highest ${words(byHeight.at(-1))}.`
  );
}

/** From the first tick of an axis to the last. */
function spanOf({ ticks }: Scale): number {
  return (ticks.at(-1)?.value ?? 0) - (ticks[0]?.value ?? 0);
}
