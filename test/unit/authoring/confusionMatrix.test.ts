import assert from 'node:assert/strict';
import { confusionMatrix, shareRight } from '../../../src/authoring';

describe('a confusion matrix', () => {
  const words = { title: 'Held back', rowName: 'the digit', columnName: 'the answer', names: ['0', '1', '2'] };

  it('has a row for each class and counts what was answered for it', () => {
    const view = confusionMatrix({ ...words, labels: [0, 1, 1, 2, 2], answers: [0, 1, 2, 2, 2] });
    assert.ok(view.kind === 'matrix');
    assert.deepEqual(view.values.shape, [3, 3]);
    assert.deepEqual([...view.values.data], [1, 0, 0, 0, 1, 1, 0, 0, 2]);
    assert.deepEqual([view.rows, view.columns, view.rowName], [words.names, words.names, 'the digit']);
  });

  it('leaves out examples beyond those that were answered, and answers that are no class', () => {
    const view = confusionMatrix({ ...words, labels: [0, 1, 2, 0], answers: [0, 7] });
    assert.ok(view.kind === 'matrix');
    assert.equal(
      view.values.data.reduce((sum, count) => sum + count, 0),
      1,
    );
  });
});

describe('the share that is right', () => {
  it('counts the answers that are the true class, of those that were given', () => {
    assert.equal(shareRight({ labels: [0, 1, 2, 3], answers: [0, 1, 1] }), 2 / 3);
    assert.ok(Number.isNaN(shareRight({ labels: [0], answers: [] })));
  });
});
