/**
 * No submission passes but by right answers, every one gets its verdict and its sentence, and the check after it is right:
 * the same table for every runner there is. For workers in a page it is run in a browser: test/e2e/pages/realms.test.ts.
 */
import assert from 'node:assert/strict';
import type { Runner } from '../../../src/harness/runner';
import { Bench } from '../harness-runtime/bench';
import { rightSubmission } from './submission';
import { sayingOf, submissionFor, table } from './table';

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
      it(`${submission.verdict}: ${submission.name}`, async () => {
        const report = await started.runner.check(submissionFor(submission));
        assert.equal(report.verdict, submission.verdict, JSON.stringify(report, undefined, 1).slice(0, 4_000));
        const { says } = submission;
        if (typeof says === 'string') assert.equal(sayingOf(report), says);
        else assert.match(sayingOf(report), says);
        const next = await started.runner.check(submissionFor({ text: rightSubmission }));
        assert.equal(next.verdict, 'passed', next.sentence);
      });
    }
  });
}
