import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ChildRunner } from '../../../src/harness/child/childRunner';
import { watchMemory } from '../../../src/harness/child/memory';
import { withoutTimeLimits, defaultLimits } from '../../../src/harness/submission';
import { Bench, loops, outcomeAt, submissionOf, withMatmul } from './bench';

const waiting = (ms: number): string =>
  withMatmul(`  const until = Date.now() + ${ms};\n  while (Date.now() < until);\n${loops}`);

/** One check that calls `matmul` as often as `calls` says, and another after it. */
function checking(calls: number, limits = ''): string {
  return `import { defineChecks } from 'authoring';
import { tensor } from 'tensor';
const one = tensor([[1]]);
export default defineChecks<any, any>({
  'many calls': { ${limits} async run({ learner, expect }) {
    for (let i = 0; i < ${calls}; i += 1) expect.close(await learner.matmul(one, one), one);
  } },
  'one more': { async run({ learner, expect }) { expect.close(await learner.matmul(one, one), one); } },
});`;
}

describe('limits', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());

  it('end a check that takes too long though no call does', async () => {
    const limits = { callMs: 2_000, checkMs: 350 };
    const report = await bench.check(waiting(100), { checks: checking(20), limits });
    assert.equal(
      report.sentence,
      '“many calls” took longer than the 0.35 s that it may take. `matmul` was running when they were up.',
    );
    assert.equal(outcomeAt(report, { index: 0, status: 'timedOut' }).of, 'check');
  });

  it('end an exercise that takes too long though no check does', async () => {
    // Their time is that of preparing them too, for which a busy machine needs some.
    const limits = { callMs: 5_000, checkMs: 5_000, totalMs: 2_000 };
    const report = await bench.check(waiting(300), { checks: checking(20), limits });
    assert.equal(
      report.sentence,
      'All checks together took longer than the 2 s that they may take. `matmul` was running when they were up, in “many calls”.',
    );
    assert.equal(outcomeAt(report, { index: 0, status: 'timedOut' }).limitMs, 2_000);
  });

  it('are longer where a check’s author says so, for that check alone', async () => {
    // Their limits are meant for the default of 2 s a call, so that half of it makes halves of them.
    const limits = { callMs: 1_000, checkMs: 1_500, totalMs: 3_000 };
    const checks = checking(4, 'limits: { callSeconds: 10, seconds: 60 },');
    // The parent must hear of it too: left to itself it would end the judge after 4.5 s, before the four calls are over.
    const runner = new ChildRunner({ judgePath: path.join(bench.folder, 'judge.js'), graceMs: 1_500 });
    try {
      const report = await runner.check(submissionOf(waiting(1_500), { checks, limits }));
      assert.equal(report.verdict, 'timedOut', JSON.stringify(report.checks));
      assert.equal(report.checks[0]?.outcome.status, 'passed');
      assert.equal(outcomeAt(report, { index: 1, status: 'timedOut' }).limitMs, 1_000);
    } finally {
      runner.dispose();
    }
  });

  it('can be lifted', async () => {
    const report = await bench.check(waiting(200), { limits: withoutTimeLimits(defaultLimits) });
    assert.equal(report.verdict, 'passed', report.sentence);
  });

  it('on memory are first a sentence of the library that names operation and size', async () => {
    const body = '  const ones = zeros([7000, 1]);\n  return (ones as any) && add(ones, zeros([1, 8000]));';
    const report = await bench.check(withMatmul(body).replace('zeros,', 'zeros, add,'), {
      limits: { memoryBytes: 512 * 1024 * 1024 },
    });
    const { error } = outcomeAt(report, { index: 0, status: 'threw' });
    assert.equal(
      `${error.name}: ${error.message}`,
      'BudgetError: add: a result of shape (7000, 8000) in float32 takes 214 MiB, more than the 128 MiB that one tensor may take; are all axes meant?',
    );
  });

  it('on memory are the learner’s where they set more, for what lies on the heap too', async () => {
    // 640 MB of numbers in arrays, which the heap of a thread with the usual limit has no room for.
    const greedy = withMatmul(
      `  const all: number[][] = [];\n  for (let i = 0; i < 80_000; i += 1) all.push(new Array(1000).fill(i));\n${loops}`,
    );
    const checks = checking(1).replace(/ {2}'one more'.*\n/, '');
    const limits = { callMs: 30_000, checkMs: 30_000, totalMs: 30_000 };
    const usual = await bench.check(greedy, { checks, limits });
    assert.equal(usual.verdict, 'outOfMemory', usual.sentence);
    const more = await bench.check(greedy, { checks, limits: { ...limits, memoryBytes: 1_600 * 1024 * 1024 } });
    assert.equal(more.verdict, 'passed', more.sentence);
  });

  it('on memory name the call, with its input in a few words, when the process had to be ended', async () => {
    const bomb = withMatmul('  const all: object[] = [];\n  for (;;) all.push(new Float64Array(1e6).fill(1));');
    const report = await bench.check(bomb, { limits: { callMs: 15_000, memoryBytes: 320 * 1024 * 1024 } });
    assert.equal(
      report.sentence,
      '`matmul` needed more than the 320 MB of memory it may use, in “multiplies a small example”, and was stopped.',
    );
    const { call } = outcomeAt(report, { index: 0, status: 'outOfMemory' });
    assert.deepEqual(call?.arguments, [
      { name: 'A', value: { kind: 'text', text: 'Tensor (2, 2)' } },
      { name: 'B', value: { kind: 'text', text: 'Tensor (2, 1)' } },
    ]);
  });

  for (const platform of ['linux', 'darwin'] as const) {
    it(`on memory are watched from outside by the means of ${platform}`, async function () {
      if (process.platform === 'win32' || (platform === 'linux' && process.platform !== 'linux')) return this.skip();
      const hungry = spawn(process.execPath, ['-e', 'const a = Buffer.alloc(2e8, 1); setInterval(() => a, 1000);']);
      try {
        let modest = false;
        const end = watchMemory({ pid: hungry.pid ?? 0, bytes: 2e9, exceeded: () => (modest = true), platform });
        await new Promise<void>((exceeded) =>
          watchMemory({ pid: hungry.pid ?? 0, bytes: 1.5e8, exceeded: () => exceeded(), platform }),
        );
        end();
        assert.equal(modest, false);
      } finally {
        hungry.kill('SIGKILL');
      }
    });
  }
});
