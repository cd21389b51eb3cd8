/** Try It: a function of the learner's on an input that they type, and what it answers, as a tensor. */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { solutionOf, startCourse, type Course } from './course';
import { walkedThemes } from './fullRun';

const exercise = { id: 'tensors/matmul', title: 'Matrix product', file: 'tensors/matmul.ts' };
const wrong = solutionOf(exercise.id).replace('cell += ', 'cell -= ');

for (const theme of walkedThemes) {
  describe(`trying a function, in the ${theme} theme`, function () {
    this.timeout(300_000);
    this.bail(true);
    let course: Course;
    let page: Frame;

    before(async () => {
      course = await startCourse({ theme });
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

    it('has a field for each parameter of the function that is chosen', async () => {
      await course.workbench.runCommand('Ground Up: Try It…');
      page = await course.workbench.webview('main.try-it form');
      await page.getByLabel('Function').selectOption('matmul');
      await page.getByLabel(/^A/).waitFor();
      await page.getByLabel(/^B/).waitFor();
    });

    it('says at the field what cannot be read', async () => {
      await page.getByLabel(/^A/).fill('[[1, 2], [3]]');
      await page.getByLabel(/^B/).fill('[[5], [6]]');
      await page.getByLabel(/^B/).press('Enter');
      await page.getByText(/^Column 10: This list holds 1/).waitFor();
    });

    it('shows the input and the answer as tensors', async () => {
      await page.getByLabel(/^A/).fill('[[1, 2], [3, 4]]');
      await page.getByRole('button', { name: 'Run' }).click();
      const result = page.locator('.try-result[data-verdict="answered"]');
      await result.waitFor();
      assert.deepEqual(await result.locator('figure.tensor').last().locator('tbody td').allInnerTexts(), [
        '-17',
        '-39',
      ]);
      await course.workbench.screenshot('trying');
    });

    it('asks once before it shows what the reference answers, and then shows where they differ', async () => {
      await page.getByLabel('beside the reference').check();
      await page.getByRole('button', { name: 'Run' }).click();
      await course.workbench.answer('Show Solution');
      await page
        .getByText(/answers something else than the reference/)
        .first()
        .waitFor();
      await course.workbench.screenshot('trying beside the reference');
    });

    it('takes over the input of a check that failed', async () => {
      await course.check();
      const results = await course.results('failed');
      await results.getByRole('button', { name: 'Try this input' }).first().click();
      page = await course.workbench.webview('main.try-it form');
      await page.locator('#argument-0').waitFor();
      assert.match(await page.locator('#argument-0').inputValue(), /^\[/);
      await page.getByRole('button', { name: 'Run' }).click();
      await page.locator('.try-result').waitFor();
    });
  });
}
