/** Steps that stand on each other: the first that fails is the only one that tells anything, so the others are not gone. */
import type { Course } from './course';

/** For the `describe` that it is called in. What to look at after a failure is kept. */
export function stepByStep(course: () => Course): void {
  let broken = false;

  beforeEach(function () {
    if (broken) this.skip();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    broken = true;
    await course().workbench.keepEvidence(this.currentTest.title);
  });
}
