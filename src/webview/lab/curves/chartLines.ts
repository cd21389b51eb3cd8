/**
 * Which lines a chart holds, and how each is told from the others without its colour: a run has its dash pattern, a
 * curve its width, and every line its name at its end.
 */
import type { CurveField } from '../../labProtocol';
import { t } from '../../l10n';
import type { LabRun } from '../labModel';
import type { AxisScale } from '../ticks';
import { lastPoint, type Line } from './runCurves';

export interface Chart {
  readonly key: string;
  readonly title: string;
  readonly scale: AxisScale;
  readonly curves: readonly CurveField[];
}

export interface ChartLine {
  readonly key: string;
  /** Short, for the end of the line: `train`, `run 3`, `3 train`. */
  readonly label: string;
  /** For a table or a sentence: `run 3, loss on the training digits`. */
  readonly name: string;
  readonly hue: number;
  readonly dash: readonly number[];
  readonly width: number;
  readonly line: Line;
  /** The run went wrong after the last value. */
  readonly diverged: boolean;
}

/** In pixels: line, gap, line, gap … The first run is drawn through. */
const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [12, 3, 2, 3], [4, 2], [14, 6], [7, 3, 2, 3, 2, 3]];

export function dashOf(place: number): readonly number[] {
  return dashes[place % dashes.length] ?? [];
}

/** The charts of an exercise: curves of one chart and scale together, in the order in which they are declared. */
export function chartsOf(curves: readonly CurveField[]): readonly Chart[] {
  const charts = new Map<string, CurveField[]>();
  for (const curve of curves) {
    const key = `${curve.chart} ${curve.scale}`;
    charts.set(key, [...(charts.get(key) ?? []), curve]);
  }
  return [...charts].map(([key, members]) => ({
    key,
    title: titleOf(members),
    scale: members[0]?.scale ?? 'linear',
    curves: members,
  }));
}

/** A chart that the author named has that name; one that only its scale names has those of its curves. */
function titleOf(curves: readonly CurveField[]): string {
  const chart = curves[0]?.chart ?? '';
  const isScale = chart === '' || ['linear', 'logarithmic', 'share'].includes(chart);
  const title = isScale ? curves.map(({ label }) => label).join(', ') : chart;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** The lines of a chart for the runs that are drawn, which come with their places among all runs. */
export function linesOf(
  chart: Chart,
  runs: readonly { readonly run: LabRun; readonly place: number }[],
): readonly ChartLine[] {
  const several = chart.curves.length > 1;
  return runs.flatMap(({ run, place }) =>
    chart.curves.map((curve, at) => ({
      key: `${run.facts.id} ${curve.name}`,
      label: labelOf({ run, curve, several, alone: runs.length === 1 }),
      name: t('run {0}, {1}', run.facts.number, curve.label),
      hue: several ? at : place,
      dash: dashOf(place),
      width: at % 2 === 0 ? 2 : 1.25,
      line: run.curves.line(curve.name),
      diverged: run.progress.divergence !== undefined,
    })),
  );
}

interface Labelled {
  readonly run: LabRun;
  readonly curve: CurveField;
  readonly several: boolean;
  readonly alone: boolean;
}

function labelOf({ run, curve, several, alone }: Labelled): string {
  if (!several) {
    return t('run {0}', run.facts.number);
  }
  return alone ? shortened(curve.label) : `${run.facts.number} ${shortened(curve.label)}`;
}

function shortened(label: string): string {
  return label.length <= 16 ? label : `${label.slice(0, 15).trimEnd()}…`;
}

/** Where labels at the heights `wanted` can stand so that none lies on another: as near as it goes, in the same order. */
export function spread(
  wanted: readonly number[],
  { gap, from, to }: { readonly gap: number; readonly from: number; readonly to: number },
): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = [...wanted];
  let lowest = from;
  for (const index of order) {
    placed[index] = Math.max(lowest, placed[index] ?? 0);
    lowest = (placed[index] ?? 0) + gap;
  }
  let highest = to;
  for (const index of [...order].reverse()) {
    placed[index] = Math.min(highest, placed[index] ?? 0);
    highest = (placed[index] ?? 0) - gap;
  }
  return placed;
}

/** What is between the first and the last step of the lines, at least one step wide. */
export function stepsOf(lines: readonly ChartLine[]): { readonly from: number; readonly to: number } {
  const firsts = lines.map(({ line }) => line.steps[0] ?? Number.POSITIVE_INFINITY);
  const lasts = lines.map(({ line }) => line.steps.at(-1) ?? Number.NEGATIVE_INFINITY);
  const from = Math.min(...firsts);
  const to = Math.max(...lasts);
  return from <= to ? { from, to: Math.max(to, from + 1) } : { from: 0, to: 1 };
}

/** Whether there is anything to draw yet. */
export function isEmpty(lines: readonly ChartLine[]): boolean {
  return lines.every(({ line }) => lastPoint(line) === undefined);
}
