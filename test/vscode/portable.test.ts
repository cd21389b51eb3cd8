import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeEditors,
  exists,
  fileOf,
  listen,
  namesIn,
  progressFile,
  readText,
  remove,
  type,
  until,
  writeText,
} from './learner';

const other = 'tensors/matmul';
const file = 'carried.json';

describe('progress as a file', () => {
  afterEach(async () => {
    await closeEditors();
    await remove(file);
  });

  async function run(command: string): Promise<string> {
    const learner = listen();
    try {
      await vscode.commands.executeCommand(command, fileOf(file));
      return learner.said.join('\n');
    } finally {
      learner.end();
    }
  }

  it('holds what is typed and not saved yet, and comes back merged, with nothing overwritten', async () => {
    await type(other, '// carried\n');
    assert.match(await run('groundup.exportProgress'), /Your progress and solutions are in carried\.json/);
    const exported = await readText(file);
    assert.match(exported, /\/\/ carried\\n/);
    await closeEditors();
    await writeText(`${other}.ts`, '// mine by now\n');
    const theirs = JSON.parse(exported) as { progress: { exercises: Record<string, object> } };
    theirs.progress.exercises['elsewhere/only'] = { hintsShown: 2 };
    await writeText(file, JSON.stringify(theirs));
    assert.match(await run('groundup.importProgress'), /1 differ from yours: yours stay/);
    assert.equal(await readText(`${other}.ts`), '// mine by now\n');
    const copies = (await namesIn('.groundup/copies/tensors')).filter((name) => name.startsWith('matmul-'));
    assert.equal(await readText(`.groundup/copies/tensors/${copies.at(-1) ?? ''}`), '// carried\n');
    assert.equal((await progressFile()).exercises['elsewhere/only']?.hintsShown, 2);
  });

  it('that is none changes nothing, and says so', async () => {
    await writeText(file, '{"format":"groundup-export"');
    const before = await readText('.groundup/progress.json');
    assert.match(await run('groundup.importProgress'), /is no export of Ground Up .* Nothing was changed/);
    assert.equal(await readText('.groundup/progress.json'), before);
  });
});

describe('the overview of all progress', () => {
  afterEach(closeEditors);

  it('opens in an editor of its own, once', async () => {
    const tabs = (): number =>
      vscode.window.tabGroups.all.flatMap(({ tabs: each }) => each).filter(({ label }) => label === 'Your Progress')
        .length;
    await vscode.commands.executeCommand('groundup.showProgress');
    await vscode.commands.executeCommand('groundup.showProgress');
    await until('it is open', () => tabs() > 0);
    assert.equal(tabs(), 1);
    assert.equal(await exists('package.json'), false);
  });
});
