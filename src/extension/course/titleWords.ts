/** What a button that leads to an exercise says: its title, and a word where the exercise is optional. */
import * as vscode from 'vscode';
import type { Exercise } from '../../course/course';

export function titleWords({ title, optional }: Exercise): string {
  return optional ? vscode.l10n.t('{0} (optional)', title) : title;
}
