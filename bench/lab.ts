/**
 * Whether the lab page holds up its window: a run that has a hundred thousand steps behind it and tells of two hundred more
 * each second, in twenty messages, over three charts and with another run beside it. What counts is the longest task of the
 * page's main thread while that goes on, by the clock and by what the processor spent on it; opening the page with all those points is measured apart.
 */
import * as esbuild from 'esbuild';
import { launchBrowser } from '../scripts/browser.mjs';
import { gpuJsAlias } from '../scripts/build.mjs';
import { showRows } from './rows';

const seconds = 10;
const stepsBehind = 100_000;

interface Measured {
  /** Of each task over 50 ms, in milliseconds: `[when it began, how long it took]`. */
  readonly longTasks: readonly (readonly [number, number])[];
  readonly openMs: number;
  readonly startedAt: number;
  readonly messages: number;
}

export async function main(args: readonly string[]): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: shell }));
    await page.goto('http://page.test/');
    await page.addStyleTag({ path: 'media/shared.css' });
    await page.addStyleTag({ path: 'media/lab.css' });
    await page.evaluate('window.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} })');
    await page.addScriptTag({ content: await bundledPage() });
    await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
    const measured: Measured = await page.evaluate(measurement);
    const busy = tasksWithin(JSON.parse((await browser.stopTracing()).toString('utf8')) as Trace);
    const during = measured.longTasks.filter(([at]) => at >= measured.startedAt).map(([, ms]) => ms);
    showRows(
      [
        { name: `messages in ${String(seconds)} s`, value: measured.messages, unit: '' },
        { name: 'tasks over 50 ms meanwhile', value: during.length, unit: '', limit: 0 },
        { name: 'the longest of them', value: Math.max(0, ...during), unit: 'ms' },
        { name: 'the longest task by processor time', value: Math.max(0, ...busy), unit: 'ms', limit: 50 },
        { name: 'all tasks, processor time a second', value: busy.reduce((a, b) => a + b, 0) / seconds, unit: 'ms' },
        { name: `open with ${stepsBehind.toLocaleString('en')} steps`, value: measured.openMs, unit: 'ms' },
      ],
      args,
    );
  } finally {
    await browser.close();
  }
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** In microseconds, as are the durations; `tdur` is what the processor spent on it. */
  readonly ts: number;
  readonly tdur?: number;
}

interface Trace {
  readonly traceEvents: readonly TraceEvent[];
}

/**
 * What each task of the page's main thread took of the processor between the two marks of the measurement, in milliseconds:
 * unlike a time on the clock it is the same whatever else the machine has to do.
 */
function tasksWithin({ traceEvents }: Trace): number[] {
  const begin = traceEvents.find(({ name }) => name === 'lab-begin');
  const end = traceEvents.find(({ name }) => name === 'lab-end');
  if (begin === undefined || end === undefined)
    throw new Error('The trace does not hold the marks of the measurement.');
  return traceEvents
    .filter(({ name, pid, tid, ts }) => {
      const onMainThread = pid === begin.pid && tid === begin.tid;
      return onMainThread && name === 'ThreadControllerImpl::RunTask' && ts >= begin.ts && ts <= end.ts;
    })
    .map(({ tdur = 0 }) => tdur / 1_000);
}

const shell = `<!DOCTYPE html><html lang="en"><head><style>:root {
  --vscode-foreground: #ccc; --vscode-editor-background: #1f1f1f; --vscode-charts-blue: #59a4f9; --vscode-charts-orange: #d18616;
}</style></head><body class="vscode-dark"><div id="root"></div></body></html>`;

/** Runs in the page, which knows nothing of this file. */
const measurement = `(async () => {
  const longTasks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longTasks.push([entry.startTime, entry.duration]);
  }).observe({ type: 'longtask', buffered: true });
  const points = (from, count) => {
    const steps = Float64Array.from({ length: count }, (_, index) => from + index + 1);
    const noisy = (scale) => steps.map((step) => scale * Math.exp(-step / 30000) * (1 + 0.3 * Math.sin(step * 12.9898)));
    return { steps, curves: { loss: noisy(1), train: noisy(0.6), held: noisy(0.5), norm: noisy(20) } };
  };
  const progress = (step) => ({
    status: { kind: 'running' }, step, of: 200000, stepsPerSecond: 200, secondsLeft: 60, console: [], consoleDropped: 0,
  });
  const run = (number) => ({
    facts: {
      id: 'run-' + number, number, settings: { rate: 0.5 }, seed: number, startedAt: '2026-11-28T09:00:00Z',
      codeVersion: 'a1', isOldCode: false, earlier: [],
    },
    progress: progress(${stepsBehind}), points: points(0, ${stepsBehind}), views: [],
  });
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const begun = performance.now();
  postMessage({
    type: 'state',
    state: {
      kind: 'run', exercise: 'learning/train-digits', title: 'Train', questions: [], runs: [run(1), run(2)],
      settings: [{ kind: 'number', name: 'rate', label: 'Rate', value: 0.5, minimum: 0, maximum: 1 }],
      curves: [
        { name: 'loss', label: 'Loss', scale: 'logarithmic', chart: 'loss' },
        { name: 'train', label: 'Seen', scale: 'share', chart: 'accuracy' },
        { name: 'held', label: 'Held back', scale: 'share', chart: 'accuracy' },
        { name: 'norm', label: 'Norm', scale: 'linear', chart: 'norm' },
      ],
    },
  }, '*');
  while (document.querySelectorAll('.plot-place canvas').length < 3) await rest(5);
  const openMs = performance.now() - begun;
  await rest(1000);
  const startedAt = performance.now();
  performance.mark('lab-begin');
  let step = ${stepsBehind};
  let messages = 0;
  while (performance.now() - startedAt < ${seconds * 1_000}) {
    const due = Math.floor((performance.now() - startedAt) / 50) - messages;
    for (let count = 0; count < due; count += 1) {
      postMessage({ type: 'steps', run: 'run-2', points: points(step, 10), progress: progress(step + 10) }, '*');
      step += 10;
      messages += 1;
    }
    await rest(25);
  }
  performance.mark('lab-end');
  await rest(300);
  return { longTasks, openMs, startedAt, messages };
})()`;

async function bundledPage(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: ['src/webview/lab/main.tsx'],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'error',
    alias: gpuJsAlias,
  });
  return outputFiles[0]?.text ?? '';
}
