/** The runs of an exercise, the newest first: what each one is, how it stands, whether it is drawn, and what can be done with it. */
import type { JSX } from 'preact';
import type { FromLab, SettingField } from '../../labProtocol';
import { Badge } from '../../icons';
import { t } from '../../l10n';
import { dashOf } from '../curves/chartLines';
import type { LabRun } from '../labModel';
import { Swatch } from '../Swatch';
import { ProgressBar } from './ProgressBar';
import { controlsOf, progressInWords, settingsInWords, statusLabel } from './runWords';

interface RunListProps {
  readonly runs: readonly LabRun[];
  readonly fields: readonly SettingField[];
  readonly hidden: readonly string[];
  readonly selected: string | undefined;
  readonly hide: (run: string, isHidden: boolean) => void;
  readonly select: (run: string) => void;
  readonly again: (run: LabRun) => void;
  readonly post: (message: FromLab) => void;
}

export function RunList(props: RunListProps): JSX.Element {
  const { runs } = props;
  return (
    <section class="runs" aria-labelledby="runs-title">
      <h2 id="runs-title">{t('Runs')}</h2>
      {runs.length === 0 ? <p class="note">{t('None yet. Start one: its curves are drawn while it goes.')}</p> : null}
      <ol>{runs.map((run, place) => <RunItem key={run.facts.id} {...props} run={run} place={place} />).reverse()}</ol>
    </section>
  );
}

interface RunItemProps extends RunListProps {
  readonly run: LabRun;
  /** Among all runs, the oldest first: it gives the run its dash pattern. */
  readonly place: number;
}

function RunItem({ run, place, fields, hidden, selected, hide, select, again, post }: RunItemProps): JSX.Element {
  const { facts, progress } = run;
  const { id, number } = facts;
  const controls = controlsOf(progress.status);
  const isSelected = id === selected;
  const name = t('run {0}', number);
  return (
    <li class={`run${isSelected ? ' selected' : ''}`} data-run={id}>
      <div class="run-head">
        <label class="run-drawn" title={t('Draw this run in the charts')}>
          <input
            type="checkbox"
            checked={!hidden.includes(id)}
            aria-label={t('Draw {0}', name)}
            onChange={(event) => hide(id, !event.currentTarget.checked)}
          />
          <Swatch hue={place} dash={dashOf(place)} width={2} />
        </label>
        <button type="button" class="run-name" aria-pressed={isSelected} onClick={() => select(id)}>
          {t('Run {0}', number)}
        </button>
        <Badge label={statusLabel(progress.status)} />
      </div>
      <p class="run-settings">{settingsInWords(fields, facts)}</p>
      <p class="run-progress">{progressInWords(progress)}</p>
      <ProgressBar progress={progress} name={name} />
      {progress.divergence === undefined ? null : <p class="run-trouble">{firstSentence(progress.divergence)}</p>}
      {progress.note === undefined ? null : <p class="run-trouble">{firstSentence(progress.note)}</p>}
      {facts.isOldCode ? <p class="note">{t('Of an older text of your file.')}</p> : null}
      <div class="run-actions">
        {controls.pause ? <Action run={name} word={t('Pause')} act={() => post({ type: 'pause', run: id })} /> : null}
        {controls.resume ? (
          <Action run={name} word={t('Resume')} act={() => post({ type: 'resume', run: id })} />
        ) : null}
        {controls.stop ? <Action run={name} word={t('Stop')} act={() => post({ type: 'stop', run: id })} /> : null}
        <Action run={name} word={t('Run again')} act={() => again(run)} />
        <Action run={name} word={t('Save CSV')} act={() => post({ type: 'exportCsv', run: id })} />
        {controls.stop ? null : <Action run={name} word={t('Remove')} act={() => post({ type: 'remove', run: id })} />}
      </div>
    </li>
  );
}

/** The whole of it stands beside the charts. */
function firstSentence(text: string): string {
  return text.slice(0, Math.max(0, text.indexOf('. ')) + 1) || text;
}

interface ActionProps {
  readonly run: string;
  readonly word: string;
  readonly act: () => void;
}

function Action({ run, word, act }: ActionProps): JSX.Element {
  return (
    <button type="button" class="link" aria-label={t('{0}: {1}', word, run)} onClick={act}>
      {word}
    </button>
  );
}
