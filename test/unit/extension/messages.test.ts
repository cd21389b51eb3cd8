import assert from 'node:assert/strict';
import { readFromLesson, readFromResults } from '../../../src/extension/pages/messages';

describe('messages from a page', () => {
  it('are taken where the protocol has them', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'openPlace', exercise: 'tensors/matmul', line: 3, column: 1 },
      { type: 'openStep', exercise: 'learning/affine-backward', step: 'dW' },
    ]) {
      assert.deepEqual(readFromResults(message), message);
    }
    for (const message of [{ type: 'openFile' }, { type: 'openExercise', exercise: 'tensors/matmul' }]) {
      assert.deepEqual(readFromLesson(message), message);
    }
  });

  it('are dropped where it has not', () => {
    for (const message of [
      undefined,
      null,
      'ready',
      {},
      { type: 'reset' },
      { type: 'ready', more: 1 },
      { type: 'openPlace', exercise: 'tensors/matmul', line: 0, column: 1 },
      { type: 'openPlace', exercise: 'tensors/matmul', line: 1.5, column: 1 },
      { type: 'openPlace', exercise: 'matmul', line: 1, column: 1 },
      { type: 'openStep', exercise: 'tensors/matmul', step: 'x'.repeat(101) },
    ]) {
      assert.equal(readFromResults(message), undefined);
    }
    assert.equal(readFromLesson({ type: 'openExercise', exercise: 7 }), undefined);
    assert.equal(readFromLesson({ type: 'next' }), undefined);
  });
});
