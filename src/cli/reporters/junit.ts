/** JUnit's XML, as CI systems read it: an exercise is a suite, its checks are the cases. */
import type { CheckResult, Report } from '../../harness/report';
import type { ExerciseResult, Results } from '../results';
import { sentenceOf, standingOf } from '../results';
import { printable } from './control';
import { checkStanding, circumstancesOf, detailsOf } from './details';

interface Case {
  readonly name: string;
  readonly seconds: number;
  readonly outcome?: {
    readonly kind: 'failure' | 'error' | 'skipped';
    readonly type: string;
    readonly message: string;
    readonly text: string;
  };
}

interface Suite {
  readonly name: string;
  readonly seconds: number;
  readonly cases: readonly Case[];
  /** What the learner's code printed. */
  readonly output: string;
}

export function junit({ folders, durationMs }: Results): string {
  const isOne = folders.length === 1;
  const suites = folders.flatMap(({ folder, problem, exercises }) => [
    ...(problem === undefined ? [] : [folderSuite(folder, problem)]),
    ...exercises.map((result) => suiteOf(result, isOne ? '' : `${folder}: `)),
  ]);
  const all = suites.flatMap(({ cases }) => cases);
  const head = `<testsuites name="groundup" ${counts(all)} time="${(durationMs / 1000).toFixed(3)}">`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites.flatMap(suiteLines), '</testsuites>'].join('\n');
}

function folderSuite(folder: string, problem: string): Suite {
  const outcome = { kind: 'error', type: 'folder', message: problem, text: '' } as const;
  return { name: folder, seconds: 0, cases: [{ name: 'can be judged', seconds: 0, outcome }], output: '' };
}

function suiteOf(result: ExerciseResult, prefix: string): Suite {
  const name = `${prefix}${result.exercise}`;
  if (result.kind !== 'judged') {
    return { name, seconds: 0, cases: [verdictCase(result, 0)], output: '' };
  }
  const { report } = result;
  const cases = report.checks.map(caseOf);
  const isExplained = cases.some(({ outcome }) => outcome?.kind === 'failure' || outcome?.kind === 'error');
  const seconds = report.durationMs / 1000;
  return {
    name,
    seconds,
    // A verdict that no check explains, such as a text that does not compile, is a case of its own.
    cases: standingOf(result) === 'passed' || isExplained ? cases : [verdictCase(result, seconds), ...cases],
    output: consoleText(report),
  };
}

function verdictCase(result: ExerciseResult, seconds: number): Case {
  const isFault = standingOf(result) === 'couldNotRun';
  const text = result.kind === 'judged' ? circumstancesOf(result.report).join('\n') : '';
  const type = result.kind === 'judged' ? result.report.verdict : result.kind;
  return {
    name: 'can be judged',
    seconds,
    outcome: { kind: isFault ? 'error' : 'failure', type, message: sentenceOf(result), text },
  };
}

function caseOf(check: CheckResult): Case {
  const { sentence, outcome, durationMs } = check;
  const standing = checkStanding(check);
  const named = { name: sentence, seconds: durationMs / 1000 };
  if (standing === 'passed') return named;
  const kind = standing === 'failed' ? 'failure' : standing === 'error' ? 'error' : 'skipped';
  const [message = ''] = outcome.status === 'notRun' ? [outcome.because] : detailsOf(check);
  return { ...named, outcome: { kind, type: outcome.status, message, text: detailsOf(check).join('\n') } };
}

function consoleText({ console: { lines, dropped } }: Report): string {
  return [...lines.map(({ text }) => text), ...(dropped > 0 ? [`… and ${dropped} lines more`] : [])].join('\n');
}

function counts(cases: readonly Case[]): string {
  const count = (kind: string): number => cases.filter(({ outcome }) => outcome?.kind === kind).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function suiteLines({ name, seconds, cases, output }: Suite): string[] {
  return [
    `  <testsuite name="${attribute(name)}" ${counts(cases)} time="${seconds.toFixed(3)}">`,
    ...cases.flatMap((each) => caseLines(each, name)),
    ...(output === '' ? [] : [`    <system-out>${content(output)}</system-out>`]),
    '  </testsuite>',
  ];
}

function caseLines({ name, seconds, outcome }: Case, suite: string): string[] {
  const head = `    <testcase classname="${attribute(suite)}" name="${attribute(name)}" time="${seconds.toFixed(3)}"`;
  if (outcome === undefined) return [`${head}/>`];
  const { kind, type, message, text } = outcome;
  const said = `message="${attribute(message)}"`;
  const inner =
    kind === 'skipped' ? `<skipped ${said}/>` : `<${kind} type="${attribute(type)}" ${said}>${content(text)}</${kind}>`;
  return [`${head}>`, `      ${inner}`, '    </testcase>'];
}

function content(text: string): string {
  return printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(text: string): string {
  return content(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
