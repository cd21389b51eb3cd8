/**
 * Reads a course folder: `course.json` and the front matter of each lesson, never any of its TypeScript, so that a tree
 * can be drawn from a course that nobody trusts. What is wrong is a problem with its place; the rest still loads.
 */
import type { Course, Exercise, ExerciseId, Part } from '../course/course';
import { parseFrontMatter } from '../lesson/frontMatter';
import type { CourseFiles } from './courseFiles';
import { CourseFileError, assertInside, maxCourseFileSize } from './courseFiles';
import type { ContentProblem, CourseFile } from './courseFile';
import { exerciseIdOf, parseCourseFile } from './courseFile';

export interface LoadedCourse {
  /** `undefined` only where `course.json` itself cannot be read. */
  readonly course: Course | undefined;
  readonly problems: readonly ContentProblem[];
}

export async function loadCourse(files: CourseFiles): Promise<LoadedCourse> {
  const path = 'course.json';
  const text = await readChecked(files, path).catch((error: unknown) => problemOf(path, error));
  if (typeof text !== 'string') {
    return { course: undefined, problems: [text] };
  }
  const { courseFile, problems } = parseCourseFile(text, path);
  if (courseFile === undefined) {
    return { course: undefined, problems };
  }
  const loaded = await loadParts(files, courseFile);
  const { id, title, data } = courseFile;
  const course: Course = { id, title, parts: loaded.parts, ...(data === undefined ? {} : { data }) };
  return { course, problems: [...problems, ...loaded.problems, ...orderProblems(course), ...dataProblems(course)] };
}

/** Reads a file of a course, with the cap that every file of it is under. Rejects with a `CourseFileError`. */
export async function readChecked(files: CourseFiles, path: string): Promise<string> {
  assertInside(path);
  const text = await files.readText(path);
  if (text.length > maxCourseFileSize) {
    throw new CourseFileError(path, 'tooLarge');
  }
  return text;
}

export function problemOf(path: string, error: unknown): ContentProblem {
  const message = error instanceof CourseFileError ? error.message : `${path} could not be read: ${String(error)}.`;
  return { path, line: 1, message };
}

async function loadParts(
  files: CourseFiles,
  courseFile: CourseFile,
): Promise<{ readonly parts: readonly Part[]; readonly problems: readonly ContentProblem[] }> {
  const problems: ContentProblem[] = [];
  const seen = new Set<ExerciseId>();
  const parts = await Promise.all(
    courseFile.parts.map(async (part): Promise<Part> => {
      const ids = part.exercises
        .map((name) => exerciseIdOf(part, name))
        .filter((id): id is ExerciseId => id !== undefined && !seen.has(id) && seen.add(id).has(id));
      const exercises = await Promise.all(ids.map((id) => loadExercise(files, id)));
      problems.push(...exercises.flatMap((exercise) => exercise.problems));
      return {
        id: part.id,
        title: part.title,
        summary: part.summary,
        exercises: exercises.flatMap(({ exercise }) => (exercise === undefined ? [] : [exercise])),
      };
    }),
  );
  return { parts, problems };
}

async function loadExercise(
  files: CourseFiles,
  id: ExerciseId,
): Promise<{ readonly exercise: Exercise | undefined; readonly problems: readonly ContentProblem[] }> {
  const path = `${id}/lesson.md`;
  const text = await readChecked(files, path).catch((error: unknown) => problemOf(path, error));
  if (typeof text !== 'string') {
    return { exercise: undefined, problems: [text] };
  }
  const { frontMatter, problems } = parseFrontMatter(text);
  return {
    exercise: frontMatter === undefined ? undefined : { id, ...frontMatter },
    problems: problems.map((problem) => ({ path, ...problem })),
  };
}

/** What an exercise builds on has to come before it. */
function orderProblems(course: Course): ContentProblem[] {
  const exercises = course.parts.flatMap((part) => part.exercises);
  const place = new Map(exercises.map((exercise, index) => [exercise.id, index]));
  return exercises.flatMap((exercise, index) =>
    exercise.buildsOn.flatMap((earlier): ContentProblem[] => {
      const at = place.get(earlier);
      if (at !== undefined && at < index) {
        return [];
      }
      const message =
        at === undefined
          ? `buildsOn names ${earlier}, which the course does not have. Correct the id, or list it in course.json.`
          : `buildsOn names ${earlier}, which does not come before it. Change the order in course.json, or remove it.`;
      return [{ path: `${exercise.id}/lesson.md`, line: 1, message }];
    }),
  );
}

/** What a lesson asks for has to be listed. */
function dataProblems(course: Course): ContentProblem[] {
  const known = Object.keys(course.data ?? {});
  return course.parts
    .flatMap((part) => part.exercises)
    .flatMap(({ id, data = [] }) =>
      data
        .filter((name) => !known.includes(name))
        .map((name): ContentProblem => {
          const has = known.length === 0 ? 'none' : known.join(', ');
          const message = `data names ${name}, which course.json does not list under data; it has ${has}. Correct the name, or list it there.`;
          return { path: `${id}/lesson.md`, line: 1, message };
        }),
    );
}
