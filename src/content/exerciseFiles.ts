/** Which files an exercise and a course are made of; what is missing, and what lies about that nobody reads. */
import type { Course, ExerciseId } from '../course/course';
import { exercisesOf } from '../course/course';
import type { CourseFiles } from './courseFiles';
import type { ContentProblem } from './courseFile';
import { figureSources } from '../lesson/figureSources';
import { parseFrontMatter } from '../lesson/frontMatter';
import { readChecked } from './loadCourse';
import { isTranslation } from './translations';

export const exerciseFileNames = [
  'lesson.md',
  'hints.md',
  'stub.ts',
  'solution.ts',
  'checks.ts',
  'mutants.ts',
] as const;

/** What an exercise brings to the lab, where its lesson's front matter says that it does. */
export const labFileName = 'lab.ts';

/** `stray` leaves out the files of data that the lesson's figures name, and translations. */
export async function exerciseFiles(
  files: CourseFiles,
  id: ExerciseId,
): Promise<{
  readonly missing: readonly string[];
  readonly stray: readonly string[];
  readonly translations: readonly string[];
}> {
  const entries = await files.list(id).catch(() => []);
  const present = new Set(entries.filter(({ kind }) => kind === 'file').map(({ name }) => name));
  const lesson = present.has('lesson.md') ? await readChecked(files, `${id}/lesson.md`).catch(() => '') : '';
  const hasLab = parseFrontMatter(lesson).frontMatter?.lab !== undefined;
  const needed: readonly string[] = hasLab ? [...exerciseFileNames, labFileName] : exerciseFileNames;
  const known: readonly string[] = [...needed, ...figureSources(lesson)];
  return {
    missing: needed.filter((name) => !present.has(name)),
    stray: entries
      .filter(({ name, kind }) => kind !== 'file' || !(known.includes(name) || isTranslation(name)))
      .map(({ name }) => name),
    translations: [...present].filter(isTranslation),
  };
}

/** The table that the full author check writes, in the course folder. */
export const scoresFile = 'mutation-scores.md';

/** Folders and files of the course folder that `course.json` does not account for. */
export async function strayEntries(files: CourseFiles, course: Course): Promise<readonly ContentProblem[]> {
  const problems: ContentProblem[] = [];
  const stray = (path: string, message: string): void => void problems.push({ path, line: 1, message });
  const listed = new Set<string>(exercisesOf(course).map(({ id }) => id));
  const parts = new Set(course.parts.map(({ id }) => id));
  const dataFolders = new Set(Object.values(course.data ?? {}).map(({ folder }) => folder.split('/')[0]));
  for (const { name, kind } of await files.list('')) {
    if (
      name !== 'course.json' &&
      name !== scoresFile &&
      !(kind === 'folder' && (parts.has(name) || dataFolders.has(name)))
    ) {
      stray(name, `${name} belongs to no part of the course. List it in course.json, or remove it.`);
    }
  }
  for (const part of parts) {
    for (const { name } of await files.list(part).catch(() => [])) {
      if (!listed.has(`${part}/${name}`)) {
        stray(
          `${part}/${name}`,
          `${part}/${name} is not an exercise of the course. List it in course.json, or remove it.`,
        );
      }
    }
  }
  return problems;
}
