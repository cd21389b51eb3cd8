import assert from 'node:assert/strict';
import { emptyProgress, opened, passedWith, skipped } from '../../../../src/course/progress';
import { progressText, readProgress } from '../../../../src/content/learner/progressFile';

const now = new Date('2026-11-23T18:45:02.345Z');
const known = skipped(
  passedWith(opened(emptyProgress, 'tensors/matmul', now), 'tensors/matmul', { hash: 'abc', now }),
  'learning/sgd',
  now,
);

describe('the progress file', () => {
  it('reads back what was written', () => {
    assert.deepEqual(readProgress(progressText(known)), { kind: 'progress', progress: known });
    assert.deepEqual(readProgress(progressText(emptyProgress)), { kind: 'progress', progress: emptyProgress });
  });

  it('is the same text whatever the order in which exercises were recorded', () => {
    const reversed = { ...known, exercises: Object.fromEntries(Object.entries(known.exercises).reverse()) };
    assert.equal(progressText(reversed), progressText(known));
  });

  it('keeps exercises that no course has', () => {
    const text = '{"version":1,"exercises":{"gone/exercise":{"hintsShown":2}}}';
    assert.deepEqual(readProgress(text), {
      kind: 'progress',
      progress: { version: 1, exercises: { 'gone/exercise': { hintsShown: 2 } } },
    });
  });

  for (const [what, text] of [
    ['is empty', ''],
    ['was cut off', progressText(known).slice(0, 40)],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['has no version', '{"exercises":{}}'],
    ['has a version below the first', '{"version":0,"exercises":{}}'],
    ['records something else than progress', '{"version":1,"exercises":{"tensors/matmul":{"passed":true}}}'],
    ['holds a moment that is none', '{"version":1,"exercises":{"tensors/matmul":{"openedAt":"yesterday"}}}'],
    ['names an exercise without its part', '{"version":1,"exercises":{"matmul":{}}}'],
  ] as const) {
    it(`is corrupt, with a reason, where it ${what}`, () => {
      const reading = readProgress(text);
      assert.equal(reading.kind, 'corrupt');
      assert.notEqual(reading.because, '');
    });
  }

  it('of a newer version is recognised, and read as far as it is understood', () => {
    const newer = { ...known, version: 2, streak: 5 };
    assert.deepEqual(readProgress(JSON.stringify(newer)), { kind: 'newer', version: 2, progress: known });
    assert.deepEqual(readProgress('{"version":3,"parts":[]}'), { kind: 'newer', version: 3, progress: undefined });
  });
});
