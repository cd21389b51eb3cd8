/**
 * The runner of workers in a real Chromium: the bundles as they are shipped, in a page under a policy that allows what
 * they need and nothing else. Reports come back as the data that they are.
 */
import * as esbuild from 'esbuild';
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../../scripts/browser.mjs';
import { bundles, shared } from '../../../scripts/build.mjs';
import type { Report } from '../../../src/harness/report';
import type { Submission } from '../../../src/harness/submission';
import type { LabJob, RunEvent, RunHost, RunProcess } from '../../../src/harness/runs/runHost';
import type { LearnerScripts } from '../../../src/harness/worker/learner';
import type { WorkerRunner, WorkerRunnerOptions } from '../../../src/harness/worker/workerRunner';

declare global {
  interface Window {
    runs: RunProcess[];
    runHostInPage: RunHost;
    startRuns(options: Scripts): void;
    openRun(run: number, job: LabJob): void;
    runner: WorkerRunner;
  }
}

/** Of a page of ours: no network at all, and code from strings nowhere. */
export const strictPolicy =
  "default-src 'none'; script-src 'nonce-n' blob: 'wasm-unsafe-eval'; worker-src blob: data:; connect-src 'none'";

/** Of VS Code's web extension host, which is not ours to choose: it lets through what the walls must then hold back. */
export const hostPolicy =
  "default-src 'none'; child-src 'self' data: blob:; script-src 'nonce-n' 'self' 'unsafe-eval' https: blob:; connect-src 'self' https: wss:";

const origin = 'http://runner.test';

type Scripts = LearnerScripts & Pick<WorkerRunnerOptions, 'judgeScript'>;

interface Started {
  readonly browser: Browser;
  readonly page: Page;
  readonly asked: readonly string[];
  readonly scripts: Scripts;
}

export class RunnerPage {
  readonly page: Page;
  /** The paths that were asked of the network. */
  readonly asked: readonly string[];

  private constructor(private readonly started: Started) {
    this.page = started.page;
    this.asked = started.asked;
  }

  static async start(policy = strictPolicy): Promise<RunnerPage> {
    const [browser, runner, judgeScript, learnerScript, realmScript] = await Promise.all([
      launchBrowser(),
      bundle({ stdin: { contents: inPage, resolveDir: process.cwd(), loader: 'ts' }, format: 'iife' }),
      bundle(bundles['dist/web/judgeWorker.js']),
      bundle(bundles['dist/web/learnerWorker.js']),
      bundle(bundles['dist/realm.js']),
    ]);
    const page = await browser.newPage();
    const asked: string[] = [];
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      asked.push(pathname);
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: shell(policy) });
      if (pathname === '/runner.js') return route.fulfill({ contentType: 'text/javascript', body: runner });
      return route.abort();
    });
    await page.goto(`${origin}/`);
    // Without a spare: a rehearsal would take the processor from the checks, which follow one another at once.
    const options: WorkerRunnerOptions = { judgeScript, learnerScript, realmScript, keepSpare: false };
    await page.evaluate((given) => window.startRunner(given), options);
    return new RunnerPage({ browser, page, asked, scripts: { judgeScript, learnerScript, realmScript } });
  }

  /** As `check`, by a runner of its own on other scripts. */
  async checkWith(changes: Partial<WorkerRunnerOptions>, submission: Submission): Promise<Report> {
    return await this.page.evaluate((given) => window.checkWith(...given), [changes, submission] as const);
  }

  async check(submission: Submission): Promise<Report> {
    return await this.page.evaluate((given) => window.runner.check(given), submission);
  }

  /** Runs in workers of this page, as a host in this process. */
  async runHost(): Promise<RunHost> {
    const listeners: ((event: RunEvent) => void)[] = [];
    await this.page.exposeFunction('tellRun', (run: number, event: string) => {
      listeners[run]?.(JSON.parse(event, numbersAgain) as RunEvent);
    });
    await this.page.evaluate((given) => window.startRuns(given), this.started.scripts);
    return {
      open: (job, listener) => {
        const run = listeners.push(listener) - 1;
        void this.page.evaluate((given) => window.openRun(...given), [run, job] as const);
        return {
          send: (command) =>
            void this.page.evaluate((given) => window.runs[given[0]]?.send(given[1]), [run, command] as const),
          end: () => void this.page.evaluate((given) => window.runs[given]?.end(), run),
        };
      },
      dispose: () => void this.page.evaluate(() => window.runHostInPage.dispose()),
    };
  }

  async stop(): Promise<void> {
    await this.started.browser.close();
  }
}

const inPage = `
import { WorkerRunner } from './src/harness/worker/workerRunner';
import { WorkerRunHost } from './src/harness/worker/workerRunHost';
window.runs = [];
window.startRuns = (options) => {
  window.runHostInPage = new WorkerRunHost(options);
};
window.openRun = (run, job) => {
  const plain = (key, value) => (ArrayBuffer.isView(value) ? { [value.constructor.name]: [...value] } : value);
  window.runs[run] = window.runHostInPage.open(job, (event) => window.tellRun(run, JSON.stringify(event, plain)));
};
let used;
window.startRunner = (options) => {
  used = options;
  window.runner = new WorkerRunner(options);
};
window.checkWith = async (changes, submission) => {
  const runner = new WorkerRunner({ ...used, ...changes });
  const report = await runner.check(submission);
  runner.dispose();
  return report;
};
`;

declare global {
  interface Window {
    startRunner(options: WorkerRunnerOptions): void;
    checkWith(changes: Partial<WorkerRunnerOptions>, submission: Submission): Promise<Report>;
  }
}

async function bundle(options: esbuild.BuildOptions | undefined): Promise<string> {
  assert.ok(options);
  const built = await esbuild.build({
    ...shared,
    sourcemap: false,
    ...options,
    minifyWhitespace: true,
    minifySyntax: true,
    write: false,
  });
  return built.outputFiles[0]?.text ?? '';
}

function shell(policy: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>runner</title></head>
<body><script nonce="n" src="/runner.js"></script></body></html>`;
}

/** Numbers as they were before they crossed as JSON. */
function numbersAgain(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('Float64Array' in value) return Float64Array.from(value.Float64Array as number[]);
  return 'Float32Array' in value ? Float32Array.from(value.Float32Array as number[]) : value;
}
