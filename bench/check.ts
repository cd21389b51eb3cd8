/**
 * How long a learner waits, in a real VS Code with the packaged extension: from the key that checks to the verdict on
 * the screen, warm and for the first check after the start; how long activation takes; whether a hundred checks leave
 * anything behind in the extension host; how large the package is.
 * What is measured is built and packaged first, so that it is what ships.
 */
import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import { builtExtension, solutionOf, startCourse, type Course } from '../test/e2e/course';
import { activationMs, momentOfKey, momentOfPaint } from '../test/e2e/moments';
import { judgesOf, residentMegabytes } from '../test/e2e/processes';
import { eventually } from '../test/e2e/eventually';
import { build } from '../scripts/build.mjs';
import { packageExtension } from '../scripts/package.mjs';
import { median, percentile } from './median';
import { showRows } from './rows';
import type { Row } from './rows';

const exercise = { id: 'tensors/matmul', title: 'Matrix product', file: 'tensors/matmul.ts' };
const warmRuns = 30;
const starts = 5;
const activations = 5;
/** Before the memory is looked at first, and then between the first look and the last. */
const [checksBefore, checksBetween] = [20, 100];

export async function main(args: readonly string[]): Promise<void> {
  await build({ minify: true });
  await packageExtension({ folder: 'out' });
  const warm: number[] = [];
  const first: number[] = [];
  const activation: number[] = [];
  const activationAtStart: number[] = [];
  let memory: Memory | undefined;
  const course = await startCourse();
  try {
    await course.showTree();
    await course.open(exercise);
    await course.workbench.replaceText(exercise.file, solutionOf(exercise.id));
    await course.workbench.save();
    await eventually(
      'the solution is saved',
      async () => (await course.workbench.readFile(exercise.file)) === solutionOf(exercise.id),
    );
    for (let start = 0; start < starts; start += 1) {
      await course.workbench.restartOnAnotherPort();
      await course.showTree();
      await course.row(exercise.title).click();
      await course.lesson(exercise.title);
      first.push(await timeCheck(course));
      if (start === starts - 1) {
        for (let run = 0; run < warmRuns; run += 1) warm.push(await timeCheck(course));
        if (process.platform === 'linux') memory = await memoryOverChecks(course);
      }
      // Last, since the list of extensions stays open over the window.
      activationAtStart.push(await activationMs(course.workbench, 'Ground Up'));
    }
    for (let run = 0; run < activations; run += 1) {
      // Without progress in the folder nothing starts us until the tree is opened, in a window that has come to rest.
      await rm(path.join(course.workbench.folder, '.groundup', 'progress.json'), { force: true });
      await course.workbench.restartOnAnotherPort();
      await pause(settlingMs);
      await course.showTree();
      activation.push(await activationMs(course.workbench, 'Ground Up'));
    }
  } catch (error) {
    await course.workbench.keepEvidence('bench-check');
    throw error;
  } finally {
    await course.workbench.stop();
  }
  showRows(
    [
      { name: 'command to verdict, warm, median', value: median(warm), unit: 'ms', limit: 100 },
      { name: 'command to verdict, warm, 95th percentile', value: percentile(warm, 0.95), unit: 'ms', limit: 250 },
      { name: 'first check after the start, median', value: median(first), unit: 'ms' },
      { name: 'first check after the start, slowest', value: Math.max(...first), unit: 'ms', limit: 1500 },
      { name: 'activation, median', value: median(activation), unit: 'ms', limit: 30 },
      { name: "activation amid VS Code's own start, median", value: median(activationAtStart), unit: 'ms' },
      ...(memory === undefined ? [] : rowsOf(memory)),
      { name: 'size of the .vsix', value: statSync(builtExtension()).size / 1e6, unit: 'MB', limit: 6 },
    ],
    args,
  );
}

interface Memory {
  readonly before: number;
  readonly after: number;
}

function rowsOf({ before, after }: Memory): Row[] {
  return [
    { name: `extension host after ${checksBefore} further checks`, value: before, unit: 'MB' },
    { name: `extension host after ${checksBefore + checksBetween} of them`, value: after, unit: 'MB' },
  ];
}

/** The extension host's memory: the median over ten checks, since the collector comes when it likes, and again a hundred later. */
async function memoryOverChecks(course: Course): Promise<Memory> {
  const look = async (): Promise<number> => {
    const seen: number[] = [];
    for (let run = 0; run < 10; run += 1) {
      await timeCheck(course, glancingMs);
      // Its child, the process for the next check, is started a moment after the verdict.
      await eventually('there is a process for the next check', () => Promise.resolve(judgesOf(course).length > 0));
      const host = judgesOf(course)[0]?.parent;
      if (host !== undefined) seen.push(residentMegabytes(host));
    }
    return median(seen);
  };
  const check = async (times: number): Promise<void> => {
    for (let run = 0; run < times; run += 1) await timeCheck(course, glancingMs);
  };
  await check(checksBefore - 10);
  const before = await look();
  await check(checksBetween - 10);
  return { before, after: await look() };
}

/** Between checks that are many and not timed: long enough that there is a next process. */
const glancingMs = 500;

/**
 * How long a person looks at a verdict before they check again, at the least. The next process gets warm meanwhile;
 * without the pause this would measure checks in a row, which is `npm run bench:harness`'s business.
 */
const readingMs = 2_000;

/** Until VS Code has started whatever else it starts. */
const settlingMs = 5_000;

/** From the key press, as the window sees it, to the frame that shows the verdict, as the results page sees it. */
async function timeCheck(course: Course, pauseMs = readingMs): Promise<number> {
  const { workbench } = course;
  await workbench.focusEditor(exercise.file);
  await pause(pauseMs);
  const pressed = await momentOfKey(workbench, 'ControlOrMeta+Alt+Enter');
  const painted = await momentOfPaint(workbench, pressed);
  return painted - pressed;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
