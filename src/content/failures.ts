/** What a report says of the checks that did not hold, for an author to read. */
import type { CheckResult, Report } from '../harness/report';

/** Whether a check found a mistake; a fault of its own and a stub's TODO are none. */
export function isCaught({ outcome }: CheckResult): boolean {
  return ['failed', 'threw', 'timedOut', 'outOfMemory'].includes(outcome.status);
}

/** The seed of the first check that did not hold. */
export function failingSeed({ seed, checks }: Report): number {
  return checks.find(({ outcome }) => outcome.status !== 'passed')?.seed ?? seed;
}

/** What did not hold, check by check, ended by a full stop. */
export function failuresOf(report: Report): string {
  const failures = report.checks.flatMap(({ sentence, outcome }) => {
    switch (outcome.status) {
      case 'passed':
      case 'notRun':
        return [];
      case 'failed':
        return [`“${sentence}”: ${outcome.sentence}`];
      case 'threw':
        return [`“${sentence}” threw ${outcome.error.name}: ${outcome.error.message}`];
      case 'harnessFailed':
        return [`“${sentence}”: ${outcome.message}`];
      case 'notStarted':
      case 'timedOut':
      case 'outOfMemory':
        return [`“${sentence}” says ${outcome.status}`];
      default:
        return outcome satisfies never;
    }
  });
  const words =
    failures.length > 0
      ? failures.join('; ')
      : (report.harnessProblem ?? report.compileProblem?.message ?? report.sentence);
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
