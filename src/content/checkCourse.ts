/** What holds for a course as a whole: it loads without a problem, is written to its end, and nothing in its folder is unaccounted for. */
import type { CourseFiles } from './courseFiles';
import type { ContentProblem } from './courseFile';
import { CourseSource } from './courseSource';
import { strayEntries } from './exerciseFiles';
import { loadCourse, readChecked } from './loadCourse';
import { todosIn } from './todos';

export interface CheckedCourse {
  /** `undefined` only where `course.json` cannot be read. */
  readonly source: CourseSource | undefined;
  readonly problems: readonly ContentProblem[];
}

export async function checkCourse(files: CourseFiles): Promise<CheckedCourse> {
  const { course, problems } = await loadCourse(files);
  if (course === undefined) {
    return { source: undefined, problems };
  }
  // An exercise that did not load is listed all the same: its own problem says what to mend.
  const explained = (path: string): boolean => problems.some((problem) => problem.path.startsWith(`${path}/`));
  const stray = (await strayEntries(files, course)).filter(({ path }) => !explained(path));
  const todos = todosIn('course.json', await readChecked(files, 'course.json')).map(({ line, words }) => ({
    path: 'course.json',
    line,
    message: `A TODO is left: ${words}`,
  }));
  return { source: new CourseSource(files, course), problems: [...problems, ...todos, ...stray] };
}
