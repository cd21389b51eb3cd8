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

  it('leave no loop running that holds up the next', async () => {
    // It answers, and then never lets its thread come to anything else.
    const lasting = 'export function one() {\n  void (async () => { for (;;) await undefined; })();\n  return 1;\n}\n';
    const checks = `import { defineChecks } from 'authoring';
export default defineChecks({ 'is one': { async run({ learner, expect }) { expect.equal(await learner.one(), 1); } } });`;
    assert.equal((await check(lasting, { checks, solution: lasting })).verdict, 'passed');
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

  it('are asked once what they say where nothing is drawn, since other seeds would change nothing', async () => {
    const checks = `import { defineChecks } from 'authoring';
export default defineChecks({
  'counts one call': { async run({ learner, expect }) { expect.equal(await learner.calls(), 1); } },
  'counts one call for each seed': { async run({ learner, random, expect }) {
    random.number();
    expect.that(await learner.calls() <= 3, 'it was called more often');
  } },
});`;
    const counting = 'let made = 0;\nexport function calls() {\n  made += 1;\n  return made;\n}\n';
    const { checks: results } = await check(counting, { checks, solution: counting, moreSeeds: [2, 3] });
    assert.deepEqual(
      results.map(({ outcome, seed }) => [outcome.status, seed]),
      [
        ['passed', undefined],
        ['failed', 3],
      ],
    );
  });

  it('end with the first check that fails where no more is asked', async () => {
    const wrong = rightMatmul.replace('B.data[k * p + j]', 'B.data[k]');
    const inFull = (await check(wrong)).checks.map(({ outcome }) => outcome.status);
    const failed = inFull.indexOf('failed');
    assert.ok(failed >= 0 && failed < inFull.length - 1, inFull.join());
    const { verdict, checks } = await check(wrong, { untilFailure: true });
    assert.equal(verdict, 'failed');
    assert.deepEqual(
      checks.map(({ outcome }) => outcome.status),
      inFull.map((status, index) => (index <= failed ? status : 'notRun')),
    );
  });

  it('are asked of one check whether it fails under every seed, as a mutant must, and which seed it survives', async () => {
    const unlucky = 'sees one mistake in four';
    const always = 'sees every mistake';
    const checks = `import { defineChecks } from 'authoring';
export default defineChecks({
  '${unlucky}': { run({ random, expect }) { expect.that(random.integer(0, 4) !== 0, 'zero was drawn'); } },
  '${always}': { run({ expect }) { expect.that(false, 'nothing holds'); } },
});`;
    const moreSeeds = Array.from({ length: 60 }, (_, index) => index + 2);
    const seed = await failingFirst(checks);
    const caught = await check(rightMatmul, { checks, seed, moreSeeds, mustFail: always });
    assert.deepEqual(
      caught.checks.map(({ outcome, seed: withSeed }) => [outcome.status, withSeed]),
      [
        ['failed', undefined],
        ['failed', undefined],
      ],
      'the others run with the first seed alone',
    );
    const failsAtFirst = await check(rightMatmul, { checks, seed, moreSeeds, mustFail: unlucky });
    const [survived] = failsAtFirst.checks;
    assert.equal(survived?.outcome.status, 'passed');
    assert.ok(survived.seed !== undefined && moreSeeds.includes(survived.seed));
  });

  /** A seed with which the first of `checks` fails. */
  async function failingFirst(checks: string): Promise<number> {
    const moreSeeds = Array.from({ length: 60 }, (_, index) => index + 100);
    const {
      checks: [found],
      seed,
    } = await check(rightMatmul, { checks, moreSeeds });
    assert.equal(found?.outcome.status, 'failed');
    return found.seed ?? seed;
  }
});
