/** The one question before anything of the reference is shown. */
import * as vscode from 'vscode';
import type { Exercise } from '../../course/course';

export async function confirmsSolution(exercise: Exercise): Promise<boolean> {
  const show = vscode.l10n.t('Show Solution');
  const question = vscode.l10n.t('Show the solution of “{0}” before your own has passed?', exercise.title);
  const detail = vscode.l10n.t('There are hints, too. It will not be asked again for this exercise.');
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, show)) === show;
}
