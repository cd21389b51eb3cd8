/**
 * A plot as numbers: where its marks, lines and names lie in a box of given size. Drawn as SVG on the page and on a canvas
 * for a picture, it is the same plot.
 */
import { spread } from './curves/chartLines';
import { axisRange, figure, ticksOf, type AxisRange } from './ticks';

export interface PlotSeries {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

export interface PlotSpec {
  readonly xLabel: string;
  readonly yLabel: string;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly series: readonly PlotSeries[];
}

export interface PlotMark {
  readonly at: number;
  readonly label: string;
}

export interface PlotLine {
  readonly name: string;
  /** Runs of points between gaps, in pixels. */
  readonly pieces: readonly (readonly (readonly [number, number])[])[];
  /** Where the name stands, and where the line ends; none where nothing of it can be drawn. */
  readonly end: { readonly x: number; readonly y: number; readonly nameY: number } | undefined;
}

export interface PlotGeometry {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xMarks: readonly PlotMark[];
  readonly yMarks: readonly PlotMark[];
  readonly lines: readonly PlotLine[];
  /** Points that have no place: not finite, or not positive on a logarithmic axis. */
  readonly omitted: number;
}

export interface PlotSize {
  readonly width: number;
  readonly height: number;
  /** Kept free at the right for names. */
  readonly nameWidth: number;
}

export function plotGeometry(spec: PlotSpec, { width, height, nameWidth }: PlotSize): PlotGeometry {
  const fits = ([x, y]: readonly [number, number]): boolean =>
    Number.isFinite(x) && Number.isFinite(y) && (!spec.logX || x > 0) && (!spec.logY || y > 0);
  const all = spec.series.flatMap(({ points }) => points);
  const drawn = all.filter(fits);
  const xScale = spec.logX ? 'logarithmic' : 'linear';
  const yScale = spec.logY ? 'logarithmic' : 'linear';
  const xRange = rangeOf(
    drawn.map(([x]) => x),
    spec.logX,
  );
  const yRange = rangeOf(
    drawn.map(([, y]) => y),
    spec.logY,
  );
  const yTicks = ticksOf(yScale, yRange, Math.max(2, height / 45));
  const labelWidth = Math.max(0, ...yTicks.map((tick) => figure(tick).length)) * 6.6;
  const box = {
    left: labelWidth + 10,
    right: Math.max(labelWidth + 50, width - nameWidth),
    top: 8,
    bottom: height - 36,
  };
  const x = position(xRange, { from: box.left, to: box.right, logarithmic: spec.logX });
  const y = position(yRange, { from: box.bottom, to: box.top, logarithmic: spec.logY });
  const xTicks = ticksOf(xScale, xRange, Math.max(2, (box.right - box.left) / 70));
  const pieces = spec.series.map(({ points }) => piecesOf(points, { fits, place: ([a, b]) => [x(a), y(b)] }));
  const ends = pieces.map((lines) => lines.at(-1)?.at(-1));
  const withEnd = ends.flatMap((end) => (end === undefined ? [] : [end[1]]));
  const names = spread(withEnd, { gap: 14, from: box.top + 4, to: box.bottom });
  let next = 0;
  return {
    ...box,
    xMarks: xTicks.map((tick) => ({ at: x(tick), label: figure(tick) })),
    yMarks: yTicks.map((tick) => ({ at: y(tick), label: figure(tick) })),
    lines: spec.series.map(({ name }, index) => {
      const end = ends[index];
      return {
        name,
        pieces: pieces[index] ?? [],
        end: end === undefined ? undefined : { x: end[0], y: end[1], nameY: names[next++] ?? end[1] },
      };
    }),
    omitted: all.length - drawn.length,
  };
}

function rangeOf(values: readonly number[], logarithmic: boolean): AxisRange {
  // A loop, since a call takes only so many arguments.
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  return axisRange(logarithmic ? 'logarithmic' : 'linear', { minimum, maximum });
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly logarithmic: boolean;
}

function position({ minimum, maximum }: AxisRange, { from, to, logarithmic }: Span): (value: number) => number {
  const scale = logarithmic ? Math.log10 : (value: number): number => value;
  const start = scale(minimum);
  const length = scale(maximum) - start || 1;
  return (value) => from + ((to - from) * (scale(value) - start)) / length;
}

interface Placing {
  readonly fits: (point: readonly [number, number]) => boolean;
  readonly place: (point: readonly [number, number]) => readonly [number, number];
}

/** Cuts a line where a point has no place. */
function piecesOf(
  points: PlotSeries['points'],
  { fits, place }: Placing,
): readonly (readonly (readonly [number, number])[])[] {
  const pieces: (readonly [number, number])[][] = [];
  let current: (readonly [number, number])[] | undefined;
  for (const point of points) {
    if (!fits(point)) {
      current = undefined;
    } else if (current === undefined) {
      current = [place(point)];
      pieces.push(current);
    } else {
      current.push(place(point));
    }
  }
  return pieces;
}
