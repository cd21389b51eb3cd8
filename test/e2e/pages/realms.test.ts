/**
 * The table of test/harness/realms once more, for the runner of workers in a page: each submission gets its verdict
 * and its sentence, each is the next check of the one before it, and now and then a right one comes between. Where a page
 * cannot do what a process can, the row itself says what happens there and why.
 */
import assert from 'node:assert/strict';
import { rightSubmission } from '../../harness/realms/submission';
import { sayingOf, submissionFor, table } from '../../harness/realms/table';
import { RunnerPage } from './runnerPage';

/** Two workers that start take most of a check's time, so a right one comes after so many. */
const rightAfter = 8;

describe('every submission gets its verdict from workers in a page', function () {
  this.timeout(60_000);
  let runner: RunnerPage;

  before(async () => (runner = await RunnerPage.start()));
  after(() => runner.stop());

  for (const [index, row] of table.entries()) {
    const inPage = { ...row, ...row.inPage };
    it(`${inPage.verdict}: ${row.name}`, async () => {
      const report = await runner.check(submissionFor(inPage));
      assert.equal(report.verdict, inPage.verdict, JSON.stringify(report, undefined, 1).slice(0, 4_000));
      const { says } = inPage;
      if (typeof says === 'string') assert.equal(sayingOf(report), says);
      else assert.match(sayingOf(report), says);
      if (index % rightAfter !== 0) return;
      const next = await runner.check(submissionFor({ text: rightSubmission }));
      assert.equal(next.verdict, 'passed', next.sentence);
    });
  }
});
