import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { exportJsonSchema, exportText, importSolutions, readExport } from '../../../../src/content/learner/exportFile';
import type { ExportFile } from '../../../../src/content/learner/exportFile';
import { emptyProgress, opened, passedWith } from '../../../../src/course/progress';
import { MemoryFolder } from './memoryFolder';

const now = new Date('2026-11-28T03:00:00Z');
const progress = passedWith(opened(emptyProgress, 'tensors/shapes', now), 'tensors/shapes', { hash: 'abc', now });

async function exported(texts: Readonly<Record<string, string>>): Promise<string> {
  const exercises = ['tensors/shapes', 'tensors/matmul', 'theirs/part/exercise'] as const;
  return await exportText({ files: new MemoryFolder(texts), progress, exercises, now });
}

function fileOf(text: string): ExportFile {
  const reading = readExport(text);
  assert.equal(reading.kind, 'export');
  return reading.kind === 'export' ? reading.file : assert.fail();
}

describe('an export of progress and solutions', () => {
  const texts = { 'tensors/shapes.ts': 'mine', 'theirs/part/exercise.ts': 'also mine', 'notes.ts': 'no solution' };

  it('holds the progress and every solution, those of added courses too, and nothing else', async () => {
    const file = fileOf(await exported(texts));
    assert.deepEqual(file.progress, progress);
    assert.deepEqual(file.solutions, { 'tensors/shapes.ts': 'mine', 'theirs/part/exercise.ts': 'also mine' });
  });

  it('holds solutions of exercises that the course no longer has', async () => {
    const gone = opened(progress, 'tensors/gone', now);
    const files = new MemoryFolder({ 'tensors/gone.ts': 'still mine' });
    const file = fileOf(await exportText({ files, progress: gone, exercises: [], now }));
    assert.deepEqual(file.solutions, { 'tensors/gone.ts': 'still mine' });
  });

  it('comes back whole into an empty folder', async () => {
    const folder = new MemoryFolder();
    const { solutions } = fileOf(await exported(texts));
    const done = await importSolutions(folder, { solutions, now });
    assert.deepEqual(done, { written: Object.keys(solutions), kept: [], same: [] });
    assert.equal(folder.texts.get('tensors/shapes.ts'), 'mine');
  });

  it('is laid beside what says something else, and overwrites nothing', async () => {
    const folder = new MemoryFolder({ 'tensors/shapes.ts': 'another', 'theirs/part/exercise.ts': 'also mine' });
    const { solutions } = fileOf(await exported(texts));
    const copy = '.groundup/copies/tensors/shapes-2026-11-28-030000.ts';
    assert.deepEqual(await importSolutions(folder, { solutions, now }), {
      written: [],
      kept: [{ path: 'tensors/shapes.ts', copy }],
      same: ['theirs/part/exercise.ts'],
    });
    assert.equal(folder.texts.get('tensors/shapes.ts'), 'another');
    assert.equal(folder.texts.get(copy), 'mine');
  });

  it('keeps two copies of one moment apart, and one that is there already once', async () => {
    const folder = new MemoryFolder({ 'tensors/shapes.ts': 'another' });
    for (const text of ['first', 'second', 'first']) {
      await importSolutions(folder, { solutions: { 'tensors/shapes.ts': text }, now });
    }
    assert.deepEqual(
      [...folder.texts].filter(([path]) => path.startsWith('.groundup/copies/')),
      [
        ['.groundup/copies/tensors/shapes-2026-11-28-030000.ts', 'first'],
        ['.groundup/copies/tensors/shapes-2026-11-28-030001.ts', 'second'],
      ],
    );
  });

  const hostile: Readonly<Record<string, string>> = {
    'a path that leads out': '../../.bashrc',
    'an absolute path': '/etc/passwd.ts',
    'a path of a drive': 'C:/x/y.ts',
    'a file that is no solution': '.groundup/progress.json',
    'a folder of ours': '.groundup/types/tensor.ts',
    'a backslash': 'tensors\\..\\..\\x.ts',
  };
  for (const [title, path] of Object.entries(hostile)) {
    it(`is refused as a whole with ${title}`, async () => {
      const value = JSON.parse(await exported(texts)) as { solutions: Record<string, string> };
      value.solutions[path] = 'x';
      assert.equal(readExport(JSON.stringify(value)).kind, 'unreadable');
    });
  }

  it('is refused where it is cut off, is something else, or holds no progress', async () => {
    const text = await exported(texts);
    for (const wrong of [
      text.slice(0, -9),
      '{}',
      '[]',
      'null',
      '',
      text.replace('"version": 1,\n    "exercises"', '"exercises"'),
    ]) {
      assert.equal(readExport(wrong).kind, 'unreadable', wrong.slice(0, 40));
    }
  });

  it('of a newer form is known as such', async () => {
    const value = JSON.parse(await exported(texts)) as object;
    assert.equal(readExport(JSON.stringify({ ...value, version: 2 })).kind, 'newer');
    assert.equal(readExport(JSON.stringify({ ...value, progress: { version: 7, exercises: [] } })).kind, 'newer');
  });

  it('has the form that media/export.schema.json publishes', () => {
    const published: unknown = JSON.parse(readFileSync('media/export.schema.json', 'utf8'));
    assert.deepEqual(published, JSON.parse(JSON.stringify(exportJsonSchema())));
  });
});
