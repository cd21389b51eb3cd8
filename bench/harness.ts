/**
 * What the harness costs outside VS Code: a check that does nothing, with a process ready for it; grading a class on two
 * processes against one; how soon a learner's endless loop is gone after its limit; and what a thousand checks in a row
 * leave behind. What is measured is built first, so that it is what ships.
 */
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from '../scripts/build.mjs';
import { grade } from '../src/cli/gradeCommand';
import { nodeCourseFiles } from '../src/cli/nodeCourseFiles';
import { CourseSource } from '../src/content/courseSource';
import { loadCourse } from '../src/content/loadCourse';
import { ChildRunner } from '../src/harness/child/childRunner';
import { defaultLimits } from '../src/harness/submission';
import type { Submission } from '../src/harness/submission';
import type { Verdict } from '../src/harness/report';
import { median, percentile } from './median';
import { showRows } from './rows';
import type { Row } from './rows';

const judgePath = path.resolve('dist/judge.js');
const exercise = 'tensors/matmul';
const submissions = 200;
const inARow = 1_000;

export async function main(args: readonly string[]): Promise<void> {
  await build({ minify: true });
  showRows([...(await warmChecks()), ...(await endings()), ...(await grading()), ...(await thousandChecks())], args);
}

const idle = `export function nothing(): void {}\n`;
const checks = `import { defineChecks } from 'authoring';
export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'does nothing': { async run({ learner }) { await learner.nothing(); } },
});
`;

function submissionOf(text: string, limits: Partial<Submission['limits']> = {}): Submission {
  return {
    learner: { exercise: 'bench/nothing', text },
    earlier: [],
    checks,
    solution: idle,
    references: [],
    offers: undefined,
    seed: 1,
    backend: 'auto',
    limits: { ...defaultLimits, ...limits },
  };
}

async function judge(runner: ChildRunner, submission: Submission, expected: Verdict): Promise<void> {
  const { verdict, sentence } = await runner.check(submission);
  if (verdict !== expected) throw new Error(`The verdict is ${verdict}, not ${expected}: ${sentence}`);
}

/** Long enough for a spare process to have started and rehearsed. */
const pauseMs = 600;

async function warmChecks(): Promise<readonly Row[]> {
  const runner = new ChildRunner({ judgePath });
  const times: number[] = [];
  try {
    runner.warmUp(submissionOf(idle));
    for (let run = 0; run < 31; run += 1) {
      await sleep(pauseMs);
      const started = performance.now();
      await judge(runner, submissionOf(idle), 'passed');
      // The first one only gets everything into the caches of the system.
      if (run > 0) times.push(performance.now() - started);
    }
  } finally {
    runner.dispose();
  }
  return [
    { name: 'a check that does nothing, warm, median', value: median(times), unit: 'ms', limit: 25 },
    { name: 'a check that does nothing, warm, 95th percentile', value: percentile(times, 0.95), unit: 'ms' },
  ];
}

/** From the moment at which the limit of an endless call is over until its process is gone. */
async function endings(): Promise<readonly Row[]> {
  const callMs = 500;
  const endless = submissionOf('export function nothing(): void {\n  for (;;);\n}\n', { callMs });
  const runner = new ChildRunner({ judgePath, keepSpare: false });
  const late: number[] = [];
  try {
    for (let run = 0; run < 10; run += 1) {
      runner.warmUp(endless);
      await sleep(pauseMs);
      const [pid = 0] = runner.processIds;
      const started = performance.now();
      await judge(runner, endless, 'timedOut');
      while (isAlive(pid)) await sleep(1);
      late.push(performance.now() - started - callMs);
    }
  } finally {
    runner.dispose();
  }
  return [
    { name: 'an endless loop is gone after its limit, median', value: median(late), unit: 'ms' },
    { name: 'an endless loop is gone after its limit, slowest', value: Math.max(...late), unit: 'ms', limit: 200 },
  ];
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function grading(): Promise<readonly Row[]> {
  const root = await mkdtemp(path.join(tmpdir(), 'groundup-bench-'));
  try {
    const solution = await readFile(path.resolve('exercises', exercise, 'solution.ts'), 'utf8');
    const folders = Array.from({ length: submissions }, (_, index) => path.join(root, `student${index}`));
    for (const [index, folder] of folders.entries()) {
      const file = path.join(folder, `${exercise}.ts`);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, `// Student ${index}.\n${solution}`);
    }
    const before = processorMs();
    const one = await secondsToGrade(folders, 1);
    const each = (processorMs() - before) / submissions;
    const two = await secondsToGrade(folders, 2);
    return [
      ...(Number.isNaN(each) ? [] : [{ name: 'processor time of a graded submission', value: each, unit: 'ms' }]),
      { name: `grading ${submissions} submissions one after another`, value: one, unit: 's' },
      { name: `grading ${submissions} submissions on two processes`, value: two, unit: 's' },
      { name: 'two processes are faster by', value: one / two, unit: '×', least: 1.6 },
    ];
  } finally {
    await rm(root, { recursive: true });
  }
}

/** What this process and those that it has seen end have used of the processors; only Linux tells. */
function processorMs(): number {
  if (process.platform !== 'linux') return NaN;
  // After the name, which may hold anything: user and system time of this process, then of its children, in hundredths.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}

async function secondsToGrade(folders: readonly string[], processes: number): Promise<number> {
  const files = nodeCourseFiles(path.resolve('exercises'));
  const { course } = await loadCourse(files);
  if (course === undefined) throw new Error('The course cannot be read.');
  const runner = new ChildRunner({ judgePath, keepSpare: false, compileAhead: true });
  try {
    const source = new CourseSource(files, course);
    const { durationMs, folders: results } = await grade({ source, runner, folders, only: [exercise], processes });
    const passed = results
      .flatMap(({ exercises }) => exercises)
      .filter((result) => result.kind === 'judged' && result.report.verdict === 'passed');
    if (passed.length !== folders.length)
      throw new Error(`Only ${passed.length} of ${folders.length} submissions passed.`);
    return durationMs / 1000;
  } finally {
    runner.dispose();
  }
}

async function thousandChecks(): Promise<readonly Row[]> {
  const runner = new ChildRunner({ judgePath });
  try {
    // What is allocated once and kept is there after the first few.
    for (let run = 0; run < 50; run += 1) await judge(runner, submissionOf(idle), 'passed');
    const before = await standing(runner);
    const started = performance.now();
    for (let run = 0; run < inARow; run += 1) await judge(runner, submissionOf(idle), 'passed');
    const seconds = (performance.now() - started) / 1000;
    const after = await standing(runner);
    return [
      { name: `${inARow} checks in a row`, value: seconds, unit: 's' },
      { name: 'processes more than before', value: after.processes - before.processes, unit: '', limit: 0 },
      { name: 'open handles more than before', value: after.handles - before.handles, unit: '', limit: 0 },
      { name: 'heap more than before', value: (after.heap - before.heap) / 1e6, unit: 'MB', limit: 2 },
      {
        name: 'resident memory more than before',
        value: (after.resident - before.resident) / 1e6,
        unit: 'MB',
        limit: 20,
      },
    ];
  } finally {
    runner.dispose();
  }
}

interface Standing {
  readonly processes: number;
  readonly handles: number;
  readonly heap: number;
  readonly resident: number;
}

/** What this process holds when nothing is going on: one spare process, and memory after a collection. */
async function standing(runner: ChildRunner): Promise<Standing> {
  await sleep(2_000);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  await sleep(100);
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    processes: runner.processIds.length,
    handles: process.getActiveResourcesInfo().length,
    heap: heapUsed,
    resident: rss,
  };
}
