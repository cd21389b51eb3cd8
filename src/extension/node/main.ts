/** Entry of the extension where there is Node: the desktop, and VS Code's server. */
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { activate as activateWith } from '../extension';
import type { GroundUpApi } from '../extension';

export function activate(context: vscode.ExtensionContext): GroundUpApi {
  return activateWith(context, {
    load: () => import('./lazy'),
    async createRunner() {
      const { ChildRunner } = await import('./lazy');
      const runner = new ChildRunner({ judgePath: path.join(context.extensionPath, 'dist', 'judge.js') });
      runner.warmUp();
      return runner;
    },
  });
}
