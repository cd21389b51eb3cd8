import assert from 'node:assert/strict';
import { dateStamp, datedName, latestCopy } from '../../../../src/content/learner/datedName';

const evening = new Date('2026-11-23T18:45:02.345Z');

describe('names of dated copies', () => {
  it('put the date before the extension', () => {
    assert.equal(datedName('progress.json', evening), 'progress-2026-11-23-184502.json');
    assert.equal(datedName('notes', evening), 'notes-2026-11-23-184502');
  });

  it('hold nothing that a file system would refuse', () => {
    assert.match(dateStamp(evening), /^[\d-]+$/);
  });

  it('sort by time, so that the latest is found', () => {
    const names = ['matmul-2026-11-23-184502.ts', 'matmul-2026-11-24-000000.ts', 'matmul-2025-12-31-235959.ts'];
    assert.equal(latestCopy(names, 'matmul.ts'), 'matmul-2026-11-24-000000.ts');
  });

  it('belong to one exercise only, though another begins with the same word', () => {
    const names = ['matmul-fast-2026-11-24-000000.ts', 'matmul-notes.ts', 'matmul.ts'];
    assert.equal(latestCopy(names, 'matmul.ts'), undefined);
    assert.equal(latestCopy(names, 'matmul-fast.ts'), 'matmul-fast-2026-11-24-000000.ts');
  });
});
