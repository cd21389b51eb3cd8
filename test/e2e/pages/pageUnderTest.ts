/**
 * One of the extension's pages in a real Chromium, under the policy that the extension gives it, with this test in the
 * extension's place: it posts messages in, and reads what the page posts out and what it remembers.
 */
import * as esbuild from 'esbuild';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { gpuJsAlias, workerTextScript } from '../../../scripts/build.mjs';
import { wordsOfPage } from '../../../src/extension/pages/pageWords';
import type { Bundle } from '../../../src/webview/l10n';
import { bodyClassOf, themeDeclarations, type ThemeName } from './themes';
import { labPolicy } from '../../../src/extension/pages/labPolicy';
import type { ToLab } from '../../../src/webview/labProtocol';
import type { ToLesson, ToOverview, ToResults } from '../../../src/webview/protocol';

export interface PageOptions {
  readonly name: 'lesson' | 'overview' | 'results' | 'lab';
  readonly width?: number;
  readonly height?: number;
  /** What the page remembered before it was reloaded. */
  readonly recalled?: unknown;
  readonly theme?: ThemeName;
  /** Translations by their English sentence; without them the page speaks English. */
  readonly words?: Bundle;
}

export interface PageUnderTest {
  readonly page: Page;
  readonly send: (message: ToLesson | ToOverview | ToResults | ToLab) => Promise<void>;
  /** What the page has posted since it said that it is ready. */
  readonly posted: () => Promise<readonly unknown[]>;
  readonly remembered: () => Promise<unknown>;
}

interface FakeHost {
  readonly posted: unknown[];
  remembered: unknown;
}

declare global {
  interface Window {
    fakeHost: FakeHost;
  }
}

const origin = 'http://page.test';

export class Pages {
  private readonly complaints: string[] = [];
  private readonly opened: Page[] = [];
  /** Opened before, and blank. */
  private readonly idle: Page[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly scripts: Readonly<Record<string, string>>,
  ) {}

  static async start(): Promise<Pages> {
    const [browser, lesson, overview, results, lab, labKernels] = await Promise.all([
      launchBrowser(),
      bundle('src/webview/lesson/main.tsx'),
      bundle('src/webview/overview/main.tsx'),
      bundle('src/webview/results/main.tsx'),
      bundle('src/webview/lab/main.tsx'),
      bundle('src/webview/lab/kernels/workerKernels.ts'),
    ]);
    return new Pages(browser, { lesson, overview, results, lab, labKernels: workerTextScript(labKernels) });
  }

  async open(options: PageOptions): Promise<PageUnderTest> {
    const { width = 1000, height = 300 } = options;
    const page = this.idle.pop() ?? (await this.browser.newPage());
    this.opened.push(page);
    await page.setViewportSize({ width, height });
    await page.unrouteAll();
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: shell(options) });
      const script = this.scripts[/^\/dist\/(\w+)\.js$/.exec(pathname)?.[1] ?? ''];
      if (script !== undefined) return route.fulfill({ contentType: 'text/javascript', body: script });
      return route.fulfill({ path: path.resolve(pathname.slice(1)) });
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    await page.goto(`${origin}/`);
    assert.deepEqual(await page.evaluate(() => window.fakeHost.posted), [{ type: 'ready' }]);
    return {
      page,
      send: (message) => page.evaluate((sent) => window.postMessage(sent, '*'), message),
      posted: () => page.evaluate(() => window.fakeHost.posted.slice(1)),
      remembered: () => page.evaluate(() => window.fakeHost.remembered),
    };
  }

  /** Closes what a test opened; fails if a page has complained about an error or a breach of its policy. */
  async closeAll(): Promise<void> {
    for (const page of this.opened.splice(0)) {
      page.removeAllListeners('console').removeAllListeners('pageerror');
      // What the page was doing ends here. A new document in the same page costs a fifth of what a new page does.
      await page.goto('about:blank');
      await page.emulateMedia({ reducedMotion: null });
      this.idle.push(page);
    }
    assert.deepEqual(this.complaints.splice(0), []);
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    alias: gpuJsAlias,
  });
  return outputFiles[0]?.text ?? '';
}

/** The extension's shell: the same policy, with this origin in the place of VS Code's, and this test in that of its host. */
function shell({ name, theme = 'dark', words, recalled }: PageOptions): string {
  const policy =
    name === 'lab'
      ? labPolicy({ nonce: 'n', source: origin })
      : `default-src 'none'; script-src 'nonce-n'; style-src ${origin} 'unsafe-inline'; font-src ${origin}`;
  const styles = [
    ...(name === 'lab' ? [] : ['node_modules/katex/dist/katex.min.css']),
    'media/shared.css',
    'media/figures.css',
    `media/${name}.css`,
  ];
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>${name}</title>
<style>:root{${themeVariables(theme)}} body{margin:0;background:var(--vscode-editor-background)}</style>
${styles.map((style) => `<link rel="stylesheet" href="/${style}">`).join('\n')}
<script nonce="n">
window.fakeHost = { posted: [], remembered: ${JSON.stringify(recalled)?.replaceAll('<', '\\u003c')} };
window.acquireVsCodeApi = () => ({
  postMessage: (message) => window.fakeHost.posted.push(message),
  getState: () => window.fakeHost.remembered,
  setState: (state) => (window.fakeHost.remembered = state),
});
</script>
</head><body class="${bodyClassOf[theme]}"><div id="root"></div>
<script type="application/json" id="words">${wordsOfPage(words)}</script><script nonce="n" src="/dist/${name}.js"></script></body></html>`;
}

/** The variables that our styles name, as a theme of VS Code sets them. */
function themeVariables(theme: ThemeName): string {
  const styles = ['shared', 'lesson', 'results', 'overview', 'figures', 'lab']
    .map((name) => readFileSync(`media/${name}.css`, 'utf8'))
    .join('');
  return themeDeclarations(theme, new Set(styles.match(/--vscode-[\w-]+/g)));
}
