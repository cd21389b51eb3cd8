/**
 * VS Code's own ways, by its own user interface: the Testing view, in which an exercise is run and debugged like any test,
 * and the walkthrough that completes itself as the learner acts.
 */
import { solutionOf, startCourse, type Course } from './course';
import { DebugView } from './debugView';
import { walkedThemes } from './fullRun';

const exercise = { id: 'tensors/matmul', title: 'Matrix product', file: 'tensors/matmul.ts' };
const wrong = solutionOf(exercise.id, { find: 'sum += ', replace: 'sum -= ' });

for (const theme of walkedThemes) {
  describe(`VS Code’s own ways in a ${theme} theme`, function () {
    this.timeout(180_000);
    this.bail(true);
    let course: Course;
    let debug: DebugView;

    before(async () => {
      course = await startCourse({ theme });
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

    it('shows parts, exercises and checks as tests, and which of them failed', async () => {
      const { workbench } = course;
      await workbench.runCommand('Test: Run Tests in Current File');
      await course.results('failed');
      await workbench.openContainer('Testing');
      await workbench.scrollTreeTo(workbench.treeRow(/^Matrix product \(Failed\)/));
      await workbench.treeRow(/^dot multiplies entry by entry.*\(Failed\)/).waitFor();
      await workbench.screenshot('testing-view');
    });

    it('debugs a test as Debug Exercise does: it stops in the learner’s file, at the call that went wrong', async () => {
      const row = course.workbench.treeRow(/^dot multiplies entry by entry.*\(Failed\)/);
      await row.hover();
      await row.getByRole('button', { name: 'Debug Test' }).click();
      await debug.toolbar().waitFor();
      await debug.pausedLine(exercise.file).waitFor();
      await debug.variable(/^Local: dot/).waitFor();
      await course.workbench.screenshot('testing-debug');
      await course.workbench.runCommand('Debug: Continue');
      await debug.toolbar().waitFor({ state: 'hidden' });
    });

    it('leads through the first steps, and marks those that were taken', async () => {
      const { page } = course.workbench;
      await course.workbench.runCommand('Welcome: Open Walkthrough...');
      await page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: 'Ground Up' }).first().click();
      await page.locator('.gettingStartedContainer .getting-started-step.completed').first().waitFor();
      await course.workbench.screenshot('walkthrough');
    });
  });
}
