/** What holds for a course as a whole: it loads without a problem, and nothing in its folder is unaccounted for. */
import type { CourseFiles } from './courseFiles';
import type { ContentProblem } from './courseFile';
import { CourseSource } from './courseSource';
import { strayEntries } from './exerciseFiles';
import { loadCourse } from './loadCourse';

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
  return { source: new CourseSource(files, course), problems: [...problems, ...stray] };
}
