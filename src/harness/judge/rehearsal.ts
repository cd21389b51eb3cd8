/**
 * A rehearsal: judges a submission with the solution in the learner's place, all in this realm, so that everything
 * between a submission and its report has run before somebody waits for it. A process that has just started would
 * otherwise compile its own functions in the learner's time. No learner's text takes part.
 */
import { defaultLimits } from '../submission';
import type { SeededSubmission } from '../submission';
import { InProcessRealm } from './inProcessRealm';
import { runChecks } from './judge';
import type { Compile, Evaluate } from './prepare';

export interface Rehearsal {
  /** What was judged last, as nothing is more likely to be judged next. Without it, a small exercise of our own. */
  readonly submission?: SeededSubmission | undefined;
  readonly evaluate: Evaluate;
  readonly compile: Compile;
  /** Asked before each call; when it says no, the rehearsal is broken off. */
  readonly goOn: () => boolean;
}

/** Longer than this is no longer in proportion to what it saves. */
const limits = { ...defaultLimits, totalMs: 1_000 };

export async function rehearse({ submission = smallExercise, evaluate, compile, goOn }: Rehearsal): Promise<void> {
  const { learner, solution, references } = submission;
  await runChecks({
    submission: {
      ...submission,
      learner: { ...learner, text: solution },
      earlier: references.map((source) => ({ ...source, author: 'reference' })),
      limits,
    },
    realm: new InProcessRealm({ evaluate, goOn }),
    evaluate,
    compile,
  });
}

const smallSolution = `
import { add, fromData } from 'tensor';
import type { Tensor } from 'tensor';
/** A loop over two lists, as most exercises have one. */
export function plus(a: Tensor, b: Tensor): Tensor {
  if (a.size !== b.size) throw new Error(\`plus: \${a.size} is not \${b.size}\`);
  const values = new Float32Array(a.size);
  for (let i = 0; i < values.length; i += 1) values[i] = a.data[i]! + (b.data[i] ?? 0);
  return add(fromData(values, a.shape), 0);
}
`;

const smallExercise: SeededSubmission = {
  learner: { exercise: 'warm/up', text: smallSolution },
  earlier: [],
  solution: smallSolution,
  checks: `
import { defineChecks } from 'authoring';
import { fromData } from 'tensor';
export default defineChecks({
  'adds': { step: 'sum', async run({ learner, reference, random, expect }) {
    for (const length of [1, 2, 3, 5, 8, 13, 21]) {
      const a = random.normal([length, 2]);
      expect.close(await learner.plus(a, a), reference.plus(a, a));
    }
    expect.inputsUnchanged();
  } },
  'refuses': { async run({ learner, random, expect }) {
    await expect.throws(learner.plus(random.normal([2]), random.normal([3])), { because: '2 is not 3', mentioning: ['2'] });
  } },
  'fails': { async run({ learner, random, expect }) {
    expect.close(await learner.plus(random.normal([2]), random.normal([2])), fromData([1, NaN], [2]));
  } },
});
`,
  references: [],
  offers: undefined,
  seed: 1,
  backend: 'auto',
  limits,
};
