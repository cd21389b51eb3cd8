/**
 * A matrix as a table of numbers, each cell shaded by its size. Where rows and columns have the same names, as in a
 * confusion matrix, the diagonal is framed and what lies beside it has a shade, and a measure, of its own: the few mistakes
 * would not be seen beside the many right answers.
 */
import type { JSX } from 'preact';
import type { RunViewData } from '../../labProtocol';
import { t } from '../../l10n';
import { figure } from '../ticks';

type Matrix = Extract<RunViewData, { kind: 'matrix' }>;

export function MatrixView({ view }: { readonly view: Matrix }): JSX.Element {
  const { rows, columns, values, rowName, columnName, title } = view;
  const confusion = rows.length === columns.length && rows.every((name, index) => name === columns[index]);
  const at = (row: number, column: number): number => values.data[row * columns.length + column] ?? Number.NaN;
  const largest = { diagonal: 0, beside: 0 };
  rows.forEach((_, row) =>
    columns.forEach((__, column) => {
      const size = Math.abs(at(row, column));
      const part = confusion && row === column ? 'diagonal' : 'beside';
      largest[part] = Number.isFinite(size) ? Math.max(largest[part], size) : largest[part];
    }),
  );
  return (
    <>
      <p class="note">
        {confusion
          ? t('Rows: {0}. Columns: {1}. Framed: where both agree.', rowName, columnName)
          : t('Rows: {0}. Columns: {1}.', rowName, columnName)}
      </p>
      <div class="matrix-scroll" tabIndex={0} role="group" aria-label={t('{0}, table', title)}>
        <table class="matrix">
          <caption class="unseen">{t('{0}: {1} by {2}', title, rowName, columnName)}</caption>
          <thead>
            <tr>
              <td class="corner" />
              {columns.map((name, column) => (
                <th scope="col" key={column}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((name, row) => (
              <tr key={row}>
                <th scope="row">{name}</th>
                {columns.map((_, column) => {
                  const isRight = confusion && row === column;
                  const value = at(row, column);
                  return (
                    <td
                      key={column}
                      class={isRight ? 'right' : confusion ? 'beside' : ''}
                      style={{ '--share': shareOf(value, isRight ? largest.diagonal : largest.beside) }}
                    >
                      {confusion && value === 0 ? '·' : figure(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** In per cent. The root, so that small numbers are still told from none. */
function shareOf(value: number, largest: number): string {
  const share = largest > 0 && Number.isFinite(value) ? Math.sqrt(Math.min(1, Math.abs(value) / largest)) : 0;
  return `${Math.round(share * 42)}%`;
}
