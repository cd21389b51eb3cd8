/** Shows the course tree in its container, and says there why nothing is checked in a folder that is not trusted. */
import * as vscode from 'vscode';
import { CourseTree } from './courseTree';
import type { CourseTreeOptions } from './courseTree';

export function createCourseView(options: CourseTreeOptions): vscode.Disposable {
  const tree = new CourseTree(options);
  const view = vscode.window.createTreeView('groundup.course', { treeDataProvider: tree, showCollapseAll: true });
  const sayTrust = (): void => {
    const untrusted = !vscode.workspace.isTrusted && vscode.workspace.workspaceFolders !== undefined;
    view.message = untrusted
      ? vscode.l10n.t(
          'This folder is not trusted, so checking is off: a check runs the code in it. Lessons can be read. “Workspaces: Manage Workspace Trust” changes that.',
        )
      : '';
  };
  sayTrust();
  return vscode.Disposable.from(
    view,
    tree,
    vscode.workspace.onDidGrantWorkspaceTrust(sayTrust),
    vscode.workspace.onDidChangeWorkspaceFolders(sayTrust),
  );
}
