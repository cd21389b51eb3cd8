import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { nodeCourseFiles } from '../../../src/cli/nodeCourseFiles';
import { composeSubmission } from '../../../src/content/composeSubmission';
import { readIdx } from '../../../src/content/idx';
import { checkCourse } from '../../../src/content/checkCourse';
import { readDataSet } from '../../../src/content/readDataSet';
import type { DataSet } from '../../../src/course/course';
import { findExercise } from '../../../src/course/course';
import { random } from '../../../src/tensor';
import { memoryCourse, memorySource } from './memoryCourse';

/** An IDX file: its header, then `entries`. */
function idx(shape: readonly number[], entries: Uint8Array, type = 0x08): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + entries.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type * 256 + shape.length);
  shape.forEach((size, axis) => view.setUint32(4 + 4 * axis, size));
  bytes.set(entries, 4 + 4 * shape.length);
  return bytes;
}

function bytesOf(count: number, below = 256): Uint8Array {
  return Uint8Array.from(random(count).integers([count], { low: 0, high: below }).data);
}

const images = (count: number, side = 3): Uint8Array => idx([count, side, side], bytesOf(count * side * side));
const labels = (count: number, classes = 10): Uint8Array => idx([count], bytesOf(count, classes));

const set: DataSet = {
  kind: 'labelled-images',
  title: 'Small digits',
  folder: 'data/digits',
  height: 3,
  width: 3,
  classes: 10,
  splits: {
    train: { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte', count: 4 },
    test: { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte', count: 2 },
  },
};

const whole: Readonly<Record<string, Uint8Array>> = {
  'train-images-idx3-ubyte': images(5),
  'train-labels-idx1-ubyte': labels(5),
  't10k-images-idx3-ubyte': images(2),
  't10k-labels-idx1-ubyte': labels(2),
};

/** Reads a folder of these files. */
function read(files: Readonly<Record<string, Uint8Array | undefined>>): ReturnType<typeof readDataSet> {
  const origin = 'The setting names the folder.';
  return readDataSet({ name: 'digits', set }, { files: memoryCourse(files), folder: '', origin });
}

describe('An IDX file', () => {
  const entries = bytesOf(18);

  it('is read with its shape, gzipped or not', async () => {
    const raw = idx([2, 3, 3], entries);
    for (const bytes of [raw, gzipSync(raw)]) {
      const file = await readIdx(bytes, { file: 'digits', holds: 'images' });
      assert.deepEqual(file.shape, [2, 3, 3]);
      assert.deepEqual([...file.bytes], [...entries]);
    }
    assert.deepEqual((await readIdx(idx([0], new Uint8Array(0)), { file: 'none', holds: 'labels' })).shape, [0]);
  });

  const refused: readonly [what: string, bytes: Uint8Array, message: RegExp][] = [
    [
      'that breaks off',
      idx([2, 3, 3], entries).subarray(0, 30),
      /^f breaks off: .* 2 × 3 × 3 = 18 bytes, and only 14 follow/,
    ],
    ['that breaks off within its header', idx([2, 3, 3], entries).subarray(0, 9), /^f breaks off within its header/],
    ['that goes on too long', idx([1, 3, 3], entries), /^f goes on too long: .* = 9 bytes, and 18 follow/],
    ['of labels where images belong', labels(7), /^f should hold images, but its header says labels/],
    ['of other axes', idx([3, 3], bytesOf(9)), /^f should hold images, but its header says 2 axes/],
    ['of floating-point numbers', idx([2, 3, 3], entries, 0x0d), /^f .* 32-bit floating-point numbers \(type 0d\)/],
    ['of a type that there is not', idx([2, 3, 3], entries, 0x77), /^f .* of the unknown type 77/],
    ['that is empty', new Uint8Array(0), /^f is not an IDX file: it is empty/],
    ['that is a web page', new TextEncoder().encode('<!DOCTYPE html>'), /begins with 3c 21 44 4f, as a web page does/],
    ['that is a zip archive', new TextEncoder().encode('PK\u0003\u0004…'), /as a zip archive does/],
    ['that is text', new TextEncoder().encode('label,pixel0'), /^f is not an IDX file: it begins with 6c 61 62 65\./],
    ['that is gzipped and breaks off', gzipSync(idx([2, 3, 3], entries)).subarray(0, 20), /gzip file that is damaged/],
    ['that is gzipped and foreign', gzipSync('hello there'), /^f is not an IDX file: it begins with 68 65 6c 6c/],
  ];
  for (const [what, bytes, message] of refused) {
    it(`${what} is refused, and the message says so`, async () => {
      await assert.rejects(readIdx(bytes, { file: 'f', holds: 'images' }), {
        name: 'DataFileError',
        message,
        file: 'f',
      });
    });
  }
});

describe('A set of labelled images', () => {
  it('has the first images and labels of each half, as many as the course says', async () => {
    const data = await read(whole);
    assert.equal(data.name, 'digits');
    assert.ok(data.kind === 'labelled-images');
    assert.deepEqual([data.train.count, data.train.height, data.train.width], [4, 3, 3]);
    assert.deepEqual([...data.train.images], [...images(5).subarray(16, 16 + 36)]);
    assert.deepEqual([...data.test.labels], [...labels(2).subarray(8)]);
  });

  it('may be gzipped, and its files may have a dot for the second hyphen', async () => {
    const other = Object.fromEntries(
      Object.entries(whole).map(([name, bytes], index) => [
        index % 2 === 0 ? `${name}.gz` : name.replace('-idx', '.idx'),
        index % 2 === 0 ? gzipSync(bytes) : bytes,
      ]),
    );
    assert.deepEqual(await read(other), await read(whole));
  });

  const refused: readonly [what: string, change: Readonly<Record<string, Uint8Array | undefined>>, message: RegExp][] =
    [
      [
        'without one of its files',
        { 't10k-labels-idx1-ubyte': undefined },
        /^There is no t10k-labels-idx1-ubyte, and no t10k-labels-idx1-ubyte\.gz\. The setting names the folder\.$/,
      ],
      [
        'whose images and labels are not as many',
        { 'train-labels-idx1-ubyte': labels(6) },
        /train-images-idx3-ubyte has 5 images, and train-labels-idx1-ubyte has 6 labels\. They do not belong together\. The setting/,
      ],
      [
        'with images of another size',
        { 'train-images-idx3-ubyte': images(5, 4) },
        /are 4 × 4; the course needs 3 × 3\. The/,
      ],
      [
        'with fewer images than the course needs',
        { 'train-images-idx3-ubyte': images(3), 'train-labels-idx1-ubyte': labels(3) },
        /has 3 images; the course needs 4 or more\. The setting/,
      ],
      [
        'with a label that is no digit',
        { 'train-labels-idx1-ubyte': idx([5], Uint8Array.of(1, 2, 10, 3, 4)) },
        /has the label 10 at place 2; labels go from 0 to 9\. The setting/,
      ],
      [
        'whose files have been exchanged',
        { 'train-images-idx3-ubyte': labels(5), 'train-labels-idx1-ubyte': images(5) },
        /should hold (images|labels), but its header says .* The setting names the folder\.$/,
      ],
    ];
  for (const [what, change, message] of refused) {
    it(`${what} is refused, and the message says where it was looked for`, async () => {
      await assert.rejects(read({ ...whole, ...change }), { name: 'DataFileError', message });
    });
  }

  it('is read from a folder on disk', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'digits-'));
    try {
      await Promise.all(Object.entries(whole).map(([name, bytes]) => writeFile(path.join(folder, name), bytes)));
      const from = { files: nodeCourseFiles(folder), folder: '', origin: '' };
      assert.deepEqual(await readDataSet({ name: 'digits', set }, from), await read(whole));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('Data of a course', () => {
  const lesson = '---\ntitle: T\nminutes: 1\ndata: [digits]\n---\n';
  const course = {
    id: 'tiny',
    title: 'Tiny',
    parts: [{ id: 'basics', title: 'Basics', summary: 'Doubling.', exercises: ['double'] }],
    data: { digits: set },
  };
  const files = {
    'course.json': JSON.stringify(course),
    'basics/double/lesson.md': lesson,
    ...Object.fromEntries(Object.entries(whole).map(([name, bytes]) => [`data/digits/${name}`, bytes])),
  };

  it('comes with the submission of an exercise that names it, read once', async () => {
    const source = await memorySource(files);
    const exercise = findExercise(source.course, 'basics/double');
    assert.ok(exercise);
    const options = { source, exercise, learnerText: '', earlierWork: () => Promise.resolve(undefined), seed: 1 };
    const submission = await composeSubmission(options);
    assert.deepEqual(submission.data, [await read(whole)]);
    const { reads } = source.files as ReturnType<typeof memoryCourse>;
    const before = reads.length;
    assert.deepEqual((await composeSubmission(options)).data, submission.data);
    assert.deepEqual(
      reads.slice(before).filter((file) => file.startsWith('data/')),
      [],
    );
    const own = { ...(await read(whole)), name: 'mine' };
    const withOwn = await composeSubmission({ ...options, ownData: () => Promise.resolve(own) });
    assert.deepEqual(withOwn.data, [own]);
  });

  it('is no part of the submission of any other', async () => {
    const source = await memorySource();
    const exercise = findExercise(source.course, 'basics/double');
    assert.ok(exercise);
    const options = { source, exercise, learnerText: '', earlierWork: () => Promise.resolve(undefined), seed: 1 };
    assert.equal('data' in (await composeSubmission(options)), false);
  });

  it('has a folder that is no stray one, and has to be listed where a lesson names it', async () => {
    const messages = async (changes: typeof files): Promise<string[]> => {
      const { problems } = await checkCourse(memoryCourse({ ...changes, 'basics/quadruple/lesson.md': undefined }));
      return problems.map(({ message }) => message).filter((message) => message.includes('data'));
    };
    assert.deepEqual(await messages(files), []);
    const { data: _, ...without } = course;
    const found = await messages({ ...files, 'course.json': JSON.stringify(without) });
    assert.match(found.join('\n'), /data names digits, which course\.json does not list under data; it has none/);
    assert.match(found.join('\n'), /data belongs to no part of the course/);
  });
});
