/** Where in the learner's files a report found something wrong, and in which words: what becomes a squiggle. */
import * as vscode from 'vscode';
import type { Report, SourcePlace } from '../../harness/report';

export interface PlacedProblem {
  readonly place: SourcePlace;
  readonly message: string;
  /** The derivation steps that the failed checks at this place test, each once; left out where there are none. */
  readonly steps?: readonly string[];
}

/** At most one problem for each place, in the words of the first that was found there. */
export function problemsOf(report: Report): readonly PlacedProblem[] {
  const found: PlacedProblem[] = [];
  const add = (place: SourcePlace | undefined, message: string, step?: string): void => {
    if (place === undefined) {
      return;
    }
    const index = found.findIndex((other) => samePlace(other.place, place));
    const known = found[index];
    const steps = [...new Set([...(known?.steps ?? []), ...(step === undefined ? [] : [step])])];
    const problem = { place, message: known?.message ?? message, ...(steps.length === 0 ? {} : { steps }) };
    found.splice(known === undefined ? found.length : index, 1, problem);
  };
  if (report.compileProblem !== undefined) {
    const { place, message, hint } = report.compileProblem;
    add(place, hint === undefined ? message : `${message} ${hint}`);
  }
  if (report.loadError !== undefined) {
    add(report.loadError.place, `${report.loadError.name}: ${report.loadError.message}`);
  }
  for (const { sentence, step, outcome } of report.checks) {
    switch (outcome.status) {
      case 'failed':
        add(outcome.place, `${sentence}: ${outcome.sentence}`, step);
        break;
      case 'threw':
        add(outcome.error.place, `${sentence}: ${outcome.error.name}: ${outcome.error.message}`, step);
        break;
      case 'timedOut':
        add(outcome.place, vscode.l10n.t('{0}: no answer after {1} s', sentence, outcome.limitMs / 1_000), step);
        break;
      case 'passed':
      case 'notStarted':
      case 'outOfMemory':
      case 'notRun':
      case 'harnessFailed':
        break;
      default:
        outcome satisfies never;
    }
  }
  return found;
}

function samePlace(a: SourcePlace, b: SourcePlace): boolean {
  return a.exercise === b.exercise && a.line === b.line && a.column === b.column;
}
