/** A runner that runs nothing: it answers by what the learner's text is, so that the author check can be watched alone. */
import type { CheckOutcome, Report, Verdict } from '../../../src/harness/report';
import type { Runner } from '../../../src/harness/runner';
import type { Submission } from '../../../src/harness/submission';

export interface Answer {
  readonly verdict: Verdict;
  /** By sentence of the check. */
  readonly outcomes?: Readonly<Record<string, CheckOutcome>>;
}

const nothing: Answer & { readonly seed: number } = { verdict: 'harnessFailed', seed: 0 };

export class ScriptedRunner implements Runner {
  readonly submissions: Submission[] = [];

  constructor(private readonly answer: (submission: Submission) => Answer) {}

  check(submission: Submission): Promise<Report> {
    this.submissions.push(submission);
    // As the judge does: one seed after another, until one fails, or until what must fail does not.
    const { seed: first = 0, mustFail } = submission;
    const seeds = [first, ...(submission.moreSeeds ?? [])];
    const answers = seeds.map((seed) => ({ seed, ...this.answer({ ...submission, seed }) }));
    const [firstAnswer] = answers;
    const isSought = ({ verdict, outcomes: found = {} }: Answer): boolean =>
      mustFail === undefined ? verdict !== 'passed' : found[mustFail]?.status === 'passed';
    const { verdict, outcomes = {}, seed } = answers.find(isSought) ?? firstAnswer ?? nothing;
    const ofSeed = seed === first ? {} : { seed };
    return Promise.resolve({
      exercise: submission.learner.exercise,
      verdict,
      sentence: `It ${verdict}.`,
      checks: Object.entries(outcomes)
        .filter(([sentence]) => submission.only?.includes(sentence) ?? true)
        .map(([sentence, outcome]) => ({ sentence, outcome, ...ofSeed, durationMs: 1 })),
      console: { lines: [], dropped: 0 },
      backends: [],
      earlier: [],
      durationMs: 1,
      seed: first,
      sourceHash: 'hash',
    });
  }

  dispose(): void {
    this.submissions.length = 0;
  }
}
