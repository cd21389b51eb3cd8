/**
 * From a file that an author has just saved to the lesson it belongs to, read anew: what an open preview shows next. The
 * course folder may be any copy of the course, such as the author's own checkout.
 */
import type { Course, ExerciseId } from '../course/course';
import { findExercise } from '../course/course';
import { isExerciseId } from '../lesson/frontMatter';
import { renderHints } from '../lesson/renderHints';
import type { Hint } from '../lesson/renderHints';
import type { RenderedLesson } from '../lesson/renderLesson';
import type { CourseFiles } from './courseFiles';
import { CourseFileError } from './courseFiles';
import { CourseSource } from './courseSource';
import { loadCourse } from './loadCourse';
import { readLesson } from './readLesson';
import { isTranslation } from './translations';

export interface LessonFile {
  /** The course folder, as far as the path tells: two folders up from the exercise's. */
  readonly folder: string;
  readonly exercise: ExerciseId;
}

/** Whose lesson a file belongs to: `…/<part>/<exercise>/lesson.md`, its `hints.md`, or data of its figures. */
export function lessonFileOf(path: string): LessonFile | undefined {
  const segments = path.split('/');
  const [part = '', exercise = '', name = ''] = segments.slice(-3);
  const id = `${part}/${exercise}`;
  const isShown = name === 'lesson.md' || name === 'hints.md' || isTranslation(name) || name.endsWith('.json');
  return isShown && segments.length > 3 && isExerciseId(id)
    ? { folder: segments.slice(0, -3).join('/'), exercise: id }
    : undefined;
}

export interface LessonTexts {
  readonly lesson: RenderedLesson;
  readonly hints: readonly Hint[];
}

export interface RereadOptions {
  readonly course: Course;
  readonly exercise: ExerciseId;
  /** The language in which they are read where they are translated into it. */
  readonly locale?: string;
}

/**
 * Lesson and hints of `exercise` from `files`, or `undefined` where these are no copy of `course`, or hold nothing that
 * can be shown at the moment: what was shown before is then better.
 */
export async function rereadLesson(
  files: CourseFiles,
  { course, exercise, locale = 'en' }: RereadOptions,
): Promise<LessonTexts | undefined> {
  const loaded = await loadCourse(files, locale);
  if (loaded.course?.id !== course.id || findExercise(loaded.course, exercise) === undefined) {
    return undefined;
  }
  const source = new CourseSource(files, loaded.course, locale);
  try {
    const [lesson, hints] = await Promise.all([readLesson(source, exercise), source.hints(exercise)]);
    return { lesson, hints: renderHints(hints).hints };
  } catch (error) {
    if (error instanceof CourseFileError) {
      return undefined;
    }
    throw error;
  }
}
