/** What the commands do. Each takes an exercise; which one is meant has been found out before. */
import * as vscode from 'vscode';
import type { Exercise } from '../../course/course';
import { exercisesOf } from '../../course/course';
import { continueWith, nextExercise } from '../../course/navigation';
import { hintShown, opened, progressOf, reset, skipped, solutionShown, unskipped } from '../../course/progress';
import type { CheckSession } from '../check/checkSession';
import type { CourseLibrary } from '../course/courseLibrary';
import type { ExerciseFiles } from '../learner/exerciseFiles';
import type { LearnerFolder } from '../learner/learnerFolder';
import type { LearnerWork } from '../learner/learnerWork';
import type { LabPanels } from '../lab/labPanels';
import type { LessonPanel } from '../pages/lessonPanel';
import type { ProgressStore } from '../progress/progressStore';
import { solutionUri } from '../solutionDocuments';
import { confirmsSolution } from './confirmsSolution';

export interface ExerciseCommandsOptions {
  readonly files: ExerciseFiles;
  readonly folder: LearnerFolder;
  readonly labs: LabPanels;
  readonly lessons: LessonPanel;
  readonly library: CourseLibrary;
  readonly progress: ProgressStore;
  readonly session: CheckSession;
  readonly work: LearnerWork;
}

export class ExerciseCommands {
  constructor(private readonly options: ExerciseCommandsOptions) {}

  /** Writes the stub if need be, opens the file at the left and its lesson at the right. */
  async open(exercise: Exercise): Promise<void> {
    const { files, lessons, progress } = this.options;
    // Loaded before anything is written, so that what stood in a damaged file is known first.
    await progress.load();
    const uri = await files.ensure(exercise.id);
    if (uri === undefined) {
      return;
    }
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One, preview: false });
    await Promise.all([progress.update((now) => opened(now, exercise.id, new Date())), lessons.show(exercise)]);
  }

  async check(exercise: Exercise): Promise<void> {
    await this.options.session.check(exercise.id);
  }

  /** The lesson, at one of its steps where one is given. */
  async showLesson(exercise: Exercise, at: { readonly step?: string } = {}): Promise<void> {
    await this.options.lessons.show(exercise, at);
  }

  async openLab(exercise: Exercise): Promise<void> {
    await this.options.labs.open(exercise);
  }

  /** The exercise after `exercise`, or after the one opened last. */
  async openNext(exercise: Exercise | undefined): Promise<void> {
    const { library, progress } = this.options;
    await progress.load();
    const from = exercise?.id ?? progress.current.last?.exercise;
    const course = from === undefined ? await library.course() : await library.courseOf(from);
    const next = from === undefined ? exercisesOf(course)[0] : nextExercise(course, from);
    if (next === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('That was the last exercise of the course.'));
    } else {
      await this.open(next);
    }
  }

  async continue(): Promise<void> {
    const { library, progress, work } = this.options;
    await work.load();
    // In the course that was worked on last, whichever it is.
    const course = await library.courseOf(progress.current.last?.exercise ?? '');
    const exercise = continueWith(course, progress.current, (each) => work.stateOf(each));
    if (exercise === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Every exercise of the course is passed or skipped.'));
    } else {
      await this.open(exercise);
    }
  }

  async skip(exercise: Exercise): Promise<void> {
    await this.options.progress.update((progress) => skipped(progress, exercise.id, new Date()));
  }

  async unskip(exercise: Exercise): Promise<void> {
    await this.options.progress.update((progress) => unskipped(progress, exercise.id, new Date()));
  }

  /** Reveals the next hint in the lesson panel; once all are shown, only the lesson. */
  async hint(exercise: Exercise): Promise<void> {
    const { library, lessons, progress } = this.options;
    const [hints] = await Promise.all([library.hints(exercise.id), progress.load()]);
    await lessons.show(exercise);
    if ((progressOf(progress.current, exercise.id).hintsShown ?? 0) < hints.length) {
      await progress.update((now) => hintShown(now, exercise.id));
    }
    await lessons.refreshHints(exercise);
  }

  /** Asks, keeps a dated copy, and starts the exercise anew. */
  async reset(exercise: Exercise): Promise<void> {
    const { files, folder, lessons, progress, session } = this.options;
    await Promise.all([folder.locate(), progress.load()]);
    const confirm = vscode.l10n.t('Reset');
    const question = vscode.l10n.t('Reset “{0}”?', exercise.title);
    const detail = vscode.l10n.t(
      'Your file becomes the stub again, and what was recorded of this exercise is forgotten. A dated copy of your file is kept in .groundup/copies.',
    );
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, confirm)) === confirm) {
      await files.reset(exercise.id, new Date());
      await session.forget(exercise.id);
      await progress.update((now) => reset(now, exercise.id, new Date()));
      await lessons.refreshHints(exercise);
    }
  }

  /** The reference solution beside the learner's file; before it has passed, asks once for each exercise. */
  async showSolution(exercise: Exercise): Promise<void> {
    const { files, folder, progress, work } = this.options;
    await Promise.all([folder.locate(), work.load()]);
    const { passed, solutionShownAt } = progressOf(progress.current, exercise.id);
    if (passed === undefined && solutionShownAt === undefined && !(await confirmsSolution(exercise))) {
      return;
    }
    const uri = await files.ensure(exercise.id);
    if (uri === undefined) {
      return;
    }
    const title = vscode.l10n.t('{0}: reference solution ↔ your file', exercise.title);
    await vscode.commands.executeCommand('vscode.diff', solutionUri(exercise.id), uri, title, {
      viewColumn: vscode.ViewColumn.One,
    });
    await progress.update((now) => solutionShown(now, exercise.id, new Date()));
  }
}
