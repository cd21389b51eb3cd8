/** How a terminal speaks of exercises that it does not find. */
import type { Course } from '../course/course';
import { exercisesOf } from '../course/course';
import { nearest } from './nearest';

export function unknownExercise(course: Course, name: string): string {
  const ids = exercisesOf(course).map(({ id }) => id);
  // Somebody who leaves out the part, or who slips, means one that there is.
  const byName = ids.filter((id) => id.split('/')[1] === name.replace(/\.ts$/, '').split('/').at(-1));
  const meant = byName.length === 1 ? byName[0] : nearest(name, ids);
  return `The course has no exercise ${name}.${meant === undefined ? '' : ` Did you mean ${meant}?`} \`groundup list\` shows all of them.`;
}
