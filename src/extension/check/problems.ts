/** Where in the learner's files a report found something wrong, and in which words: what becomes a squiggle. */
import * as vscode from 'vscode';
import type { Report, SourcePlace } from '../../harness/report';

export interface PlacedProblem {
  readonly place: SourcePlace;
  readonly message: string;
}

/** At most one problem for each place, the first that was found there. */
export function problemsOf(report: Report): readonly PlacedProblem[] {
  const found: PlacedProblem[] = [];
  const add = (place: SourcePlace | undefined, message: string): void => {
    if (place !== undefined && !found.some((other) => samePlace(other.place, place))) {
      found.push({ place, message });
    }
  };
  if (report.compileProblem !== undefined) {
    const { place, message, hint } = report.compileProblem;
    add(place, hint === undefined ? message : `${message} ${hint}`);
  }
  if (report.loadError !== undefined) {
    add(report.loadError.place, `${report.loadError.name}: ${report.loadError.message}`);
  }
  for (const { sentence, outcome } of report.checks) {
    switch (outcome.status) {
      case 'failed':
        add(outcome.place, `${sentence}: ${outcome.sentence}`);
        break;
      case 'threw':
        add(outcome.error.place, `${sentence}: ${outcome.error.name}: ${outcome.error.message}`);
        break;
      case 'timedOut':
        add(outcome.place, vscode.l10n.t('{0}: no answer after {1} s', sentence, outcome.limitMs / 1_000));
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
