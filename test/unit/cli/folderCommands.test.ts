import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Installation } from '../../../src/cli/installation';
import { listCommand } from '../../../src/cli/listCommand';
import { openCommand } from '../../../src/cli/openCommand';
import { hintCommand, hintTexts, lessonCommand } from '../../../src/cli/readCommands';
import { ProgressKeeper } from '../../../src/cli/progressKeeper';
import { nodeLearnerFiles } from '../../../src/cli/nodeLearnerFiles';
import { hintShown, passedWith } from '../../../src/course/progress';
import { hashOf } from '../../../src/harness/sourceHash';
import { memorySource } from '../content/memoryCourse';
import { recorder } from './recorder';
import type { Recorder } from './recorder';

describe('a course folder in a terminal', () => {
  let root: string;
  let folder: string;
  let installation: Installation;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'terminal-'));
    folder = path.join(root, 'mine');
    installation = new Installation(path.join(root, 'groundup'));
    await mkdir(path.join(root, 'groundup/dist/types/tensor'), { recursive: true });
    await writeFile(path.join(root, 'groundup/package.json'), '{ "version": "1.2.3" }');
    await writeFile(path.join(root, 'groundup/dist/types/tensor/index.d.ts'), 'export {};');
  });
  afterEach(() => rm(root, { recursive: true }));

  const keeperOf = (home: string): ProgressKeeper =>
    new ProgressKeeper({ files: nodeLearnerFiles(home), say: assert.fail });

  async function open(
    id?: string,
    { yes = false }: { readonly yes?: boolean } = {},
  ): Promise<{ readonly code: number; readonly screen: Recorder }> {
    const screen = recorder();
    const source = await memorySource();
    const code = await openCommand({ source, installation, screen, folder, id, mayUseForeign: yes });
    return { code, screen };
  }

  const read = (file: string): Promise<string> => readFile(path.join(folder, file), 'utf8');

  it('is made with the first exercise, types, a tsconfig and a record of it', async () => {
    const { code, screen } = await open();
    assert.equal(code, 0, screen.notes());
    assert.match(await read('basics/double.ts'), /TODO/);
    assert.match(await read('tsconfig.json'), /\.groundup\/types\/tensor\/index\.d\.ts/);
    assert.equal(await read('.groundup/types/tensor/index.d.ts'), 'export {};');
    assert.match(await read('.groundup/progress.json'), /"last": \{\s*"exercise": "basics\/double"/);
    assert.match(screen.text(), /^Double, about 5 minutes\n.*double\.ts\n {2}groundup lesson basics\/double\n/);
  });

  it('keeps what the learner wrote, and goes on with what is not done', async () => {
    await open();
    await writeFile(path.join(folder, 'basics/double.ts'), 'mine');
    await open('basics/double');
    assert.equal(await read('basics/double.ts'), 'mine');
    const keeper = keeperOf(folder);
    await keeper.update((progress) => passedWith(progress, 'basics/double', { hash: hashOf('mine'), now: new Date() }));
    assert.match((await open()).screen.text(), /^Quadruple/);
  });

  it('asks before it uses a folder that holds other files', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'thesis.tex'), '');
    const refused = await open();
    assert.deepEqual([refused.code, /already holds other files.*--yes/.test(refused.screen.notes())], [2, true]);
    assert.equal((await open(undefined, { yes: true })).code, 0);
    // From then on it is a course folder.
    assert.equal((await open()).code, 0);
  });

  it('says why it cannot be made, and which exercises there are', async () => {
    await writeFile(folder, 'a file');
    const inTheWay = await open();
    assert.deepEqual([inTheWay.code, inTheWay.screen.notes().split('\n').length], [2, 1], inTheWay.screen.notes());
    assert.match(inTheWay.screen.notes(), /cannot be written: .*Make it writable, or name another folder/);
    const unknown = await open('basics/dubble');
    assert.deepEqual([unknown.code, unknown.screen.notes().includes('Did you mean basics/double?')], [2, true]);
  });

  it('is listed with the state of each exercise', async () => {
    await open();
    const list = async (): Promise<string> => {
      const screen = recorder();
      const { course } = await memorySource();
      assert.equal(await listCommand({ course, folder, screen }), 0);
      return screen.text();
    };
    assert.match(
      await list(),
      /^Basics \(0 of 2 passed\)\n {2}› basics\/double +Double, 5 min, in progress\n {2}· basics\/quad/,
    );
    const keeper = keeperOf(folder);
    await keeper.update((progress) => passedWith(progress, 'basics/double', { hash: hashOf('mine'), now: new Date() }));
    assert.match(await list(), /~ basics\/double .*passed, but changed since/);
    await writeFile(path.join(folder, 'basics/double.ts'), 'mine\r\n'.trim());
    assert.match(await list(), /Basics \(1 of 2 passed\)\n {2}✓ basics\/double .*passed/);
  });

  it('keeps what was recorded of an exercise that has another name by now', async () => {
    await open();
    await keeperOf(folder).update((progress) =>
      passedWith(progress, 'basics/old', { hash: hashOf('mine'), now: new Date() }),
    );
    await writeFile(path.join(folder, 'basics/quadruple.ts'), 'mine');
    const { course } = await memorySource();
    const screen = recorder();
    const renamed = { 'basics/old': ['basics/quadruple'] } as const;
    assert.equal(await listCommand({ course: { ...course, renamed }, folder, screen }), 0);
    assert.match(screen.text(), /✓ basics\/quadruple .*passed/);
  });

  it('is listed with a word for what is optional, which does not count', async () => {
    const { course } = await memorySource();
    const parts = course.parts.map((part) => ({
      ...part,
      exercises: part.exercises.map((exercise) => ({ ...exercise, optional: exercise.id === 'basics/quadruple' })),
    }));
    const screen = recorder();
    assert.equal(await listCommand({ course: { ...course, parts }, folder, screen }), 0);
    assert.match(
      screen.text(),
      /^Basics \(0 of 1 passed\)\n.*double +Double, 5 min, not started\n.*min, optional, not started/,
    );
  });

  it('shows lessons, and hints one at a time', async () => {
    const source = await memorySource();
    const screen = recorder();
    assert.equal(await lessonCommand({ source, screen, id: 'basics/double' }), 0);
    assert.match(screen.text(), /^# Double\n\nTwice one is two\.\n\n:::step sum/);
    await open();
    const hint = async (): Promise<string> => {
      const shown = recorder();
      assert.equal(await hintCommand({ source, screen: shown, id: 'basics/double', folder }), 0);
      return shown.text();
    };
    assert.equal(await hint(), 'Hint 1 of 3\n\n## A nudge\nThink of a sum.');
    assert.match(await hint(), /^Hint 2 of 3/);
    assert.match(await hint(), /^Hint 3 of 3\n/);
    assert.match(await hint(), /^Hint 3 of 3, the last\n/);
    assert.equal(await lessonCommand({ source, screen, id: 'basics/dubble' }), 2);
    assert.equal(await hintCommand({ source, screen, id: 'dubble', folder }), 2);
  });

  it('finds hints, and no heading in a block of code', () => {
    assert.deepEqual(hintTexts('before\n## One\na\n```\n## not\n```\r\n\n## Two\nb\n'), [
      '## One\na\n```\n## not\n```',
      '## Two\nb',
    ]);
  });

  it('records what two processes add at the same time', async () => {
    await mkdir(path.join(folder, '.groundup'), { recursive: true });
    const keepers = [1, 2].map(() => keeperOf(folder));
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        keepers.map((keeper, index) => keeper.update((progress) => hintShown(progress, `part/exercise-${index}`))),
      );
    }
    // Each keeper still knows its own, so whatever one write hid, the next brings back.
    for (const keeper of keepers) await keeper.update((progress) => progress);
    const last = keeperOf(folder);
    await last.load();
    const { exercises } = last.current;
    assert.deepEqual([exercises['part/exercise-0']?.hintsShown, exercises['part/exercise-1']?.hintsShown], [5, 5]);
  });
});
