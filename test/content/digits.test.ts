/** The handwritten digits as the build packs them: what lessons and checks count on. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { nodeCourseFiles } from '../../src/cli/nodeCourseFiles';
import { CourseSource } from '../../src/content/courseSource';
import { loadCourse } from '../../src/content/loadCourse';
import type { LabelledBytes } from '../../src/harness/submission';

interface Means {
  readonly images: readonly { readonly label: string; readonly values: readonly number[] }[];
}

function countsOf({ labels }: LabelledBytes): number[] {
  return Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length);
}

describe('The handwritten digits of the course', () => {
  let train: LabelledBytes;
  let test: LabelledBytes;

  before(async () => {
    const files = nodeCourseFiles('exercises');
    const { course } = await loadCourse(files);
    assert.ok(course);
    const digits = await new CourseSource(files, course).dataSet('digits');
    assert.ok(digits.kind === 'labelled-images');
    ({ train, test } = digits);
  });

  it('are 8,000 to learn from and 2,000 to judge by, split as the lesson counts them', () => {
    assert.deepEqual(countsOf(train), [818, 893, 794, 839, 767, 696, 806, 825, 779, 783]);
    assert.deepEqual(countsOf(test), [183, 234, 197, 193, 213, 167, 208, 245, 165, 195]);
  });

  it('are mixed, so that the first few hold every digit', () => {
    assert.equal(new Set(train.labels.subarray(0, 60)).size, 10);
    assert.equal(new Set(test.labels.subarray(0, 60)).size, 10);
  });

  it('are no image twice, in neither half', () => {
    const texts = [train, test].flatMap(({ images, count }) =>
      Array.from({ length: count }, (_, n) => Buffer.from(images.subarray(n * 784, (n + 1) * 784)).toString('base64')),
    );
    assert.equal(new Set(texts).size, texts.length);
  });

  it('have the means that the lesson shows, to three places', async () => {
    const { images } = JSON.parse(await readFile('exercises/tensors/digit-templates/means.json', 'utf8')) as Means;
    assert.deepEqual(
      images.map(({ label }) => label),
      ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    );
    const members = [...train.labels.keys()].filter((n) => train.labels[n] === 5);
    for (const pixel of [0, 300, 406, 500]) {
      const sum = members.reduce((total, n) => total + (train.images[n * 784 + pixel] ?? 0), 0);
      assert.ok(Math.abs((images[5]?.values[pixel] ?? NaN) - sum / members.length / 255) <= 5.1e-4);
    }
  });

  it('lie beside their licence', async () => {
    const words = await readFile('exercises/data/digits/LICENCE.txt', 'utf8');
    assert.match(words, /MNIST database[\s\S]*MIT License/);
  });
});
