/**
 * One chart with what belongs to it: its lines with their values, the cursor by mouse or keys, a closer look at some of
 * the steps, and the numbers behind it.
 */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../l10n';
import { Swatch } from '../Swatch';
import { figure, valueInWords } from '../ticks';
import { isEmpty, stepsOf, type Chart, type ChartLine } from './chartLines';
import { CurveNumbers } from './CurveNumbers';
import { CurvePlot, type Steps } from './curvePlot';
import { lastPoint, nearestPoint } from './runCurves';

interface CurveChartProps {
  readonly chart: Chart;
  readonly lines: readonly ChartLine[];
  /** Called with the chart's plot while there is one, for a picture of it. */
  readonly offer: (plot: CurvePlot | undefined) => void;
}

export function CurveChart({ chart, lines, offer }: CurveChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<CurvePlot>(undefined);
  const [cursor, setCursor] = useState<number>();
  const [steps, setSteps] = useState<Steps>();
  const [byKeys, setByKeys] = useState(false);

  useLayoutEffect(() => {
    if (place.current === null) {
      return;
    }
    const made = new CurvePlot(place.current, {
      scale: chart.scale,
      cursorMoved: setCursor,
      stepsSelected: setSteps,
    });
    plot.current = made;
    offer(made);
    return () => {
      offer(undefined);
      made.destroy();
    };
  }, [chart.scale]);
  useLayoutEffect(() => plot.current?.show({ lines, steps }), [lines, steps]);

  const pressed = (event: KeyboardEvent): void => {
    const action = keyActions[event.key];
    if (action === undefined || plot.current === undefined) {
      return;
    }
    event.preventDefault();
    setByKeys(true);
    if (action === 'closer' || action === 'all') {
      setSteps(action === 'all' ? undefined : closer(steps ?? stepsOf(lines), cursor));
    } else {
      plot.current.moveCursor(event.shiftKey ? action * 10 : action);
    }
  };
  const left = (): void => {
    plot.current?.hideCursor();
    setByKeys(false);
  };

  return (
    <figure class="chart">
      <figcaption>
        <h3>{chart.title}</h3>
        {chart.scale === 'logarithmic' ? <span class="note">{t('logarithmic')}</span> : null}
        <span class="note at-step">{cursor === undefined ? '' : t('step {0}', figure(Math.round(cursor)))}</span>
        {steps === undefined ? null : (
          <button type="button" class="link" onClick={() => setSteps(undefined)}>
            {t('Show all steps')}
          </button>
        )}
      </figcaption>
      <div
        class="plot-place"
        ref={place}
        role="application"
        aria-roledescription={t('chart')}
        aria-label={t(
          '{0} Left and right arrow keys read values, plus looks closer, 0 shows all.',
          inWords(chart, lines),
        )}
        tabIndex={0}
        onKeyDown={pressed}
        onBlur={left}
      />
      {isEmpty(lines) ? <p class="note no-values">{t('No values yet.')}</p> : null}
      <ul class="line-list">
        {lines.map((line) => (
          <li key={line.key}>
            <Swatch hue={line.hue} dash={line.dash} width={line.width} />
            <span>{line.name}</span>
            <span class="number">{valueAt(line, { cursor, chart })}</span>
          </li>
        ))}
      </ul>
      <div class="unseen" aria-live="polite">
        {byKeys && cursor !== undefined
          ? t(
              'Step {0}: {1}',
              Math.round(cursor),
              lines.map((line) => `${line.name} ${valueAt(line, { cursor, chart })}`).join('; '),
            )
          : ''}
      </div>
      <CurveNumbers chart={chart} lines={lines} steps={steps} />
    </figure>
  );
}

type KeyAction = number | 'closer' | 'all';

const keyActions: Readonly<Record<string, KeyAction>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
  '+': 'closer',
  '=': 'closer',
  '0': 'all',
  Escape: 'all',
};

/** Half of the steps, around the cursor where there is one. */
function closer({ from, to }: Steps, cursor: number | undefined): Steps {
  const quarter = Math.max(1, (to - from) / 4);
  const middle = Math.min(to - quarter, Math.max(from + quarter, cursor ?? to));
  return { from: middle - quarter, to: middle + quarter };
}

function valueAt(
  { line }: ChartLine,
  { cursor, chart }: { readonly cursor: number | undefined; readonly chart: Chart },
): string {
  const point = cursor === undefined ? lastPoint(line) : nearestPoint(line, cursor);
  return point === undefined ? '–' : valueInWords(point.value, chart.scale);
}

function inWords(chart: Chart, lines: readonly ChartLine[]): string {
  const said = lines.map(({ name, line }) => {
    const last = lastPoint(line);
    return last === undefined
      ? t('{0}: no values yet', name)
      : t('{0}: {1} at step {2}', name, valueInWords(last.value, chart.scale), last.step);
  });
  return `${chart.title}. ${said.join('; ')}.`;
}
