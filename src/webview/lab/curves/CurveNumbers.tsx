/** The numbers behind a chart: about twenty steps of each line as a table, made only while it is unfolded. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../l10n';
import { figure, valueInWords } from '../ticks';
import { stepsOf, type Chart, type ChartLine } from './chartLines';
import type { Steps } from './curvePlot';
import { nearestPoint } from './runCurves';

interface CurveNumbersProps {
  readonly chart: Chart;
  readonly lines: readonly ChartLine[];
  readonly steps: Steps | undefined;
}

export function CurveNumbers(props: CurveNumbersProps): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details class="numbers" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('Numbers')}</summary>
      {open ? <NumbersTable {...props} /> : null}
    </details>
  );
}

const rowCount = 20;

function NumbersTable({ chart, lines, steps }: CurveNumbersProps): JSX.Element {
  const { from, to } = steps ?? stepsOf(lines);
  const rows = [
    ...new Set(Array.from({ length: rowCount + 1 }, (_, row) => Math.round(from + ((to - from) * row) / rowCount))),
  ];
  return (
    <div class="wide-table" tabIndex={0} role="group" aria-label={t('{0}, numbers', chart.title)}>
      <table>
        <caption class="unseen">{chart.title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('step')}</th>
            {lines.map(({ key, name }) => (
              <th scope="col" key={key}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((step) => (
            <tr key={step}>
              <th scope="row">{figure(step)}</th>
              {lines.map((line) => (
                <td key={line.key}>{cell(line, { step, chart })}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The nearest value, with its own step where that is another one; nothing beyond the end of the run. */
function cell({ line }: ChartLine, { step, chart }: { readonly step: number; readonly chart: Chart }): string {
  const last = line.steps.at(-1);
  const point = last === undefined || step > last ? undefined : nearestPoint(line, step);
  if (point === undefined) {
    return '–';
  }
  const value = valueInWords(point.value, chart.scale);
  return point.step === step ? value : t('{0} (at {1})', value, figure(point.step));
}
