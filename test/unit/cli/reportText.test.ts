import assert from 'node:assert/strict';
import { reportText } from '../../../src/cli/reportText';
import type { CheckOutcome, Report, TensorView } from '../../../src/harness/report';

const view = (shape: readonly number[], cells: readonly string[], omitted = 0): TensorView => {
  return { kind: 'tensor', shape, dtype: 'float32', cells, omitted };
};

function textOf(outcome: CheckOutcome, changes: Partial<Report> = {}): string {
  return reportText({
    exercise: 'tensors/matmul',
    verdict: 'failed',
    sentence: '1 of 1 checks fails.',
    checks: [{ sentence: 'rows meet columns', step: 'cell', outcome, durationMs: 3 }],
    console: { lines: [], dropped: 0 },
    backends: [],
    earlier: [],
    durationMs: 12.4,
    seed: 7,
    sourceHash: '',
    ...changes,
  });
}

describe('A report as text', () => {
  it('shows of wrong values both, the worst, how many, and the step', () => {
    const text = textOf({
      status: 'failed',
      sentence: 'matmul gives other values.',
      mismatch: {
        kind: 'values',
        subject: 'matmul',
        expected: view([2, 2], ['1', '2', '3', '4']),
        actual: view([2, 2], ['1', '3', '2', '4']),
        wrong: [1, 2],
        wrongCount: 2,
        count: 4,
        worst: { index: [0, 1], position: 1, expected: '2', actual: '3', difference: '1', relative: '0.5' },
        tolerance: { absolute: 1e-5, relative: 1e-4 },
        pattern: 'It is the transpose of what was expected.',
      },
      call: { function: 'matmul', arguments: [{ name: 'A', value: view([3], ['1', '2', '3'], 2) }] },
      place: { exercise: 'tensors/matmul', line: 4, column: 2 },
    });
    assert.equal(
      text,
      [
        '✗ tensors/matmul: 1 of 1 checks fails.',
        '  ✗ rows meet columns',
        '      matmul gives other values.',
        '      called matmul with',
        '        A = (3,) [1, 2, 3] … 2 more',
        '      expected (2, 2) [[1, 2], [3, 4]]',
        '      actual   (2, 2) [[1, 3], [2, 4]]',
        '      worst at [0, 1]: expected 2, got 3, off by 1',
        '      2 of 4 outside 0.00001 + 0.0001·|expected|',
        '      It is the transpose of what was expected.',
        '      step cell of the derivation',
        '      at tensors/matmul.ts:4:2',
        '  12 ms, seed 7',
      ].join('\n'),
    );
  });

  it('says how a check ended otherwise', () => {
    assert.match(
      textOf({ status: 'notStarted', function: 'matmul' }),
      /– rows meet columns\n {6}matmul is still to be written/,
    );
    assert.match(textOf({ status: 'timedOut', limitMs: 2_000 }), /took longer than 2 s/);
    assert.match(textOf({ status: 'outOfMemory', limitBytes: 512 * 1024 * 1024 }), /took more than 512 MiB/);
    assert.match(textOf({ status: 'notRun', because: 'an earlier check never returned' }), /not run: an earlier check/);
    assert.match(textOf({ status: 'harnessFailed', message: 'no child' }), /the harness failed: no child/);
    assert.match(
      textOf({ status: 'threw', error: { name: 'TypeError', message: 'no', stack: [] } }),
      /threw TypeError: no/,
    );
  });

  it('shows what does not compile, what was printed, where it ran and whose work stood in', () => {
    const text = textOf(
      { status: 'passed' },
      {
        compileProblem: {
          message: 'Unexpected token',
          place: { exercise: 'tensors/matmul', line: 3, column: 9 },
          sourceLine: '  let x;',
          hint: 'A brace is missing.',
        },
        console: { lines: [{ level: 'log', text: 'hello' }], dropped: 5 },
        backends: [{ backend: 'gpu.js webasm', ran: 'kernels', reason: 'there is no GPU here' }],
        kernels: [{ kernel: 'double', launches: 12, cellByCellMs: 210, gpuJsMs: 4 }],
        earlier: [{ exercise: 'tensors/broadcasting', author: 'reference' }],
      },
    );
    assert.match(text, /tensors\/matmul\.ts:3:9 {2}Unexpected token\n {4}let x;\n {2}A brace is missing\./);
    assert.match(text, /printed:\n {4}hello\n {4}… and 5 lines more/);
    assert.match(text, /kernels ran on gpu\.js webasm: there is no GPU here/);
    assert.match(text, /double, launched 12 times: cell by cell 210 ms, through GPU\.js 4 ms/);
    assert.match(text, /the reference stood in for tensors\/broadcasting/);
  });
});
