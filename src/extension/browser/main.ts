/**
 * Entry of the extension where there is no Node: a VS Code that runs in the browser alone. A check runs in workers that
 * the extension host, a worker itself, starts from its own bundles.
 */
import * as vscode from 'vscode';
import { WorkerRunner } from '../../harness/worker/workerRunner';
import { activate as activateWith } from '../extension';
import type { GroundUpApi } from '../extension';

export { deactivate } from '../extension';

export function activate(context: vscode.ExtensionContext): GroundUpApi {
  const textOf = async (...bundle: readonly string[]): Promise<string> => {
    const uri = vscode.Uri.joinPath(context.extensionUri, 'dist', ...bundle);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  };
  return activateWith(context, {
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
    async createRunner() {
      const [judgeScript, learnerScript, realmScript] = await Promise.all([
        textOf('web', 'judgeWorker.js'),
        textOf('web', 'learnerWorker.js'),
        textOf('realm.js'),
      ]);
      // The verdict is painted first: a pair of workers that starts takes a processor for a third of a second.
      const runner = new WorkerRunner({ judgeScript, learnerScript, realmScript, spareDelayMs: 400 });
      runner.warmUp();
      return runner;
    },
  });
}
