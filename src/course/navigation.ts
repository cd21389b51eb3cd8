/** Which exercise comes next, which came before, and where to go on: the order of the course, read with a learner's states. */
import type { Course, Exercise } from './course';
import { exercisesOf, findExercise } from './course';
import type { ExerciseState, Progress } from './progress';

/**
 * The exercise to go on with after `id`, across parts. It goes past optional ones while a required one is left further on; who
 * is at an optional exercise is shown the one behind it, optional or not. `undefined` after the last, or where `id` is not in
 * the course.
 */
export function nextExercise(course: Course, id: string): Exercise | undefined {
  const exercises = exercisesOf(course);
  const position = exercises.findIndex((exercise) => exercise.id === id);
  if (position < 0) return undefined;
  const later = exercises.slice(position + 1);
  const required = exercises[position]?.optional === true ? undefined : later.find(({ optional }) => !optional);
  return required ?? later[0];
}

export function previousExercise(course: Course, id: string): Exercise | undefined {
  const exercises = exercisesOf(course);
  const position = exercises.findIndex((exercise) => exercise.id === id);
  return position <= 0 ? undefined : exercises[position - 1];
}

/** Where `id` stands in the course, counted from one, and how many exercises there are. */
export function positionOf(course: Course, id: string): { readonly position: number; readonly total: number } {
  const exercises = exercisesOf(course);
  return { position: exercises.findIndex((exercise) => exercise.id === id) + 1, total: exercises.length };
}

/**
 * Where the learner left off: the exercise opened last if it is not finished, else the first unfinished one after it,
 * else the first unfinished one of the course. Optional exercises are proposed only when they were opened last.
 * `undefined` when nothing is left to do.
 */
export function continueWith(
  course: Course,
  progress: Progress,
  states: (exercise: Exercise) => ExerciseState,
): Exercise | undefined {
  const exercises = exercisesOf(course);
  const last = progress.last === undefined ? undefined : findExercise(course, progress.last.exercise);
  const unfinished = (exercise: Exercise): boolean => !['passed', 'skipped'].includes(states(exercise));
  if (last !== undefined && unfinished(last)) {
    return last;
  }
  const start = last === undefined ? 0 : exercises.indexOf(last) + 1;
  const inOrder = [...exercises.slice(start), ...exercises.slice(0, start)];
  return inOrder.find((exercise) => !exercise.optional && unfinished(exercise));
}
