/** Entry of the extension where there is Node: the desktop, and VS Code's server. */
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { activate as activateWith } from '../extension';
import type { GroundUpApi } from '../extension';

export { deactivate } from '../extension';

export function activate(context: vscode.ExtensionContext): GroundUpApi {
  return activateWith(context, {
    load: () => import('./lazy'),
    debuggee: {
      program: path.join(context.extensionPath, 'dist', 'debuggee.js'),
      runtime: process.execPath,
      skip: path.join(context.extensionPath, 'dist'),
    },
    async createRunHost() {
      const { ChildRunHost } = await import('./lazy');
      return new ChildRunHost({ runPath: path.join(context.extensionPath, 'dist', 'run.js') });
    },
    async createRunner() {
      const { ChildRunner } = await import('./lazy');
      const runner = new ChildRunner({
        judgePath: path.join(context.extensionPath, 'dist', 'judge.js'),
        // The verdict is painted first: a process that starts takes a processor for a third of a second.
        spareDelayMs: 400,
      });
      runner.warmUp();
      return runner;
    },
  });
}
