/** Lays a report out over the items of its exercise: the same verdicts as the panel, since it is the same report. */
import * as vscode from 'vscode';
import type { CheckOutcome, CheckResult, Report } from '../../harness/report';
import { messageOfError, messageOfOutcome, messageOfProblem } from './testMessages';
import type { Locate } from './testMessages';

/** How an item stands after its latest run. */
export type TestStanding = 'passed' | 'failed' | 'errored' | 'skipped';

export interface Reported {
  readonly run: vscode.TestRun;
  /** The exercise's item; its children are its checks. */
  readonly item: vscode.TestItem;
  readonly report: Report;
  readonly locate: Locate;
  /** Items that the run was asked to leave out. */
  readonly excluded?: ReadonlySet<vscode.TestItem>;
}

/** Tells `run` of every check in the report and of the exercise itself. Answers with how each item stands. */
export function tellRun(reported: Reported): ReadonlyMap<string, TestStanding> {
  const { run, item, report, locate, excluded } = reported;
  const standings = new Map<string, TestStanding>();
  const results = new Map(report.checks.map((result) => [result.sentence, result]));
  item.children.forEach((child) => {
    if (excluded?.has(child) === true) {
      return;
    }
    const result = results.get(child.label);
    standings.set(child.id, result === undefined ? skip(run, child) : tellCheck(run, { item: child, result, locate }));
  });
  standings.set(item.id, tellExercise(reported));
  const place = report.compileProblem?.place ?? report.loadError?.place;
  run.appendOutput(outputOf(report), place === undefined ? undefined : locate(place), item);
  return standings;
}

function skip(run: vscode.TestRun, item: vscode.TestItem): TestStanding {
  run.skipped(item);
  return 'skipped';
}

function tellCheck(
  run: vscode.TestRun,
  { item, result, locate }: { readonly item: vscode.TestItem; readonly result: CheckResult; readonly locate: Locate },
): TestStanding {
  const standing = standingOf(result.outcome);
  const message = messageOfOutcome(result.outcome, locate) ?? new vscode.TestMessage(result.sentence);
  switch (standing) {
    case 'passed':
      run.passed(item, result.durationMs);
      break;
    case 'failed':
      run.failed(item, message, result.durationMs);
      break;
    case 'errored':
      run.errored(item, message, result.durationMs);
      break;
    case 'skipped':
      run.skipped(item);
      break;
    default:
      standing satisfies never;
  }
  return standing;
}

function standingOf({ status }: CheckOutcome): TestStanding {
  switch (status) {
    case 'passed':
      return 'passed';
    case 'failed':
      return 'failed';
    case 'threw':
    case 'timedOut':
    case 'outOfMemory':
    case 'harnessFailed':
      return 'errored';
    case 'notStarted':
    case 'notRun':
      return 'skipped';
    default:
      return status satisfies never;
  }
}

/** The exercise has messages of its own only for what is said of no single check. */
function tellExercise({ run, item, report, locate }: Reported): TestStanding {
  switch (report.verdict) {
    case 'passed':
      run.passed(item, report.durationMs);
      return 'passed';
    case 'failed':
      run.failed(item, [], report.durationMs);
      return 'failed';
    case 'notStarted':
    case 'cancelled':
      run.skipped(item);
      return 'skipped';
    case 'didNotCompile':
    case 'threw':
    case 'timedOut':
    case 'outOfMemory':
    case 'harnessFailed':
      run.errored(item, messagesOfWhole(report, locate), report.durationMs);
      return 'errored';
    default:
      return report.verdict satisfies never;
  }
}

function messagesOfWhole(report: Report, locate: Locate): vscode.TestMessage[] {
  if (report.compileProblem !== undefined) {
    return [messageOfProblem(report.compileProblem, locate)];
  }
  if (report.loadError !== undefined) {
    return [messageOfError(report.loadError, locate)];
  }
  const saidByCheck = report.checks.some(({ outcome }) => standingOf(outcome) === 'errored');
  return saidByCheck ? [] : [new vscode.TestMessage(report.sentence)];
}

/** The verdict and what the learner's code printed. A terminal wants both characters at the end of a line. */
function outputOf(report: Report): string {
  const { lines, dropped } = report.console;
  const printed = lines.map(({ text }) => `  ${text}`);
  const more = dropped > 0 ? [vscode.l10n.t('  … and {0} lines more', dropped)] : [];
  return withCrLf(`${[`${report.exercise}: ${report.sentence}`, ...printed, ...more].join('\n')}\n`);
}

export function withCrLf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
