/** The texts in twelve languages, for measurements. */
import { nodeCourseFiles } from '../src/cli/nodeCourseFiles';
import type { LabelledTexts } from '../src/authoring';
import { CourseSource } from '../src/content/courseSource';
import { loadCourse } from '../src/content/loadCourse';
import { dataFinder } from '../src/harness/judge/data';

export async function readLanguages(): Promise<LabelledTexts> {
  const files = nodeCourseFiles('exercises');
  const { course } = await loadCourse(files);
  if (course === undefined) throw new Error('The course cannot be read; `npm run course` says why.');
  return dataFinder([await new CourseSource(files, course).dataSet('languages')])('languages', 'labelled-texts');
}
