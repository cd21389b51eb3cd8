/**
 * VS Code as a person sees it: a server with the packaged extension installed, a fresh course folder, and a browser as
 * its window. Scenarios use what stands here and never a selector of the workbench's own. Nothing sleeps; everything
 * waits for what it needs to see.
 */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.mjs';
import {
  installServer,
  quietSettings,
  startServer,
  type InstalledServer,
  type RunningServer,
} from '../../scripts/vscodeServer.mjs';
import { eventually, timeoutMs } from './eventually';
import { noteKeys } from './moments';

export type Theme = 'light' | 'dark' | 'highContrast';

const themes: Readonly<Record<Theme, string>> = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  highContrast: 'Default High Contrast',
};

/** Typing is a person's, not an editor's: what is typed is what shall stand there. */
const literalTyping = {
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoClosingComments': 'never',
  'editor.autoClosingDelete': 'never',
  'editor.autoIndent': 'none',
  'editor.autoSurround': 'never',
  'editor.acceptSuggestionOnEnter': 'off',
  'editor.acceptSuggestionOnCommitCharacter': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.parameterHints.enabled': false,
  'editor.linkedEditing': false,
  'editor.formatOnType': false,
  'editor.trimAutoWhitespace': false,
  'editor.cursorBlinking': 'solid',
  'files.autoSave': 'off',
  'files.trimTrailingWhitespace': false,
};

export interface WorkbenchOptions {
  /** The .vsix files to install. */
  readonly extensions: readonly string[];
  readonly theme?: Theme;
  readonly size?: { readonly width: number; readonly height: number };
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Workspace Trust as a learner meets it; off unless told. */
  readonly trust?: boolean;
}

/** What the picker of themes calls them. */
const themeNames: Readonly<Record<Theme, RegExp>> = {
  light: /Light Modern/,
  dark: /Dark Modern/,
  highContrast: /Dark High Contrast|Default High Contrast(?! Light)/,
};

/** The class that VS Code's window has in a theme. */
const themeClasses: Readonly<Record<Theme, string>> = { light: 'vs', dark: 'vs-dark', highContrast: 'hc-black' };

export class Workbench {
  /** The learner's course folder. */
  readonly folder: string;
  readonly #temporary: string;
  readonly #options: WorkbenchOptions;
  readonly #installed: InstalledServer;
  readonly #browser: Browser;
  #server: RunningServer;
  #page: Page;
  #theme: Theme;

  private constructor(parts: {
    temporary: string;
    options: WorkbenchOptions;
    installed: InstalledServer;
    browser: Browser;
    server: RunningServer;
    page: Page;
  }) {
    this.folder = path.join(parts.temporary, 'course');
    this.#temporary = parts.temporary;
    this.#options = parts.options;
    this.#installed = parts.installed;
    this.#browser = parts.browser;
    this.#server = parts.server;
    this.#page = parts.page;
    this.#theme = parts.options.theme ?? 'dark';
  }

  /** Starts the server on any free port with a fresh folder and opens the workbench on it. */
  static async start(options: WorkbenchOptions): Promise<Workbench> {
    const temporary = await mkdtemp(path.join(tmpdir(), 'groundup-e2e-'));
    await mkdir(path.join(temporary, 'course'));
    const installed = await installServer();
    const browser = await launchBrowser();
    const server = await startServer({
      server: installed,
      dataDir: path.join(temporary, 'data'),
      extensions: options.extensions,
      trust: options.trust ?? false,
      environment: { EXTENSIONS_GALLERY: '{}' },
      settings: {
        ...quietSettings,
        ...literalTyping,
        'workbench.colorTheme': themes[options.theme ?? 'dark'],
        'window.autoDetectColorScheme': false,
        ...options.settings,
      },
    });
    const workbench = new Workbench({
      temporary,
      options,
      installed,
      browser,
      server,
      page: await newPage(browser, options),
    });
    await workbench.#open();
    return workbench;
  }

