import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChildRunner } from '../../../src/harness/child/childRunner';
import { Bench, isAlive, rightMatmul, submissionOf, untilGone, withMatmul } from './bench';

const endless = submissionOf(withMatmul('  for (;;);'), {
  limits: { callMs: 60_000, checkMs: 60_000, totalMs: 60_000 },
});
// A judge that is busy itself hears nothing of its parent's end; its watchdog does.
const busyJudge = submissionOf(rightMatmul, { checks: "export default { 'is busy': { run() { for (;;); } } };" });

describe('what a judging process is given, and when it ends', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());

  interface Ending {
    readonly name: string;
    readonly submission: typeof endless;
    /** Between the birth of the processes and the end. */
    readonly afterMs: number;
    readonly end: 'SIGKILL' | 'SIGTERM' | 'SIGINT' | 'exit' | 'throw';
  }
  const endings: readonly Ending[] = [
    { name: 'is killed before they know it', submission: busyJudge, afterMs: 0, end: 'SIGKILL' },
    { name: 'is killed while they start', submission: endless, afterMs: 40, end: 'SIGKILL' },
    { name: 'is killed while they load the program', submission: endless, afterMs: 150, end: 'SIGKILL' },
    { name: 'is killed while the learner’s code loops', submission: endless, afterMs: 1_500, end: 'SIGKILL' },
    { name: 'is killed while the judge itself is busy', submission: busyJudge, afterMs: 1_500, end: 'SIGKILL' },
    { name: 'is asked to end', submission: endless, afterMs: 700, end: 'SIGTERM' },
    { name: 'is interrupted', submission: endless, afterMs: 700, end: 'SIGINT' },
    { name: 'exits', submission: endless, afterMs: 700, end: 'exit' },
    { name: 'throws where nobody catches', submission: busyJudge, afterMs: 700, end: 'throw' },
  ];
  for (const { name, submission, afterMs, end } of endings) {
    it(`no process is left when its parent ${name}`, async () => {
      const { script, judgePath } = await bench.parentScript(`void runner.check(submission);
runner.warmUp();
console.log(runner.processIds.join());
process.stdin.once('data', (how) => {
  if (String(how) === 'exit') process.exit(3);
  throw new Error('nobody catches this');
});`);
      const parent = spawn(process.execPath, [script, judgePath, JSON.stringify(submission)], {
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const text = await new Promise<string>((resolve) => parent.stdout.once('data', (data) => resolve(String(data))));
      const pids = text.trim().split(',').map(Number);
      assert.equal(pids.length, 2);
      await sleep(afterMs);
      assert.ok(pids.every(isAlive));
      if (end === 'exit' || end === 'throw') parent.stdin.write(end);
      else parent.kill(end);
      await untilGone(pids);
    });
  }

  it('no process is left when its parent is killed while code loops in checks that have ended before', async () => {
    const { script, judgePath } = await bench.parentScript(`void (async () => {
  await runner.check({ ...submission, learner: { ...submission.learner, text: submission.solution } });
  void runner.check(submission);
  console.log(runner.processIds.join());
})();`);
    const parent = spawn(process.execPath, [script, judgePath, JSON.stringify(endless)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const text = await new Promise<string>((resolve) => parent.stdout.once('data', (data) => resolve(String(data))));
    const pids = text.trim().split(',').map(Number);
    await sleep(500);
    assert.ok(pids.some(isAlive));
    parent.kill('SIGKILL');
    await untilGone(pids);
  });

  /** What a script says of itself that stands where the judge should. */
  async function saidByJudge(code: string): Promise<string> {
    const judgePath = path.join(bench.folder, `says${Math.floor(performance.now() * 1000)}.js`);
    await writeFile(judgePath, `throw new Error('@@' + (() => { ${code} })() + '@@');`);
    const runner = new ChildRunner({ judgePath });
    try {
      const { sentence } = await runner.check(submissionOf(rightMatmul));
      return /@@(.*)@@/.exec(sentence)?.[1] ?? sentence;
    } finally {
      runner.dispose();
    }
  }

  it('it inherits nothing of the environment but what a process needs to start', async () => {
    const secrets = { GITHUB_TOKEN: 'secret', NODE_OPTIONS: '--no-deprecation', HOME: process.env['HOME'] ?? '/' };
    const before = { ...process.env };
    Object.assign(process.env, secrets);
    try {
      const names = JSON.parse(
        await saidByJudge(
          "return JSON.stringify(Object.keys(process.env).filter((name) => name !== 'NODE_CHANNEL_FD'));",
        ),
      ) as string[];
      const allowed = [
        'SystemRoot',
        'windir',
        'LD_LIBRARY_PATH',
        'DYLD_LIBRARY_PATH',
        'NODE_CHANNEL_SERIALIZATION_MODE',
      ];
      assert.deepEqual(
        names.filter((name) => !allowed.includes(name)),
        [],
      );
    } finally {
      for (const name of Object.keys(secrets)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });

  it('it has no permission but to read its own bundles and to start threads', async function () {
    const has = await saidByJudge(`const { permission } = process;
      if (permission === undefined) return 'none';
      const asked = [['fs.write'], ['fs.read'], ['fs.read', process.execPath], ['fs.read', __filename], ['child'], ['worker']];
      return asked.map(([scope, file]) => permission.has(scope, file)).join();`);
    // A Node without the permission model has the first wall and the third.
    if (has === 'none') return this.skip();
    assert.equal(has, 'false,false,false,true,false,true');
  });
});
