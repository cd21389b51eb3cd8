/** What came of a call: a sentence, then input, answer and reference as tensors, and what was printed. */
import type { JSX } from 'preact';
import { t } from '../l10n';
import type { TrialAnswer } from '../../harness/report';
import type { TrialReport } from '../../harness/trial/trialReport';
import type { FromTry } from '../protocol';
import { Mismatch } from '../results/Mismatch';
import { Sentence } from '../Sentence';
import { Value } from '../TensorGrid';
import { durationInWords, grouped } from '../words';

interface TryResultProps {
  readonly report: TrialReport;
  readonly post: (message: FromTry) => void;
}

export function TryResult({ report, post }: TryResultProps): JSX.Element {
  const { verdict, sentence, call, answer, place, compileProblem, console: printed } = report;
  return (
    <section
      class={`try-result tone-${verdict === 'answered' ? 'good' : 'bad'}`}
      data-verdict={verdict}
      aria-label={t('Result')}
    >
      <p class="try-sentence">
        <Sentence text={sentence} />
        {place === undefined ? null : (
          <>
            {' '}
            <button type="button" class="link" onClick={() => post({ type: 'openPlace', ...place })}>
              {t('Line {0}', place.line)}
            </button>
          </>
        )}
      </p>
      {compileProblem?.hint === undefined ? null : <p class="note">{compileProblem.hint}</p>}
      <div class="values">
        {(call?.arguments ?? []).map(({ name, value }) => (
          <Value key={name} name={name} value={value} />
        ))}
      </div>
      {answer === undefined ? null : <Answer answer={answer} />}
      {printed.lines.length === 0 ? null : (
        <>
          <h2>{t('Printed')}</h2>
          <ol class="try-console">
            {printed.lines.map(({ text }, index) => (
              <li key={index}>{text}</li>
            ))}
          </ol>
          {printed.dropped === 0 ? null : (
            <p class="note">
              {printed.dropped === 1 ? t('And 1 line more.') : t('And {0} lines more.', grouped(printed.dropped))}
            </p>
          )}
        </>
      )}
      <p class="note">{durationInWords(answer?.tookMs ?? report.durationMs)}</p>
    </section>
  );
}

function Answer({ answer: { value, reference, changed } }: { readonly answer: TrialAnswer }): JSX.Element {
  const difference = reference?.kind === 'returned' ? reference.difference : undefined;
  return (
    <>
      <h2>{t('Answer')}</h2>
      {difference !== undefined ? (
        <Mismatch mismatch={difference.mismatch} />
      ) : (
        <div class="values">
          {value === undefined ? null : <Value name={t('yours')} value={value} />}
          {reference?.kind === 'returned' ? <Value name={t('reference')} value={reference.value} /> : null}
        </div>
      )}
      {reference?.kind === 'threw' ? <p class="note">{t('The reference threw: {0}', reference.message)}</p> : null}
      {changed.map(({ name, before, after }) => (
        <div class="values" key={name}>
          <Value name={t('{0} before', name)} value={before} />
          <Value name={t('{0} after', name)} value={after} />
        </div>
      ))}
    </>
  );
}
