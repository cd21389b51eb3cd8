/** Debug Exercise: a wrong solution, checked, then stopped in the learner's own file at the call that went wrong. */
import assert from 'node:assert/strict';
import { solutionOf, startCourse, type Course } from './course';
import { DebugView } from './debugView';
import { eventually } from './eventually';

const exercise = { id: 'tensors/matmul', title: 'Matrix product', file: 'tensors/matmul.ts' };
const wrong = solutionOf(exercise.id).replace('sum += ', 'sum -= ');

describe('debugging an exercise', function () {
  this.timeout(180_000);
  this.bail(true);
  let course: Course;
  let debug: DebugView;

  before(async () => {
    course = await startCourse();
    debug = new DebugView(course.workbench.page);
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
    await debug.toolbar().waitFor();
    await debug.pausedLine(exercise.file).waitFor();
    await debug.variable(/^Local: dot/).click();
    await debug.variable(/^a = ?.*Tensor/).waitFor();
    await course.workbench.screenshot('debugging');
  });

  it('says on the debug console what the check found, and leaves no breakpoint behind', async () => {
    await course.workbench.runCommand('Debug: Continue');
    await debug.console(/dot multiplies entry by entry/).waitFor();
    await debug.toolbar().waitFor({ state: 'hidden' });
    await eventually('no breakpoint is left', async () => (await debug.breakpoints().count()) === 0);
  });
});
