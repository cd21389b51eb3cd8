/** The Test Anything Protocol, version 14: an exercise is a test, its checks are the subtests. */
import type { ExerciseResult, Results } from '../results';
import { sentenceOf, standingOf } from '../results';
import { printable } from './control';
import { checkStanding, circumstancesOf, detailsOf } from './details';

export function tap({ folders }: Results): string {
  const isOne = folders.length === 1;
  const tests = folders.flatMap(({ folder, problem, exercises }) => [
    ...(problem === undefined ? [] : [{ name: folder, lines: diagnostics([problem]), ok: false, before: [] }]),
    ...exercises.map((result) => exerciseTest(result, isOne ? '' : `${folder}: `)),
  ]);
  const lines = tests.flatMap(({ name, ok, before, lines: after }, index) => [
    ...before,
    `${ok ? 'ok' : 'not ok'} ${index + 1} - ${escaped(name)}`,
    ...after,
  ]);
  return ['TAP version 14', `1..${tests.length}`, ...lines].join('\n');
}

interface Test {
  readonly name: string;
  readonly ok: boolean;
  /** The subtest, which stands before its test point. */
  readonly before: readonly string[];
  readonly lines: readonly string[];
}

function exerciseTest(result: ExerciseResult, prefix: string): Test {
  const name = `${prefix}${result.exercise}`;
  const ok = standingOf(result) === 'passed';
  const checks = result.kind === 'judged' ? result.report.checks : [];
  const points = checks.flatMap((check, index) => {
    const standing = checkStanding(check);
    const isOk = standing === 'passed' || standing === 'notRun';
    const skip = check.outcome.status === 'notRun' ? ` # SKIP ${escaped(check.outcome.because)}` : '';
    return [
      `${isOk ? 'ok' : 'not ok'} ${index + 1} - ${escaped(check.sentence)}${skip}`,
      ...(isOk ? [] : diagnostics(detailsOf(check))),
    ];
  });
  const before = [`# Subtest: ${escaped(name)}`, ...[...points, `1..${checks.length}`].map((line) => `    ${line}`)];
  const said = result.kind === 'judged' ? circumstancesOf(result.report) : [];
  return {
    name,
    ok,
    before: checks.length === 0 ? [] : before,
    lines: ok ? [] : diagnostics([sentenceOf(result), ...said]),
  };
}

/** A block of YAML with one text, which may be anything: every line of it is indented. */
function diagnostics(lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const text = lines.flatMap((line) => line.split(/\r?\n/)).map((line) => `    ${printable(line)}`.trimEnd());
  return ['  ---', '  message: |', ...text, '  ...'];
}

/** In a description `#` begins a directive, and a line end ends it. */
function escaped(description: string): string {
  return printable(description).replace(/\s+/g, ' ').replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}
