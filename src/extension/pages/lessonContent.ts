/** What the lesson page shows of an exercise: the rendered lesson, where it stands in the course, the hints shown so far. */
import * as vscode from 'vscode';
import type { Exercise, ExerciseId } from '../../course/course';
import { nextExercise, positionOf, previousExercise } from '../../course/navigation';
import { progressOf } from '../../course/progress';
import type { Report } from '../../harness/report';
import { titleWords } from '../course/titleWords';
import type { LessonPage, LessonState, StepView } from '../../webview/protocol';
import type { CourseLibrary } from '../course/courseLibrary';
import type { Platform } from '../platform';
import type { ProgressStore } from '../progress/progressStore';

export interface LessonContentOptions extends Pick<Platform, 'load'> {
  readonly library: CourseLibrary;
  readonly progress: ProgressStore;
}

export async function lessonPage(exercise: Exercise, options: LessonContentOptions): Promise<LessonPage> {
  const [course, lesson, hints] = await Promise.all([
    options.library.courseOf(exercise.id),
    options.library.lesson(exercise.id),
    shownHints(exercise.id, options),
  ]);
  const previous = previousExercise(course, exercise.id);
  const next = nextExercise(course, exercise.id);
  const { position, total } = positionOf(course, exercise.id);
  return {
    exercise: exercise.id,
    title: lesson.frontMatter?.title ?? exercise.title,
    part: course.parts.find((part) => part.exercises.includes(exercise))?.title ?? '',
    position: exercise.optional
      ? vscode.l10n.t('exercise {0} of {1}, optional', position, total)
      : vscode.l10n.t('exercise {0} of {1}', position, total),
    minutes: lesson.frontMatter?.minutes ?? exercise.minutes,
    html: lesson.html,
    hints: hints.shown,
    hintCount: hints.total,
    ...(previous === undefined ? {} : { previous: { exercise: previous.id, title: titleWords(previous) } }),
    ...(next === undefined ? {} : { next: { exercise: next.id, title: titleWords(next) } }),
    ...(exercise.lab === undefined ? {} : { hasLab: true }),
  };
}

/** HTML of the hints that the learner has asked for so far, and how many there are. */
export async function shownHints(
  id: ExerciseId,
  { library, load, progress }: LessonContentOptions,
): Promise<{ readonly shown: readonly string[]; readonly total: number }> {
  const [hints, { escapeHtml }] = await Promise.all([library.hints(id), load()]);
  const count = progressOf(progress.current, id).hintsShown ?? 0;
  const shown = hints.slice(0, count).map(({ title, html }) => `<h3>${escapeHtml(title)}</h3>\n${html}`);
  return { shown, total: hints.length };
}

/**
 * For each step that a check of `report` tests: whether all of its checks held. Checks that did not run say nothing, and a
 * function that is still to be written is no failure: its steps are left unmarked.
 */
export function stepMarks(report: Report | undefined): LessonState['steps'] {
  const marks: Record<string, 'holds' | 'fails'> = {};
  const tested = (report?.checks ?? []).filter(({ outcome }) => outcome.status !== 'notRun');
  for (const { step } of tested) {
    if (step === undefined) continue;
    const statuses = tested.filter((check) => check.step === step).map(({ outcome }) => outcome.status);
    if (statuses.every((status) => status === 'passed')) marks[step] = 'holds';
    else if (statuses.some((status) => status !== 'passed' && status !== 'notStarted')) marks[step] = 'fails';
  }
  return marks;
}

/** The steps that the report's checks name, rendered, by id. */
export async function stepViews(report: Report, library: CourseLibrary): Promise<Record<string, StepView>> {
  const named = new Set(report.checks.flatMap(({ step }) => (step === undefined ? [] : [step])));
  if (named.size === 0) {
    return {};
  }
  const { steps } = await library.lesson(report.exercise);
  return Object.fromEntries(
    [...named].flatMap((id) => {
      const step = Object.hasOwn(steps, id) ? steps[id] : undefined;
      return step === undefined ? [] : [[id, { id, title: step.title, html: step.html }]];
    }),
  );
}
