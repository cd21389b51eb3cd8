/** The checks of an exercise: each by its sentence with how it ended, and what it found, as a list or unfolding in place. */
import type { JSX } from 'preact';
import type { CheckResult } from '../../harness/report';
import { Icon } from '../icons';
import { t } from '../l10n';
import { Sentence } from '../Sentence';
import { outcomeLabels } from '../words';
import { Outcome } from './Outcome';
import type { Posts } from './Places';
import type { ReportState } from './ResultsApp';
import { StepBeside } from './StepBeside';

interface CheckListProps {
  readonly checks: readonly CheckResult[];
  readonly selected: string | undefined;
  readonly select: (sentence: string) => void;
}

/** The left column: the selected check is shown at the right. */
export function CheckList({ checks, selected, select }: CheckListProps): JSX.Element | null {
  if (checks.length === 0) {
    return null;
  }
  return (
    <nav class="check-list" aria-label={t('Checks')}>
      <ol>
        {checks.map((check) => (
          <li key={check.sentence}>
            <button
              type="button"
              class={`check-row tone-${outcomeLabels[check.outcome.status].tone}`}
              data-status={check.outcome.status}
              aria-current={check.sentence === selected ? 'true' : undefined}
              onClick={() => select(check.sentence)}
            >
              <CheckLine check={check} />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface AccordionProps extends Posts {
  readonly checks: readonly CheckResult[];
  readonly state: ReportState;
  readonly isOpen: (sentence: string) => boolean;
  readonly fold: (sentence: string, open: boolean) => void;
}

export function Accordion({ checks, state, isOpen, fold, post }: AccordionProps): JSX.Element | null {
  if (checks.length === 0) {
    return null;
  }
  return (
    <ol class="check-accordion" aria-label={t('Checks')}>
      {checks.map((check) => (
        <li key={check.sentence}>
          <details
            class="check"
            data-status={check.outcome.status}
            open={isOpen(check.sentence)}
            onToggle={(event) => {
              // A toggle is also reported for the state that a check is drawn with, and that one is no decision.
              if (event.currentTarget.open !== isOpen(check.sentence)) {
                fold(check.sentence, event.currentTarget.open);
              }
            }}
          >
            <summary class={`check-row tone-${outcomeLabels[check.outcome.status].tone}`}>
              <CheckLine check={check} />
            </summary>
            {isOpen(check.sentence) ? <CheckDetail check={check} state={state} post={post} /> : null}
          </details>
        </li>
      ))}
    </ol>
  );
}

function CheckLine({ check }: { readonly check: CheckResult }): JSX.Element {
  const label = outcomeLabels[check.outcome.status];
  return (
    <>
      <Icon name={label.icon} />
      <span class="check-sentence">
        <Sentence text={check.sentence} />
      </span>
      <span class="status-word">{label.word}</span>
    </>
  );
}

/** How a check ends that a debugger can show more about. */
const debuggable: ReadonlySet<string> = new Set(['failed', 'threw', 'timedOut', 'outOfMemory']);

interface CheckDetailProps extends Posts {
  readonly check: CheckResult;
  readonly state: ReportState;
}

export function CheckDetail({ check, state, post }: CheckDetailProps): JSX.Element {
  const step = check.step === undefined ? undefined : state.steps[check.step];
  return (
    <article class="detail" aria-label={check.sentence}>
      <div class="detail-columns">
        <div class="finding">
          <Outcome check={check} state={state} post={post} />
          {debuggable.has(check.outcome.status) ? (
            <p class="further">
              <button type="button" class="link" onClick={() => post({ type: 'debug', sentence: check.sentence })}>
                {t('Debug this call')}
              </button>
              {'call' in check.outcome && check.outcome.call !== undefined ? (
                <button type="button" class="link" onClick={() => post({ type: 'try', sentence: check.sentence })}>
                  {t('Try this input')}
                </button>
              ) : null}
            </p>
          ) : null}
        </div>
        {step === undefined ? null : <StepBeside step={step} exercise={state.report.exercise} post={post} />}
      </div>
    </article>
  );
}
