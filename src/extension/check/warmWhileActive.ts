/** Gets ready for a check as soon as an exercise is looked at: a runner is started, and the editor's types renewed. */
import * as vscode from 'vscode';
import type { ActiveExercise } from '../activeExercise';
import type { ExerciseFiles } from '../learner/exerciseFiles';
import type { RunnerHost } from './runnerHost';

export interface WarmOptions {
  readonly active: ActiveExercise;
  readonly files: ExerciseFiles;
  readonly runners: RunnerHost;
}

export function warmWhileActive({ active, files, runners }: WarmOptions): vscode.Disposable {
  let typesRenewed = false;
  const warm = (): void => {
    if (active.current === undefined) {
      return;
    }
    if (vscode.workspace.isTrusted) {
      runners.warm();
    }
    if (!typesRenewed) {
      typesRenewed = true;
      // A fault was said where it happened, or will be when an exercise is opened.
      files.ensureTypes(active.current.id).catch(() => undefined);
    }
  };
  return vscode.Disposable.from(active.onDidChange(warm), vscode.workspace.onDidGrantWorkspaceTrust(warm));
}
