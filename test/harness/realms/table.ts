/** All rows of the table, how each becomes a submission, and what of a report a learner reads first. */
import type { Report } from '../../../src/harness/report';
import { defaultLimits } from '../../../src/harness/submission';
import type { Submission } from '../../../src/harness/submission';
import { fine, nonsense, refused, spoilt, stub, stumbling } from './answers';
import { bombs, endless, stacks } from './endings';
import { checks, solution } from './submission';
import type { HostileSubmission } from './submission';

/** The submissions, those together that try the same. */
export const groups: readonly (readonly HostileSubmission[])[] = [
  endless,
  bombs,
  stacks,
  nonsense,
  spoilt,
  stumbling,
  refused,
  [...fine, stub],
];

export const table: readonly HostileSubmission[] = groups.flat();

export function submissionFor({ text, limits = {} }: Pick<HostileSubmission, 'text' | 'limits'>): Submission {
  return {
    learner: { exercise: 'realms/twice', text },
    earlier: [],
    checks,
    solution,
    references: [],
    offers: undefined,
    seed: 7,
    backend: 'auto',
    limits: { ...defaultLimits, ...limits },
  };
}

/** What a learner reads first: the sentence of the first check that does not hold, or that of the verdict. */
export function sayingOf({ sentence, checks: results, compileProblem, loadError }: Report): string {
  if (compileProblem !== undefined) return compileProblem.message;
  if (loadError !== undefined) return `${loadError.name}: ${loadError.message}`;
  for (const { outcome } of results) {
    if (outcome.status === 'failed') return outcome.sentence;
    if (outcome.status === 'threw') return `${outcome.error.name}: ${outcome.error.message}`;
  }
  return sentence;
}
