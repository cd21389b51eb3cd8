import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { painter } from '../../../src/cli/paint';
import { reporters } from '../../../src/cli/reporters/reporter';
import type { ReporterName } from '../../../src/cli/reporters/reporter';
import { resultsJsonSchema, resultsSchema } from '../../../src/cli/reporters/resultsSchema';
import { exitCodeOf } from '../../../src/cli/results';
import type { ExerciseResult, Results } from '../../../src/cli/results';
import type { Report } from '../../../src/harness/report';
import { mismatchStates, verdictStates } from '../../fixtures/reports';
import { elementsOf } from './xml';

const reports: readonly Report[] = [...Object.values(verdictStates), ...Object.values(mismatchStates)].map(
  ({ report }) => report,
);

/** Every verdict and mismatch that there is, as exercises of one folder. */
function everything(): Results {
  const exercises = reports.map((report): ExerciseResult => ({
    kind: 'judged',
    exercise: report.exercise,
    title: 'T',
    report,
  }));
  const others: ExerciseResult[] = [
    { kind: 'missing', exercise: 'tensors/gone', title: 'Gone' },
    { kind: 'unreadable', exercise: 'tensors/pipe', title: 'Pipe', problem: 'tensors/pipe.ts could not be read.' },
  ];
  return inFolders([{ folder: 'ada', exercises: [...exercises, ...others] }]);
}

function inFolders(folders: Results['folders']): Results {
  return { course: { id: 'c', title: 'C' }, folders, durationMs: 1234 };
}

function judged(changes: Partial<Report>): ExerciseResult {
  const circumstances = { console: { lines: [], dropped: 0 }, backends: [], earlier: [], durationMs: 12, seed: 1 };
  const report: Report = {
    exercise: 'tensors/matmul',
    verdict: 'passed',
    sentence: 'All checks hold.',
    checks: [{ sentence: 'rows meet columns', outcome: { status: 'passed' }, durationMs: 3 }],
    ...circumstances,
    sourceHash: '',
    ...changes,
  };
  return { kind: 'judged', exercise: report.exercise, title: 'Matmul', report };
}

function lay(name: ReporterName, results: Results, { colours = false } = {}): string {
  return reporters[name](results, { version: '1.2.3', paint: painter(colours) });
}

const escape = '\u001b';

const passed = judged({});
const failed = judged({
  verdict: 'failed',
  sentence: '1 of 1 checks fails.',
  checks: [
    {
      sentence: 'a # and a \\ and <b> & "c"',
      outcome: { status: 'failed', sentence: 'It is off.', mismatch: { kind: 'condition' } },
      durationMs: 3,
    },
  ],
});
const harnessFailed = judged({ verdict: 'harnessFailed', sentence: 'Our fault.', checks: [] });

describe('the exit code', () => {
  it('is 0 where all passed, 1 where something did not, 2 where something could not be judged', () => {
    const code = (...exercises: ExerciseResult[]): number => exitCodeOf(inFolders([{ folder: 'f', exercises }]));
    assert.equal(code(passed, passed), 0);
    assert.equal(code(passed, failed), 1);
    assert.equal(code(passed, { kind: 'missing', exercise: 'a/b', title: '' }), 1);
    assert.equal(code(failed, harnessFailed), 2);
    assert.equal(code({ kind: 'unreadable', exercise: 'a/b', title: '', problem: 'p' }), 2);
    assert.equal(exitCodeOf(inFolders([{ folder: 'f', problem: 'p', exercises: [] }])), 2);
    assert.equal(exitCodeOf(inFolders([{ folder: 'f', exercises: [judged({ verdict: 'cancelled' })] }])), 2);
  });
});

describe('the JSON report', () => {
  it('holds every kind of report, and the schema names every member of it', () => {
    const document: unknown = JSON.parse(lay('json', everything()));
    // Members that the schema does not know would be left out of what it reads.
    assert.deepEqual(resultsSchema.parse(document), document);
    const { summary, folders } = resultsSchema.parse(document);
    assert.equal(folders[0]?.exercises.length, reports.length + 2);
    assert.equal(summary.missing, 1);
    assert.deepEqual(folders[0]?.exercises[0]?.report, JSON.parse(JSON.stringify(reports[0])));
  });

  it('has a published schema, which is the one that is written by', async () => {
    const file = path.join(process.cwd(), 'media/results.schema.json');
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), JSON.parse(JSON.stringify(resultsJsonSchema())));
  });

  it('is refused by the schema where something is missing or of another kind', () => {
    const document = JSON.parse(lay('json', everything())) as Record<string, unknown>;
    for (const wrong of [{ format: 2 }, { folders: [{}] }, { summary: undefined }, { course: 'c' }]) {
      assert.equal(resultsSchema.safeParse({ ...document, ...wrong }).success, false, JSON.stringify(wrong));
    }
  });
});

