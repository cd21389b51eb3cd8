/** A folder that is not trusted: everything can be read, nothing of it is run, and both the tree and a check say why. */
import assert from 'node:assert/strict';
import { solutionOf, startCourse, type Course } from './course';

const exercise = { title: 'Matrix product', file: 'tensors/matmul.ts' };
const whyInTree = /not trusted, so checking is off: a check runs the code in it/;
const whyNothingRan = /the folder is not trusted, so nothing was run/;

describe('a folder that is not trusted', function () {
  this.timeout(120_000);
  this.bail(true);
  let course: Course;

  before(async () => {
    course = await startCourse({
      trust: true,
      // Asked at once, a person may also say no; then the folder is as it is here.
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    });
  });

  after(async () => {
    await course.workbench.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await course.workbench.screenshot(`failed-${this.currentTest.title}`);
  });

  it('shows the course, and says in the tree why nothing is checked', async () => {
    await course.showTree();
    await course.workbench.sideBar().getByText(whyInTree).waitFor();
  });

  it('lets lessons be read and derivations be unfolded', async () => {
    await course.open(exercise);
    const lesson = await course.lesson(exercise.title);
    await lesson.locator('details[data-step] summary').first().click();
    await lesson.locator('details[data-step] .katex').first().waitFor();
  });

  it('runs nothing when a check is asked for, and says why', async () => {
    await course.workbench.replaceText(exercise.file, solutionOf('tensors/matmul'));
    await course.workbench.save();
    await course.check();
    await course.workbench.notification(whyNothingRan).waitFor();
    await course.workbench.screenshot('restricted');
    assert.equal(await course.showsResults(), false);
    const progress = JSON.parse(await course.workbench.readFile('.groundup/progress.json')) as {
      readonly exercises: Readonly<Record<string, { readonly checkedAt?: string; readonly passed?: object }>>;
    };
    assert.equal(progress.exercises['tensors/matmul']?.checkedAt, undefined);
    assert.equal(progress.exercises['tensors/matmul']?.passed, undefined);
    await course.row(exercise.title, 'in progress').waitFor();
  });

  it('checks once the folder is trusted, without a reload', async () => {
    await course.workbench.notification(whyNothingRan).getByRole('button', { name: 'Manage Trust' }).click();
    await course.workbench.trustFolder();
    await course.workbench.sideBar().getByText(whyInTree).waitFor({ state: 'hidden' });
    await course.workbench.focusEditor(exercise.file);
    await course.check();
    await course.results('passed');
    await course.row(exercise.title, 'passed').waitFor();
  });
});
