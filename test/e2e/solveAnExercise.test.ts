/**
 * A learner's first hour, through the user interface of the packaged extension: open an exercise from the tree and read its
 * lesson in a folder that is not trusted yet, trust it, write a wrong and then a right solution, and find everything again
 * after a reload and on another port.
 */
import assert from 'node:assert/strict';
import { startCourse, solutionOf, type Course } from './course';
import { stepByStep } from './stepByStep';
import { itInFull, walkedThemes } from './fullRun';
import { eventually } from './eventually';

const exercise = { title: 'Matrix product', file: 'tensors/matmul.ts' };
const wrong = solutionOf('tensors/matmul', { find: 'cell += A.data', replace: 'cell = A.data' });
const whyInTree = /not trusted, so checking is off: a check runs the code in it/;
const whyNothingRan = /the folder is not trusted, so nothing was run/;
const right = `${solutionOf('tensors/matmul')}\n`;

for (const theme of walkedThemes) {
  describe(`solving an exercise in a ${theme} theme`, function () {
    this.timeout(180_000);
    let course: Course;

    before(async () => {
      course = await startCourse({
        theme,
        trust: true,
        // Asked at once, a person may also say no; then the folder is as it is here.
        settings: { 'security.workspace.trust.startupPrompt': 'never' },
      });
    });

    after(async () => {
      await course.workbench.stop();
    });

    stepByStep(() => course);

    it('shows the course with nothing started, and says in the tree why nothing is checked', async () => {
      await course.showTree();
      await course.workbench.sideBar().getByText(whyInTree).waitFor();
      for (const part of ['Tensors', 'Learning', 'Attention']) {
        await course.workbench.scrollTreeTo(course.workbench.treeRow(new RegExp(`^${part}, 0 of \\d+ passed`)));
      }
      await course.workbench.scrollTreeTo(course.row(exercise.title, 'not started'));
      await course.workbench.screenshot('tree');
    });

    it('opens an exercise from the tree, its stub beside its lesson', async () => {
      await course.open(exercise);
      await course.row(exercise.title, 'in progress').waitFor();
      await course.workbench.screenshot('opened');
    });

    it('unfolds the derivation one step at a time', async () => {
      const lesson = await course.lesson(exercise.title);
      const steps = lesson.locator('details[data-step]');
      assert.ok((await steps.count()) >= 2);
      const first = steps.first();
      assert.equal(await first.locator('.katex').first().isVisible(), false);
      await first.locator('summary').click();
      await first.locator('.katex').first().waitFor();
      assert.equal(await steps.nth(1).locator('.katex').first().isVisible(), false);
      await first.getByRole('button', { name: /^Next:/ }).click();
      await steps.nth(1).locator('.katex').first().waitFor();
      await course.workbench.screenshot('derivation');
    });

    it('runs nothing while the folder is not trusted, and says why', async () => {
      await course.check();
      await course.workbench.notification(whyNothingRan).waitFor();
      await course.workbench.screenshot('restricted');
      assert.equal(await course.showsResults(), false);
      const progress = JSON.parse(await course.workbench.readFile('.groundup/progress.json')) as {
        readonly exercises: Readonly<Record<string, { readonly checkedAt?: string }>>;
      };
      assert.ok('tensors/matmul' in progress.exercises);
      assert.equal(progress.exercises['tensors/matmul']?.checkedAt, undefined);
      await course.row(exercise.title, 'in progress').waitFor();
    });

    it('checks once the folder is trusted, without a reload, and calls the stub as it was not started', async () => {
      await course.workbench.notification(whyNothingRan).getByRole('button', { name: 'Manage Trust' }).click();
      await course.workbench.trustFolder();
      await course.workbench.sideBar().getByText(whyInTree).waitFor({ state: 'hidden' });
      await course.workbench.focusEditor(exercise.file);
      await course.check();
      await course.results('notStarted');
      await course.workbench.screenshot('not-started');
    });

    itInFull('offers a reload where VS Code brings its TypeScript only with the next window', async () => {
      const { workbench } = course;
      const offer = workbench.notification(/starts its TypeScript for this folder with the next window/);
      await workbench.reloadBy(() => offer.getByRole('button', { name: 'Reload Window' }).click());
      await workbench.focusEditor(exercise.file);
    });

    itInFull("shows no problem in a fresh stub, while the editor's TypeScript does look for some", async () => {
      const { workbench } = course;
      const stub = await workbench.readFile(exercise.file);
      await workbench.typeAtEnd(exercise.file, 'const length: Tensor = 3;');
      await workbench.problems(1).waitFor();
      await workbench.replaceText(exercise.file, stub);
      await workbench.problems(0).waitFor();
    });

    it('shows what a wrong solution gets wrong', async () => {
      await course.workbench.replaceText(exercise.file, wrong);
      await course.check();
      const results = await course.results('failed');
      await results.getByText("matmul finds the lesson's costs").first().waitFor();
      assert.equal(await course.workbench.readFile(exercise.file), wrong);
      await course.row(exercise.title, 'in progress').waitFor();
      await course.workbench.screenshot('failed');
    });

    it('marks the results as stale once the file changes', async () => {
      await course.workbench.typeAtEnd(exercise.file, '\n');
      await course.workbench.save();
      const results = await course.workbench.webview('main.results');
      await results.locator('.stale-note').waitFor();
      await course.workbench.screenshot('stale');
    });

    it('passes a right solution and moves panel, tree and status bar', async () => {
      await course.workbench.typeBefore(exercise.file, { before: '= A.data[i * n + k]! * B', text: '+' });
      await course.check();
      const results = await course.results('passed');
      assert.equal(await course.workbench.readFile(exercise.file), right);
      await results.getByRole('button', { name: /^Next:/ }).waitFor();
      await course.row(exercise.title, 'passed').waitFor();
      await course.workbench.treeRow(/^Tensors, 1 of \d+ passed/).waitFor();
      await course.workbench
        .statusItem(/passed/i)
        .first()
        .waitFor();
      await course.workbench.screenshot('passed');
    });

    it('has everything again after the window is reloaded', async () => {
      await course.workbench.reload();
      await course.showTree();
      await course.row(exercise.title, 'passed').waitFor();
      await course.lesson(exercise.title);
      assert.equal(await course.workbench.readFile(exercise.file), right);
      await course.workbench.screenshot('reloaded');
    });

    itInFull('has everything again on another port', async () => {
      await course.workbench.restartOnAnotherPort();
      await course.showTree();
      await course.row(exercise.title, 'passed').waitFor();
      await course.workbench.runCommand('Ground Up: Continue Where I Left Off');
      await course.workbench.editorTab(/\.ts/).first().waitFor();
      assert.equal(await course.workbench.readFile(exercise.file), right);
      await course.workbench.screenshot('another-port');
    });

    it('tells a passed text from one that has changed since', async () => {
      await course.row(exercise.title).click();
      await course.workbench.typeAtEnd(exercise.file, '\n// later\n');
      await course.workbench.save();
      await course.row(exercise.title, 'passed, but changed since').waitFor();
      await eventually('the file is saved', async () =>
        (await course.workbench.readFile(exercise.file)).endsWith('// later\n'),
      );
    });
  });
}
