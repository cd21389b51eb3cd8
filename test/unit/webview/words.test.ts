import assert from 'node:assert/strict';
import { running, verdictStates } from '../../fixtures/reports';
import {
  announcementOf,
  bytesInWords,
  codeSpans,
  durationInWords,
  kernelTimeInWords,
  linesInWords,
  minutesInWords,
  numbersInWords,
  timesInWords,
} from '../../../src/webview/words';

describe('what a screen reader hears of the results', () => {
  it('is nothing before the first check', () => {
    assert.equal(announcementOf({ kind: 'empty' }), '');
  });

  it('names what is being checked', () => {
    assert.equal(announcementOf(running), 'Checking Backwards through the affine layer.');
  });

  for (const [name, state] of Object.entries(verdictStates)) {
    it(`says the exercise and the verdict: ${name}`, () => {
      const heard = announcementOf(state);
      assert.match(heard, /Backwards through the affine layer/);
      assert.equal(heard.includes(state.report.sentence), !state.stale);
    });
  }

  it('leaves out the backticks of a sentence', () => {
    const { passed } = verdictStates;
    assert.ok(passed);
    const heard = announcementOf({ ...passed, report: { ...passed.report, sentence: '`dot` is right.' } });
    assert.match(heard, /dot is right\./);
    assert.doesNotMatch(heard, /`/);
  });
});

describe('numbers in words', () => {
  it('count things', () => {
    assert.equal(numbersInWords(1), '1 number');
    assert.equal(linesInWords(1_000_000), '1,000,000 lines');
    assert.equal(minutesInWords(25), '25 minutes');
  });

  it('say a duration as one would', () => {
    assert.equal(durationInWords(0.2), '1 ms');
    assert.equal(durationInWords(14.6), '15 ms');
    assert.equal(durationInWords(2_000), '2 s');
    assert.equal(durationInWords(2_340), '2.3 s');
  });

  it('say how often, and how long a kernel took by a clock of whole milliseconds', () => {
    assert.equal(timesInWords(1), 'once');
    assert.equal(timesInWords(1_200), '1,200 times');
    assert.equal(kernelTimeInWords(0), 'under 1 ms');
    assert.equal(kernelTimeInWords(14), '14 ms');
  });

  it('say an amount of memory', () => {
    assert.equal(bytesInWords(768 * 1024 * 1024), '768 MB');
  });
});

describe('code in a sentence', () => {
  it('stands between backticks', () => {
    assert.deepEqual(codeSpans('`dW` is off'), [
      { text: 'dW', code: true },
      { text: ' is off', code: false },
    ]);
  });

  it('is not begun by a backtick that nothing closes', () => {
    assert.deepEqual(codeSpans('a ` alone'), [{ text: 'a ` alone', code: false }]);
  });
});
