/** `groundup lesson` and `groundup hint`: what there is to read, as its authors wrote it. */
import type { CourseSource } from '../content/courseSource';
import { findExercise } from '../course/course';
import { hintShown, progressOf } from '../course/progress';
import { parseFrontMatter } from '../lesson/frontMatter';
import { unknownExercise } from './exercises';
import { LearnerFolder } from './learnerFolder';
import type { Screen } from './terminal';

export interface LessonCommandOptions {
  readonly source: CourseSource;
  readonly screen: Screen;
  readonly id: string;
}

export async function lessonCommand({ source, screen, id }: LessonCommandOptions): Promise<number> {
  const exercise = findExercise(source.course, id);
  if (exercise === undefined) {
    screen.note(unknownExercise(source.course, id));
    return 2;
  }
  const { body } = parseFrontMatter(await source.lesson(exercise.id));
  screen.print(`# ${exercise.title}`, '', body.trim());
  return 0;
}

/** One more hint than were shown before; in a course folder that is remembered, as the editor remembers it. */
export async function hintCommand({
  source,
  screen,
  id,
  folder,
}: LessonCommandOptions & { readonly folder: string }): Promise<number> {
  const exercise = findExercise(source.course, id);
  if (exercise === undefined) {
    screen.note(unknownExercise(source.course, id));
    return 2;
  }
  const hints = hintTexts(await source.hints(exercise.id));
  const learner = new LearnerFolder({ path: folder, course: source.course, say: (sentence) => screen.note(sentence) });
  await learner.progress.load();
  const shown = progressOf(learner.progress.current, exercise.id).hintsShown ?? 0;
  const position = Math.min(shown, hints.length - 1);
  screen.print(
    `Hint ${position + 1} of ${hints.length}${shown >= hints.length ? ', the last' : ''}`,
    '',
    hints[position] ?? '',
  );
  if (shown < hints.length && (await learner.holdsCourse())) {
    await learner.progress.update((progress) => hintShown(progress, exercise.id));
  }
  return 0;
}

/** Each hint begins with `## `, outside any fence. */
export function hintTexts(markdown: string): readonly string[] {
  const hints: string[][] = [];
  let isFenced = false;
  for (const line of markdown.replace(/^\uFEFF/, '').split(/\r\n?|\n/)) {
    if (/^\s*(```|~~~)/.test(line)) isFenced = !isFenced;
    if (!isFenced && line.startsWith('## ')) hints.push([]);
    hints.at(-1)?.push(line);
  }
  return hints.map((lines) => lines.join('\n').trim());
}
