import assert from 'node:assert/strict';
import { passedText, withReport } from '../../../../src/content/learner/learnersCheck';
import { emptyProgress, passedWith, skipped, stateOf } from '../../../../src/course/progress';
import type { Report, Verdict } from '../../../../src/harness/report';
import { hashOf } from '../../../../src/harness/sourceHash';

const id = 'tensors/matmul';
const now = new Date('2026-11-23T18:45:02.345Z');

function reportOf(verdict: Verdict): Report {
  const circumstances = { console: { lines: [], dropped: 0 }, backends: [], earlier: [], durationMs: 1, seed: 1 };
  return { exercise: id, verdict, sentence: '', checks: [], ...circumstances, sourceHash: hashOf('mine') };
}

describe('what a report does to the progress', () => {
  it('records the text that passed', () => {
    const after = withReport(emptyProgress, reportOf('passed'), now);
    assert.equal(stateOf(after, id, hashOf('mine')), 'passed');
    assert.equal(stateOf(after, id, hashOf('edited')), 'passedThenChanged');
  });

  for (const verdict of ['failed', 'notStarted', 'didNotCompile', 'threw', 'timedOut', 'outOfMemory'] as const) {
    it(`takes up again, for the verdict ${verdict}, what was skipped`, () => {
      const before = skipped(emptyProgress, id, new Date(0));
      assert.equal(stateOf(withReport(before, reportOf(verdict), now), id, undefined), 'inProgress');
    });
  }

  for (const verdict of ['cancelled', 'harnessFailed'] as const) {
    it(`is nothing for the verdict ${verdict}`, () => {
      assert.equal(withReport(emptyProgress, reportOf(verdict), now), emptyProgress);
    });
  }
});

describe('a text that later exercises may import', () => {
  it('is the one that passed, and no other', () => {
    const progress = passedWith(emptyProgress, id, { hash: hashOf('mine'), now });
    assert.equal(passedText(progress, id, 'mine'), 'mine');
    assert.equal(passedText(progress, id, 'edited'), undefined);
    assert.equal(passedText(progress, id, undefined), undefined);
    assert.equal(passedText(progress, 'tensors/broadcasting', 'mine'), undefined);
  });
});