  get page(): Page {
    return this.#page;
  }

  get port(): number {
    return this.#server.port;
  }

  /** Reloads the window, as the command Reload Window does. */
  async reload(): Promise<void> {
    await this.#page.reload();
    await this.#ready();
  }

  /** What `act` does reloads the window. */
  async reloadBy(act: () => Promise<void>): Promise<void> {
    const loaded = this.#page.waitForEvent('load');
    await act();
    await loaded;
    await this.#ready();
  }

  /**
   * Another window of the same browser on the same server: on the course folder, or on no folder at all. It ends with
   * the first; only that one is to be stopped.
   */
  async anotherWindow({ empty = false }: { readonly empty?: boolean } = {}): Promise<Workbench> {
    const page = await this.#page.context().newPage();
    page.setDefaultTimeout(timeoutMs);
    const window = new Workbench({
      temporary: this.#temporary,
      options: { ...this.#options, theme: this.#theme },
      installed: this.#installed,
      browser: this.#browser,
      server: this.#server,
      page,
    });
    if (empty) {
      await page.goto(`${this.#server.origin}/?ew=true`);
      await window.#ready();
    } else {
      await window.#open();
    }
    return window;
  }

  /** Picks a colour theme as a person does, and waits until the window has it. Screenshots go along. */
  async setTheme(theme: Theme): Promise<void> {
    if (theme === this.#theme) return;
    await (await this.findCommand('Preferences: Color Theme'))?.click();
    const input = this.#quickInput().getByPlaceholder(/Select Color Theme/i);
    await input.fill(theme === 'highContrast' ? 'Dark High Contrast' : themes[theme]);
    await this.#quickInput().locator('.monaco-list-row.focused').filter({ hasText: themeNames[theme] }).waitFor();
    await this.#page.keyboard.press('Enter');
    await this.#quickInput().waitFor({ state: 'hidden' });
    await this.#page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor();
    this.#theme = theme;
  }

  /** Ends the server and starts it again on another port, in a window that has never seen the first. */
  async restartOnAnotherPort(): Promise<void> {
    const before = this.#server.port;
    await this.#page.context().close();
    await this.#server.stop();
    this.#server = await startServer({
      server: this.#installed,
      port: before + 1,
      dataDir: path.join(this.#temporary, 'data'),
      trust: this.#options.trust ?? false,
      environment: { EXTENSIONS_GALLERY: '{}' },
    });
    assert.notEqual(this.#server.port, before);
    this.#page = await newPage(this.#browser, this.#options);
    await this.#open();
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await rm(this.#temporary, { recursive: true, force: true, maxRetries: 5 });
  }

  // The parts of the window -------------------------------------------------------------------------------------

  /** Opens a view container by its name in the activity bar. */
  async openContainer(name: string): Promise<void> {
    const tab = this.#page.locator('.activitybar').getByRole('tab', { name });
    const title = this.#page.locator('.sidebar .composite.title').filter({ hasText: name });
    await tab.waitFor();
    // A click closes a container that is open, and a window that is still being restored may open it at any moment; so
    // what counts is what the side bar shows in the end.
    await eventually(`the side bar shows ${name}`, async () => {
      if (await title.isVisible()) return true;
      await tab.click();
      return await title.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** The row of a tree in the side bar whose accessible label holds `label`. */
  treeRow(label: string | RegExp): Locator {
    return this.#page.locator('.sidebar').getByRole('treeitem', { name: label });
  }

  /** Scrolls the tree down until it shows a row; a tree draws no more rows than are in sight. */
  async scrollTreeTo(row: Locator): Promise<void> {
    await this.#page.locator('.sidebar .monaco-list').first().hover();
    // Rows out of sight are not there at all, so it is looked for from the top.
    if ((await row.count()) === 0) await this.#page.mouse.wheel(0, -20_000);
    await eventually('the tree shows the row', async () => {
      if ((await row.count()) > 0) return true;
      await this.#page.mouse.wheel(0, 200);
      return false;
    });
  }

  /** The side bar, for what stands in it besides rows. */
  sideBar(): Locator {
    return this.#page.locator('.sidebar');
  }

  /** Trusts the folder in the dialog for Workspace Trust, which must be open, and closes that dialog. */
  async trustFolder(): Promise<void> {
    const editor = this.#page.locator('.workspace-trust-editor');
    await editor.getByRole('button', { name: 'Trust', exact: true }).click();
    await editor.getByText('You trust this folder').first().waitFor();
    await this.#page
      .locator('.monaco-modal-editor-block')
      .getByRole('button', { name: /^Close/ })
      .last()
      .click();
    await editor.waitFor({ state: 'hidden' });
  }

  /** Answers the question in the dialog by the button of that name. */
  async answer(button: string): Promise<void> {
    const dialog = this.#page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** The editor that shows a file beside another text. */
  diffEditor(): Locator {
    return this.#page.locator('.monaco-diff-editor');
  }

  /** A notification that says `text`. */
  notification(text: string | RegExp): Locator {
    return this.#page.locator('.notification-toast').filter({ hasText: text });
  }

  /** The items of the status bar whose text holds `text`. */
  statusItem(text: string | RegExp): Locator {
    return this.#page.locator('.statusbar .statusbar-item').filter({ hasText: text });
  }

  /** The status bar's count of problems, where there are this many errors and no warnings. */
  problems(errors: number): Locator {
    return this.#page.locator('.statusbar').getByRole('button', {
      name: errors === 0 ? /No Problems/ : new RegExp(`\\b${String(errors)} Error|Errors: ${String(errors)}\\b`),
    });
  }

  editorTab(name: string | RegExp): Locator {
    return this.#page.locator('.tabs-container').getByRole('tab', { name });
  }

  /** Runs a command from the palette by the title that the palette shows. */
  async runCommand(title: string): Promise<void> {
    let row = await this.findCommand(title);
    // What the palette offers depends on the active editor, of which VS Code may learn a moment after it was opened.
    for (let left = 10; row === undefined && left > 0; left -= 1) {
      await this.#page.keyboard.press('Escape');
      await this.#quickInput().waitFor({ state: 'hidden' });
      row = await this.findCommand(title);
    }
    assert.ok(row, `The command palette offers no "${title}".`);
    await row.click();
    await this.#quickInput().waitFor({ state: 'hidden' });
  }

  /** Whether the palette offers a command right now. Closes the palette again. */
  async offersCommand(title: string): Promise<boolean> {
    const row = await this.findCommand(title);
    await this.#page.keyboard.press('Escape');
    await this.#quickInput().waitFor({ state: 'hidden' });
    return row !== undefined;
  }

  /** The palette's row for a command, with the palette open; undefined where it offers none. */
  private async findCommand(title: string): Promise<Locator | undefined> {
    await this.#page.keyboard.press('F1');
    const input = this.#quickInput().locator('input[type=text]').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    const row = this.#quickInput().locator('.monaco-list-row').filter({ hasText: title }).first();
    const nothing = this.#quickInput()
      .getByText(/No matching (commands|results)|similar commands/i)
      .first();
    await row.or(nothing).first().waitFor();
    return (await row.isVisible()) ? row : undefined;
  }

  #quickInput(): Locator {
    return this.#page.locator('.quick-input-widget');
  }

  // Typing ------------------------------------------------------------------------------------------------------

  /** Replaces the text of the editor of `file` (relative to the folder), all at once, without saving. */
  async replaceText(file: string, text: string): Promise<void> {
    await this.focusEditor(file);
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.insertText(text);
  }

  /** Types `text`, key by key, before the first place in the saved file that reads `before`. */
  async typeBefore(file: string, { before, text }: { readonly before: string; readonly text: string }): Promise<void> {
    const saved = await this.readFile(file);
    const lines = saved.slice(0, saved.indexOf(before)).split('\n');
    assert.ok(saved.includes(before), `${file} does not contain: ${before}`);
    await this.focusEditor(file);
    await this.#page.keyboard.press('Control+G');
    const input = this.#quickInput().locator('input[type=text]').first();
    await input.fill(`:${String(lines.length)}:${String((lines.at(-1)?.length ?? 0) + 1)}`);
    await this.#page.keyboard.press('Enter');
    await this.#quickInput().waitFor({ state: 'hidden' });
    await this.#page.keyboard.type(text);
  }

  /** Types at the end of `file`, without saving. */
  async typeAtEnd(file: string, text: string): Promise<void> {
    await this.focusEditor(file);
    await this.#page.keyboard.press('ControlOrMeta+End');
    await this.#page.keyboard.type(text);
  }

  /** Puts the cursor into the editor of `file`, which must be open. */
  async focusEditor(file: string): Promise<void> {
    const name = path.basename(file);
    await this.editorTab(new RegExp(`^${escape(name)}`)).click();
    await this.#page.locator(`.monaco-editor[role=code][data-uri$="/${file}"].focused`).first().waitFor();
  }

  /** Saves the active editor. */
  async save(): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+S');
  }

  /** A file of the learner's folder; the empty text where there is none. */
  async readFile(file: string): Promise<string> {
    return await readFile(path.join(this.folder, file), 'utf8').catch(() => '');
  }

  async writeFile(file: string, text: string): Promise<void> {
    await mkdir(path.dirname(path.join(this.folder, file)), { recursive: true });
    await writeFile(path.join(this.folder, file), text);
  }

  // Webviews ----------------------------------------------------------------------------------------------------

  /**
   * The document of the webview that shows `selector`, once one does. A webview is an outer frame of the workbench and
   * an inner one with the extension's page; hidden ones may still be there, so only a visible one counts.
   */
  async webview(selector: string): Promise<Frame> {
    let found: Frame | undefined;
    await eventually(`a webview shows ${selector}`, async () => {
      for (const frame of this.#page.frames()) {
        if (frame.name() !== 'active-frame' && frame.name() !== 'pending-frame') continue;
        const shows = await frame
          .locator(selector)
          .first()
          .isVisible()
          .catch(() => false);
        if (!shows) continue;
        const holder = await frame.parentFrame()?.frameElement();
        if (holder !== undefined && (await holder.isVisible())) {
          found = frame;
          return true;
        }
      }
      return false;
    });
    assert.ok(found);
    return found;
  }

  // Evidence ----------------------------------------------------------------------------------------------------

  /** Writes a picture of the window to out/screenshots/<theme>/<name>.png. */
  async screenshot(name: string): Promise<void> {
    const file = path.resolve('out/screenshots', this.#theme, `${name}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await this.#page.screenshot({ path: file, animations: 'disabled' });
  }

  /** What to look at after a failure: a picture of the window, and the learner's folder as it was, in out/failed/<name>. */
  async keepEvidence(name: string): Promise<void> {
    const folder = path.resolve('out/failed', `${name} (${this.#theme})`);
    await rm(folder, { recursive: true, force: true });
    await cp(this.folder, path.join(folder, 'course'), { recursive: true });
    await this.#page.screenshot({ path: path.join(folder, 'window.png') });
  }

  async #open(): Promise<void> {
    await this.#page.goto(this.#server.url(this.folder));
    await this.#ready();
  }

  async #ready(): Promise<void> {
    await this.#page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    // The remote's own item appears once the connection stands; commands given earlier would be lost.
    await this.#page.locator('.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
  }
}

async function newPage(browser: Browser, { size }: WorkbenchOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: size ?? { width: 1440, height: 900 } });
  await context.addInitScript(noteKeys);
  const page = await context.newPage();
  page.setDefaultTimeout(timeoutMs);
  return page;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
