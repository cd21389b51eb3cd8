import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChildRunner } from '../../../src/harness/child/childRunner';
import { Bench, rightMatmul, submissionOf, untilGone, withMatmul } from './bench';

const endless = withMatmul('  for (;;);');

const busyChecks = "export default { 'is busy': { run() { for (;;); } } };";

describe('the life of the judging processes', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());

  it('ends a check when it is cancelled', async () => {
    const abort = new AbortController();
    const pending = bench.check(endless, { limits: { callMs: 10_000 } }, abort.signal);
    await sleep(500);
    abort.abort();
    const report = await pending;
    // Its own limit would have said timedOut.
    assert.equal(report.verdict, 'cancelled');
    await bench.nextIsRight();
  });

  it('does not start a check that was cancelled before', async () => {
    const report = await bench.check(rightMatmul, {}, AbortSignal.abort());
    assert.equal(report.verdict, 'cancelled');
  });

  it('lets a second check supersede the first', async () => {
    const abort = new AbortController();
    const first = bench.check(endless, { limits: { callMs: 10_000 } }, abort.signal);
    abort.abort();
    const second = bench.check(rightMatmul);
    assert.deepEqual([(await first).verdict, (await second).verdict], ['cancelled', 'passed']);
  });

  it('judges two submissions side by side', async () => {
    const [right, wrong] = await Promise.all([
      bench.check(rightMatmul),
      bench.check(withMatmul('  return zeros([2, 1]);')),
    ]);
    assert.deepEqual([right.verdict, wrong.verdict], ['passed', 'failed']);
  });

  it('has no process but those that judge where it is to keep no spare', async () => {
    const runner = new ChildRunner({ judgePath: path.join(bench.folder, 'judge.js'), keepSpare: false });
    try {
      const pending = [1, 2].map((seed) => runner.check(submissionOf(rightMatmul, { seed })));
      assert.equal(runner.processIds.length, 2);
      assert.deepEqual(
        (await Promise.all(pending)).map(({ verdict }) => verdict),
        ['passed', 'passed'],
      );
      await untilGone(runner.processIds);
      await sleep(50);
      assert.deepEqual(runner.processIds, []);
    } finally {
      runner.dispose();
    }
  });

  it('says so when the process is killed from outside, and judges the next submission', async () => {
    const runner = new ChildRunner({ judgePath: path.join(bench.folder, 'judge.js') });
    try {
      const pending = runner.check(
        submissionOf(endless, { limits: { callMs: 30_000, checkMs: 30_000, totalMs: 30_000 } }),
      );
      await sleep(4_000);
      const [pid = 0] = runner.processIds;
      process.kill(pid, 'SIGKILL');
      const report = await pending;
      assert.equal(report.verdict, 'harnessFailed', report.sentence);
      assert.match(
        report.sentence,
        /says nothing about your code: The process that judges is gone: it was ended by SIGKILL\. `matmul` was being called\./,
      );
      assert.equal((await runner.check(submissionOf(rightMatmul))).verdict, 'passed');
    } finally {
      runner.dispose();
    }
  });

  it('judges with a new process when the spare has died', async () => {
    const runner = new ChildRunner({ judgePath: path.join(bench.folder, 'judge.js') });
    try {
      runner.warmUp();
      const [spare = 0] = runner.processIds;
      process.kill(spare, 'SIGKILL');
      assert.equal((await runner.check(submissionOf(rightMatmul))).verdict, 'passed');
    } finally {
      runner.dispose();
    }
  });

  it('leaves no process behind when it is disposed of, and cancels what runs', async () => {
    const runner = new ChildRunner({ judgePath: path.join(bench.folder, 'judge.js') });
    await runner.check(submissionOf(rightMatmul));
    const pending = runner.check(submissionOf(endless, { limits: { callMs: 10_000 } }));
    await sleep(300);
    const pids = runner.processIds;
    assert.ok(pids.length > 0);
    runner.dispose();
    assert.equal((await pending).verdict, 'cancelled');
    await untilGone(pids);
    assert.equal((await runner.check(submissionOf(rightMatmul))).verdict, 'cancelled');
  });

  it('does not keep a parent alive that has nothing else to do', async () => {
    const { script, judgePath } = await bench.parentScript(
      'void runner.check(submission).then(({ verdict }) => console.log(verdict));',
    );
    const parent = spawn(process.execPath, [script, judgePath, JSON.stringify(submissionOf(rightMatmul))]);
    let printed = '';
    parent.stdout.on('data', (data) => (printed += String(data)));
    const patience = setTimeout(() => parent.kill('SIGKILL'), 15_000);
    const code = await new Promise((resolve) => parent.once('close', resolve));
    clearTimeout(patience);
    assert.deepEqual([printed, code], ['passed\n', 0]);
  });

  async function withJudge(code: string, limits = { totalMs: 200 }): Promise<string> {
    const judgePath = path.join(bench.folder, `fake${Math.floor(performance.now() * 1000)}.js`);
    await writeFile(judgePath, code);
    const runner = new ChildRunner({ judgePath, graceMs: 200 });
    try {
      const report = await runner.check(submissionOf(rightMatmul, { limits }));
      assert.equal(report.verdict, 'harnessFailed', report.sentence);
      return report.sentence;
    } finally {
      runner.dispose();
    }
  }

  it('passes on the last words of a process that could not start', async () => {
    const sentence = await withJudge("throw new Error('no such wall');");
    assert.match(sentence, /it ended with code 1\. Its last words: Error: no such wall/);
  });

  it('has a second wall: the process may read its own bundles, and nothing else', async () => {
    for (const code of [
      "require('node:fs').readFileSync(process.execPath);",
      "require('node:fs').writeFileSync(require('node:path').join(__dirname, 'new'), '');",
      "require('node:child_process').spawnSync(process.execPath);",
    ]) {
      assert.match(await withJudge(code), /Access to this API has been restricted/);
    }
  });

  it('believes no report without the nonce, and waits no longer than it said', async () => {
    const forged = `process.on('message', ({ job, submission }) => {
      const report = { exercise: 'tensors/matmul', verdict: 'passed', sentence: 'All hold.', checks: [],
        console: { lines: [], dropped: 0 }, backends: [], earlier: [], durationMs: 1, seed: 1, sourceHash: '' };
      for (const nonce of ['', undefined, job, '0'])
        for (const kind of ['accepted', 'report', 'progress']) process.send({ kind, job, nonce, report });
      process.send({ kind: 'report', report });
      process.send('passed');
    });
    process.on('message', ({ job, nonce }) => process.send({ kind: 'accepted', job, nonce }));`;
    assert.match(await withJudge(forged), /the judge did not answer within 0\.4 s/);
  });

  it('ends a judge that is busy itself', async () => {
    const report = await bench.check(rightMatmul, { checks: busyChecks, limits: { totalMs: 200 } });
    assert.equal(report.verdict, 'harnessFailed');
    assert.match(report.sentence, /the judge did not answer within 2\.2 s/);
  });

  const bomb = submissionOf(
    withMatmul('  const all: Float64Array[] = [];\n  for (;;) all.push(new Float64Array(1e6).fill(1));'),
    { limits: { callMs: 10_000, memoryBytes: 300 * 1024 * 1024 } },
  );

  it('watches the memory of the process from outside, should its own watchdog fail', async function () {
    if (process.platform !== 'linux') return this.skip();
    const folder = path.join(bench.folder, 'without-watchdog');
    await mkdir(folder);
    for (const name of ['processes.js', 'judge.js', 'learnerThread.js', 'realm.js']) {
      await copyFile(path.join(bench.folder, name), path.join(folder, name));
    }
    await writeFile(path.join(folder, 'watchdog.js'), '');
    const runner = new ChildRunner({ judgePath: path.join(folder, 'judge.js') });
    try {
      assert.equal((await runner.check(bomb)).verdict, 'outOfMemory');
    } finally {
      runner.dispose();
    }
  });

  it('watches the memory of the process from inside, where nobody does from outside', async () => {
    const child = spawn(process.execPath, [path.join(bench.folder, 'judge.js'), 'a-nonce'], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    let words = '';
    child.stderr?.on('data', (text) => (words += String(text)));
    child.send({ kind: 'judge', job: 'a', nonce: 'b', submission: bomb, compiled: [], hasEnded: false });
    const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await new Promise((resolve) => child.once('close', resolve));
    clearTimeout(patience);
    assert.match(words, /groundup-watchdog a-nonce out of memory/);
  });

  it('does without flags that its Node does not know, and says so when it knows none', async () => {
    const runner = new ChildRunner({
      judgePath: path.join(bench.folder, 'judge.js'),
      execArgv: ['--no-such-flag-of-node'],
    });
    const report = await runner.check(submissionOf(rightMatmul));
    runner.dispose();
    assert.equal(report.verdict, 'harnessFailed');
    assert.match(report.sentence, /bad option: --no-such-flag-of-node/);
  });

  it('says what to update when Node is too old for the walls', async () => {
    const script = await readFile(path.join(bench.folder, 'processes.js'), 'utf8');
    const old = script.replace(/"DONT_CONTEXTIFY"(?=\s*in\b)/, '"NO_SUCH_CONSTANT"');
    assert.notEqual(old, script);
    const sentence = await withJudge(`${old}\nmodule.exports.judgeProcess();`);
    assert.match(sentence, /takes 20\.18 or later \(in VS Code, update the editor\)/);
  });
});
