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
  /** The page's policy, where it needs another than that of a page which only shows. */
  readonly policy?: (given: PolicyGiven) => string;
}

export interface PolicyGiven {
  readonly nonce: string;
  /** Where VS Code serves the extension's files from. */
  readonly source: string;
}

/** What a page may load from: the built bundles, and the styles, fonts and icons. */
export function resourceRoots(extension: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist'), vscode.Uri.joinPath(extension, 'media')];
}

export function shellHtml({ webview, extension, styles, script, title, policy = showing }: ShellOptions): string {
  const nonce = randomNonce();
  const link = (path: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path.split('/'))).toString();
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy({ nonce, source: webview.cspSource })}">
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

function showing({ nonce, source }: PolicyGiven): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    // KaTeX positions its glyphs with inline styles, which is why these are allowed.
    `style-src ${source} 'unsafe-inline'`,
    `font-src ${source}`,
  ].join('; ');
}

function randomNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
