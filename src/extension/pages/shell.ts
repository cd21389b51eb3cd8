/** The HTML in which a page starts: its styles, one script, an empty root, and a policy that allows nothing else. */
import * as vscode from 'vscode';
import { wordsOfPage } from './pageWords';

export interface ShellOptions {
  readonly webview: vscode.Webview;
  readonly extension: vscode.Uri;
  /** Below the extension's folder: `media/lesson.css`. */
  readonly styles: readonly string[];
  readonly script: string;
  readonly title: string;
}

/** What a page may load from: the built bundles, and the styles, fonts and icons. */
export function resourceRoots(extension: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist'), vscode.Uri.joinPath(extension, 'media')];
}

export function shellHtml({ webview, extension, styles, script, title }: ShellOptions): string {
  const nonce = randomNonce();
  const link = (path: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path.split('/'))).toString();
  // KaTeX positions its glyphs with inline styles, which is why style-src allows them.
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${styles.map((path) => `<link rel="stylesheet" href="${link(path)}">`).join('\n')}
</head>
<body>
<div id="root"></div>
<script type="application/json" id="words">${wordsOfPage(vscode.l10n.bundle)}</script>
<script nonce="${nonce}" src="${link(script)}"></script>
</body>
</html>`;
}

function randomNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
