/** Which exercise a command means: the one it was called with, else the one being looked at, else one the learner picks. */
import * as vscode from 'vscode';
import type { Exercise } from '../../course/course';
import type { ActiveExercise } from '../activeExercise';
import type { CourseLibrary } from '../course/courseLibrary';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { LearnerWork } from '../learner/learnerWork';
import { stateWord } from '../words';

export interface TargetOptions {
  readonly active: ActiveExercise;
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
  readonly work: LearnerWork;
}

/** A tree item, an id, the file in an editor's title, or nothing of that: what VS Code and the pages pass along. */
export async function exerciseOfArgument(
  argument: unknown,
  { folder, library }: TargetOptions,
): Promise<Exercise | undefined> {
  if (typeof argument === 'string') {
    return await library.find(argument);
  }
  if (argument instanceof vscode.Uri) {
    await folder.locate();
    const id = folder.idOf(argument);
    return id === undefined ? undefined : await library.find(id);
  }
  if (
    typeof argument === 'object' &&
    argument !== null &&
    'kind' in argument &&
    argument.kind === 'exercise' &&
    'exercise' in argument
  ) {
    const id = (argument.exercise as Partial<Exercise> | undefined)?.id;
    return id === undefined ? undefined : await library.find(id);
  }
  return undefined;
}

export async function pickExercise(
  { library, work }: TargetOptions,
  placeHolder: string,
): Promise<Exercise | undefined> {
  const [courses] = await Promise.all([library.courses(), work.load()]);
  const parts = courses.flatMap((course) => course.parts);
  const items = parts.flatMap((part) => [
    ...(part.exercises.length === 0 ? [] : [{ label: part.title, kind: vscode.QuickPickItemKind.Separator }]),
    ...part.exercises.map((exercise) => ({
      label: exercise.title,
      description: stateWord(work.stateOf(exercise)),
      detail: vscode.l10n.t('About {0} minutes', exercise.minutes),
      exercise,
    })),
  ]);
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: false });
  return picked !== undefined && 'exercise' in picked ? picked.exercise : undefined;
}
