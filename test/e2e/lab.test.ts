/**
 * The lab through the user interface of the packaged extension: an exercise passes, its lab opens, a run is watched, paused,
 * found again after a reload and taken up where it was.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { solutionOf, startCourse, type Course } from './course';
import { stepByStep } from './stepByStep';
import { eventually } from './eventually';

const exercise = { title: 'The nudge', file: 'learning/sgd.ts' };

describe('watching a run in the lab', function () {
  this.timeout(300_000);
  let course: Course;

  before(async () => {
    course = await startCourse({ theme: 'dark' });
  });

  after(async () => {
    await course.workbench.stop();
  });

  stepByStep(() => course);

  /** The lab page, once it shows a run's settings. */
  async function lab(): Promise<Frame> {
    const frame = await course.workbench.webview('main.lab.shows-run');
    await frame.getByRole('button', { name: 'Start' }).waitFor();
    return frame;
  }

  async function stepOf(page: Frame): Promise<number> {
    const words = await page.locator('.run-progress').first().innerText();
    return Number(/^step ([\d,]+)/.exec(words)?.[1]?.replaceAll(',', '') ?? NaN);
  }

  it('says that it opens once the exercise has passed', async () => {
    await course.showTree();
    await course.open(exercise);
    await course.workbench.runCommand('Ground Up: Open Lab');
    const page = await course.workbench.webview('main.lab.shows-locked');
    await page.getByText(/opens once your own work has passed/).waitFor();
  });

  it('opens by itself when it passes, and draws a run while it goes', async () => {
    await course.workbench.replaceText(exercise.file, solutionOf('learning/sgd'));
    await course.check();
    const results = await course.results('passed');
    await results.getByRole('button', { name: 'Open lab' }).waitFor();
    const page = await lab();
    // Long enough to be paused on the way, however quick the machine is.
    await page.getByLabel('Points in a batch').fill('1');
    await page.getByLabel('Epochs').fill('1000');
    await page.getByRole('button', { name: 'Start' }).click();
    await eventually('the run makes steps', async () => (await stepOf(page)) > 0);
  });

  it('stands still while it is paused', async () => {
    const page = await lab();
    await page.getByRole('button', { name: 'Pause: run 1' }).click();
    await page.getByText('Paused').first().waitFor();
    assert.ok((await stepOf(page)) > 0);
    await page.getByText('The path on the loss surface').first().waitFor();
    await course.workbench.screenshot('lab-paused-dark');
    await course.workbench.setTheme('light');
    await course.workbench.screenshot('lab-paused-light');
  });

  it('is interrupted by a reload of the window, and goes on from where it was', async () => {
    const before = await stepOf(await lab());
    await course.workbench.reload();
    const page = await lab();
    await page.getByText('Interrupted').first().waitFor();
    assert.equal(await stepOf(page), before);
    await page.getByRole('button', { name: 'Resume: run 1' }).click();
    await eventually('the run goes on', async () => (await stepOf(page)) > before, { limitMs: 120_000 });
  });
});
