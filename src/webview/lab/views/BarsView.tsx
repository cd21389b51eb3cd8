/** Bars with their names and numbers: a table whose middle column is drawn. The longest one is marked by a sign as well. */
import type { JSX } from 'preact';
import type { RunViewData } from '../../labProtocol';
import { t } from '../../l10n';
import { figure } from '../ticks';

type Bars = Extract<RunViewData, { kind: 'bars' }>;

export function BarsView({ view }: { readonly view: Bars }): JSX.Element {
  const values = view.labels.map((_, index) => view.values.data[index] ?? Number.NaN);
  const finite = values.filter(Number.isFinite);
  const lowest = Math.min(0, ...finite);
  const highest = Math.max(0, ...finite);
  const width = highest - lowest || 1;
  const largest = Math.max(...finite);
  const zero = -lowest / width;
  return (
    <table class="bars">
      <caption class="unseen">{view.title}</caption>
      <tbody>
        {view.labels.map((label, index) => {
          const value = values[index] ?? Number.NaN;
          const share = Number.isFinite(value) ? value / width : 0;
          const isLargest = value === largest;
          return (
            <tr key={index} class={isLargest ? 'largest' : ''}>
              <th scope="row">{label}</th>
              <td class="bar" aria-hidden="true">
                <span
                  style={{ left: `${(zero + Math.min(0, share)) * 100}%`, width: `${Math.abs(share) * 100}%` }}
                  class={share < 0 ? 'below' : ''}
                />
              </td>
              <td class="number">
                {figure(value)}
                {isLargest ? (
                  <>
                    <span aria-hidden="true"> ◂</span>
                    <span class="unseen"> {t('(largest)')}</span>
                  </>
                ) : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
