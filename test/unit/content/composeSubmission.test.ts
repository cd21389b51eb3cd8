import assert from 'node:assert/strict';
import { composeSubmission } from '../../../src/content/composeSubmission';
import { findExercise } from '../../../src/course/course';
import type { Submission } from '../../../src/harness/submission';
import { memorySource } from './memoryCourse';

async function compose(id: string, earlier: string | undefined): Promise<Submission> {
  const source = await memorySource();
  const exercise = findExercise(source.course, id);
  assert.ok(exercise);
  return await composeSubmission({
    source,
    exercise,
    learnerText: 'mine',
    earlierWork: () => Promise.resolve(earlier),
    seed: 7,
  });
}

describe('A submission', () => {
  it('holds the learner’s text, the author’s, and what the exercise offers', async () => {
    const submission = await compose('basics/double', undefined);
    assert.deepEqual(submission.learner, { exercise: 'basics/double', text: 'mine' });
    assert.match(submission.checks, /defineChecks/);
    assert.match(submission.solution, /x \+ x/);
    assert.deepEqual(submission.offers, ['fromData']);
    assert.deepEqual(
      [submission.earlier, submission.references, submission.seed, submission.backend],
      [[], [], 7, 'auto'],
    );
    assert.equal('only' in submission, false);
  });

  it('takes the learner’s earlier work where it has passed, and the reference beside it for the checks', async () => {
    const submission = await compose('basics/quadruple', 'my double');
    assert.deepEqual(submission.earlier, [{ exercise: 'basics/double', text: 'my double', author: 'learner' }]);
    assert.match(submission.references[0]?.text ?? '', /x \+ x/);
  });

  it('takes the reference elsewhere', async () => {
    const [earlier] = (await compose('basics/quadruple', undefined)).earlier;
    assert.equal(earlier?.author, 'reference');
    assert.match(earlier?.text ?? '', /x \+ x/);
  });
});
