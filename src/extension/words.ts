/** The words that several parts of the extension use for the same thing, each translated in one place. */
import * as vscode from 'vscode';
import type { ExerciseState } from '../course/progress';

export function stateWord(state: ExerciseState): string {
  switch (state) {
    case 'notStarted':
      return vscode.l10n.t('not started');
    case 'inProgress':
      return vscode.l10n.t('in progress');
    case 'passed':
      return vscode.l10n.t('passed');
    case 'passedThenChanged':
      return vscode.l10n.t('passed, but changed since');
    case 'skipped':
      return vscode.l10n.t('skipped');
    default:
      return state satisfies never;
  }
}

/** What an error says of itself, without the decoration that VS Code's file system adds. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^(EntryNotFound|NoPermissions|Unavailable|FileExists) \(FileSystemError\): /, '');
}
