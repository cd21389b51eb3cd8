/** Opens a learner's file where a page points at a line of it, in the column in which it is shown already, if it is. */
import * as vscode from 'vscode';
import type { SourcePlace } from '../../harness/report';
import type { CourseLibrary } from '../course/courseLibrary';
import type { LearnerFolder } from '../learner/learnerFolder';

export async function openPlace(
  { exercise, line, column }: SourcePlace,
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
