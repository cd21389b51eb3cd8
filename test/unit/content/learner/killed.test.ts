/** Progress and the process that keeps it being killed at any moment: what was read before can always be read after. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import * as esbuild from 'esbuild';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeLearnerFiles } from '../../../../src/cli/nodeLearnerFiles';
import { readProgressOnDisk } from '../../../../src/content/learner/progressOnDisk';

/** Writes progress without a pause, each time one more hint, and says how many it has begun with. */
const writer = `
import { nodeLearnerFiles } from './src/cli/nodeLearnerFiles';
import { writeProgressOnDisk } from './src/content/learner/progressOnDisk';
const files = nodeLearnerFiles(process.argv[2] ?? '');
const exercises = Object.fromEntries(Array.from({ length: 500 }, (_, at) => ['part/exercise-' + at, {}]));
void (async () => {
  for (let hintsShown = 1; ; hintsShown += 1) {
    await writeProgressOnDisk(files, { version: 1, exercises: { ...exercises, 'part/first': { hintsShown } } });
    process.send?.(hintsShown);
  }
})();
`;

describe('a process that is killed while it writes progress', function () {
  this.timeout(60_000);
  let folder: string;
  let script: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'groundup-killed-'));
    script = path.join(folder, 'writer.cjs');
    await esbuild.build({
      stdin: { contents: writer, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Starts the writer, kills it in the midst of a write after so many, and resolves with the last it had finished. */
  function killedAfter(writes: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = fork(script, [folder], { stdio: 'ignore' });
      let done = 0;
      child.on('message', (count: number) => {
        done = count;
        if (count >= writes) child.kill('SIGKILL');
      });
      child.on('error', reject);
      child.on('exit', (_code, signal) => {
        if (signal === 'SIGKILL') resolve(done);
        else reject(new Error(`The writer ended by itself, after ${done} writes.`));
      });
    });
  }

  it('leaves a whole file with all that it had finished, every time', async () => {
    for (const writes of [1, 2, 3, 5, 8, 13, 21, 34]) {
      const finished = await killedAfter(writes);
      const onDisk = await readProgressOnDisk(nodeLearnerFiles(folder), new Date());
      assert.equal(onDisk.kind, 'progress');
      const progress = onDisk.kind === 'progress' ? onDisk.progress : assert.fail();
      assert.equal(Object.keys(progress.exercises).length, 501);
      assert.ok((progress.exercises['part/first']?.hintsShown ?? 0) >= finished);
    }
    // Whatever was half written lies under a name of its own, and is never read.
    const names = await readdir(path.join(folder, '.groundup'));
    assert.deepEqual(
      names.filter((name) => name !== 'progress.json' && !/^progress\.json\..+\.tmp$/.test(name)),
      [],
    );
  });

  it('loses nothing to a file that was cut off by other means: it is set aside as it was', async () => {
    const file = path.join(folder, '.groundup/progress.json');
    const cut = (await readFile(file, 'utf8')).slice(0, 1_000);
    await writeFile(file, cut);
    const onDisk = await readProgressOnDisk(nodeLearnerFiles(folder), new Date());
    assert.equal(onDisk.kind, 'setAside');
    const copy = onDisk.kind === 'setAside' ? onDisk.copy : '';
    assert.equal(await readFile(path.join(folder, '.groundup', copy), 'utf8'), cut);
  });

  it('leaves a file of a newer version as it is', async () => {
    const file = path.join(folder, '.groundup/progress.json');
    const newer = JSON.stringify({ version: 2, exercises: { 'part/first': { hintsShown: 3 } }, more: [1] });
    await writeFile(file, newer);
    const onDisk = await readProgressOnDisk(nodeLearnerFiles(folder), new Date());
    assert.equal(onDisk.kind, 'newer');
    assert.equal(await readFile(file, 'utf8'), newer);
  });
});
