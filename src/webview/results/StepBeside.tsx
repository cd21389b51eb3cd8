/** The step of the derivation that a check tests, rendered where its failure is read. */
import type { JSX } from 'preact';
import type { ExerciseId } from '../../course/course';
import { t } from '../l10n';
import type { StepView } from '../protocol';
import type { Posts } from './Places';

interface StepBesideProps extends Posts {
  readonly step: StepView;
  readonly exercise: ExerciseId;
}

export function StepBeside({ step, exercise, post }: StepBesideProps): JSX.Element {
  return (
    <aside class="step-beside" aria-label={t('Step of the derivation: {0}', step.title)}>
      <header>
        <h2>{step.title}</h2>
        <button type="button" class="link" onClick={() => post({ type: 'openStep', exercise, step: step.id })}>
          {t('Read it in the lesson')}
        </button>
      </header>
      <div class="prose" dangerouslySetInnerHTML={{ __html: step.html }} />
    </aside>
  );
}
