/**
 * Whole judgements against realms and processes that misbehave: messages lost, doubled, out of order, damaged, far too
 * large. A wrong answer never passes, a right one is not spoiled by noise, and a report always comes.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evaluateHere } from '../../../src/cli/evaluate';
import { ChildRunner } from '../../../src/harness/child/childRunner';
import { runChecks } from '../../../src/harness/judge/judge';
import type { RealmPort } from '../../../src/harness/judge/realmPort';
import { readFromChild } from '../../../src/harness/protocol/childMessages';
import type { FromRealm, ToRealm } from '../../../src/harness/protocol/realmMessages';
import { wireTensors } from '../../../src/harness/protocol/tensors';
import { decode, encode } from '../../../src/harness/protocol/wire';
import type { Report } from '../../../src/harness/report';
import { defaultLimits } from '../../../src/harness/submission';
import type { Submission } from '../../../src/harness/submission';
import { add, type Tensor } from '../../../src/tensor';
import { damaged, junk, seeded, settings } from './fuzzing';

const checks = `import { defineChecks } from 'authoring';
export default defineChecks<typeof import('./stub'), typeof import('./solution')>({
  'doubles': {
    async run({ learner, reference, random, expect }) {
      const x = random.normal([2, 3]);
      const y = await learner.double(x);
      expect.inputsUnchanged();
      expect.close(y, reference.double(x));
    },
  },
  'doubles another': {
    async run({ learner, reference, random, expect }) {
      const x = random.normal([4]);
      expect.close(await learner.double(x), reference.double(x));
    },
  },
});
`;
const solution = `import { add, type Tensor } from 'tensor';
export function double(x: Tensor): Tensor { return add(x, x); }
`;

function submission(limits: Partial<Submission['limits']> = {}): Submission {
  return {
    learner: { exercise: 'basics/double', text: solution },
    earlier: [],
    checks,
    solution,
    references: [],
    offers: undefined,
    seed: 1,
    backend: 'auto',
    limits: { ...defaultLimits, ...limits },
  };
}

type Answers = (right: FromRealm, message: Extract<ToRealm, { readonly id: number }>) => readonly unknown[];

/** A realm of which `answers` decides what is sent for each question, given the right answer. */
function realm(answers: Answers): RealmPort {
  let listener: Parameters<RealmPort['listen']>[0] | undefined;
  return {
    install: () => Promise.resolve(true),
    listen: (wanted) => (listener = wanted),
    terminate: () => undefined,
    send: (message) => {
      if (message.kind === 'warmUp') return;
      for (const answer of answers(rightAnswer(message), message)) {
        queueMicrotask(() => listener?.message(answer));
      }
    },
  };
}

function rightAnswer(message: Extract<ToRealm, { readonly id: number }>): FromRealm {
  if (message.kind === 'start') return { kind: 'started', id: message.id };
  const [wire] = message.arguments;
  assert.ok(wire);
  const x = decode(wire, wireTensors) as Tensor;
  return { kind: 'answered', id: message.id, value: encode(add(x, x), wireTensors), changed: [], backends: [] };
}

const judge = (port: RealmPort, limits?: Partial<Submission['limits']>): Promise<Report> =>
  runChecks({ submission: { ...submission(limits), seed: 1 }, realm: port, evaluate: evaluateHere });

/** What a person and a parent process need of every report, whatever happened. */
function assertSound(report: Report): void {
  assert.equal(readFromChild({ kind: 'report', job: '', nonce: '', report: structuredClone(report) })?.kind, 'report');
  assert.equal(report.checks.length, 2);
  assert.match(report.sentence, /\S/);
}

