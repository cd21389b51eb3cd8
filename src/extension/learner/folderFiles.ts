/** A learner's folder through VS Code's file system, which works in every host. */
import * as vscode from 'vscode';
import type { LearnerFiles } from '../../content/learner/learnerFiles';
import { readTextIfThere, writeText } from './fileErrors';

export function folderFiles(folder: vscode.Uri): LearnerFiles {
  const uriOf = (path: string): vscode.Uri => vscode.Uri.joinPath(folder, ...path.split('/'));
  return {
    readText: (path) => readTextIfThere(uriOf(path)),
    writeText: (path, text) => writeText(uriOf(path), text),
    async rename(from, to) {
      await vscode.workspace.fs.rename(uriOf(from), uriOf(to), { overwrite: true });
    },
    async remove(path) {
      await vscode.workspace.fs.delete(uriOf(path));
    },
  };
}
