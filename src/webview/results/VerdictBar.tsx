/** The verdict: icon, word and sentence, what it was about, and what one would do next. */
import type { JSX } from 'preact';
import { Badge, Icon } from '../icons';
import { rich, t } from '../l10n';
import { Sentence } from '../Sentence';
import { verdictLabels } from '../words';
import type { Posts } from './Places';
import type { ReportState } from './ResultsApp';

export function VerdictBar({ state, post }: Posts & { readonly state: ReportState }): JSX.Element {
  const { report } = state;
  const label = verdictLabels[report.verdict];
  const passed = report.verdict === 'passed';
  const next = passed && !state.stale ? state.next : undefined;
  return (
    <header class={`verdict tone-${label.tone}`} data-verdict={report.verdict}>
      <div class="verdict-line">
        <h1>
          <Badge label={label} />
          <span class="about">{state.title}</span>
        </h1>
        <p class="sentence">
          <Sentence text={report.sentence} />
        </p>
      </div>
      <div class="actions">
        {next === undefined ? null : (
          <button type="button" class="primary" key="next" onClick={() => post({ type: 'next' })}>
            {t('Next: {0}', next.title)}
          </button>
        )}
        {passed && !state.stale && state.hasLab === true ? (
          <button type="button" key="lab" class="secondary" onClick={() => post({ type: 'openLab' })}>
            {t('Open lab')}
          </button>
        ) : null}
        <button
          type="button"
          key="check"
          class={next === undefined ? 'primary' : 'secondary'}
          onClick={() => post({ type: 'check' })}
        >
          {t('Check again')}
        </button>
        {passed ? null : (
          <button type="button" key="hint" class="secondary" onClick={() => post({ type: 'hint' })}>
            {t('Hint')}
          </button>
        )}
      </div>
      {state.stale ? (
        <p class="stale-note">
          <Icon name="changed" />
          <span>
            <strong>{t('Not up to date:')}</strong>{' '}
            {rich('{0} has changed since this check.', <code>{state.file}</code>)}
          </span>
        </p>
      ) : null}
    </header>
  );
}

export function RunningBar({ title, post }: Posts & { readonly title: string }): JSX.Element {
  return (
    <header class="verdict tone-quiet" data-verdict="running" aria-busy="true">
      <div class="verdict-line">
        <h1>
          <Badge label={{ icon: 'running', word: t('Checking'), tone: 'quiet' }} />
          <span class="about">{title}</span>
        </h1>
      </div>
      <div class="actions">
        <button type="button" class="secondary" onClick={() => post({ type: 'cancel' })}>
          {t('Cancel')}
        </button>
      </div>
    </header>
  );
}
