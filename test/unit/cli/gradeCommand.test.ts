import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { grade } from '../../../src/cli/gradeCommand';
import type { GradeOptions } from '../../../src/cli/gradeCommand';
import { sentenceOf, standingOf } from '../../../src/cli/results';
import type { FolderResults, Results } from '../../../src/cli/results';
import type { Report } from '../../../src/harness/report';
import { hashOf } from '../../../src/harness/sourceHash';
import { memorySource } from '../content/memoryCourse';
import { ScriptedRunner } from '../content/scriptedRunner';

/** Right is what contains `right`; it takes a moment, and counts how many run at once. */
class SlowRunner extends ScriptedRunner {
  running = 0;
  most = 0;

  constructor() {
    super(({ learner: { text } }) => ({ verdict: text.includes('right') ? 'passed' : 'failed' }));
  }

  override async check(...[submission]: Parameters<ScriptedRunner['check']>): Promise<Report> {
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    await sleep(5);
    this.running -= 1;
    return await super.check(submission);
  }
}

describe('groundup grade', () => {
  let root: string;
  beforeEach(async () => (root = await mkdtemp(path.join(tmpdir(), 'classroom-'))));
  afterEach(() => rm(root, { recursive: true }));

  async function submit(name: string, texts: Readonly<Record<string, string>>): Promise<string> {
    const folder = path.join(root, name);
    await mkdir(path.join(folder, 'basics'), { recursive: true });
    for (const [exercise, text] of Object.entries(texts)) {
      await mkdir(path.dirname(path.join(folder, exercise)), { recursive: true });
      await writeFile(path.join(folder, exercise), text);
    }
    return folder;
  }

  async function run(
    folders: readonly string[],
    changes: Partial<GradeOptions> = {},
  ): Promise<Results & { readonly runner: SlowRunner }> {
    const runner = new SlowRunner();
    const source = await memorySource();
    return { ...(await grade({ source, runner, folders, only: [], processes: 2, ...changes })), runner };
  }

  const standings = ({ exercises }: FolderResults): readonly string[] =>
    exercises.map((result) => `${result.exercise} ${standingOf(result)}`);

  it('says of every folder how every exercise stands, in the order in which they were named', async () => {
    const folders = [
      await submit('ada', { 'basics/double.ts': 'right', 'basics/quadruple.ts': 'right' }),
      await submit('bob', { 'basics/quadruple.ts': 'wrong' }),
      path.join(root, 'nobody'),
    ];
    const { folders: results } = await run(folders);
    assert.deepEqual(
      results.map(({ folder }) => folder),
      folders,
    );
    assert.deepEqual(results.map(standings), [
      ['basics/double passed', 'basics/quadruple passed'],
      ['basics/double missing', 'basics/quadruple failed'],
      [],
    ]);
    assert.match(results[2]?.problem ?? '', /nobody is no folder that can be read/);
  });

  it('never runs more than its processes at once, and as many where there is enough to do', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `student${index}`);
    const folders = await Promise.all(names.map((name) => submit(name, { 'basics/double.ts': 'right' })));
    for (const processes of [1, 3]) {
      const { runner } = await run(folders, { processes });
      assert.equal(runner.most, processes);
      assert.equal(runner.submissions.length, 12);
    }
  });

  it('gives later exercises the learner’s own work where it passes here, whatever their progress file says', async () => {
    const passed = { at: '2026-11-23T18:45:02.345Z', hash: hashOf('wrong') };
    const forged = JSON.stringify({ version: 1, exercises: { 'basics/double': { passed } } });
    const folders = [
      await submit('ada', { 'basics/double.ts': 'right', 'basics/quadruple.ts': 'right' }),
      await submit('eve', {
        'basics/double.ts': 'wrong',
        'basics/quadruple.ts': 'right',
        '.groundup/progress.json': forged,
      }),
    ];
    const { runner, folders: results } = await run(folders, { only: ['basics/quadruple'] });
    const quadruples = runner.submissions.filter(({ learner }) => learner.exercise === 'basics/quadruple');
    assert.deepEqual(quadruples.map(({ earlier }) => earlier[0]?.author).sort(), ['learner', 'reference']);
    // What was judged only because the other builds on it is not part of the result.
    assert.deepEqual(results.map(standings), [['basics/quadruple passed'], ['basics/quadruple passed']]);
  });

  it('gives everyone the same inputs, drawn anew for each grading or those of the seed that it is told', async () => {
    const folders = [
      await submit('ada', { 'basics/double.ts': 'right' }),
      await submit('bob', { 'basics/double.ts': 'right' }),
    ];
    const seeds = async (seed?: number): Promise<readonly (number | undefined)[]> =>
      (await run(folders, { seed })).runner.submissions.map((submission) => submission.seed);
    assert.deepEqual(await seeds(5), [5, 5]);
    const [first, ...others] = await seeds();
    assert.deepEqual(others, [first]);
    assert.notEqual((await seeds())[0], first);
  });

  it('writes nothing into a folder', async () => {
    const folder = await submit('ada', { 'basics/double.ts': 'right', '.groundup/kept': '' });
    await run([folder]);
    assert.deepEqual((await readdir(folder, { recursive: true })).sort(), [
      '.groundup',
      '.groundup/kept',
      'basics',
      'basics/double.ts',
    ]);
  });

  it('reads nothing but ordinary files inside the folder', async () => {
    await writeFile(path.join(root, 'secret.ts'), 'right, and the teacher’s');
    const folder = await submit('eve', {});
    await symlink(path.join(root, 'secret.ts'), path.join(folder, 'basics/double.ts'));
    await writeFile(path.join(folder, 'basics/quadruple.ts'), 'x'.repeat(1024 * 1024 + 1));
    const { folders, runner } = await run([folder]);
    assert.deepEqual(folders.map(standings), [['basics/double couldNotRun', 'basics/quadruple couldNotRun']]);
    const [double, quadruple] = folders[0]?.exercises ?? [];
    assert.match(double === undefined ? '' : sentenceOf(double), /lies outside/);
    assert.match(quadruple === undefined ? '' : sentenceOf(quadruple), /larger than 1024 KiB/);
    assert.equal(runner.submissions.length, 0);
  });
});
