import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkCommand } from '../../../src/cli/checkCommand';
import type { CheckCommandOptions } from '../../../src/cli/checkCommand';
import { Output } from '../../../src/cli/output';
import { readProgress } from '../../../src/content/learner/progressFile';
import type { Progress } from '../../../src/course/progress';
import type { Report } from '../../../src/harness/report';
import { hashOf } from '../../../src/harness/sourceHash';
import { memorySource } from '../content/memoryCourse';
import { ScriptedRunner } from '../content/scriptedRunner';
import { recorder } from './recorder';
import type { Recorder } from './recorder';

/** Right is what adds or doubles twice; every report has the hash of its text, as a judge's has. */
class HashingRunner extends ScriptedRunner {
  constructor() {
    super(({ learner: { text } }) => {
      const isRight = text.includes('x + x') || text.includes('double(double(x))');
      return isRight
        ? { verdict: 'passed' }
        : text.includes('broken')
          ? { verdict: 'harnessFailed' }
          : { verdict: 'failed' };
    });
  }

  override async check(...[submission]: Parameters<ScriptedRunner['check']>): Promise<Report> {
    return { ...(await super.check(submission)), sourceHash: hashOf(submission.learner.text) };
  }
}

describe('groundup check', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'learner-'));
    await mkdir(path.join(folder, 'basics'));
    await mkdir(path.join(folder, '.groundup'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  interface Run {
    readonly code: number;
    readonly screen: Recorder;
    readonly runner: HashingRunner;
  }

  async function run(targets: readonly string[], changes: Partial<CheckCommandOptions> = {}): Promise<Run> {
    const [screen, runner] = [recorder(), new HashingRunner()];
    const output = new Output({ screen, reporter: 'pretty', file: undefined, version: '0' });
    const source = await memorySource();
    const code = await checkCommand({ source, runner, screen, output, targets, folder, processes: 2, ...changes });
    return { code, screen, runner };
  }

  const write = (file: string, text: string): Promise<void> => writeFile(path.join(folder, file), text);

  async function progress(): Promise<Progress> {
    const reading = readProgress(await readFile(path.join(folder, '.groundup/progress.json'), 'utf8'));
    assert.equal(reading.kind, 'progress');
    return reading.progress;
  }

  it('judges the learner’s file, by id or by path, and ends with 0 or 1', async () => {
    const file = path.join(folder, 'basics/double.ts');
    await write('basics/double.ts', 'x + x');
    for (const target of ['basics/double', file]) {
      const { code, screen } = await run([target], { folder: target === file ? '/nowhere' : folder });
      assert.equal(code, 0, screen.notes());
      assert.match(screen.text(), /✓ basics\/double: It passed\./);
    }
    await write('basics/double.ts', 'x * x');
    const { code, screen } = await run(['basics/double']);
    assert.deepEqual([code, screen.text().includes('✗ basics/double: It failed.')], [1, true]);
  });

  it('lets the runner draw the inputs, as the editor does, or gives those of the seed that it is told', async () => {
    await write('basics/double.ts', 'x + x');
    const seeds = async (seed?: number): Promise<readonly (number | undefined)[]> =>
      (await run(['basics/double'], { seed })).runner.submissions.map((submission) => submission.seed);
    assert.deepEqual(await seeds(), [undefined]);
    assert.deepEqual(await seeds(7), [7]);
  });

  it('reads a file as an editor does: without its byte order mark', async () => {
    await write('basics/double.ts', '\uFEFFx + x');
    const { runner } = await run(['basics/double']);
    assert.equal(runner.submissions[0]?.learner.text, 'x + x');
    assert.equal((await progress()).exercises['basics/double']?.passed?.hash, hashOf('x + x'));
  });

  it('records what passed and what was only tried, and keeps what others recorded', async () => {
    const theirs = {
      version: 1,
      exercises: { 'gone/exercise': { hintsShown: 2 }, 'basics/double': { hintsShown: 1 } },
    };
    await write('.groundup/progress.json', JSON.stringify(theirs));
    await write('basics/double.ts', 'x + x');
    await write('basics/quadruple.ts', 'wrong');
    assert.equal((await run([])).code, 1);
    const { exercises } = await progress();
    assert.equal(exercises['gone/exercise']?.hintsShown, 2);
    assert.equal(exercises['basics/double']?.hintsShown, 1);
    assert.equal(exercises['basics/double']?.passed?.hash, hashOf('x + x'));
    assert.notEqual(exercises['basics/quadruple']?.checkedAt, undefined);
    assert.equal(exercises['basics/quadruple']?.passed, undefined);
  });

  it('records nothing where the harness failed, and where the folder is no course folder', async () => {
    await write('basics/double.ts', 'broken');
    assert.equal((await run(['basics/double'])).code, 2);
    assert.equal((await progress()).exercises['basics/double'], undefined);
    await rm(path.join(folder, '.groundup'), { recursive: true });
    await write('basics/double.ts', 'x + x');
    const { code, screen } = await run(['basics/double']);
    assert.equal(code, 0);
    assert.match(screen.notes(), /is no course folder, so nothing is recorded there; `groundup start` makes one/);
    await assert.rejects(readFile(path.join(folder, '.groundup/progress.json')));
  });

  it('uses the learner’s earlier work where its present text has passed', async () => {
    const mine = 'export const double = () => 1;';
    await write('basics/quadruple.ts', 'double(double(x))');
    await write('basics/double.ts', mine);
    const author = async (): Promise<string | undefined> =>
      (await run(['basics/quadruple'])).runner.submissions[0]?.earlier[0]?.author;
    const record = (hash: string): Promise<void> => {
      const passed = { at: '2026-11-23T18:45:02.345Z', hash };
      return write(
        '.groundup/progress.json',
        JSON.stringify({ version: 1, exercises: { 'basics/double': { passed } } }),
      );
    };
    assert.equal(await author(), 'reference');
    await record(hashOf(mine));
    assert.equal(await author(), 'learner');
    await record(hashOf('another'));
    assert.equal(await author(), 'reference');
  });

  it('judges what others build on first, so that they get what has just passed', async () => {
    await write('basics/double.ts', 'x + x');
    await write('basics/quadruple.ts', 'double(double(x))');
    const { code, runner, screen } = await run([]);
    assert.equal(code, 0);
    assert.deepEqual(
      runner.submissions.map(({ learner, earlier }) => [learner.exercise, earlier.map(({ author }) => author)]),
      [
        ['basics/double', []],
        ['basics/quadruple', ['learner']],
      ],
    );
    assert.match(screen.text(), /2 of 2 passed \(\d+\.\d s\)$/);
  });

  it('sets a damaged progress file aside with one sentence, and leaves one of a newer version as it is', async () => {
    await write('basics/double.ts', 'x + x');
    await write('.groundup/progress.json', '{ broken');
    const damaged = await run(['basics/double']);
    assert.equal(damaged.code, 0);
    assert.match(
      damaged.screen.notes(),
      /^\.groundup\/progress\.json could not be read \(.*\)\. It was kept as progress-/,
    );
    assert.notEqual((await progress()).exercises['basics/double']?.passed, undefined);
    const newer = '{"version":2,"rows":[]}';
    await write('.groundup/progress.json', newer);
    const left = await run(['basics/double']);
    assert.deepEqual([left.code, left.screen.notes().split('\n').length], [0, 1]);
    assert.match(left.screen.notes(), /newer Ground Up \(format 2\)/);
    assert.equal(await readFile(path.join(folder, '.groundup/progress.json'), 'utf8'), newer);
  });

  it('ends with 2 and one sentence when there is nothing to judge', async () => {
    const sentences = async (targets: readonly string[]): Promise<string> => {
      const { code, screen, runner } = await run(targets);
      assert.deepEqual([code, runner.submissions.length], [2, 0]);
      return screen.notes() + screen.text();
    };
    assert.match(
      await sentences(['basics/double']),
      /There is no .*basics.double\.ts\. `groundup open basics\/double` writes it/,
    );
    assert.match(await sentences(['basics/duoble']), /no exercise basics\/duoble\. Did you mean basics\/double\?/);
    assert.match(await sentences(['quadruple']), /Did you mean basics\/quadruple\?/);
    assert.match(await sentences([]), /There is no exercise in .* yet/);
    const elsewhere = path.join(tmpdir(), 'another', 'basics/quadruple.ts');
    assert.match(
      await sentences([path.join(folder, 'basics/double.ts'), elsewhere]),
      /several course folders.*`groundup grade`/,
    );
    await mkdir(path.join(folder, 'basics/double.ts'));
    assert.match(await sentences(['basics/double']), /cannot be read: it is a folder/);
  });

  it('watches: checks again what has changed, and nothing else, until it is told to end', async () => {
    await write('basics/double.ts', 'x * x');
    await write('basics/quadruple.ts', 'double(double(x))');
    const end = new AbortController();
    const runner = new HashingRunner();
    const screen = recorder();
    const seen = async (expected: RegExp): Promise<void> => {
      const giveUp = Date.now() + 10_000;
      while (!expected.test(screen.text() + screen.notes())) {
        assert.ok(Date.now() < giveUp, `${expected.source} never came: ${screen.text()}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const output = new Output({ screen, reporter: 'pretty', file: undefined, version: '0' });
    const watching = run([], { runner, screen, output, watchUntil: end.signal });
    await seen(/✗ basics\/double: It failed\.[\s\S]*Watching; Ctrl-C ends it\./);
    // As many editors save: another file, then its name.
    await write('basics/double.ts.new', 'x + x');
    await rename(path.join(folder, 'basics/double.ts.new'), path.join(folder, 'basics/double.ts'));
    await seen(/✓ basics\/double: It passed\./);
    end.abort();
    assert.equal((await watching).code, 0);
    assert.deepEqual(
      runner.submissions.map(({ learner }) => learner.exercise),
      ['basics/double', 'basics/quadruple', 'basics/double'],
    );
  });
});
