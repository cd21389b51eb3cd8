/**
 * VS Code's own TypeScript stays away from a folder that is not trusted. Once the folder is, some releases bring it only with
 * the next window, and until then no mistake is underlined in an exercise, with no word why: so a word is said here.
 */
import * as vscode from 'vscode';

const typeScript = 'vscode.typescript-language-features';
/** As long as a release that brings it at once may take. */
const patienceMs = 5_000;

export function typeScriptOnceTrusted(): vscode.Disposable {
  let later: ReturnType<typeof setTimeout> | undefined;
  const granted = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    later = setTimeout(() => void bring(), patienceMs);
  });
  return vscode.Disposable.from(granted, { dispose: () => clearTimeout(later) });
}

/** Offers a reload where it has not come by itself. */
async function bring(): Promise<void> {
  if (vscode.extensions.getExtension(typeScript) !== undefined) return;
  const reload = vscode.l10n.t('Reload Window');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'VS Code starts its TypeScript for this folder with the next window. Reload this one, and mistakes are underlined in your files; nothing is lost by it.',
    ),
    reload,
  );
  if (answer === reload) await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
