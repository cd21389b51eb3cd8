/** Brings an open lesson up to date when its author saves it, wherever the copy of the course lies that they work on. */
import * as vscode from 'vscode';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import type { LessonPanel } from './lessonPanel';

export interface LessonRefreshOptions {
  readonly library: CourseLibrary;
  readonly lessons: LessonPanel;
}

export class LessonRefresh extends Disposer {
  constructor(private readonly options: LessonRefreshOptions) {
    super();
    this.own(vscode.workspace.onDidSaveTextDocument(({ uri }) => void this.saved(uri)));
  }

  private async saved(uri: vscode.Uri): Promise<void> {
    const { library, lessons } = this.options;
    // Nearly every save is of something else; that is seen without loading anything.
    if (lessons.showing === undefined || !/\/(?:(?:lesson|hints)(?:\.[\w-]+)?\.md|[^/]+\.json)$/.test(uri.path)) {
      return;
    }
    const exercise = await library.reread(uri);
    if (exercise !== undefined) {
      await lessons.refresh(exercise);
    }
  }
}
