import assert from 'node:assert/strict';
import { HarnessProblem } from '../../../src/harness/judge/prepare';
import { Clock } from '../../../src/harness/judge/timeLimits';
import { defaultLimits, largestTensorBytes, limitsFor, withoutTimeLimits } from '../../../src/harness/submission';

describe('the limits in time', () => {
  const now = (): number => performance.now();

  it('leave a call its own, a check its own, and the exercise what is left', () => {
    const clock = new Clock(defaultLimits, { started: now(), checks: [] });
    assert.deepEqual(clock.left(), { ms: 2_000, of: 'call', wholeMs: 2_000 });
    assert.equal(clock.totalMs, 20_000);
    const lateCheck = new Clock({ ...defaultLimits, checkMs: 500 }, { started: now(), checks: [] });
    assert.deepEqual([lateCheck.left().of, lateCheck.left().wholeMs], ['check', 500]);
    const lateRun = new Clock(defaultLimits, { started: now() - 19_500, checks: [] });
    lateRun.begin({});
    assert.deepEqual([lateRun.left().of, lateRun.left().wholeMs], ['exercise', 20_000]);
    assert.equal(new Clock(defaultLimits, { started: now() - 90_000, checks: [] }).left().ms, 1);
  });

  it('are the author’s where a check has its own, and the whole grows by what it asks for', () => {
    const learns = { limits: { callSeconds: 15, seconds: 25 } };
    const clock = new Clock(defaultLimits, { started: now(), checks: [{}, learns, { limits: { seconds: 3 } }] });
    assert.equal(clock.totalMs, 35_000);
    clock.begin(learns);
    assert.deepEqual(clock.left(), { ms: 15_000, of: 'call', wholeMs: 15_000 });
    clock.begin({});
    assert.equal(clock.left().wholeMs, 2_000);
  });

  it('of an author grow with the learner’s setting', () => {
    const slow = limitsFor({ callMs: 6_000, memoryBytes: 1 });
    assert.deepEqual(slow, { callMs: 6_000, checkMs: 30_000, totalMs: 60_000, memoryBytes: 1 });
    const learns = { limits: { callSeconds: 15 } };
    const clock = new Clock(slow, { started: now(), checks: [learns] });
    clock.begin(learns);
    // A call that may take 45 s needs a check that may, and the exercise as much more.
    assert.deepEqual([clock.left().wholeMs, clock.totalMs], [45_000, 75_000]);
  });

  it('are none for who steps through their code', () => {
    const clock = new Clock(withoutTimeLimits(defaultLimits), {
      started: now() - 1e9,
      checks: [{ limits: { seconds: 4 } }],
    });
    clock.begin({ limits: { seconds: 4 } });
    assert.equal(clock.left().ms, Infinity);
    assert.equal(clock.patienceMs, Infinity);
  });

  it('are refused to an author who asks for none, or for too much', () => {
    for (const seconds of [0, -1, NaN, Infinity, 301]) {
      const clock = (): Clock => new Clock(defaultLimits, { started: 0, checks: [{ limits: { seconds } }] });
      assert.throws(
        clock,
        (error) => error instanceof HarnessProblem && error.message.includes('a check has a limit of'),
      );
    }
  });

  it('go with a limit on one tensor, a quarter of the memory', () => {
    assert.equal(largestTensorBytes(defaultLimits), 192 * 1024 * 1024);
  });
});
