/**
 * Ids of exercises where there is more than one course. Those of a course that a learner has added begin with the id of
 * their course, `their-course/part/exercise`, so that progress, solutions and reports of different courses never meet;
 * within their course, in its files and for the harness, they are `part/exercise` as everywhere.
 */
import type { Course, Exercise, ExerciseId } from './course';

/** The id of the course that `id` says it belongs to; `undefined` for an id of the course that ships. */
export function courseIdOf(id: string): string | undefined {
  const segments = id.split('/');
  return segments.length === 3 ? segments[0] : undefined;
}

/** The id by which the exercise goes within its own course. */
export function localId(id: ExerciseId): ExerciseId {
  return id.split('/').slice(-2).join('/') as ExerciseId;
}

/** What `local`, an id within some course, is called outside of it; `beside` is any exercise of that course. */
export function idBeside(beside: ExerciseId, local: ExerciseId): ExerciseId {
  const course = courseIdOf(beside);
  return course === undefined || courseIdOf(local) !== undefined ? local : `${course}/${local}`;
}

/** `course` with the ids that its exercises have outside of it. */
export function inNamespace(course: Course): Course {
  const outside = (id: ExerciseId): ExerciseId => `${course.id}/${id}`;
  const moved = (exercise: Exercise): Exercise => ({
    ...exercise,
    id: outside(exercise.id),
    buildsOn: exercise.buildsOn.map(outside),
  });
  const renamed = Object.entries(course.renamed ?? {}).map(
    ([former, successors]) => [`${course.id}/${former}`, successors.map(outside)] as const,
  );
  return {
    ...course,
    parts: course.parts.map((part) => ({
      ...part,
      id: `${course.id}/${part.id}`,
      exercises: part.exercises.map(moved),
    })),
    ...(renamed.length === 0 ? {} : { renamed: Object.fromEntries(renamed) }),
  };
}
