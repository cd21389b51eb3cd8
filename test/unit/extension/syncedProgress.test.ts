/** Two machines and Settings Sync between them, which carries whole records and lets the last one win. */
import assert from 'node:assert/strict';
import { progressFrom } from '../../../src/content/learner/progressFile';
import { emptyProgress, mergeProgress, opened, passedWith, reset } from '../../../src/course/progress';
import type { Progress } from '../../../src/course/progress';
import { SyncedProgress } from '../../../src/extension/progress/syncedProgress';
import type { SyncedMemento } from '../../../src/extension/progress/syncedProgress';

const course = 'ground-up';
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 28, 3, minute));

/** A machine: its storage, and a folder whose progress file is its own. */
class Machine {
  readonly stored = new Map<string, unknown>();
  synced: readonly string[] = [];
  file: Progress = emptyProgress;
  private readonly progress: SyncedProgress;

  constructor(readonly folder: string) {
    const memento = {
      keys: () => [...this.stored.keys()],
      get: (key: string) => this.stored.get(key),
      update: (key: string, value: unknown) => {
        this.stored.set(key, structuredClone(value));
        return Promise.resolve();
      },
      setKeysForSync: (keys: readonly string[]) => {
        this.synced = keys;
      },
    } as SyncedMemento;
    this.progress = new SyncedProgress({ memento, load: () => Promise.resolve({ progressFrom }) });
  }

  /** The folder is opened: what the record adds is taken in, or answered for. */
  async open(answer?: boolean): Promise<'asked' | 'silent'> {
    const { progress, offered } = await this.progress.join({ course, folder: this.folder, known: this.file });
    this.file = progress;
    if (offered !== undefined && answer !== undefined) {
      this.progress.decide(this.folder, answer);
      if (answer) this.file = mergeProgress(this.file, offered);
    }
    await this.put();
    return offered === undefined ? 'silent' : 'asked';
  }

  async work(transition: (progress: Progress) => Progress): Promise<void> {
    this.file = transition(this.file);
    await this.put();
  }

  /** What Settings Sync does: the keys of this machine replace those of the other. */
  syncTo(other: Machine): void {
    for (const key of this.synced) other.stored.set(key, structuredClone(this.stored.get(key)));
  }

  private put(): Promise<void> {
    return this.progress.put({ course, folder: this.folder, known: this.file });
  }
}

const pass = (id: 'tensors/shapes' | 'tensors/matmul', minute: number) => (progress: Progress) =>
  passedWith(progress, id, { hash: id, now: at(minute) });

describe('progress that Settings Sync carries', () => {
  it('goes with the course to a machine where the folder has another path, once the learner says so', async () => {
    const [desk, laptop] = [new Machine('file:///home/ada/course'), new Machine('file:///C%3A/Users/ada/course')];
    await desk.open();
    await desk.work(pass('tensors/shapes', 1));
    desk.syncTo(laptop);
    assert.equal(await laptop.open(true), 'asked');
    assert.ok(laptop.file.exercises['tensors/shapes']?.passed);
    await desk.work(pass('tensors/matmul', 2));
    desk.syncTo(laptop);
    assert.equal(await laptop.open(), 'silent');
    assert.ok(laptop.file.exercises['tensors/matmul']?.passed);
  });

  it('merges what both machines recorded apart, although the last record replaces the other', async () => {
    const [desk, laptop] = [new Machine('a'), new Machine('b')];
    await desk.open();
    await laptop.open();
    await desk.work(pass('tensors/shapes', 1));
    await laptop.work(pass('tensors/matmul', 2));
    laptop.syncTo(desk);
    await desk.open();
    desk.syncTo(laptop);
    await laptop.open();
    for (const machine of [desk, laptop]) {
      assert.deepEqual(Object.keys(machine.file.exercises).sort(), ['tensors/matmul', 'tensors/shapes']);
    }
  });

  it('carries a reset, too', async () => {
    const [desk, laptop] = [new Machine('a'), new Machine('b')];
    await desk.open();
    await desk.work(pass('tensors/shapes', 1));
    desk.syncTo(laptop);
    await laptop.open(true);
    await laptop.work((progress) => reset(progress, 'tensors/shapes', at(5)));
    laptop.syncTo(desk);
    await desk.open();
    assert.equal(desk.file.exercises['tensors/shapes']?.passed, undefined);
  });

  it('stays out of a folder that is kept apart, and gets nothing from it', async () => {
    const desk = new Machine('a');
    await desk.open();
    await desk.work(pass('tensors/shapes', 1));
    const second = new Machine('b');
    desk.syncTo(second);
    assert.equal(await second.open(false), 'asked');
    await second.work((progress) => opened(progress, 'tensors/matmul', at(3)));
    assert.equal(await second.open(), 'silent');
    assert.equal(second.file.exercises['tensors/shapes'], undefined);
    const record = [...second.stored].find(([key]) => key.includes('courseProgress'))?.[1] as Progress;
    assert.deepEqual(Object.keys(record.exercises), ['tensors/shapes']);
  });

  it('of a newer Ground Up is read as far as it can be, and left as it is', async () => {
    const desk = new Machine('a');
    const newer = { version: 9, exercises: { 'tensors/shapes': { openedAt: at(1).toISOString() } }, more: true };
    desk.stored.set('groundup.courseProgress:ground-up', newer);
    await desk.open(true);
    await desk.work(pass('tensors/matmul', 2));
    assert.ok(desk.file.exercises['tensors/shapes']);
    assert.deepEqual(desk.stored.get('groundup.courseProgress:ground-up'), newer);
  });

  it('that is damaged counts as none', async () => {
    const desk = new Machine('a');
    desk.stored.set('groundup.courseProgress:ground-up', { version: 1, exercises: 7 });
    await desk.open();
    await desk.work(pass('tensors/matmul', 2));
    assert.deepEqual(desk.stored.get('groundup.courseProgress:ground-up'), desk.file);
  });
});
