/** The points of a plot as a table, made only while it is unfolded: up to a hundred of each line. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../l10n';
import { grouped } from '../words';
import type { PlotSpec } from './plotGeometry';
import { figure } from './ticks';

const mostRows = 100;

export function PlotNumbers({ spec, title }: { readonly spec: PlotSpec; readonly title: string }): JSX.Element {
  const [open, setOpen] = useState(false);
  const rows = spec.series.flatMap(({ name, points }) =>
    points.slice(0, mostRows).map(([x, y], index) => ({ name, x, y, index })),
  );
  const omitted = spec.series.reduce((count, { points }) => count + Math.max(0, points.length - mostRows), 0);
  return (
    <details class="numbers" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('Numbers')}</summary>
      {open ? (
        <div class="wide-table" tabIndex={0} role="group" aria-label={t('{0}, numbers', title)}>
          <table>
            <caption class="unseen">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{t('line')}</th>
                <th scope="col">{spec.xLabel}</th>
                <th scope="col">{spec.yLabel}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, x, y, index }) => (
                <tr key={`${name} ${index}`}>
                  <th scope="row">{name}</th>
                  <td>{figure(x)}</td>
                  <td>{figure(y)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {omitted > 0 ? <p class="note">{t('Points that are not shown: {0}', grouped(omitted))}</p> : null}
        </div>
      ) : null}
    </details>
  );
}
