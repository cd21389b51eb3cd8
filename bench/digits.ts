/**
 * What the milestone of part 2 promises: the reference solutions of the exercises, put together as the learner's own would
 * be, read held-back digits. Five networks from five seeds, each trained from its first step to its last; how long that
 * takes, and how many of the 2,000 digits that none of them has seen are read wrongly.
 */
import { reshape, scope } from 'tensor';
import { accuracy } from 'learning/accuracy';
import { createModel, train } from 'learning/train-digits';
import type { Examples } from 'learning/train-digits';
import { forward } from 'learning/two-layer-forward';
import { nodeCourseFiles } from '../src/cli/nodeCourseFiles';
import { CourseSource } from '../src/content/courseSource';
import { loadCourse } from '../src/content/loadCourse';
import type { Labelled } from '../src/authoring';
import { dataFinder } from '../src/harness/judge/data';
import { median } from './median';
import { showRows } from './rows';

/** As the lesson has them. */
const sizes = { inputs: 784, hidden: 128, outputs: 10 } as const;
const options = { epochs: 15, batchSize: 32, rate: 1 } as const;
const seeds = [1, 2, 3, 4, 5];

export async function main(args: readonly string[]): Promise<void> {
  const { training, heldBack } = await readDigits();
  const wrong: number[] = [];
  const seconds: number[] = [];
  const processorSeconds: number[] = [];
  for (const seed of seeds) {
    const before = process.cpuUsage();
    const start = performance.now();
    let model = createModel(sizes, seed);
    for (const progress of train(model, training, { ...options, seed })) model = progress.model;
    seconds.push((performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(before);
    processorSeconds.push((user + system) / 1e6);
    const right = scope(() => accuracy(forward(heldBack.images, model).output, heldBack.labels));
    wrong.push(100 * (1 - right));
  }
  showRows(
    [
      ...seeds.map((seed, index) => ({
        name: `held-back digits read wrongly, seed ${String(seed)}`,
        value: wrong[index] ?? NaN,
        unit: '%',
      })),
      { name: 'held-back digits read wrongly, worst seed', value: Math.max(...wrong), unit: '%', limit: 5 },
      { name: 'one training, median', value: median(seconds), unit: 's' },
      { name: 'one training, slowest', value: Math.max(...seconds), unit: 's', limit: 20 },
      { name: 'one training, processor time of all threads, median', value: median(processorSeconds), unit: 's' },
    ],
    args,
  );
}

async function readDigits(): Promise<{ readonly training: Examples; readonly heldBack: Examples }> {
  const files = nodeCourseFiles('exercises');
  const { course } = await loadCourse(files);
  if (course === undefined) throw new Error('The course cannot be read; `npm run course` says why.');
  const { train: training, test } = dataFinder([await new CourseSource(files, course).dataSet('digits')])('digits');
  return { training: examplesOf(training), heldBack: examplesOf(test) };
}

function examplesOf({ images, labels }: Labelled): Examples {
  return { images: reshape(images, [labels.size, sizes.inputs]), labels };
}
