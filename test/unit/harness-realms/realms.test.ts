/**
 * No submission passes but by right answers, every one gets its verdict and its sentence, and the check after it is right:
 * the same table for every runner there is.
 */
import assert from 'node:assert/strict';
import type { Report } from '../../../src/harness/report';
import type { Runner } from '../../../src/harness/runner';
import { defaultLimits } from '../../../src/harness/submission';
import type { Submission } from '../../../src/harness/submission';
import { Bench } from '../harness-runtime/bench';
import { fine, nonsense, refused, spoilt, stub, stumbling } from './answers';
import { bombs, endless, stacks } from './endings';
import { checks, rightSubmission, solution } from './submission';
import type { HostileSubmission } from './submission';

const table = [...endless, ...bombs, ...stacks, ...nonsense, ...spoilt, ...stumbling, ...refused, ...fine, stub];

interface StartedRunner {
  readonly runner: Runner;
  readonly stop: () => Promise<void>;
}

interface RunnerUnderTest {
  readonly name: string;
  /** Starts it for a suite. */
  readonly start: () => Promise<StartedRunner>;
}

/** A worker in a page takes its place beside the child process here. */
const runners: readonly RunnerUnderTest[] = [
  {
    name: 'child processes',
    start: async () => {
      const bench = await Bench.build();
      return { runner: bench.runner, stop: () => bench.dispose() };
    },
  },
];

function submissionFor({ text, limits = {} }: Pick<HostileSubmission, 'text' | 'limits'>): Submission {
  return {
    learner: { exercise: 'realms/twice', text },
    earlier: [],
    checks,
    solution,
    references: [],
    offers: undefined,
    seed: 7,
    backend: 'auto',
    limits: { ...defaultLimits, ...limits },
  };
}

/** What a learner reads first: the sentence of the first check that does not hold, or that of the verdict. */
function sayingOf({ sentence, checks: results, compileProblem, loadError }: Report): string {
  if (compileProblem !== undefined) return compileProblem.message;
  if (loadError !== undefined) return `${loadError.name}: ${loadError.message}`;
  for (const { outcome } of results) {
    if (outcome.status === 'failed') return outcome.sentence;
    if (outcome.status === 'threw') return `${outcome.error.name}: ${outcome.error.message}`;
  }
  return sentence;
}

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
