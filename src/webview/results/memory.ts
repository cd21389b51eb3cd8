/** What the results page remembers of a run over a reload: which check is unfolded, and nothing of a verdict. */
import type { Report } from '../../harness/report';

export interface ResultsMemory {
  /** Which run the rest belongs to. */
  readonly run: { readonly sourceHash: string; readonly durationMs: number } | undefined;
  /** Checks that the learner has folded or unfolded, by sentence; the others are as they are at first. */
  readonly unfolded: Readonly<Record<string, boolean>>;
  /** In the two-column layout: the check shown at the right, where it is not the first that failed. */
  readonly selected: string | undefined;
}

export const forgetfulMemory: ResultsMemory = { run: undefined, unfolded: {}, selected: undefined };

/** Whether `report` is the run that `memory` speaks of, and not a newer one. */
export function sameRun(memory: ResultsMemory, report: Report): boolean {
  return memory.run?.sourceHash === report.sourceHash && memory.run.durationMs === report.durationMs;
}

/** The check to look at first: the first one that does not hold, other than those that were not run at all. */
export function firstToLookAt(report: Report): string | undefined {
  const failing = report.checks.filter((check) => check.outcome.status !== 'passed');
  return (failing.find((check) => check.outcome.status !== 'notRun') ?? failing[0])?.sentence;
}
