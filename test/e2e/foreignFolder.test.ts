/** A folder that holds someone's other work: it is asked before anything is written there, and a no is kept to. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startCourse, type Course } from './course';

const exercise = { title: 'Matrix product', file: 'tensors/matmul.ts' };
const thesis = 'chapter.md';
const words = '# Chapter 1\n';

describe('a folder that already holds other files', function () {
  this.timeout(120_000);
  this.bail(true);
  let course: Course;

  before(async () => {
    course = await startCourse();
    await course.workbench.writeFile(thesis, words);
  });
  after(async () => {
    await course.workbench.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await course.workbench.screenshot(`failed-${this.currentTest.title}`);
  });

  it('is asked about before anything is written, and a no leaves it as it was', async () => {
    await course.showTree();
    await course.row(exercise.title).click();
    await course.workbench.screenshot('foreign-folder');
    await course.workbench.answer('Cancel');
    assert.deepEqual(await readdir(course.workbench.folder), [thesis]);
  });

  it('takes the exercises after a yes, beside what was there', async () => {
    await course.row(exercise.title).click();
    await course.workbench.answer('Use This Folder');
    await course.workbench.editorTab(/^matmul\.ts/).waitFor();
    await course.lesson(exercise.title);
    assert.match(await course.workbench.readFile(exercise.file), /TODO/);
    assert.equal(await readFile(path.join(course.workbench.folder, thesis), 'utf8'), words);
  });
});
