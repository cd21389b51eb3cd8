/**
 * Entry of the extension where there is no Node: a VS Code that runs in the browser alone. Checks and runs go on in
 * workers that the extension host, a worker itself, starts from its own bundles.
 */
import * as vscode from 'vscode';
import { WorkerRunHost } from '../../harness/worker/workerRunHost';
import type { WorkerRunHostOptions } from '../../harness/worker/workerRunHost';
import { WorkerRunner } from '../../harness/worker/workerRunner';
import { activate as activateWith } from '../extension';
import type { GroundUpApi } from '../extension';

export { deactivate } from '../extension';

export function activate(context: vscode.ExtensionContext): GroundUpApi {
  const textOf = async (...bundle: readonly string[]): Promise<string> => {
    const uri = vscode.Uri.joinPath(context.extensionUri, 'dist', ...bundle);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  };
  const scripts = async (): Promise<Omit<WorkerRunHostOptions, 'note'>> => {
    const [judgeScript, learnerScript, realmScript] = await Promise.all([
      textOf('web', 'judgeWorker.js'),
      textOf('web', 'learnerWorker.js'),
      textOf('realm.js'),
    ]);
    return { judgeScript, learnerScript, realmScript };
  };
  return activateWith(context, {
    load: () => import('../lazy'),
    debuggee: {
      unavailable: vscode.l10n.t(
        'Debugging takes a process of its own, which a VS Code in the browser cannot start. Open this folder in VS Code on a computer, or on a server.',
      ),
    },
    async createRunHost() {
      return new WorkerRunHost({
        ...(await scripts()),
        note: vscode.l10n.t(
          'Runs go on in a worker of this browser, which nothing keeps from taking all memory of the window: keep their settings modest. They end with the window and can go on after it.',
        ),
      });
    },
    async createRunner() {
      // The verdict is painted first: a pair of workers that starts takes a processor for a third of a second.
      const runner = new WorkerRunner({ ...(await scripts()), spareDelayMs: 400 });
      runner.warmUp();
      return runner;
    },
  });
}
