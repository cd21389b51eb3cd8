import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { readDataSet } from '../../../src/content/readDataSet';
import type { TextSet, WeightSet } from '../../../src/course/course';
import { memoryCourse } from './memoryCourse';

const texts: TextSet = {
  kind: 'labelled-texts',
  title: 'Greetings',
  folder: 'data/greetings',
  labels: ['Danish', 'Old Norse'],
  splits: { train: { file: 'train.txt', count: 2 }, test: { file: 'test.txt', count: 1 } },
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const whole: Readonly<Record<string, Uint8Array>> = {
  'train.txt': utf8('Old Norse\tver þú heill\nDanish\tgod\tdag\nDanish\tmore than the course uses\n'),
  'test.txt': utf8('Danish\thej'),
};

function read(set: TextSet | WeightSet, files: Readonly<Record<string, Uint8Array | undefined>>) {
  const origin = 'The setting names the folder.';
  return readDataSet({ name: 'greetings', set }, { files: memoryCourse(files), folder: '', origin });
}

describe('A set of labelled texts', () => {
  it('has the first lines of each half, as many as the course says, and the names of the labels', async () => {
    assert.deepEqual(await read(texts, whole), {
      name: 'greetings',
      kind: 'labelled-texts',
      labels: ['Danish', 'Old Norse'],
      train: { texts: ['ver þú heill', 'god\tdag'], labels: Uint8Array.of(1, 0) },
      test: { texts: ['hej'], labels: Uint8Array.of(0) },
    });
  });

  it('may be gzipped, and its lines may end as on Windows', async () => {
    const windows = new TextDecoder().decode(whole['train.txt']).replaceAll('\n', '\r\n');
    const other = { 'train.txt.gz': gzipSync(windows), 'test.txt': whole['test.txt'] };
    assert.deepEqual(await read(texts, other), await read(texts, whole));
  });

  const refused: readonly [what: string, change: Readonly<Record<string, Uint8Array | undefined>>, message: RegExp][] =
    [
      [
        'without one of its files',
        { 'test.txt': undefined },
        /^There is no test\.txt, and no test\.txt\.gz\. The setting/,
      ],
      [
        'with fewer lines than it needs',
        { 'train.txt': utf8('Danish\thej\n') },
        /has 1 lines; the course needs 2 or more/,
      ],
      [
        'with a line without a tab',
        { 'test.txt': utf8('Danish hej\n') },
        /^Line 1 of test\.txt .* is “Danish hej”\. The/,
      ],
      [
        'with a line without a text',
        { 'train.txt': utf8('Danish\thej\nDanish\t\n') },
        /^Line 2 of train\.txt should hold/,
      ],
      [
        'with a label that it does not have',
        { 'test.txt': utf8('Dutch\thoi') },
        /label “Dutch”; the labels are Danish, Old/,
      ],
      [
        'that is no text',
        { 'test.txt': Uint8Array.of(0xff, 0xfe, 0) },
        /^test\.txt is not a text in UTF-8\. .* The setting/,
      ],
    ];
  for (const [what, change, message] of refused) {
    it(`${what} is refused, and the message says where it was looked for`, async () => {
      await assert.rejects(read(texts, { ...whole, ...change }), { name: 'DataFileError', message });
    });
  }
});

describe('The weights of a model', () => {
  const set: WeightSet = { kind: 'weights', title: 'A model', folder: 'data/model', file: 'model.safetensors' };

  it('are the bytes of their file, in memory of their own', async () => {
    const block = Uint8Array.of(9, 9, 1, 2, 3);
    const weights = await read(set, { 'model.safetensors': block.subarray(2) });
    assert.ok(weights.kind === 'weights');
    assert.deepEqual(weights.bytes, Uint8Array.of(1, 2, 3));
    assert.equal(weights.bytes.buffer.byteLength, 3);
  });

  it('are missed where their file is', async () => {
    await assert.rejects(read(set, {}), {
      name: 'DataFileError',
      message: 'There is no model.safetensors. The setting names the folder.',
    });
  });
});
