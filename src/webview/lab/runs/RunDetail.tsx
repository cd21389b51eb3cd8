/** The run that is looked at: what went wrong if something did, what ran, and what it printed. */
import type { JSX } from 'preact';
import type { FromLab, SettingField } from '../../labProtocol';
import { Badge, Icon } from '../../icons';
import { Sentence } from '../../Sentence';
import { t } from '../../l10n';
import { grouped, linesInWords } from '../../words';
import type { LabRun } from '../labModel';
import { ViewCards } from '../views/ViewCard';
import { progressInWords, settingsInWords, statusLabel } from './runWords';

interface RunDetailProps {
  readonly run: LabRun;
  readonly fields: readonly SettingField[];
  readonly post: (message: FromLab) => void;
}

export function RunDetail({ run, fields, post }: RunDetailProps): JSX.Element {
  const { facts, progress } = run;
  return (
    <section class="run-detail" aria-labelledby="run-title">
      <div class="section-head">
        <h2 id="run-title">{t('Run {0}', facts.number)}</h2>
        <Badge label={statusLabel(progress.status)} />
        <span class="note">{progressInWords(progress)}</span>
      </div>
      <Trouble run={run} post={post} />
      {progress.note === undefined ? null : (
        <p class="run-note">
          <Sentence text={progress.note} />
        </p>
      )}
      <dl class="facts">
        <Fact name={t('Settings')} value={settingsInWords(fields, facts)} />
        <Fact name={t('Started')} value={new Date(facts.startedAt).toLocaleString()} />
        <Fact
          name={t('Your text')}
          value={
            facts.isOldCode
              ? t('version {0}, older than the one in your file now', facts.codeVersion)
              : t('version {0}', facts.codeVersion)
          }
        />
        {facts.earlier.length === 0 ? null : (
          <Fact
            name={t('With')}
            value={facts.earlier
              .map(({ exercise, author }) =>
                author === 'learner' ? t('{0} (yours)', exercise) : t('{0} (the reference)', exercise),
              )
              .join(', ')}
          />
        )}
        {facts.backend === undefined ? null : <Fact name={t('Computed by')} value={facts.backend} />}
      </dl>
      <Console run={run} />
      {run.views.length === 0 ? null : (
        <>
          {run.viewsStep === undefined ? null : (
            <p class="note views-step">{t('As it was at step {0}:', grouped(run.viewsStep))}</p>
          )}
          <ViewCards views={run.views} />
        </>
      )}
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Trouble({ run, post }: Omit<RunDetailProps, 'fields'>): JSX.Element | null {
  const { status, divergence } = run.progress;
  if (status.kind !== 'failed' && divergence === undefined) {
    return null;
  }
  const place = status.kind === 'failed' ? status.place : undefined;
  return (
    <div class={`trouble ${status.kind === 'failed' ? 'tone-bad' : 'tone-warn'}`} role="alert">
      <Icon name="error" />
      <div>
        {divergence === undefined ? null : (
          <p>
            <Sentence text={divergence} />
          </p>
        )}
        {status.kind === 'failed' ? (
          <p>
            <Sentence text={status.sentence} />
          </p>
        ) : null}
        {place === undefined ? null : (
          <button type="button" class="link place" onClick={() => post({ type: 'openPlace', ...place })}>
            {t('{0}.ts:{1}', place.exercise, place.line)}
          </button>
        )}
      </div>
    </div>
  );
}

function Console({ run }: { readonly run: LabRun }): JSX.Element | null {
  const { console: lines, consoleDropped } = run.progress;
  if (lines.length === 0) {
    return null;
  }
  return (
    <details class="console">
      <summary>
        {consoleDropped === 0
          ? t('Printed by your code ({0})', linesInWords(lines.length))
          : t(
              'Printed by your code ({0}; earlier lines left out: {1})',
              linesInWords(lines.length),
              grouped(consoleDropped),
            )}
      </summary>
      <ol>
        {lines.map(({ level, text }, index) => (
          <li key={index} class={`level-${level}`}>
            {text}
          </li>
        ))}
      </ol>
    </details>
  );
}
