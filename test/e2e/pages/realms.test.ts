/**
 * The table of test/unit/harness-realms once more, for the runner of workers in a page: each submission gets its verdict
 * and its sentence, and the check after it is right. Where a page cannot do what a process can, the row itself says so.
 */
import assert from 'node:assert/strict';
import { rightSubmission } from '../../unit/harness-realms/submission';
import { sayingOf, submissionFor, table } from '../../unit/harness-realms/table';
import { RunnerPage } from './runnerPage';

describe('every submission gets its verdict from workers in a page', function () {
  this.timeout(60_000);
  let runner: RunnerPage;

  before(async () => (runner = await RunnerPage.start()));
  after(() => runner.stop());

  for (const row of table) {
    const { name, verdict, says } = { ...row, ...row.inPage };
    it(`${verdict}: ${name}`, async () => {
      const report = await runner.check(submissionFor({ ...row, ...row.inPage }));
      assert.equal(report.verdict, verdict, JSON.stringify(report, undefined, 1).slice(0, 4_000));
      if (typeof says === 'string') assert.equal(sayingOf(report), says);
      else assert.match(sayingOf(report), says);
      const next = await runner.check(submissionFor({ text: rightSubmission }));
      assert.equal(next.verdict, 'passed', next.sentence);
    });
  }
});
