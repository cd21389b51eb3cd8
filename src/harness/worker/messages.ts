/** What the page, the judge's worker and the learner's worker say to each other, beside what a realm is asked. */
import type { SeededSubmission } from '../submission';
import type { LearnerScripts } from './learner';

/** From the page to the judge's worker, which answers as a judge's process does (`FromChild`). */
export type ToJudge =
  /** The first message, with the scripts of the learner's worker. */
  | ({ readonly kind: 'stand' } & LearnerScripts)
  /** Or this one: the worker drives a run, hears `ToRun` from now on and answers as the process of a run does (`FromRun`). */
  | ({ readonly kind: 'standForRun' } & LearnerScripts)
  /** For a spare: get ready for what comes next, which is most likely what came last. */
  | { readonly kind: 'rehearse'; readonly submission: SeededSubmission | undefined }
  | { readonly kind: 'judge'; readonly job: string; readonly nonce: string; readonly submission: SeededSubmission };

/** From the judge to the outer side of the learner's worker. The realm's port comes with `connect`. */
export type ToLearner =
  | { readonly kind: 'connect' }
  | { readonly kind: 'install'; readonly modules: readonly { readonly filename: string; readonly code: string }[] };

export interface FromLearner {
  readonly kind: 'installed';
  /** False when a module could not be compiled. */
  readonly ok: boolean;
}
