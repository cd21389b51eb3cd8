import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeEditors,
  courseText,
  exists,
  fileOf,
  groundUp,
  listen,
  namesIn,
  open,
  progressFile,
  readText,
  type,
  until,
  writeText,
} from './learner';

const id = 'learning/affine-forward';

describe("the learner's folder", () => {
  afterEach(closeEditors);

  it('gets the stub back by a reset, which keeps a dated copy', async () => {
    await (await type(id, '// my attempt\n')).save();
    const learner = listen({ press: ['Reset'] });
    try {
      await vscode.commands.executeCommand('groundup.resetExercise', id);
      assert.equal(learner.said.length, 1);
    } finally {
      learner.end();
    }
    assert.equal(await readText(`${id}.ts`), await courseText(`${id}/stub.ts`));
    const copies = (await namesIn('.groundup/copies/learning')).filter((name) =>
      /^affine-forward-[\d-]+\.ts$/.test(name),
    );
    assert.equal(await readText(`.groundup/copies/learning/${copies.at(-1) ?? ''}`), '// my attempt\n');
    assert.equal(await (await groundUp()).stateOf(id), 'notStarted');
    assert.ok((await progressFile()).exercises[id]?.resetAt);
  });

  it('is left as it is where the reset is not confirmed', async () => {
    await (await type(id, '// my attempt\n')).save();
    const learner = listen();
    try {
      await vscode.commands.executeCommand('groundup.resetExercise', id);
    } finally {
      learner.end();
    }
    assert.equal(await readText(`${id}.ts`), '// my attempt\n');
  });

  it('keeps unsaved edits in the copy, too', async () => {
    await (await type(id, '// saved\n')).save();
    await type(id, '// not saved yet\n');
    const learner = listen({ press: ['Reset'] });
    try {
      await vscode.commands.executeCommand('groundup.resetExercise', id);
    } finally {
      learner.end();
    }
    const copies = await Promise.all(
      (await namesIn('.groundup/copies/learning')).map((name) => readText(`.groundup/copies/learning/${name}`)),
    );
    assert.ok(copies.includes('// not saved yet\n'));
  });

  it('shows the solution beside the file, after asking once', async () => {
    await open('learning/affine-backward');
    const learner = listen({ press: ['Show Solution'] });
    try {
      await vscode.commands.executeCommand('groundup.showSolution', 'learning/affine-backward');
      await vscode.commands.executeCommand('groundup.showSolution', 'learning/affine-backward');
      assert.ok(learner.said.length <= 1, 'asked more than once');
    } finally {
      learner.end();
    }
    const diff = await until('the diff is open', () => {
      const input = vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find((tab) => tab.input instanceof vscode.TabInputTextDiff)?.input;
      return input instanceof vscode.TabInputTextDiff ? input : undefined;
    });
    const document = await vscode.workspace.openTextDocument(diff.original);
    assert.equal(document.getText(), await courseText('learning/affine-backward/solution.ts'));
  });

  it('shows hints one at a time, and no more than there are', async () => {
    await open('tensors/matmul');
    const total = (await courseText('tensors/matmul/hints.md')).match(/^## /gm)?.length ?? 0;
    const before = (await progressFile()).exercises['tensors/matmul']?.hintsShown ?? 0;
    await vscode.commands.executeCommand('groundup.showHint', 'tensors/matmul');
    assert.equal((await progressFile()).exercises['tensors/matmul']?.hintsShown, before + 1);
    for (let more = 0; more < total + 1; more += 1) {
      await vscode.commands.executeCommand('groundup.showHint', 'tensors/matmul');
    }
    assert.equal((await progressFile()).exercises['tensors/matmul']?.hintsShown, total);
  });

  it('keeps a tsconfig that was edited, and says so only where it has lost the types', async () => {
    await open(id);
    const original = await readText('tsconfig.json');
    const laxer = original.replace('"strict": true', '"strict": false');
    assert.notEqual(laxer, original);
    const learner = listen({ press: ['Restore'] });
    try {
      await writeText('tsconfig.json', laxer);
      await open(id);
      assert.equal(await readText('tsconfig.json'), laxer);
      assert.deepEqual(learner.said, []);
      await writeText('tsconfig.json', '{}\n');
      await open(id);
      await until('it is restored', async () => (await readText('tsconfig.json')) === original);
      assert.equal(learner.said.length, 1);
      assert.match(learner.said[0] ?? '', /tsconfig\.json no longer leads to the types/);
    } finally {
      learner.end();
    }
    const copies = (await namesIn('.groundup/copies')).filter((name) => name.startsWith('tsconfig-'));
    assert.equal(await readText(`.groundup/copies/${copies.at(-1) ?? ''}`), '{}\n');
  });

  it('gets types and tsconfig again where they were deleted', async () => {
    await vscode.workspace.fs.delete(fileOf('.groundup/types'), { recursive: true });
    await vscode.workspace.fs.delete(fileOf('tsconfig.json'));
    await open(id);
    assert.ok(await exists('.groundup/types/tensor/index.d.ts'));
    assert.ok(await exists('tsconfig.json'));
  });
});
