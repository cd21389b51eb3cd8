import assert from 'node:assert/strict';
import { Bench, loops, outcomeAt, statuses, withMatmul } from './bench';

const megabytes = 1024 * 1024;

describe('a program that never ends, takes all memory or answers with nonsense', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());
  afterEach(() => bench.nextIsRight());

  // What else never ends or takes all memory stands in the table of test/harness/realms; here is what is told about it.
  it('is told which call was ended, and where the function begins', async () => {
    const report = await bench.check(withMatmul('  for (;;);'), { limits: { callMs: 400 } });
    assert.equal(report.verdict, 'timedOut', report.sentence);
    assert.deepEqual(statuses(report), ['timedOut', 'notRun', 'notRun', 'notRun']);
    const outcome = outcomeAt(report, { index: 0, status: 'timedOut' });
    assert.equal(outcome.limitMs, 400);
    assert.equal(outcome.call?.function, 'matmul');
    assert.equal(outcome.place?.line, 3);
  });

  it('is ended when all its calls together take too long', async () => {
    const slow = `  const until = Date.now() + 150;\n  while (Date.now() < until);\n${loops}`;
    const report = await bench.check(withMatmul(slow), { limits: { callMs: 1_000, totalMs: 250 } });
    assert.equal(report.verdict, 'timedOut', report.sentence);
  });

  it('is told how much memory it had', async () => {
    const bomb = '  const all: object[] = [];\n  for (;;) all.push(new Float64Array(1e6).fill(1));';
    const report = await bench.check(withMatmul(bomb), { limits: { callMs: 15_000, memoryBytes: 400 * megabytes } });
    assert.equal(report.verdict, 'outOfMemory', report.sentence);
    assert.deepEqual(statuses(report), ['outOfMemory', 'notRun', 'notRun', 'notRun']);
    assert.equal(outcomeAt(report, { index: 0, status: 'outOfMemory' }).limitBytes, 400 * megabytes);
  });

  it('counts what a flooded console drops', async () => {
    const flood = `  for (let i = 0; i < 1_000_000; i += 1) console.log('line', i);\n${loops}`;
    const report = await bench.check(withMatmul(flood), { limits: { callMs: 10_000 } });
    assert.equal(report.verdict, 'passed', report.sentence);
    assert.equal(report.console.lines.length, 500);
    assert.equal(report.console.lines[499]?.text, 'line 499');
    assert.ok(report.console.dropped >= 4_999_500, `${report.console.dropped}`);
  });

  it('keeps what an endless loop printed before it was ended', async () => {
    const report = await bench.check(withMatmul("  console.log('here');\n  for (;;);"), { limits: { callMs: 300 } });
    assert.deepEqual(report.console.lines, [{ level: 'log', text: 'here' }]);
  });
});
