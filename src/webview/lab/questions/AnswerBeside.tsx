/** What a run answered: its views, or the sentence that says why there is no answer. */
import type { JSX } from 'preact';
import { t } from '../../l10n';
import { Sentence } from '../../Sentence';
import type { Answer, LabRun } from '../labModel';
import { ViewCards } from '../views/ViewCard';

interface AnswerBesideProps {
  readonly answer: Answer | undefined;
  readonly runs: readonly LabRun[];
  /** Shown before there is any. */
  readonly invitation: string;
}

export function AnswerBeside({ answer, runs, invitation }: AnswerBesideProps): JSX.Element {
  if (answer === undefined) {
    return <p class="note answer">{invitation}</p>;
  }
  const run = runs.find(({ facts }) => facts.id === answer.run);
  return (
    <div class="answer" role="group" aria-label={t('Answer')}>
      {run === undefined ? null : <p class="note">{t('Run {0} answers:', run.facts.number)}</p>}
      {'sentence' in answer.answer ? (
        <p>
          <Sentence text={answer.answer.sentence} />
        </p>
      ) : (
        <ViewCards views={answer.answer.views} />
      )}
    </div>
  );
}
