import assert from 'node:assert/strict';
import { parseCourseFile } from '../../../src/content/courseFile';
import { formerIds } from '../../../src/course/course';
import { emptyProgress, mergeProgress, opened, passedWith, reset, withSuccessors } from '../../../src/course/progress';

const now = new Date('2026-11-28T03:00:00Z');
const later = new Date('2026-11-28T04:00:00Z');
const before = passedWith(opened(emptyProgress, 'p/old', now), 'p/old', { hash: 'h', now });

describe('an exercise that a newer course renamed', () => {
  const renamed = { 'p/old': ['p/new'] } as const;

  it('keeps all that was recorded of it, and is where one left off', () => {
    const after = withSuccessors(before, renamed);
    assert.deepEqual(after.exercises['p/new'], before.exercises['p/old']);
    assert.equal(after.last?.exercise, 'p/new');
  });

  it('keeps the former record, so that an older course still has it; doing it again changes nothing', () => {
    const after = withSuccessors(before, renamed);
    assert.deepEqual(after.exercises['p/old'], before.exercises['p/old']);
    assert.deepEqual(withSuccessors(after, renamed), after);
    assert.deepEqual(mergeProgress(after, before).exercises, after.exercises);
  });

  it('does not come back from the dead after a reset', () => {
    const after = reset(withSuccessors(before, renamed), 'p/new', later);
    assert.equal(withSuccessors(after, renamed).exercises['p/new']?.passed, undefined);
  });

  it('is found over several changes, and a circle ends', () => {
    assert.ok(withSuccessors(before, { 'p/old': ['p/mid'], 'p/mid': ['p/new'] }).exercises['p/new']?.passed);
    assert.deepEqual(formerIds({ renamed: { 'p/old': ['p/mid'], 'p/mid': ['p/new'] } }, 'p/new'), ['p/mid', 'p/old']);
    const circle = { 'p/old': ['p/new'], 'p/new': ['p/old'] } as const;
    assert.ok(withSuccessors(before, circle).exercises['p/old']?.passed);
    assert.deepEqual(formerIds({ renamed: circle }, 'p/new'), ['p/old', 'p/new']);
  });

  it('that was split is begun in each of its parts, and passed in none', () => {
    const after = withSuccessors(before, { 'p/old': ['p/one', 'p/two'] });
    for (const id of ['p/one', 'p/two'] as const) {
      assert.deepEqual(after.exercises[id], { openedAt: before.exercises['p/old']?.openedAt });
    }
    assert.deepEqual(formerIds({ renamed: { 'p/old': ['p/one', 'p/two'] } }, 'p/one'), []);
  });

  it('that was removed leaves its record', () => {
    assert.deepEqual(withSuccessors(before, {}), before);
  });

  const manifest = (renames: object): string =>
    `{\n"id": "c", "title": "C",\n"parts": [{ "id": "p", "title": "P", "summary": "S", "exercises": ["new"] }],\n"renamed": ${JSON.stringify(renames)}\n}`;
  const problems = (renames: object): readonly string[] =>
    parseCourseFile(manifest(renames), 'course.json').problems.map(({ line, message }) => `${line} ${message}`);

  it('is named in course.json, and what cannot be is a problem at its line', () => {
    assert.deepEqual(problems({ 'p/old': ['p/new'] }), []);
    assert.match(
      problems({ 'p/old': ['p/gone'] }).join(),
      /^4 .*p\/gone took the place of p\/old, but the course has no/,
    );
    assert.match(problems({ 'p/new': ['p/new'] }).join(), /^4 renamed names p\/new, which is still listed/);
    assert.match(problems({ '../x': ['p/new'] }).join(), /^4 /);
  });
});
