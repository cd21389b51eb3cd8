/**
 * Ground Up where there is no Node: the package with the `browser` entry alone, in VS Code's web extension host, with the
 * tree, the lesson, the check and the run in workers, and the progress as everywhere else.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageForBrowser } from '../../scripts/package.mjs';
import { Course, solutionOf } from './course';
import { stepByStep } from './stepByStep';
import { Workbench } from './workbench';

const exercise = { title: 'Matrix product', file: 'tensors/matmul.ts' };
const raced = { title: 'Momentum and Adam', file: 'learning/momentum-adam.ts' };
const wrong = solutionOf('tensors/matmul', { find: 'cell += A.data', replace: 'cell = A.data' });
const endless = solutionOf('tensors/matmul', { find: 'cell += A.data', replace: 'for (;;);\n        cell += A.data' });
const right = `${solutionOf('tensors/matmul')}\n`;

describe('in a VS Code of the browser, without Node', function () {
  this.timeout(180_000);
  let folder: string;
  let course: Course;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'groundup-web-'));
    const { file } = await packageForBrowser({ folder });
    course = new Course(await Workbench.start({ extensions: [file] }));
  });

  after(async () => {
    await course.workbench.stop();
    await rm(folder, { recursive: true, force: true });
  });

  stepByStep(() => course);

  it('shows the course, and opens an exercise beside its lesson', async () => {
    await course.showTree();
    await course.open(exercise);
    await course.row(exercise.title, 'in progress').waitFor();
  });

  it('shows what a wrong solution gets wrong, and says where it was judged', async () => {
    await course.workbench.replaceText(exercise.file, wrong);
    await course.check();
    const results = await course.results('failed');
    await results.getByText("matmul finds the lesson's costs").first().waitFor();
    const judged = results.locator('.run-facts .fact').filter({ hasText: 'Judged in' });
    assert.match(await judged.innerText(), /a worker of this browser/);
    await course.workbench.screenshot('browser-failed');
  });

  it('ends a loop that has no end', async () => {
    await course.workbench.replaceText(exercise.file, endless);
    await course.check();
    await course.results('timedOut');
  });

  it('lets a right solution pass, and records that', async () => {
    await course.workbench.replaceText(exercise.file, right);
    await course.check();
    await course.results('passed');
    await course.row(exercise.title, 'passed').waitFor();
    await course.workbench.screenshot('browser-passed');
    await course.workbench.setTheme('light');
    await course.workbench.screenshot('browser-passed');
  });

  it('knows it again after the window was reloaded', async () => {
    await course.workbench.reload();
    await course.showTree();
    await course.row(exercise.title, 'passed').waitFor();
  });

  it('runs in the lab, in a worker, and says what that means', async () => {
    await course.open(raced);
    await course.workbench.replaceText(raced.file, solutionOf('learning/momentum-adam'));
    await course.check();
    const results = await course.results('passed');
    await results.getByRole('button', { name: 'Open lab' }).click();
    const lab = await course.workbench.webview('main.lab.shows-run');
    await lab.getByText('Runs go on in a worker of this browser').waitFor();
    await lab.getByRole('button', { name: 'Start' }).click();
    await lab.getByText('Finished').first().waitFor();
    await lab.getByText('Their paths, seen from above').waitFor();
    await course.workbench.screenshot('browser-lab');
  });
});
