/** Debug Exercise: a wrong solution, checked, then stopped in the learner's own file at the call that went wrong. */
import assert from 'node:assert/strict';
import { solutionOf, startCourse, type Course } from './course';
import { eventually } from './workbench';

const exercise = { id: 'tensors/matmul', title: 'Matrix product', file: 'tensors/matmul.ts' };
const wrong = solutionOf(exercise.id).replace('sum += ', 'sum -= ');

describe('debugging an exercise', function () {
  this.timeout(180_000);
  this.bail(true);
  let course: Course;

  before(async () => {
    course = await startCourse();
    await course.showTree();
    await course.open(exercise);
    await course.workbench.replaceText(exercise.file, wrong);
    await course.workbench.save();
  });
  after(async () => {
    await course.workbench.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await course.workbench.keepEvidence(this.currentTest.title);
  });

  it('stops in the learner’s file, on the input of the check that failed', async () => {
    assert.notEqual(wrong, solutionOf(exercise.id));
    await course.workbench.runCommand('Ground Up: Debug Exercise');
    await course.workbench.debugToolbar().waitFor();
    await course.workbench.pausedLine(exercise.file).waitFor();
    await course.workbench.variable(/^Local: dot/).click();
    await course.workbench.variable(/^a = ?.*Tensor/).waitFor();
    await course.workbench.screenshot('debugging');
  });

  it('says on the debug console what the check found, and leaves no breakpoint behind', async () => {
    await course.workbench.runCommand('Debug: Continue');
    await course.workbench.debugConsole(/dot multiplies entry by entry/).waitFor();
    await course.workbench.debugToolbar().waitFor({ state: 'hidden' });
    await eventually('no breakpoint is left', async () => (await course.workbench.breakpoints().count()) === 0);
  });
});
