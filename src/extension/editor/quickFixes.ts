/** From a problem that a check found to what helps with it: the step of the derivation that it tests, and a hint. */
import * as vscode from 'vscode';
import { CheckDiagnostic } from '../check/checkDiagnostics';
import type { CourseLibrary } from '../course/courseLibrary';
import { Disposer } from '../disposables';
import { exerciseDocuments } from './exerciseFunctions';

export class QuickFixes extends Disposer implements vscode.CodeActionProvider {
  constructor(private readonly library: CourseLibrary) {
    super();
    const metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.own(vscode.languages.registerCodeActionsProvider(exerciseDocuments, this, metadata));
  }

  async provideCodeActions(
    _document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const all = await Promise.all(
      diagnostics.filter((each) => each instanceof CheckDiagnostic).map((each) => this.fixesOf(each)),
    );
    return all.flat();
  }

  private async fixesOf(diagnostic: CheckDiagnostic): Promise<vscode.CodeAction[]> {
    const { exercise, steps } = diagnostic;
    // A lesson that cannot be read costs the titles of its steps, and neither the steps nor the hint.
    const lesson = await this.library.lesson(exercise).catch(() => undefined);
    const fix = (title: string, command: Omit<vscode.Command, 'title'>): vscode.CodeAction => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { ...command, title };
      action.diagnostics = [diagnostic];
      return action;
    };
    const toSteps = steps.map((step) => {
      const title = lesson !== undefined && Object.hasOwn(lesson.steps, step) ? lesson.steps[step]?.title : undefined;
      return fix(
        title === undefined
          ? vscode.l10n.t('Show the derivation step {0}', step)
          : vscode.l10n.t('Show the derivation step {0}: {1}', step, title),
        { command: 'groundup.showLesson', arguments: [exercise, step] },
      );
    });
    return [...toSteps, fix(vscode.l10n.t('Show a hint'), { command: 'groundup.showHint', arguments: [exercise] })];
  }
}
