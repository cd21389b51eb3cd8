/**
 * Reads a course folder: `course.json` and the front matter of each lesson, never any of its TypeScript, so that a tree
 * can be drawn from a course that nobody trusts. What is wrong is a problem with its place; the rest still loads.
 */
import type { Course, Exercise, ExerciseId, Part, Renamed } from '../course/course';
import { parseFrontMatter } from '../lesson/frontMatter';
import type { CourseFiles } from './courseFiles';
import { CourseFileError, assertInside, maxCourseFileSize } from './courseFiles';
import type { ContentProblem, CourseFile } from './courseFile';
import { exerciseIdOf, parseCourseFile } from './courseFile';
import { firstThere, namesFor } from './translations';

export interface LoadedCourse {
  /** `undefined` only where `course.json` itself cannot be read. */
  readonly course: Course | undefined;
  readonly problems: readonly ContentProblem[];
}

/** `locale` chooses the titles of exercises whose lesson is translated into it. */
export async function loadCourse(files: CourseFiles, locale = 'en'): Promise<LoadedCourse> {
  const path = 'course.json';
  const text = await readChecked(files, path).catch((error: unknown) => problemOf(path, error));
  if (typeof text !== 'string') {
    return { course: undefined, problems: [text] };
  }
  const { courseFile, problems } = parseCourseFile(text, path);
  if (courseFile === undefined) {
    return { course: undefined, problems };
  }
  const loaded = await loadParts(files, { courseFile, locale });
  const { id, title, data, renamed } = courseFile;
  const course: Course = {
    id,
    title,
    parts: loaded.parts,
    ...(renamed === undefined ? {} : { renamed: renamed as Renamed }),
    ...(data === undefined ? {} : { data }),
  };
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
  { courseFile, locale }: { readonly courseFile: CourseFile; readonly locale: string },
): Promise<{ readonly parts: readonly Part[]; readonly problems: readonly ContentProblem[] }> {
  const problems: ContentProblem[] = [];
  const seen = new Set<ExerciseId>();
  const parts = await Promise.all(
    courseFile.parts.map(async (part): Promise<Part> => {
      const ids = part.exercises
        .map((name) => exerciseIdOf(part, name))
        .filter((id): id is ExerciseId => id !== undefined && !seen.has(id) && seen.add(id).has(id));
      const exercises = await Promise.all(ids.map((id) => loadExercise(files, { id, locale })));
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
  { id, locale }: { readonly id: ExerciseId; readonly locale: string },
): Promise<{ readonly exercise: Exercise | undefined; readonly problems: readonly ContentProblem[] }> {
  const path = `${id}/lesson.md`;
  const text = await readChecked(files, path).catch((error: unknown) => problemOf(path, error));
  if (typeof text !== 'string') {
    return { exercise: undefined, problems: [text] };
  }
  const { frontMatter, problems } = parseFrontMatter(text);
  const title = await translatedTitle(files, { id, locale });
  return {
    exercise: frontMatter === undefined ? undefined : { id, ...frontMatter, ...(title === undefined ? {} : { title }) },
    problems: problems.map((problem) => ({ path, ...problem })),
  };
}

/** A translation that cannot be read leaves the title as it is: it is a finding of the author check, not a learner's loss. */
async function translatedTitle(
  files: CourseFiles,
  { id, locale }: { readonly id: ExerciseId; readonly locale: string },
): Promise<string | undefined> {
  const names = namesFor('lesson.md', locale).slice(0, -1);
  if (names.length === 0) {
    return undefined;
  }
  const paths = names.map((name) => `${id}/${name}`);
  const text = await firstThere(paths, (path) => readChecked(files, path)).catch(() => undefined);
  return text === undefined ? undefined : parseFrontMatter(text).frontMatter?.title;
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
