#!/usr/bin/env node
// A stand-in for the desktop VS Code's executable: it takes the same arguments and runs the same workbench, with the
// server as its body and a browser as its window. `@vscode/test-electron` cannot tell the difference, so one runner of
// integration tests serves machines with a desktop and machines without.
import { fstatSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, parseArgs } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { PlainError, runScript } from './plainError.mjs';
import { installServer, releases, startServer } from './vscodeServer.mjs';

/** What tests put before each line that they print, so that it can be told from the workbench's own. */
const lineMark = '\u2063';

const limitMs = Number(process.env.GROUNDUP_TEST_LIMIT_MS ?? 900_000);

/** Those of VS Code's own arguments that mean something here; the others concern a desktop. */
function readArguments() {
  const { values, positionals } = parseArgs({
    options: {
      extensionDevelopmentPath: { type: 'string', multiple: true, default: [] },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'disable-workspace-trust': { type: 'boolean', default: false },
    },
    allowPositionals: true,
    strict: false,
  });
  return { values, folder: positionals[0] };
}

/** A test runner holds the other end of our standard input; when it is gone, so are we. */
function endWithTheRunner() {
  const input = fstatSync(0);
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.resume();
  process.stdin.on('end', () => process.exit(1));
}

async function main() {
  endWithTheRunner();
  const { values, folder } = readArguments();
  const release = releases[process.env.GROUNDUP_VSCODE_RELEASE ?? 'newest'];
  if (release === undefined) throw new PlainError('GROUNDUP_VSCODE_RELEASE is neither "newest" nor "oldest".');
  const temporary = await mkdtemp(path.join(tmpdir(), 'groundup-vscode-'));
  const server = await startServer({
    server: await installServer(release),
    dataDir: values['user-data-dir'] ?? temporary,
    smokeTestDriver: true,
    environment: { GROUNDUP_LINE_MARK: lineMark, EXTENSIONS_GALLERY: '{}' },
    trust: !values['disable-workspace-trust'],
    onOutput: (text) => {
      if (process.env.GROUNDUP_VERBOSE) process.stderr.write(text);
    },
  });
  let browser;
  try {
    browser = await launchBrowser();
    // Small and still, since nobody looks at it and a window without a GPU is painted by the processor.
    const page = await browser.newPage({ viewport: { width: 900, height: 600 }, reducedMotion: 'reduce' });
    const payload = values.extensionDevelopmentPath.map((extension) => [
      'extensionDevelopmentPath',
      server.remoteUri(path.resolve(extension)),
    ]);
    if (values.extensionTestsPath !== undefined) {
      payload.push(['extensionTestsPath', server.remoteUri(path.resolve(values.extensionTestsPath))]);
    }
    return await runInPage({ page, url: server.url(path.resolve(folder ?? temporary), payload), server });
  } finally {
    await browser?.close().catch(() => undefined);
    await server.stop();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Opens the workbench and resolves with the tests' exit code, or 1 when they can no longer end. */
async function runInPage({ page, url, server }) {
  const output = outputOfTests();
  const exit = new Promise((resolve) => {
    const giveUp = (why) => {
      resolve({ code: 1, why });
    };
    setTimeout(() => {
      giveUp(`VS Code did not finish within ${Math.round(limitMs / 1000)} s.`);
    }, limitMs).unref();
    page.once('crash', () => giveUp("VS Code's window crashed."));
    void server.ended.then((code) => giveUp(`VS Code's server ended early, with code ${code}.`));
    void page.exposeFunction('codeAutomationLog', output.take);
    void page.exposeFunction('codeAutomationExit', (code) => resolve({ code }));
  });
  await page.goto(url, { timeout: 60_000 });
  const { code, why } = await exit;
  if (code !== 0) output.tellRest();
  if (why !== undefined) console.error(why);
  return code;
}

/**
 * Everything that the workbench logs comes through one function: its own messages, and what the tests print. The tests
 * begin their lines with the mark; the workbench's are shown only when the tests never came to say anything.
 */
function outputOfTests() {
  const others = [];
  let marked = 0;
  return {
    take(_type, args) {
      const line = args.map((value) => (typeof value === 'string' ? value : inspect(value))).join(' ');
      if (line.startsWith(lineMark)) {
        marked += 1;
        console.log(line.slice(lineMark.length));
      } else if (process.env.GROUNDUP_VERBOSE) console.log(line);
      else others.push(line);
    },
    tellRest() {
      if (marked === 0) console.error(others.slice(-40).join('\n'));
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  void runScript(async () => {
    const code = await main();
    // Standard input would keep the process alive.
    process.exit(code);
  });
}
