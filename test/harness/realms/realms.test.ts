/**
 * No submission passes but by right answers, every one gets its verdict and its sentence, and the check after it is right:
 * the same table for every runner there is. For workers in a page it is run in a browser: test/e2e/pages/realms.test.ts.
 *
 * The check after a submission is the next one of the table, whose verdict is as exact. A right answer besides, which a
 * process of its own judges, follows the last of each group, and in `npm run test:full` every single one.
 */
import assert from 'node:assert/strict';
import type { Runner } from '../../../src/harness/runner';
import { Bench } from '../runtime/bench';
import { rightSubmission } from './submission';
import { groups, sayingOf, submissionFor, table } from './table';

const isFull = process.env['GROUNDUP_FULL'] === '1';

interface StartedRunner {
  readonly runner: Runner;
  readonly stop: () => Promise<void>;
}

interface RunnerUnderTest {
  readonly name: string;
  /** Starts it for a suite. */
  readonly start: () => Promise<StartedRunner>;
}

const runners: readonly RunnerUnderTest[] = [
  {
    name: 'child processes',
    start: async () => {
      const bench = await Bench.build();
      return { runner: bench.runner, stop: () => bench.dispose() };
    },
  },
];

for (const { name, start } of runners) {
  describe(`every submission gets its verdict from ${name}`, function () {
    this.timeout(60_000);
    let started: StartedRunner;

    before(async () => (started = await start()));
    after(() => started.stop());

    for (const submission of table) {
      const isFollowed = isFull || groups.some((group) => group.at(-1) === submission);
      it(`${submission.verdict}: ${submission.name}`, async () => {
        const report = await started.runner.check(submissionFor(submission));
        assert.equal(report.verdict, submission.verdict, JSON.stringify(report, undefined, 1).slice(0, 4_000));
        const { says } = submission;
        if (typeof says === 'string') assert.equal(sayingOf(report), says);
        else assert.match(sayingOf(report), says);
        if (!isFollowed) return;
        const next = await started.runner.check(submissionFor({ text: rightSubmission }));
        assert.equal(next.verdict, 'passed', next.sentence);
      });
    }
  });
}
