/** All charts of an exercise, with the runs that are drawn laid over each other, and the picture of them to keep. */
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { FromLab } from '../../labProtocol';
import { t } from '../../l10n';
import type { RunsModel } from '../labModel';
import { picture } from '../picture';
import { settingsInWords } from '../runs/runWords';
import { chartsOf, linesOf } from './chartLines';
import { CurveChart } from './CurveChart';
import type { CurvePlot } from './curvePlot';

interface CurveBoardProps {
  readonly model: RunsModel;
  readonly hidden: readonly string[];
  readonly post: (message: FromLab) => void;
}

export function CurveBoard({ model, hidden, post }: CurveBoardProps): JSX.Element | null {
  const plots = useRef(new Map<string, CurvePlot>());
  const charts = useMemo(() => chartsOf(model.curves), [model.curves]);
  const drawn = model.runs.map((run, place) => ({ run, place })).filter(({ run }) => !hidden.includes(run.facts.id));
  if (charts.length === 0 || model.runs.length === 0) {
    return null;
  }
  const save = async (): Promise<void> => {
    const png = await picture({
      title: model.title,
      lines: drawn.map(({ run }) => t('Run {0}: {1}', run.facts.number, settingsInWords(model.settings, run.facts))),
      parts: charts.flatMap(({ key, title }) => {
        const canvas = plots.current.get(key)?.canvas;
        return canvas === undefined ? [] : [{ title, canvas }];
      }),
    });
    post({ type: 'exportPng', name: `${model.exercise.replaceAll('/', '-')}-curves`, png });
  };
  return (
    <section class="board" aria-labelledby="board-title">
      <div class="section-head">
        <h2 id="board-title">{t('Curves')}</h2>
        {drawn.length === 0 ? null : (
          <button type="button" class="link" onClick={() => void save()}>
            {t('Save as picture')}
          </button>
        )}
      </div>
      {drawn.length === 0 ? (
        <p class="note">{t('All runs are hidden. Tick one in the list to draw it.')}</p>
      ) : (
        <p class="note">
          {t(
            'Where a run has more steps than fit, the line is the mean of neighbouring ones and the band behind it reaches from the smallest to the largest.',
          )}
        </p>
      )}
      {drawn.length === 0 ? null : (
        <div class="charts">
          {charts.map((chart) => (
            <CurveChart
              key={chart.key}
              chart={chart}
              lines={linesOf(chart, drawn)}
              offer={(plot) => {
                if (plot === undefined) {
                  plots.current.delete(chart.key);
                } else {
                  plots.current.set(chart.key, plot);
                }
              }}
            />
          ))}
        </div>
      )}
    </section>
  );
}
