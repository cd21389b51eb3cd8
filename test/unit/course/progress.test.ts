import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ExerciseId } from '../../../src/course/course';
import {
  checked,
  emptyProgress,
  hintShown,
  mergeProgress,
  opened,
  partProgress,
  partProgressWords,
  passedWith,
  progressOf,
  reset,
  skipped,
  solutionShown,
  stateOf,
  unskipped,
} from '../../../src/course/progress';
import type { ExerciseProgress, Progress } from '../../../src/course/progress';

const id: ExerciseId = 'tensors/matmul';
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

describe('The state of an exercise', () => {
  it('is not started, in progress once opened, and passed once a text has passed', () => {
    assert.equal(stateOf(emptyProgress, id, undefined), 'notStarted');
    const open = opened(emptyProgress, id, at(1));
    assert.equal(stateOf(open, id, 'text'), 'inProgress');
    const passed = passedWith(open, id, { hash: 'text', now: at(2) });
    assert.equal(stateOf(passed, id, 'text'), 'passed');
    assert.equal(stateOf(passed, id, undefined), 'passed');
  });

  it('is passed but changed when the present text is not the one that passed, and passed again when it is', () => {
    const passed = passedWith(emptyProgress, id, { hash: 'text', now: at(2) });
    assert.equal(stateOf(passed, id, 'another'), 'passedThenChanged');
    assert.equal(stateOf(checked(passed, id, at(3)), id, 'text'), 'passed');
  });

  it('is skipped until it is taken up again, by name or by a check', () => {
    const skip = skipped(opened(emptyProgress, id, at(1)), id, at(2));
    assert.equal(stateOf(skip, id, undefined), 'skipped');
    assert.equal(stateOf(unskipped(skip, id, at(3)), id, undefined), 'inProgress');
    assert.equal(stateOf(checked(skip, id, at(3)), id, undefined), 'inProgress');
    assert.equal(stateOf(passedWith(skip, id, { hash: 'h', now: at(3) }), id, 'h'), 'passed');
  });

  it('is not started again after a reset, and what came before stays forgotten when it is merged', () => {
    const before = hintShown(passedWith(opened(emptyProgress, id, at(1)), id, { hash: 'h', now: at(2) }), id);
    const after = reset(before, id, at(3));
    assert.equal(stateOf(after, id, 'h'), 'notStarted');
    assert.equal(progressOf(mergeProgress(before, after), id).hintsShown, undefined);
    assert.equal(stateOf(mergeProgress(before, after), id, 'h'), 'notStarted');
    assert.equal(stateOf(mergeProgress(opened(after, id, at(3)), before), id, 'h'), 'inProgress');
  });

  it('does not take an inherited name for an exercise', () => {
    assert.deepEqual(progressOf(emptyProgress, 'constructor' as ExerciseId), {});
    assert.deepEqual(progressOf(emptyProgress, '__proto__' as ExerciseId), {});
  });
});

describe('Progress of a part', () => {
  it('counts what must be done, and says it in words', () => {
    const exercise = { title: '', buildsOn: [], minutes: 5, offers: undefined };
    const exercises = ['p/a', 'p/b', 'p/c', 'p/d'].map((name) => {
      return { ...exercise, id: name as ExerciseId, optional: name === 'p/d' };
    });
    const states = { 'p/a': 'passed', 'p/b': 'passedThenChanged', 'p/c': 'skipped', 'p/d': 'passed' } as const;
    const counted = partProgress({ id: 'p', title: 'P', summary: '', exercises }, (each) => states[each.id as 'p/a']);
    assert.deepEqual(counted, { passed: 2, skipped: 1, total: 3 });
    assert.equal(partProgressWords(counted), '2 of 3 passed, 1 skipped');
    assert.equal(partProgressWords({ passed: 0, skipped: 0, total: 0 }), 'no exercises yet');
  });
});

// A few ids, moments and hashes, so that ties happen all the time.
const moment = fc.constantFrom(
  '2026-01-01T00:00:00.000Z',
  '2026-01-01T00:00:01.000Z',
  '2026-01-01T00:00:02Z',
  'not a moment',
);
const plain = { noNullPrototype: true };
const ids = fc.constantFrom<ExerciseId>('a/b', 'a/c');
const record: fc.Arbitrary<ExerciseProgress> = fc.record(
  {
    openedAt: moment,
    checkedAt: moment,
    passed: fc.record({ at: moment, hash: fc.constantFrom('x', 'y') }, plain),
    skip: fc.record({ at: moment, skipped: fc.boolean() }, plain),
    hintsShown: fc.integer({ min: 0, max: 3 }),
    solutionShownAt: moment,
    resetAt: moment,
  },
  { requiredKeys: [], noNullPrototype: true },
);
const anyProgress: fc.Arbitrary<Progress> = fc
  .record(
    { exercises: fc.dictionary(ids, record, plain), last: fc.record({ exercise: ids, at: moment }, plain) },
    { requiredKeys: ['exercises'], noNullPrototype: true },
  )
  .map((given) => ({ version: 1, ...given }));

type Transition = (progress: Progress, exercise: ExerciseId, now: Date) => Progress;
const transitions: readonly Transition[] = [
  opened,
  checked,
  (progress, exercise, now) => passedWith(progress, exercise, { hash: now.toISOString(), now }),
  skipped,
  unskipped,
  hintShown,
  solutionShown,
  reset,
];
const history = fc.array(
  fc.record({
    transition: fc.constantFrom(...transitions),
    exercise: ids,
    now: fc.integer({ min: 0, max: 5 }).map(at),
  }),
  { maxLength: 12 },
);
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;
const lived = (events: History, from = emptyProgress): Progress =>
  events.reduce((progress, { transition, exercise, now }) => transition(progress, exercise, now), from);

const seeded = { seed: 20261123, numRuns: 150 };

describe('Merging progress', () => {
  it('is commutative', () => {
    const check = fc.property(anyProgress, anyProgress, (a, b) =>
      assert.deepEqual(mergeProgress(a, b), mergeProgress(b, a)),
    );
    fc.assert(check, seeded);
  });

  it('is associative', () => {
    const check = fc.property(anyProgress, anyProgress, anyProgress, (a, b, c) =>
      assert.deepEqual(mergeProgress(mergeProgress(a, b), c), mergeProgress(a, mergeProgress(b, c))),
    );
    fc.assert(check, seeded);
  });

  it('is idempotent', () => {
    const check = fc.property(anyProgress, anyProgress, (a, b) => {
      const merged = mergeProgress(a, b);
      assert.deepEqual(mergeProgress(merged, merged), merged);
      assert.deepEqual(mergeProgress(merged, a), merged);
    });
    fc.assert(check, seeded);
  });

  it('keeps what a transition did when it is merged with the record it came from, whatever the clock says', () => {
    const check = fc.property(history, history, (first, then) => {
      const before = lived(first);
      const after = lived(then, before);
      assert.deepEqual(mergeProgress(before, after), mergeProgress(after, after));
      for (const exercise of ['a/b', 'a/c'] as const) {
        assert.deepEqual(progressOf(mergeProgress(before, after), exercise), progressOf(after, exercise));
      }
    });
    fc.assert(check, seeded);
  });
});
