/** What is debugged: one check of a submission, on the input for which it failed. Plain data, written as a JSON file. */
import type { ExerciseId } from '../../course/course';
import type { ValueView } from '../report';
import type { SeededSubmission } from '../submission';

export interface DebugJob {
  /** With the failing check's sentence as its only one and the seed of the run in which it failed. */
  readonly submission: SeededSubmission;
  /** Where the texts that are the learner's own lie, so that breakpoints in them bind. */
  readonly files: Readonly<Record<ExerciseId, string>>;
  /** The arguments of the call that failed, as its report shows them. Without them, every call is in the debugger's reach. */
  readonly input?: readonly ValueView[];
}