describe('the TAP report', () => {
  it('plans and numbers its tests, and indents the checks of each', () => {
    const text = lay('tap', inFolders([{ folder: 'f', exercises: [passed, failed] }]));
    assert.equal(
      text,
      [
        'TAP version 14',
        '1..2',
        '# Subtest: tensors/matmul',
        '    ok 1 - rows meet columns',
        '    1..1',
        'ok 1 - tensors/matmul',
        '# Subtest: tensors/matmul',
        '    not ok 1 - a \\# and a \\\\ and <b> & "c"',
        '      ---',
        '      message: |',
        '        It is off.',
        '      ...',
        '    1..1',
        'not ok 2 - tensors/matmul',
        '  ---',
        '  message: |',
        '    1 of 1 checks fails.',
        '  ...',
      ].join('\n'),
    );
  });

  it('has as many test points as it plans, for every kind of report', () => {
    const lines = lay('tap', everything()).split('\n');
    const count = (pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length;
    assert.equal(count(/^(not )?ok \d+ - /), reports.length + 2);
    assert.equal(count(/^1\.\.\d+$/), 1);
    assert.ok(lines.includes(`1..${reports.length + 2}`));
    assert.equal(
      count(/^ {4}(not )?ok \d+ - /),
      reports.reduce((sum, { checks }) => sum + checks.length, 0),
    );
    // Whatever a report says, no line of it is taken for a test point or a directive.
    assert.ok(lines.every((line) => /^( {4})*(TAP version 14|\d+\.\.\d+|(not )?ok \d+ - .*|# .*| {2}.*)$/.test(line)));
  });
});

describe('the JUnit report', () => {
  it('counts its cases, and holds failures apart from faults that are not the learner’s', () => {
    const elements = elementsOf(lay('junit', inFolders([{ folder: 'f', exercises: [passed, failed, harnessFailed] }])));
    const [suites, ...rest] = elements;
    assert.deepEqual(suites?.attributes, {
      name: 'groundup',
      tests: '3',
      failures: '1',
      errors: '1',
      skipped: '0',
      time: '1.234',
    });
    assert.deepEqual(
      rest
        .filter(({ name }) => name !== 'testsuite')
        .map(({ name, attributes }) => [name, attributes['name'] ?? attributes['message']]),
      [
        ['testcase', 'rows meet columns'],
        ['testcase', 'a # and a \\ and <b> & "c"'],
        ['failure', 'It is off.'],
        ['testcase', 'can be judged'],
        ['error', 'Our fault.'],
      ],
    );
  });

  it('is well formed for every kind of report, and whatever a learner prints', () => {
    const cases = elementsOf(lay('junit', everything())).filter(({ name }) => name === 'testcase');
    assert.ok(cases.length >= reports.reduce((sum, { checks }) => sum + checks.length, 0));
    const text = ']]> \u0000\u001b[31m \ud800 <!-- & \uffff "quoted"';
    const printing = judged({ console: { lines: [{ level: 'log', text }], dropped: 2 } });
    const xml = lay(
      'junit',
      inFolders([
        { folder: '<&">', exercises: [printing, { ...printing }] },
        { folder: 'b', problem: '<', exercises: [] },
      ]),
    );
    const [, suite] = elementsOf(xml);
    assert.equal(suite?.attributes['name'], '<&">: tensors/matmul');
    assert.match(xml, /… and 2 lines more/);
  });
});

describe('the pretty report', () => {
  it('shows one folder in full, and of many who stands where', () => {
    const one = lay('pretty', inFolders([{ folder: 'ada', exercises: [failed] }]));
    assert.match(one, /^✗ tensors\/matmul: 1 of 1 checks fails\.\n {2}✗ a # and[^\n]*\n {6}It is off\./);
    const missing: ExerciseResult = { kind: 'missing', exercise: 'tensors/einsum', title: 'E' };
    const many = lay(
      'pretty',
      inFolders([
        { folder: 'ada', exercises: [passed, failed, missing] },
        { folder: 'bob', exercises: [passed] },
        { folder: 'eve', problem: 'eve is no folder that can be read.', exercises: [] },
      ]),
    );
    assert.equal(
      many,
      [
        '✗ ada: 1 of 3 passed, 1 not handed in',
        '  ✗ tensors/matmul: 1 of 1 checks fails.',
        '  – tensors/einsum: There is no file tensors/einsum.ts.',
        '✓ bob: 1 of 1 passed',
        '✗ eve: eve is no folder that can be read.',
        '',
        '3 folders, 2 of 4 passed, 1 not handed in (1.2 s)',
      ].join('\n'),
    );
  });

  it('says with colours what it says without', () => {
    const plain = lay('pretty', everything());
    const coloured = lay('pretty', everything(), { colours: true });
    assert.ok(!plain.includes(escape));
    assert.ok(coloured.includes(`${escape}[31m✗${escape}[39m`));
    const uncoloured = coloured
      .split(escape)
      .map((piece, index) => (index === 0 ? piece : piece.replace(/^\[\d+m/, '')));
    assert.equal(uncoloured.join(''), plain);
  });

  it('lets nothing that a learner prints steer the terminal', () => {
    const text = '\u001b]0;owned\u0007\u001b[2J\u009b31m';
    const printing = judged({ console: { lines: [{ level: 'log', text }], dropped: 0 } });
    const shown = lay('pretty', inFolders([{ folder: 'f', exercises: [printing] }]));
    const codes = [...shown].map((character) => character.charCodeAt(0));
    assert.deepEqual(
      codes.filter((code) => (code < 32 && code !== 10) || (code >= 127 && code < 160)),
      [],
    );
    assert.match(shown, /\ufffd\]0;owned/);
  });
});
