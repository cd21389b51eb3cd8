/**
 * What the tests of the runtime share: the real bundles, built once into a folder of their own, and a course of one
 * exercise, short enough to be read here.
 */
import assert from 'node:assert/strict';
import * as esbuild from 'esbuild';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChildRunner } from '../../../src/harness/child/childRunner';
import type { CheckOutcome, Report } from '../../../src/harness/report';
import { defaultLimits } from '../../../src/harness/submission';
import type { Submission } from '../../../src/harness/submission';

/** A runner on freshly built bundles. */
export class Bench {
  readonly runner: ChildRunner;
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.runner = new ChildRunner({ judgePath: path.join(folder, 'judge.js') });
  }

  static async build(): Promise<Bench> {
    const { buildInto } = await import('../../../scripts/build.mjs');
    const folder = await mkdtemp(path.join(os.tmpdir(), 'groundup-runtime-'));
    await buildInto(folder, ['processes', 'judge', 'compileThread', 'learnerThread', 'watchdog', 'realm']);
    return new Bench(folder);
  }

  async dispose(): Promise<void> {
    this.runner.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }

  check(learner: string, changes: Changes = {}, signal?: AbortSignal): Promise<Report> {
    return this.runner.check(submissionOf(learner, changes), signal);
  }

  /** As `check`, with a seed only where `changes` has one. */
  unseeded(learner: string, changes: Changes): Promise<Report> {
    const { seed: _, ...submission } = submissionOf(learner, changes);
    return this.runner.check(changes.seed === undefined ? submission : { ...submission, seed: changes.seed });
  }

  /** A program that makes a runner and then does what `code` says. */
  async parentScript(code: string): Promise<{ readonly script: string; readonly judgePath: string }> {
    const script = path.join(this.folder, `parent${Math.floor(performance.now() * 1000)}.js`);
    await esbuild.build({
      stdin: {
        contents: `import { ChildRunner } from './src/harness/child/childRunner';
const runner = new ChildRunner({ judgePath: process.argv[2]! });
const submission = JSON.parse(process.argv[3]!);
${code}`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      outfile: script,
    });
    return { script, judgePath: path.join(this.folder, 'judge.js') };
  }

  /** Whatever the check before did, the next one is judged rightly, both ways. */
  async nextIsRight(): Promise<void> {
    const right = await this.check(rightMatmul);
    assert.equal(right.verdict, 'passed', right.sentence);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // What has ended and waits for somebody to ask how is still in the table of processes.
    return process.platform !== 'linux' || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

export async function untilGone(pids: readonly number[]): Promise<void> {
  for (let tries = 0; pids.some(isAlive); tries += 1) {
    assert.ok(tries < 200, `still there: ${pids.filter(isAlive).join()}`);
    await sleep(20);
  }
}

export type Changes = Omit<Partial<Submission>, 'limits'> & { readonly limits?: Partial<Submission['limits']> };

export function submissionOf(learner: string, { limits, ...changes }: Changes = {}): Submission {
  return {
    learner: { exercise: 'tensors/matmul', text: learner },
    earlier: [],
    checks: matmulChecks,
    solution: rightMatmul,
    references: [],
    offers: undefined,
    seed: 1,
    backend: 'auto',
    ...changes,
    limits: { ...defaultLimits, ...limits },
  };
}

/** The statuses of the checks, in their order. */
export function statuses(report: Report): readonly CheckOutcome['status'][] {
  return report.checks.map(({ outcome }) => outcome.status);
}

export function outcomeAt<Status extends CheckOutcome['status']>(
  report: Report,
  { index, status }: { readonly index: number; readonly status: Status },
): Extract<CheckOutcome, { readonly status: Status }> {
  const outcome = report.checks[index]?.outcome;
  assert.equal(outcome?.status, status, JSON.stringify(report, undefined, 1));
  return outcome as Extract<CheckOutcome, { readonly status: Status }>;
}

/** A learner's file with `body` as the body of `matmul`, and `top` before it. */
export function withMatmul(body: string, top = ''): string {
  return `import { fromData, zeros, Tensor } from 'tensor';
${top}
export function matmul(A: Tensor, B: Tensor): any {
${body}
}
`;
}

export const loops = `  const [m, n] = A.shape as [number, number];
  const p = B.shape[1]!;
  if (B.shape[0] !== n) throw new Error(\`\${n} columns do not fit \${B.shape[0]} rows\`);
  const values = new Float32Array(m * p);
  for (let i = 0; i < m; i += 1)
    for (let j = 0; j < p; j += 1)
      for (let k = 0; k < n; k += 1) values[i * p + j] += A.data[i * n + k]! * B.data[k * p + j]!;
  return fromData(values, [m, p]);`;

export const rightMatmul = withMatmul(loops);

const matmulChecks = `import { defineChecks } from 'authoring';
import { tensor } from 'tensor';
export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'multiplies a small example': {
    step: 'sum',
    async run({ learner, expect }) {
      const A = tensor([[1, 2], [3, 4]]);
      expect.close(await learner.matmul(A, tensor([[5], [6]])), tensor([[17], [39]]));
    },
  },
  'agrees with the reference on many shapes': {
    step: 'position',
    async run({ learner, reference, random, expect }) {
      for (const [m, n, p] of [[1, 3, 2], [4, 2, 5]]) {
        const A = random.normal([m, n]);
        const B = random.normal([n, p]);
        expect.close(await learner.matmul(A, B), reference.matmul(A, B));
      }
    },
  },
  'refuses sizes that do not meet': {
    async run({ learner, random, expect }) {
      await expect.throws(learner.matmul(random.normal([2, 3]), random.normal([4, 2])), {
        because: '3 columns do not fit 4 rows',
        mentioning: ['3', '4'],
      });
    },
  },
  'does not change its input': {
    async run({ learner, random, expect }) {
      await learner.matmul(random.normal([2, 2]), random.normal([2, 2]));
      expect.inputsUnchanged();
    },
  },
});
`;
