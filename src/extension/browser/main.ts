/** Entry of the extension where there is no Node: a VS Code that runs in the browser alone. */
import * as vscode from 'vscode';
import { activate as activateWith } from '../extension';
import type { GroundUpApi } from '../extension';

export { deactivate } from '../extension';
import type { Platform } from '../platform';

const browser: Platform = {
  load: () => import('../lazy'),
  debuggee: {
    unavailable: vscode.l10n.t(
      'Debugging takes a process of its own, which a VS Code in the browser cannot start. Open this folder in VS Code on a computer, or on a server.',
    ),
  },
  createRunHost() {
    return Promise.resolve({
      unavailable: vscode.l10n.t(
        'A run takes a process of its own, which a VS Code in the browser cannot start. Open this folder in VS Code on a computer, or on a server; everything else works here.',
      ),
    });
  },
  createRunner() {
    return Promise.resolve({
      unavailable: vscode.l10n.t(
        'Checking runs your code in a process of its own, which a VS Code in the browser cannot start. Open this folder in VS Code on a computer, or on a server; everything else works here.',
      ),
    });
  },
};

export function activate(context: vscode.ExtensionContext): GroundUpApi {
  return activateWith(context, browser);
}
