/**
 * What a learner has built, asked by its learner, through the user interface of the packaged extension: a network that has
 * just learned digits reads a seven that is drawn with the mouse, a transformer shows what it looks at in typed words, and
 * a tape the graph that it recorded.
 */
import type { Frame, Page } from 'playwright-core';
import { solutionOf, startCourse, type Course } from './course';
import { walkedThemes } from './fullRun';

const digits = { id: 'learning/train-digits', title: 'Training on digits', file: 'learning/train-digits.ts' };
const tape = { id: 'learning/autograd', title: 'A tape of your own', file: 'learning/autograd.ts' };
const viewer = { id: 'attention/interpret', title: 'What the weights tell', file: 'attention/interpret.ts' };

for (const theme of walkedThemes) {
  describe(`asking one's own model in a ${theme} theme`, function () {
    this.timeout(300_000);
    let course: Course;

    beforeEach(async () => {
      course = await startCourse({ theme });
    });

    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await course.workbench.keepEvidence(this.currentTest.title);
      await course.workbench.stop();
    });

    /** The lab of an exercise that passes with the reference solution, once a run has begun that has an end as it is given. */
    async function running(
      exercise: typeof digits,
      { label, value }: { label: string; value: number },
    ): Promise<Frame> {
      await course.showTree();
      await course.open(exercise);
      await course.workbench.replaceText(exercise.file, solutionOf(exercise.id));
      await course.check();
      const results = await course.results('passed');
      await results.getByRole('button', { name: 'Open lab' }).click();
      const page = await course.workbench.webview('main.lab.shows-run');
      await page.getByLabel(label, { exact: true }).fill(String(value));
      await page.getByRole('button', { name: 'Start' }).click();
      return page;
    }

    it('lets a drawn seven be read by a network that has learned digits', async () => {
      const page = await running(digits, { label: 'Epochs', value: 2 });
      await page.getByText('Finished').first().waitFor();
      await page.getByText('what was answered for which').first().waitFor();
      await draw(course.workbench.page, page, [
        [0.28, 0.24],
        [0.72, 0.24],
        [0.44, 0.86],
      ]);
      const answer = page.locator('.answer', { hasText: 'Run 1 answers:' });
      await answer.getByText('7', { exact: true }).first().waitFor();
      await course.workbench.screenshot('drawn-seven');
    });

    it('draws the graph that one’s own tape recorded, with values and gradients at its arrows', async () => {
      const page = await running(tape, { label: 'Steps', value: 400 });
      await page.getByText('Finished').first().waitFor();
      const graph = page.locator('.view-graph');
      await graph
        .getByRole('img', { name: /W1 of shape \(4, 2\).*operation matmul.*the gradient .* comes back/ })
        .waitFor();
      await graph.locator('svg').scrollIntoViewIfNeeded();
      await course.workbench.screenshot('graph-of-a-network');
      await graph.getByLabel('In numbers:').selectOption({ label: '2: W1' });
      await graph.locator('.graph-numbers').scrollIntoViewIfNeeded();
      await course.workbench.screenshot('graph-in-numbers');
    });

    it('shows what a transformer looks at in typed words, with and without a mask', async () => {
      const page = await running(viewer, { label: 'Epochs', value: 1 });
      await page.getByText('Finished').first().waitFor();
      await page.getByLabel('Watch it read your words').last().fill('guten morgen');
      const plain = page.locator('.answer').first();
      await plain.getByRole('heading', { name: 'Layer 2' }).waitFor();
      await plain.getByRole('heading', { name: 'Rollout' }).waitFor();
      await plain.locator('.weight-table').first().scrollIntoViewIfNeeded();
      await course.workbench.screenshot('attention-viewer');
      await page.getByLabel('The same with a mask').last().fill('guten morgen');
      const masked = page.locator('.answer').last();
      await masked.getByRole('heading', { name: 'Layer 2' }).waitFor();
      await masked.locator('.weight-table').first().scrollIntoViewIfNeeded();
      await course.workbench.screenshot('attention-masked');
    });
  });
}

/** A stroke on the digit pad with the mouse, through points in shares of its width and height. */
async function draw(window: Page, page: Frame, points: readonly (readonly [x: number, y: number])[]): Promise<void> {
  const pad = page.getByRole('application', { name: /^Draw a digit/ });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('The digit pad is not on the screen.');
  const [[x, y] = [0, 0], ...others] = points;
  await window.mouse.move(box.x + box.width * x, box.y + box.height * y);
  await window.mouse.down();
  for (const [nextX, nextY] of others) {
    await window.mouse.move(box.x + box.width * nextX, box.y + box.height * nextY, { steps: 12 });
  }
  await window.mouse.up();
}
