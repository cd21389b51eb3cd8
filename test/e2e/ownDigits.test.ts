/** Digits of the learner's own, through the user interface: a setting names their folder, and what is wrong in it is said. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { solutionOf, startCourse, type Course } from './course';

const exercise = { title: 'Digits by their templates', file: 'tensors/digit-templates.ts' };
const packed = path.resolve('exercises/data/digits');
const images = 'train-images-idx3-ubyte';

describe("an exercise on the learner's own digits", function () {
  this.timeout(300_000);
  let own: string;
  let course: Course;

  before(async () => {
    own = await mkdtemp(path.join(tmpdir(), 'own digits '));
    for (const name of ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte', 'train-labels-idx1-ubyte']) {
      await copyFile(path.join(packed, `${name}.gz`), path.join(own, `${name}.gz`));
    }
    // One that is not packed, and breaks off in the middle.
    const whole = gunzipSync(await readFile(path.join(packed, `${images}.gz`)));
    await writeFile(path.join(own, images), whole.subarray(0, whole.length / 2));
    course = await startCourse();
    // A folder belongs to a machine, so in a window on a server the setting stands among that machine's own.
    const machine = path.resolve(course.workbench.folder, '../data/data/Machine');
    await mkdir(machine, { recursive: true });
    await writeFile(path.join(machine, 'settings.json'), JSON.stringify({ 'groundup.digits.folder': own }));
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await course.workbench.keepEvidence(this.currentTest.title);
  });
  after(async () => {
    await course.workbench.stop();
    await rm(own, { recursive: true, force: true });
  });

  it('is not checked while a file breaks off, and the window says which', async () => {
    await course.showTree();
    await course.open(exercise);
    await course.workbench.replaceText(exercise.file, solutionOf('tensors/digit-templates'));
    await course.check();
    await course.workbench
      .notification(/train-images-idx3-ubyte.*groundup\.digits\.folder names the folder/s)
      .waitFor();
    await course.workbench.screenshot('own-digits-broken');
  });

  it('is checked once the file is whole, without a reload', async () => {
    await writeFile(path.join(own, images), gunzipSync(await readFile(path.join(packed, `${images}.gz`))));
    await course.check();
    await course.results('passed');
  });
});
