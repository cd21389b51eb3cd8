import assert from 'node:assert/strict';
import type { Course, Exercise, ExerciseId } from '../../../src/course/course';
import { continueWith, nextExercise, positionOf, previousExercise } from '../../../src/course/navigation';
import { emptyProgress } from '../../../src/course/progress';
import type { ExerciseState } from '../../../src/course/progress';

const exercise = (id: ExerciseId, optional = false): Exercise => {
  return { id, title: id, buildsOn: [], minutes: 5, optional, offers: undefined };
};
const course: Course = {
  id: 'c',
  title: 'C',
  parts: [
    { id: 'p', title: 'P', summary: '', exercises: [exercise('p/a'), exercise('p/b', true)] },
    { id: 'empty', title: 'E', summary: '', exercises: [] },
    { id: 'q', title: 'Q', summary: '', exercises: [exercise('q/c')] },
  ],
};

describe('Next and previous', () => {
  it('cross the parts and end at the ends', () => {
    assert.equal(nextExercise(course, 'p/b')?.id, 'q/c');
    assert.equal(previousExercise(course, 'q/c')?.id, 'p/b');
    assert.equal(nextExercise(course, 'q/c'), undefined);
    assert.equal(previousExercise(course, 'p/a'), undefined);
    assert.deepEqual(positionOf(course, 'q/c'), { position: 3, total: 3 });
  });

  it('go past what is optional while something required is left', () => {
    assert.equal(nextExercise(course, 'p/a')?.id, 'q/c');
  });

  it('offer what is optional where nothing else is left, one after the other', () => {
    const end = { id: 'r', title: 'R', summary: '', exercises: [exercise('r/d', true), exercise('r/e', true)] };
    const longer = { ...course, parts: [...course.parts, end] };
    assert.equal(nextExercise(longer, 'q/c')?.id, 'r/d');
    assert.equal(nextExercise(longer, 'r/d')?.id, 'r/e');
    assert.equal(nextExercise(longer, 'r/e'), undefined);
  });

  it('are none for an exercise that is not in the course', () => {
    assert.equal(nextExercise(course, 'gone/away'), undefined);
    assert.equal(previousExercise(course, 'gone/away'), undefined);
  });
});

describe('Continue where I left off', () => {
  const check = (
    given: { last?: ExerciseId; states?: Partial<Record<ExerciseId, ExerciseState>> },
    expected: ExerciseId | undefined,
  ): void => {
    const { last, states = {} } = given;
    const progress = last === undefined ? emptyProgress : { ...emptyProgress, last: { exercise: last, at: '' } };
    assert.equal(continueWith(course, progress, ({ id }) => states[id] ?? 'notStarted')?.id, expected);
  };

  it('starts with the first exercise', () => check({}, 'p/a'));
  it('goes on with the last one opened, optional or changed or not', () => {
    check({ last: 'p/b' }, 'p/b');
    check({ last: 'q/c', states: { 'q/c': 'passedThenChanged' } }, 'q/c');
  });
  it('proposes the next one that is required once the last is done or skipped', () => {
    check({ last: 'p/a', states: { 'p/a': 'passed' } }, 'q/c');
    check({ last: 'p/a', states: { 'p/a': 'skipped' } }, 'q/c');
  });
  it('comes back to what was left out before', () => check({ last: 'q/c', states: { 'q/c': 'passed' } }, 'p/a'));
  it('forgets an exercise that no longer exists', () => check({ last: 'gone/away' }, 'p/a'));
  it('has nothing to propose when all is done', () =>
    check({ last: 'q/c', states: { 'p/a': 'passed', 'q/c': 'passed' } }, undefined));
});
