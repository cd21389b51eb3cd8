/** Two windows on one course folder: what happens in one is seen in the other, and neither undoes the other's work. */
import assert from 'node:assert/strict';
import { Course, solutionOf, startCourse } from './course';

const first = { id: 'tensors/matmul', title: 'Matrix product', file: 'tensors/matmul.ts' };
const second = { id: 'tensors/broadcasting', title: 'Broadcasting', file: 'tensors/broadcasting.ts' };

describe('two windows on one course folder', function () {
  this.timeout(120_000);
  this.bail(true);
  let one: Course;
  let other: Course;

  before(async () => {
    one = await startCourse();
    other = new Course(await one.workbench.anotherWindow());
    await one.showTree();
    await other.showTree();
  });

  after(async () => {
    await one.workbench.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await one.workbench.screenshot(`failed-${this.currentTest.title}-one`);
    await other.workbench.screenshot(`failed-${this.currentTest.title}-other`);
  });

  async function pass(course: Course, exercise: typeof first): Promise<void> {
    await course.open(exercise);
    await course.workbench.replaceText(exercise.file, solutionOf(exercise.id));
    await course.check();
    await course.results('passed');
  }

  it('show what passes in one in the tree of the other', async () => {
    await pass(one, first);
    await other.row(first.title, 'passed').waitFor();
    await other.workbench.treeRow(/^Tensors, 1 of \d+ passed/).waitFor();
  });

  it('lose nothing when both write', async () => {
    await pass(other, second);
    for (const course of [one, other]) {
      await course.row(first.title, 'passed').waitFor();
      await course.row(second.title, 'passed').waitFor();
      await course.workbench.treeRow(/^Tensors, 2 of \d+ passed/).waitFor();
    }
    const progress = JSON.parse(await one.workbench.readFile('.groundup/progress.json')) as {
      readonly exercises: Readonly<Record<string, { readonly passed?: object }>>;
    };
    assert.deepEqual(
      Object.entries(progress.exercises)
        .filter(([, { passed }]) => passed !== undefined)
        .map(([id]) => id)
        .sort(),
      [second.id, first.id].sort(),
    );
  });

  it('never let one overwrite what is unsaved in the other', async () => {
    // The file is open, with unsaved edits, in the window that did not pass it; the first window saves meanwhile.
    await other.open(first, { fresh: false });
    await other.workbench.typeAtEnd(first.file, '// unsaved in the other window');
    await one.workbench.typeAtEnd(first.file, '// saved in the first window');
    await one.workbench.save();
    await one.row(first.title, 'passed, but changed since').waitFor();
    await other.check();
    await other.workbench.notification(`${first.file} could not be saved, so it was not checked.`).waitFor();
    const saved = await one.workbench.readFile(first.file);
    assert.ok(saved.endsWith('// saved in the first window'));
    await other.workbench.page
      .locator('.view-line')
      .filter({ hasText: /unsaved\sin\sthe\sother\swindow/ })
      .waitFor();
    await other.workbench.screenshot('changed-in-another-window');
  });
});
