import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ChildRunner } from '../../../src/harness/child/childRunner';
import { CompileAhead } from '../../../src/harness/child/compileAhead';
import type { Report } from '../../../src/harness/report';
import { Bench, rightMatmul, statuses, submissionOf, withMatmul } from './bench';

describe('Submissions that are compiled ahead', function () {
  this.timeout(60_000);
  let bench: Bench;
  let runner: ChildRunner;
  const forBulk = (folder: string): ChildRunner =>
    new ChildRunner({ judgePath: path.join(folder, 'judge.js'), keepSpare: false, compileAhead: true });

  before(async () => {
    bench = await Bench.build();
    runner = forBulk(bench.folder);
  });
  after(async () => {
    runner.dispose();
    await bench.dispose();
  });

  const outline = ({ verdict, sentence, checks, compileProblem }: Report): object => ({
    verdict,
    sentence,
    compileProblem,
    outcomes: checks.map(({ outcome }) => outcome),
  });

  it('are judged as those that are not', async () => {
    const wrong = rightMatmul.replace('B.data[k * p + j]', 'B.data[k]');
    const throwing = withMatmul('  throw new Error("not like this");');
    for (const text of [rightMatmul, wrong, throwing, 'export function matmul(A, B) {\n  return A +;\n}\n']) {
      assert.deepEqual(outline(await runner.check(submissionOf(text))), outline(await bench.check(text)));
    }
  });

  it('show a mistake of the author’s as theirs', async () => {
    const { verdict, sentence } = await runner.check(submissionOf(rightMatmul, { checks: 'export default {' }));
    assert.equal(verdict, 'harnessFailed');
    assert.match(sentence, /\.\/checks of the course does not compile/);
  });

  it('hand the process every text that it needs, and their data to nobody', async () => {
    const ahead = new CompileAhead(path.join(bench.folder, 'compileThread.js'));
    try {
      const texts = await ahead.compile(submissionOf(rightMatmul));
      assert.deepEqual(
        texts.map(({ key }) => key.split('\n', 2).join(' ')),
        ['tensors/matmul tensors/matmul', 'tensors/matmul ./solution', 'tensors/matmul ./checks'],
      );
    } finally {
      ahead.dispose();
    }
  });

  it('are left to their own process when their text is very long', async () => {
    const long = `${rightMatmul}${'// And so on.\n'.repeat(50_000)}`;
    const ahead = new CompileAhead(path.join(bench.folder, 'compileThread.js'));
    try {
      assert.deepEqual(await ahead.compile(submissionOf(long)), []);
    } finally {
      ahead.dispose();
    }
    assert.equal((await runner.check(submissionOf(long))).verdict, 'passed');
  });

  it('are judged all the same when the thread cannot start, or dies', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'groundup-ahead-'));
    for (const name of ['processes', 'judge', 'learnerThread', 'watchdog', 'realm']) {
      await copyFile(path.join(bench.folder, `${name}.js`), path.join(folder, `${name}.js`));
    }
    const dying = "require('node:worker_threads').parentPort.on('message', () => { throw new Error('no'); });";
    try {
      for (const thread of [undefined, dying]) {
        if (thread !== undefined) await writeFile(path.join(folder, 'compileThread.js'), thread);
        const without = forBulk(folder);
        try {
          const reports = await Promise.all([1, 2].map(() => without.check(submissionOf(rightMatmul))));
          assert.deepEqual(
            reports.map((report) => [report.verdict, statuses(report).length]),
            [
              ['passed', 4],
              ['passed', 4],
            ],
          );
        } finally {
          without.dispose();
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('are cancelled while they are compiled', async () => {
    const cancel = new AbortController();
    const report = runner.check(submissionOf(rightMatmul), cancel.signal);
    cancel.abort();
    assert.equal((await report).verdict, 'cancelled');
  });
});
