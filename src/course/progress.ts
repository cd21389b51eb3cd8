/**
 * A learner's progress as pure data and pure transitions. *Passed* belongs to the text that passed: an exercise whose
 * file has changed since is `passedThenChanged`, not lost. Merging is commutative, associative and idempotent, so two
 * windows (or a synced machine) always agree in the end and neither can undo what the other recorded.
 */
import type { ExerciseId } from './course';

export type ExerciseState = 'notStarted' | 'inProgress' | 'passed' | 'passedThenChanged' | 'skipped';

export interface ExerciseProgress {
  /** Moments are ISO 8601 in UTC. */
  readonly openedAt?: string;
  readonly checkedAt?: string;
  /** The text that passed last, by its hash, and when. */
  readonly passed?: { readonly at: string; readonly hash: string };
  /** The latest decision to skip or to take up again. */
  readonly skip?: { readonly at: string; readonly skipped: boolean };
  readonly hintsShown?: number;
  readonly solutionShownAt?: string;
  /** Set by a reset: whatever else was recorded before this moment no longer counts. */
  readonly resetAt?: string;
}

export interface Progress {
  readonly version: 1;
  readonly exercises: Readonly<Record<ExerciseId, ExerciseProgress>>;
  /** The exercise that was opened last, for Continue Where I Left Off. */
  readonly last?: { readonly exercise: ExerciseId; readonly at: string };
}

export const emptyProgress: Progress = { version: 1, exercises: {} };
