/** A plot that an exercise brings, and the numbers behind it. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { RunViewData } from '../../labProtocol';
import { t } from '../../l10n';
import type { PlotSpec } from '../plotGeometry';
import { PlotNumbers } from '../PlotNumbers';
import { PlotSvg } from '../PlotSvg';

type Plot = Extract<RunViewData, { kind: 'plot' }>;

export function PlotView({ view }: { readonly view: Plot }): JSX.Element {
  const spec = useMemo<PlotSpec>(
    () => ({
      xLabel: view.xLabel,
      yLabel: view.yLabel,
      logX: view.logX === true,
      logY: view.logY === true,
      series: view.series.map(({ name, points }) => ({
        name,
        points: Array.from({ length: points.shape[0] ?? 0 }, (_, index): [number, number] => [
          points.data[2 * index] ?? Number.NaN,
          points.data[2 * index + 1] ?? Number.NaN,
        ]),
      })),
    }),
    [view],
  );
  return (
    <>
      <p class="note">{spec.logY ? t('{0} (logarithmic)', spec.yLabel) : spec.yLabel}</p>
      <PlotSvg spec={spec} title={view.title} />
      <PlotNumbers spec={spec} title={view.title} />
    </>
  );
}
