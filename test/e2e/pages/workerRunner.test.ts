/**
 * The runner of workers in a page: what a learner's code finds in its worker, under a policy of ours and under that of
 * VS Code's web extension host, and that a report comes whatever happens.
 */
import assert from 'node:assert/strict';
import { rightSubmission, withBody } from '../../harness/realms/submission';
import { sayingOf, submissionFor } from '../../harness/realms/table';
import { languageGlobals } from '../../../src/harness/worker/languageGlobals';
import { hostPolicy, RunnerPage, strictPolicy } from './runnerPage';

const refusal = 'EvalError: Code generation from strings disallowed for this context';

for (const [name, policy] of [
  ['a page of ours', strictPolicy],
  ['the web extension host', hostPolicy],
] as const) {
  describe(`a learner's worker under the policy of ${name}`, function () {
    this.timeout(60_000);
    let runner: RunnerPage;

    before(async () => (runner = await RunnerPage.start(policy)));
    after(() => runner.stop());

    /** What each of these expressions throws in a learner's function. */
    async function attempts(expressions: readonly string[]): Promise<readonly string[]> {
      const tries = expressions.map((each) => `() => ${each}`).join(', ');
      const body = `const thrown = [${tries}].map((attempt) => { try { attempt(); return 'nothing'; } catch (error) { return String(error); } });
  throw new Error(thrown.join('|'));`;
      const report = await runner.check(submissionFor({ text: withBody(body) }));
      return sayingOf(report)
        .replace(/^Error: /, '')
        .split('|');
    }

    it('lets a right solution pass', async () => {
      const report = await runner.check(submissionFor({ text: rightSubmission }));
      assert.equal(report.verdict, 'passed', report.sentence);
      assert.equal(report.ranIn, 'browser');
    });

    it('has the language in its global object, and nothing of the browser', async () => {
      const names = `const names: string[] = [];
  for (let object: object | null = globalThis; object !== null && object !== Object.prototype; object = Object.getPrototypeOf(object))
    for (const key of Reflect.ownKeys(object))
      if (typeof Object.getOwnPropertyDescriptor(object, key)!.value !== 'number') names.push(String(key));
  throw new Error(names.join(' '));`;
      const found = sayingOf(await runner.check(submissionFor({ text: withBody(names) })));
      const besides = found
        .replace(/^Error: /, '')
        .split(' ')
        .filter((key) => !languageGlobals.includes(key));
      assert.deepEqual(besides, ['groundupBody']);
    });

    it('makes no code of a text, by whatever constructor', async () => {
      const makers = [
        'eval',
        'Function',
        '(() => {}).constructor',
        '(async () => {}).constructor',
        '(function* () {}).constructor',
        '(async function* () {}).constructor',
        'Reflect.construct.constructor',
        '(console.log as any).constructor',
      ];
      const asking = "return import('http://runner.test/asked')";
      assert.deepEqual(await attempts(makers.map((maker) => `(${maker} as any)(${JSON.stringify(asking)})()`)), [
        ...makers.map(() => refusal),
      ]);
    });

    it('cannot end itself, or answer past its port', async () => {
      const calls = [
        'close',
        'postMessage',
        'dispatchEvent',
        'addEventListener',
        'importScripts',
        'fetch',
        'setTimeout',
      ];
      assert.deepEqual(
        await attempts(calls.map((call) => `(globalThis as any).${call}('http://runner.test/asked')`)),
        calls.map((call) => `TypeError: globalThis.${call} is not a function`),
      );
    });

    it('gets a place in its own file for what it throws, on the first line too', async () => {
      const text = `export const twice: any = (x: any) => { throw new Error('here'); };\n`;
      const report = await runner.check(submissionFor({ text }));
      const outcome = report.checks[0]?.outcome;
      assert.ok(outcome?.status === 'threw', report.sentence);
      const { line, column } = outcome.error.place ?? {};
      assert.deepEqual({ line, column }, { line: 1, column: text.indexOf('new Error') + 1 });
    });

    it('asks the network for nothing', () => {
      assert.deepEqual(runner.asked, ['/', '/runner.js']);
    });
  });
}

describe('the runner of workers', function () {
  this.timeout(60_000);
  let runner: RunnerPage;

  before(async () => (runner = await RunnerPage.start()));
  after(() => runner.stop());

  const right = submissionFor({ text: rightSubmission });

  it('draws another seed for each check that brings none', async () => {
    const { seed: _, ...unseeded } = right;
    const seeds = [await runner.check(unseeded), await runner.check(unseeded)].map(({ seed }) => seed);
    assert.notEqual(seeds[0], seeds[1]);
  });

  it('judges two submissions side by side', async () => {
    const wrong = submissionFor({ text: withBody('return zeros(x.shape);') });
    const reports = await Promise.all([runner.check(right), runner.check(wrong), runner.check(right)]);
    assert.deepEqual(
      reports.map(({ verdict }) => verdict),
      ['passed', 'failed', 'passed'],
    );
  });

  it('is cancelled while the code loops, and before it begins', async () => {
    const endless = submissionFor({ text: withBody('console.log(1);\n  for (;;);') });
    const verdicts = await runner.page.evaluate(async (submission) => {
      const later = new AbortController();
      setTimeout(() => later.abort(), 300);
      const now = AbortSignal.abort();
      const reports = await Promise.all([
        window.runner.check(submission, later.signal),
        window.runner.check(submission, now),
      ]);
      return reports.map(({ verdict }) => verdict);
    }, endless);
    assert.deepEqual(verdicts, ['cancelled', 'cancelled']);
  });

  it('ends a judge that checks without end, and says that it is no fault of the learner', async () => {
    const checks = `import { defineChecks } from 'authoring';
export default defineChecks({ 'never ends': { async run() { for (;;); } } });`;
    const limits = { ...right.limits, totalMs: 500 };
    const report = await runner.check({ ...right, checks, limits });
    assert.equal(report.verdict, 'harnessFailed');
    assert.match(report.sentence, /the judge did not answer within 2\.5 s$/);
    assert.deepEqual(
      report.checks.map(({ outcome }) => outcome.status),
      ['harnessFailed'],
    );
  });

  it('leaves no worker behind', async () => {
    assert.equal(await runner.page.evaluate(() => window.runner.pairs), 0);
  });

  it('says what is wrong where its own scripts do not load', async () => {
    for (const broken of ['judgeScript', 'learnerScript', 'realmScript'] as const) {
      const report = await runner.checkWith({ [broken]: 'throw new Error("broken");' }, right);
      assert.equal(report.verdict, 'harnessFailed', broken);
      assert.match(report.harnessProblem ?? '', /worker.* failed: .*broken/);
    }
  });

  it('cancels what runs when it is disposed of, and judges nothing afterwards', async () => {
    const endless = submissionFor({ text: withBody('for (;;);') });
    const verdicts = await runner.page.evaluate(async (submission) => {
      const running = window.runner.check(submission);
      window.runner.dispose();
      return [(await running).verdict, (await window.runner.check(submission)).verdict, window.runner.pairs];
    }, endless);
    assert.deepEqual(verdicts, ['cancelled', 'cancelled', 0]);
  });
});
