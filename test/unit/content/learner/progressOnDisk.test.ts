import assert from 'node:assert/strict';
import { progressText } from '../../../../src/content/learner/progressFile';
import { readProgressOnDisk, writeProgressOnDisk } from '../../../../src/content/learner/progressOnDisk';
import { emptyProgress, opened } from '../../../../src/course/progress';
import { MemoryFolder } from './memoryFolder';

const path = '.groundup/progress.json';
const now = new Date('2026-11-23T18:45:02.345Z');
const known = opened(emptyProgress, 'tensors/matmul', now);

describe('the progress of a learner’s folder', () => {
  it('is none where there is no file, and what was written where there is one', async () => {
    const folder = new MemoryFolder();
    assert.deepEqual(await readProgressOnDisk(folder, now), { kind: 'none' });
    await writeProgressOnDisk(folder, known);
    assert.deepEqual(await readProgressOnDisk(folder, now), { kind: 'progress', progress: known });
    assert.deepEqual([...folder.texts.keys()], [path]);
  });

  it('that cannot be read is set aside whole', async () => {
    const folder = new MemoryFolder({ [path]: '{"version":1,"exerc' });
    const onDisk = await readProgressOnDisk(folder, now);
    assert.equal(onDisk.kind, 'setAside');
    assert.equal(onDisk.copy, 'progress-2026-11-23-184502.json');
    assert.deepEqual([...folder.texts], [[`.groundup/${onDisk.copy}`, '{"version":1,"exerc']]);
  });

  it('is read once it is whole, where another program is in the middle of writing it', async () => {
    const whole = progressText(known);
    const folder = new MemoryFolder({ [path]: '' });
    const reading = readProgressOnDisk(folder, now);
    folder.texts.set(path, whole.slice(0, 20));
    setTimeout(() => folder.texts.set(path, whole), 200);
    assert.deepEqual(await reading, { kind: 'progress', progress: known });
    assert.deepEqual([...folder.texts], [[path, whole]]);
  });

  it('stays where it is when it can be neither read nor moved', async () => {
    const folder = new MemoryFolder({ [path]: 'no' });
    folder.refused.add('.groundup/progress-2026-11-23-184502.json');
    const onDisk = await readProgressOnDisk(folder, now);
    assert.equal(onDisk.kind, 'stuck');
    assert.match(String(onDisk.error), /may not be written/);
    assert.equal(folder.texts.get(path), 'no');
  });

  it('of a newer version is said to be that', async () => {
    const folder = new MemoryFolder({ [path]: '{"version":2,"rows":[]}' });
    assert.deepEqual(await readProgressOnDisk(folder, now), { kind: 'newer', version: 2, progress: undefined });
  });

  it('keeps its old text, and leaves nothing beside it, where the new one cannot take its place', async () => {
    const folder = new MemoryFolder({ [path]: progressText(known) });
    folder.refused.add(path);
    await assert.rejects(writeProgressOnDisk(folder, emptyProgress), /may not be written/);
    assert.deepEqual([...folder.texts], [[path, progressText(known)]]);
  });
});
