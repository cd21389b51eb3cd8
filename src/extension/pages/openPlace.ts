/** Shows the line of a learner's file that a page names. */
import * as vscode from 'vscode';
import type { ExerciseId } from '../../course/course';
import type { CourseLibrary } from '../course/courseLibrary';
import type { LearnerFolder } from '../learner/learnerFolder';

export interface NamedPlace {
  readonly exercise: ExerciseId;
  readonly line: number;
  readonly column: number;
}

export async function openPlace(
  { exercise, line, column }: NamedPlace,
  { folder, library }: { readonly folder: LearnerFolder; readonly library: CourseLibrary },
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(folder.fileOf((await library.exercise(exercise)).id));
  const position = document.validatePosition(new vscode.Position(line - 1, column - 1));
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(position, position),
  });
}
