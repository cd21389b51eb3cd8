import assert from 'node:assert/strict';
import path from 'node:path';
import { evaluateHere } from '../../../src/cli/evaluate';
import { ThreadRunner } from '../../../src/harness/child/threadRunner';
import type { Report } from '../../../src/harness/report';
import { Bench, rightMatmul, statuses, submissionOf, withMatmul } from './bench';
import type { Changes } from './bench';

describe('Many programs, judged in threads of one process', function () {
  this.timeout(60_000);
  let bench: Bench;
  let quick: ThreadRunner;

  before(async () => {
    bench = await Bench.build();
    quick = new ThreadRunner({
      threadPath: path.join(bench.folder, 'learnerThread.js'),
      realmPath: path.join(bench.folder, 'realm.js'),
      evaluate: evaluateHere,
    });
  });
  after(async () => {
    quick.dispose();
    await bench.dispose();
  });

  const check = (learner: string, changes: Changes = {}): Promise<Report> =>
    quick.check({ ...submissionOf(learner, changes), seed: 1 });

  it('are judged as in processes of their own', async () => {
    const wrong = rightMatmul.replace('B.data[k * p + j]', 'B.data[k]');
    for (const text of [rightMatmul, wrong, 'export function matmul(A, B) {\n  return A +;\n}\n']) {
      const [here, there] = [await check(text), await bench.check(text)];
      assert.equal(here.verdict, there.verdict);
      assert.equal(here.sentence, there.sentence);
      assert.deepEqual(statuses(here), statuses(there));
    }
  });

  it('end when they are endless, and the next is right', async () => {
    const endless = check(withMatmul('  for (;;);'), { limits: { callMs: 200 } });
    const next = check(rightMatmul);
    assert.equal((await endless).verdict, 'timedOut');
    assert.equal((await next).verdict, 'passed');
  });

  it('leave nothing behind for the next', async () => {
    await check(`Array.prototype.map = () => [];\n${rightMatmul}`);
    assert.equal((await check(rightMatmul)).verdict, 'passed');
  });

  it('are tried with further seeds until a check fails, which says with which', async () => {
    const passed = await check(rightMatmul, { moreSeeds: [2, 3, 4] });
    assert.equal(passed.verdict, 'passed');
    assert.ok(passed.checks.every(({ seed }) => seed === undefined));
    const checks = `import { defineChecks } from 'authoring';
export default defineChecks({
  'is lucky at first': { run({ random, expect }) { expect.that(random.integer(0, 4) !== 0, 'zero was drawn'); } },
});`;
    const seeds = Array.from({ length: 60 }, (_, index) => index + 2);
    const failed = await check(rightMatmul, { checks, moreSeeds: seeds });
    const [result] = failed.checks;
    assert.equal(failed.verdict, 'failed');
    assert.ok(result?.seed !== undefined && seeds.includes(result.seed));
    const alone = await quick.check({ ...submissionOf(rightMatmul, { checks }), seed: result.seed });
    assert.equal(alone.verdict, 'failed', 'that seed alone shows the same');
  });
});
