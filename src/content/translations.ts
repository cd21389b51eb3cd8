/**
 * Lessons and hints in other languages. A translation lies beside its original, `lesson.de.md` beside `lesson.md`, and is
 * taken where the reader's language asks for it; whatever has none is read in the course's own language. What a course
 * is made of (its order, what builds on what) is read from the originals alone.
 */
import type { CourseFiles } from './courseFiles';
import { CourseFileError } from './courseFiles';

/** The texts of an exercise that may be translated. */
export type Translatable = 'lesson.md' | 'hints.md';

const translation = /^(lesson|hints)\.[a-z]{2,3}(?:-[a-z0-9]{2,8})*\.md$/;

export function isTranslation(name: string): boolean {
  return translation.test(name);
}

/** The locale of a translation: `de` of `lesson.de.md`. */
export function localeOf(name: string): string {
  return name.split('.')[1] ?? '';
}

/**
 * Where a text is looked for, best first: for `pt-br` in `lesson.pt-br.md`, then `lesson.pt.md`, then `lesson.md`. English
 * is what courses are written in, and a locale that is none names no file.
 */
export function namesFor(name: Translatable, locale: string): readonly string[] {
  const wanted = locale.toLowerCase();
  const stem = name.slice(0, -'.md'.length);
  const [language = ''] = wanted.split('-');
  const names = [...new Set([wanted, language])].map((each) => `${stem}.${each}.md`);
  return language === 'en' ? [name] : [...names.filter(isTranslation), name];
}

/** The first of `paths` that there is, read by `read`; whatever else is wrong with one is thrown. */
export async function firstThere(
  paths: readonly string[],
  read: (path: string) => ReturnType<CourseFiles['readText']>,
): Promise<string> {
  const [path = '', ...others] = paths;
  try {
    return await read(path);
  } catch (error) {
    if (others.length > 0 && error instanceof CourseFileError && error.fault === 'missing') {
      return await firstThere(others, read);
    }
    throw error;
  }
}
