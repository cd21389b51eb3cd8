import assert from 'node:assert/strict';
import { problemsOf } from '../../../src/extension/check/problems';
import { stepMarks } from '../../../src/extension/pages/lessonContent';
import type { CheckOutcome, CheckResult, Report } from '../../../src/harness/report';

function reportWith(checks: readonly CheckResult[], more: Partial<Report> = {}): Report {
  return {
    exercise: 'tensors/matmul',
    verdict: 'failed',
    sentence: 'A check failed.',
    checks,
    console: { lines: [], dropped: 0 },
    backends: [],
    earlier: [],
    durationMs: 1,
    seed: 1,
    sourceHash: '',
    ...more,
  };
}

const place = { exercise: 'tensors/matmul', line: 4, column: 8 } as const;
const failed: CheckOutcome = {
  status: 'failed',
  sentence: 'it is the transpose',
  mismatch: { kind: 'condition' },
  place,
};

function check(sentence: string, outcome: CheckOutcome, step?: string): CheckResult {
  return { sentence, outcome, durationMs: 1, ...(step === undefined ? {} : { step }) };
}

describe('problems in the editor', () => {
  it('stand where the report places them, once for each place', () => {
    const threw: CheckOutcome = {
      status: 'threw',
      error: { name: 'TypeError', message: 'x is undefined', place: { ...place, line: 9 }, stack: [] },
    };
    const report = reportWith([check('first', failed), check('second', failed), check('third', threw)]);
    assert.deepEqual(
      problemsOf(report).map((problem) => [problem.place.line, problem.message]),
      [
        [4, 'first: it is the transpose'],
        [9, 'third: TypeError: x is undefined'],
      ],
    );
  });

  it('are none for a stub that was not started', () => {
    assert.deepEqual(problemsOf(reportWith([check('first', { status: 'notStarted', function: 'dot', place })])), []);
  });

  it('say what did not compile, with its hint', () => {
    const compileProblem = { message: 'A bracket is missing.', place, sourceLine: 'f(', hint: 'It opens in line 2.' };
    assert.deepEqual(problemsOf(reportWith([], { verdict: 'didNotCompile', compileProblem })), [
      { place, message: 'A bracket is missing. It opens in line 2.' },
    ]);
  });
});

describe('marks at the steps of a lesson', () => {
  it('hold only where every check of the step held', () => {
    const passed: CheckOutcome = { status: 'passed' };
    const report = reportWith([
      check('a', passed, 'dx'),
      check('b', failed, 'dx'),
      check('c', passed, 'dx'),
      check('d', passed, 'dW'),
      check('e', { status: 'notRun', because: 'an earlier check timed out' }, 'db'),
      check('f', passed),
    ]);
    assert.deepEqual(stepMarks(report), { dx: 'fails', dW: 'holds' });
    assert.deepEqual(stepMarks(undefined), {});
  });

  it('are not there where a function is still to be written, unless something else of the step is wrong', () => {
    const passed: CheckOutcome = { status: 'passed' };
    const unwritten: CheckOutcome = { status: 'notStarted', function: 'dot' };
    const report = reportWith([
      check('a', unwritten, 'dx'),
      check('b', passed, 'dW'),
      check('c', unwritten, 'dW'),
      check('d', unwritten, 'db'),
      check('e', failed, 'db'),
    ]);
    assert.deepEqual(stepMarks(report), { db: 'fails' });
  });
});
