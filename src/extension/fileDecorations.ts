/** The state of an exercise at its file in the explorer: a badge, and the word for it in the tooltip. */
import * as vscode from 'vscode';
import { exercisesOf } from '../course/course';
import type { ExerciseState } from '../course/progress';
import type { CourseLibrary } from './course/courseLibrary';
import { Disposer } from './disposables';
import type { LearnerFolder } from './learner/learnerFolder';
import type { LearnerWork } from './learner/learnerWork';
import { stateWord } from './words';

export interface FileDecorationOptions {
  readonly folder: LearnerFolder;
  readonly library: CourseLibrary;
  readonly work: LearnerWork;
}

export class FileDecorations extends Disposer implements vscode.FileDecorationProvider {
  private readonly changed = this.own(new vscode.EventEmitter<undefined>());
  readonly onDidChangeFileDecorations = this.changed.event;
  /** States change at every key; files are drawn anew only where one of them means another badge. */
  private shown = '';

  constructor(private readonly options: FileDecorationOptions) {
    super();
    this.own(vscode.window.registerFileDecorationProvider(this));
    this.own(options.work.onDidChangeStates(() => void this.refresh()));
  }

  async provideFileDecoration(uri: vscode.Uri): Promise<vscode.FileDecoration | undefined> {
    const { folder, library, work } = this.options;
    const id = folder.idOf(uri);
    // The explorer asks for every file in sight as soon as we are there; the course is not read for that.
    if (id === undefined || !work.isLoaded) {
      return undefined;
    }
    const exercise = await library.find(id);
    return exercise === undefined ? undefined : decorationOf(work.stateOf(exercise));
  }

  private async refresh(): Promise<void> {
    const { library, work } = this.options;
    if (!work.isLoaded) {
      return;
    }
    const states = (await library.courses())
      .flatMap(exercisesOf)
      .map((exercise) => work.stateOf(exercise))
      .join();
    if (states !== this.shown) {
      this.shown = states;
      this.changed.fire(undefined);
    }
  }
}

/** Badges differ in shape, so that none is told by its colour alone. */
function decorationOf(state: ExerciseState): vscode.FileDecoration | undefined {
  const tooltip = stateWord(state);
  switch (state) {
    case 'notStarted':
      return undefined;
    case 'inProgress':
      return new vscode.FileDecoration('…', tooltip, new vscode.ThemeColor('charts.blue'));
    case 'passed':
      return new vscode.FileDecoration('✓', tooltip, new vscode.ThemeColor('testing.iconPassed'));
    case 'passedThenChanged':
      return new vscode.FileDecoration('↻', tooltip, new vscode.ThemeColor('charts.yellow'));
    case 'skipped':
      return new vscode.FileDecoration('»', tooltip);
    default:
      return state satisfies never;
  }
}
