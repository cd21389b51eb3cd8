/** What several reporters say of one check: whether it counts as failed, and its lines of detail. */
import type { CheckResult, Report } from '../../harness/report';
import { checkLines } from '../reportText';

export type CheckStanding = 'passed' | 'failed' | 'notRun' | 'error';

export function checkStanding({ outcome }: CheckResult): CheckStanding {
  switch (outcome.status) {
    case 'passed':
      return 'passed';
    case 'notRun':
      return 'notRun';
    case 'harnessFailed':
      return 'error';
    case 'failed':
    case 'threw':
    case 'notStarted':
    case 'timedOut':
    case 'outOfMemory':
      return 'failed';
    default:
      return outcome satisfies never;
  }
}

/** The lines below a check's sentence, without the indentation that they have in a report. */
export function detailsOf(check: CheckResult): readonly string[] {
  return checkLines(check)
    .slice(1)
    .map((line) => line.replace(/^ {6}/, ''));
}

/** What a report says beside its checks: what did not compile or load, and what the harness has to say for itself. */
export function circumstancesOf({ compileProblem, loadError, harnessProblem }: Report): readonly string[] {
  const lines: string[] = [];
  if (compileProblem !== undefined) {
    const { place, message, sourceLine, hint } = compileProblem;
    lines.push(`${place.exercise}.ts:${place.line}:${place.column}  ${message}`, sourceLine.trim());
    if (hint !== undefined) lines.push(hint);
  }
  if (loadError !== undefined) lines.push(`threw ${loadError.name}: ${loadError.message}`);
  if (harnessProblem !== undefined) lines.push(harnessProblem);
  return lines;
}
