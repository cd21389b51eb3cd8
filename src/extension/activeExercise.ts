/**
 * The exercise that the learner looks at: the one whose file is in the active editor, or whose lesson is. Commands
 * without an argument mean it, and context keys follow it, so that menus and keys offer what works now.
 */
import * as vscode from 'vscode';
import type { Exercise, ExerciseId } from '../course/course';
import type { CourseLibrary } from './course/courseLibrary';
import { Disposer } from './disposables';
import type { LearnerFolder } from './learner/learnerFolder';
import type { LearnerWork } from './learner/learnerWork';
import { solutionScheme } from './solutionDocuments';

export interface ActiveExerciseOptions {
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
  readonly work: LearnerWork;
}

export class ActiveExercise extends Disposer {
  private readonly changed = this.own(new vscode.EventEmitter<Exercise | undefined>());
  readonly onDidChange = this.changed.event;
  private exercise: Exercise | undefined;
  /** The exercise whose lesson is the active editor, if one is. */
  private lesson: ExerciseId | undefined;
  private readonly keys = new Map<string, unknown>();

  constructor(private readonly options: ActiveExerciseOptions) {
    super();
    this.own(vscode.window.onDidChangeActiveTextEditor(() => void this.refresh()));
    this.own(options.folder.onDidChange(() => void this.refresh()));
    this.own(options.work.onDidChangeStates(() => this.setKeys()));
  }

  get current(): Exercise | undefined {
    return this.exercise;
  }

  /** Told by the lesson panel: its exercise while it is the active editor, `undefined` once it is not. */
  lessonActive(id: ExerciseId | undefined): void {
    this.lesson = id;
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const uri = vscode.window.activeTextEditor?.document.uri;
    await this.options.folder.locate();
    const id =
      uri === undefined ? this.lesson : uri.scheme === solutionScheme ? undefined : this.options.folder.idOf(uri);
    // The course is read only for a file that looks like an exercise's, in a folder that holds a course.
    const exercise =
      id !== undefined && (await this.options.folder.holdsCourse())
        ? await this.options.library.find(id).catch(() => undefined)
        : undefined;
    if (uri?.toString() !== vscode.window.activeTextEditor?.document.uri.toString()) {
      return;
    }
    if (exercise !== this.exercise) {
      this.exercise = exercise;
      this.changed.fire(exercise);
    }
    if (exercise !== undefined) {
      await this.options.work.load();
    }
    this.setKeys();
  }

  private setKeys(): void {
    this.setKey('groundup.lessonActive', this.lesson !== undefined);
    this.setKey('groundup.exerciseActive', this.exercise !== undefined);
    this.setKey('groundup.exerciseHasLab', this.exercise?.lab !== undefined);
    this.setKey(
      'groundup.exerciseState',
      this.exercise === undefined ? undefined : this.options.work.stateOf(this.exercise),
    );
  }

  private setKey(key: string, value: unknown): void {
    if (this.keys.get(key) !== value) {
      this.keys.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  }
}