describe(`a judgement of a realm that misbehaves ${seeded}`, function () {
  this.timeout(120_000);

  it('passes the right answers, whatever noise is around them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { maxLength: 4 }), fc.integer({ min: 1, max: 3 }), async (noise, times) => {
        const port = realm((right) => [...noise, ...Array.from({ length: times }, () => right), ...noise]);
        const report = await judge(port, { callMs: 60_000, totalMs: 120_000 });
        assertSound(report);
        assert.equal(report.verdict, 'passed', JSON.stringify(report));
      }),
      settings(60),
    );
  });

  it('never passes what is not right, and never calls it a fault of the harness', async () => {
    const shift = (right: FromRealm): unknown => {
      if (right.kind !== 'answered') return right;
      const y = decode(right.value, wireTensors) as Tensor;
      return { ...right, value: encode(add(y, 1), wireTensors) };
    };
    const bytes = new ArrayBuffer(8);
    const change = { index: 0, after: { text: '1', bytes } };
    const wrongs: readonly ((right: FromRealm) => unknown)[] = [
      shift,
      (right) => ({ ...right, kind: 'started' }),
      (right) => ({ ...right, kind: 'launched', kernelClass: 'K', milliseconds: 1 }),
      (right) => ({ ...right, kind: 'launchFailed', sentence: 'No.' }),
      (right) => ({ ...right, kind: 'notCallable', found: 'nothing' }),
      (right) => ({ ...right, kind: 'threw', thrown: { name: 'E', message: 'm', stack: '' } }),
      (right) => ({ ...(shift(right) as object), changed: [change] }),
      (right) => ({ ...right, changed: [{ ...change, index: 99 }] }),
      (right) => ({ ...right, changed: Object.assign(new Array<unknown>(3), { 1: change }) }),
      (right) => ({ ...(shift(right) as object), backends: new Array<unknown>(2) }),
      (right) => ({ ...right, value: { text: '['.repeat(100_000), bytes } }),
      () => undefined,
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...wrongs.keys()), fc.array(junk, { maxLength: 2 }), async (which, noise) => {
        const wrong = wrongs[which] ?? shift;
        const answers: Answers = (right, { kind }) => (kind === 'start' ? [right] : [...noise, wrong(right), ...noise]);
        const report = await judge(realm(answers), { callMs: 30, totalMs: 200 });
        assertSound(report);
        assert.notEqual(report.verdict, 'passed', `wrong answer ${which}: ${JSON.stringify(report)}`);
        assert.notEqual(report.verdict, 'harnessFailed', `wrong answer ${which}: ${report.sentence}`);
      }),
      settings(120),
    );
  });

  it('survives every message damaged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
        const pick = (): number => numbers.next().value as number;
        const answers: Answers = (right) => {
          const [broken] = fc.sample(damaged(right), { numRuns: 1, seed: pick() });
          return pick() % 3 === 0 ? [broken, right] : [broken];
        };
        const report = await judge(realm(answers), { callMs: 15, totalMs: 100 });
        assertSound(report);
      }),
      settings(100),
    );
  });
});

describe(`a judge’s process that misbehaves ${seeded}`, function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'fuzz-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  /** What comes of a process that accepts, then sends `parts`: expressions that may use `right`, `stale` and `large`. */
  async function reportOf(parts: readonly string[]): Promise<Report> {
    const hasReport = parts.includes('right');
    const plan = ['accepted', ...parts].join();
    const judgePath = path.join(folder, 'judge.js');
    const report = `{ exercise: 'basics/double', verdict: 'passed', sentence: 'All hold.', checks: [],
      console: { lines: [], dropped: 0 }, backends: [], earlier: [], durationMs: 1, seed: 1, sourceHash: '' }`;
    await writeFile(
      judgePath,
      `process.on('message', ({ job, nonce }) => {
        const accepted = { kind: 'accepted', job, nonce };
        const right = { kind: 'report', job, nonce, report: ${report} };
        const stale = { ...right, job: 'another' };
        const large = { kind: 'progress', job, nonce, draft: 'x'.repeat(20_000_000) };
        for (const message of [${plan}]) process.send(message);
        // Nothing depends on how long all this takes: a process without a report to give says so by ending.
        ${hasReport ? '' : 'process.disconnect();'}
      });`,
    );
    const runner = new ChildRunner({ judgePath, keepSpare: false });
    try {
      return await runner.check(submission({ totalMs: 60_000 }));
    } finally {
      runner.dispose();
    }
  }

  it('gets a report all the same: the true one where it came, else that there was none', async () => {
    const part = fc.constantFrom(
      'accepted',
      'stale',
      'large',
      'null',
      '7',
      "'passed'",
      '{}',
      '[right]',
      '{ ...right, report: {} }',
      "{ ...right, nonce: '' }",
      '{ ...right, kind: "ready" }',
      'right',
    );
    // Each costs a process, so there are few of them, and they are long.
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 12 }), async (parts) => {
        const { verdict, sentence } = await reportOf(parts);
        assert.equal(verdict, parts.includes('right') ? 'passed' : 'harnessFailed', sentence);
      }),
      settings(8),
    );
  });
});
