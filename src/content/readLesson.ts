/** An exercise's lesson as HTML, with the files that its figures take their data from. */
import type { ExerciseId } from '../course/course';
import { findExercise } from '../course/course';
import { figureSources } from '../lesson/figureSources';
import { renderLesson } from '../lesson/renderLesson';
import type { RenderedLesson } from '../lesson/renderLesson';
import { CourseFileError } from './courseFiles';
import type { CourseSource } from './courseSource';

/** Rejects with a `CourseFileError` where `lesson.md` cannot be read; a file of a figure's is a problem of the lesson. */
export async function readLesson(source: CourseSource, id: ExerciseId): Promise<RenderedLesson> {
  const markdown = await source.lesson(id);
  const files = await Promise.all(
    figureSources(markdown).map(async (name): Promise<readonly [string, string][]> => {
      try {
        return [[name, await source.data(id, name)]];
      } catch (error) {
        if (error instanceof CourseFileError) {
          return [];
        }
        throw error;
      }
    }),
  );
  const knows = (exercise: string): boolean => findExercise(source.course, exercise) !== undefined;
  return renderLesson(markdown, { knows, files: new Map(files.flat()) });
}
