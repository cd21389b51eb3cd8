import assert from 'node:assert/strict';
import { verdictStates } from '../../fixtures/reports';
import { nothingRead, readingOf, withReading } from '../../../src/webview/lesson/memory';
import { firstToLookAt, forgetfulMemory, sameRun } from '../../../src/webview/results/memory';

describe('what a lesson page remembers', () => {
  it('is kept for each lesson, and names the one on the page', () => {
    const first = withReading(nothingRead, 'tensors/matmul', { open: ['sum'], scroll: 120 });
    const second = withReading(first, 'learning/affine-forward', {});
    assert.equal(second.exercise, 'learning/affine-forward');
    assert.deepEqual(readingOf(second, 'tensors/matmul'), { open: ['sum'], scroll: 120 });
    assert.deepEqual(readingOf(second, 'learning/affine-forward'), { open: [], scroll: 0 });
  });
});

describe('the check to look at first', () => {
  it('is the first that fails, not one that was never run', () => {
    const failed = verdictStates['failed']?.report;
    assert.ok(failed);
    assert.equal(firstToLookAt(failed), 'dW agrees with central differences of the forward pass');
    assert.equal(firstToLookAt({ ...failed, checks: [...failed.checks].reverse() }), firstToLookAt(failed));
  });

  it('is none when all hold', () => {
    const passed = verdictStates['passed']?.report;
    assert.ok(passed);
    assert.equal(firstToLookAt(passed), undefined);
  });
});

describe('what the results page remembers', () => {
  it('belongs to one run of one text', () => {
    const report = verdictStates['failed']?.report;
    assert.ok(report);
    const memory = { ...forgetfulMemory, run: { sourceHash: report.sourceHash, durationMs: report.durationMs } };
    assert.ok(sameRun(memory, report));
    assert.ok(!sameRun(memory, { ...report, sourceHash: 'another' }));
    assert.ok(!sameRun(forgetfulMemory, report));
  });
});
