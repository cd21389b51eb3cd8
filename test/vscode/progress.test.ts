import assert from 'node:assert/strict';
import type { Course } from '../../src/course/course';
import type { Progress } from '../../src/course/progress';
import { emptyProgress, hintShown } from '../../src/course/progress';
import { LearnerFolder } from '../../src/extension/learner/learnerFolder';
import type { SyncedMemento } from '../../src/extension/progress/syncedProgress';
import { ProgressStore } from '../../src/extension/progress/progressStore';
import {
  closeEditors,
  fileOf,
  groundUp,
  listen,
  namesIn,
  open,
  progressFile,
  readText,
  until,
  writeText,
} from './learner';
import * as vscode from 'vscode';

const path = '.groundup/progress.json';
const id = 'tensors/kernel-matmul';

describe('the progress file', () => {
  beforeEach(async () => {
    await open(id);
    await closeEditors();
  });
  afterEach(closeEditors);

  it('is merged with what another window wrote, both ways', async () => {
    const theirs: Progress = { version: 1, exercises: { 'attention/attend': { hintsShown: 3 } } };
    await writeText(path, JSON.stringify(theirs));
    await vscode.commands.executeCommand('groundup.skipExercise', id);
    const merged = await progressFile();
    assert.equal(merged.exercises['attention/attend']?.hintsShown, 3);
    assert.equal(merged.exercises[id]?.skip?.skipped, true);
    assert.equal(await (await groundUp()).stateOf(id), 'skipped');
    await vscode.commands.executeCommand('groundup.unskipExercise', id);
    assert.equal(await (await groundUp()).stateOf(id), 'inProgress');
  });

  it('brings what another window records into this one', async () => {
    const progress = await progressFile();
    const at = new Date(Date.now() + 60_000).toISOString();
    const theirs = { ...progress, exercises: { ...progress.exercises, [id]: { skip: { at, skipped: true } } } };
    await writeText(path, JSON.stringify(theirs));
    await until('the state arrives', async () => (await (await groundUp()).stateOf(id)) === 'skipped');
    await vscode.commands.executeCommand('groundup.unskipExercise', id);
    assert.equal(await (await groundUp()).stateOf(id), 'inProgress');
  });

  /** Another window's store, with a storage of VS Code's own that behaves as told. */
  function storeWith(storage: Pick<SyncedMemento, 'get' | 'update'>): { store: ProgressStore; dispose: () => void } {
    const folder = new LearnerFolder();
    const mirror = { ...storage, keys: () => [], setKeysForSync: () => undefined } as SyncedMemento;
    const course = (): Promise<Course> => Promise.resolve({ id: 'ground-up', title: 'Ground Up', parts: [] });
    const store = new ProgressStore({ course, folder, mirror, load: () => import('../../src/extension/lazy') });
    return { store, dispose: () => [store, folder].forEach((each) => each.dispose()) };
  }

  it('is written even where the storage of VS Code never answers', async () => {
    const before = (await progressFile()).exercises[id]?.hintsShown ?? 0;
    const { store, dispose } = storeWith({ get: () => undefined, update: () => new Promise(() => undefined) });
    try {
      await store.update((progress) => hintShown(progress, id));
      assert.equal((await progressFile()).exercises[id]?.hintsShown, before + 1);
    } finally {
      dispose();
    }
  });

  it('is written again from what only VS Code remembers', async () => {
    const kept = await readText(path);
    await vscode.workspace.fs.delete(fileOf(path));
    const remembered = hintShown(emptyProgress, 'attention/attend');
    const { store, dispose } = storeWith({ get: () => remembered as never, update: () => Promise.resolve() });
    try {
      await store.load();
      await until('the file is there again', () =>
        readText(path).then(
          (text) => text.includes('attention/attend'),
          () => false,
        ),
      );
    } finally {
      dispose();
      await writeText(path, kept);
    }
  });

  it('keeps what it records of an exercise that no longer exists', async () => {
    const progress = await progressFile();
    const more = { ...progress, exercises: { ...progress.exercises, 'gone/exercise': { hintsShown: 1 } } };
    await writeText(path, JSON.stringify(more));
    await open(id);
    assert.equal((await progressFile()).exercises['gone/exercise']?.hintsShown, 1);
  });

  it('is kept aside where it is corrupt, with one sentence, and nothing is lost', async () => {
    const before = await progressFile();
    const learner = listen();
    try {
      await writeText(path, '{"version":1,"exerc');
      await until('it was said', () => learner.said.length > 0);
      await open(id);
      assert.equal(learner.said.length, 1, learner.said.join('\n'));
      assert.match(learner.said[0] ?? '', /^\.groundup\/progress\.json could not be read/);
    } finally {
      learner.end();
    }
    const copy = (await namesIn('.groundup')).find((name) => /^progress-[\d-]+\.json$/.test(name));
    assert.equal(await readText(`.groundup/${copy ?? ''}`), '{"version":1,"exerc');
    assert.deepEqual(Object.keys((await progressFile()).exercises).sort(), Object.keys(before.exercises).sort());
  });

  it('of a newer version is left as it is, with one sentence', async () => {
    const before = await progressFile();
    const newer = JSON.stringify({ version: 2, rows: [] });
    const learner = listen();
    try {
      await writeText(path, newer);
      await until('it was said', () => learner.said.length > 0);
      await open(id);
      assert.equal(learner.said.length, 1, learner.said.join('\n'));
      assert.match(learner.said[0] ?? '', /newer Ground Up/);
      assert.equal(await readText(path), newer);
    } finally {
      learner.end();
    }
    await writeText(path, JSON.stringify(before));
    await until('it is written again', async () => {
      await vscode.commands.executeCommand('groundup.openExercise', id);
      return (await progressFile()).last?.at !== before.last?.at;
    });
  });

  it('that cannot be written costs one sentence, and the progress goes on in VS Code', async () => {
    const text = await readText(path);
    const uri = fileOf(path);
    await vscode.workspace.fs.delete(uri);
    await vscode.workspace.fs.createDirectory(uri);
    const learner = listen();
    try {
      await vscode.commands.executeCommand('groundup.skipExercise', id);
      await vscode.commands.executeCommand('groundup.skipExercise', id);
      assert.equal(learner.said.length, 1, learner.said.join('\n'));
      assert.match(learner.said[0] ?? '', /kept in VS Code/);
      assert.equal(await (await groundUp()).stateOf(id), 'skipped');
    } finally {
      learner.end();
      await vscode.workspace.fs.delete(uri, { recursive: true });
      await writeText(path, text);
    }
    await vscode.commands.executeCommand('groundup.unskipExercise', id);
    assert.equal((await progressFile()).exercises[id]?.skip?.skipped, false);
  });
});
