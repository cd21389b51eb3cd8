/**
 * Runs in workers of a page, as in a VS Code without a process to its name: what a run in a process of its own does and
 * says, it does and says here, under the policy of VS Code's web extension host.
 */
import assert from 'node:assert/strict';
import type { RunHost } from '../../../src/harness/runs/runHost';
import { jobOf, labOf, rightWalk, slowly, WatchedRun } from '../../unit/harness-runs/runBench';
import { hostPolicy, RunnerPage } from './runnerPage';

const start = { settings: {}, seed: 3 };

function walk(body: string): ReturnType<typeof jobOf>['learner'] {
  return { exercise: 'basics/walk', text: `export function next(x: number, rate: number): any {\n${body}\n}` };
}

describe('a run in workers of a page', function () {
  this.timeout(60_000);
  let page: RunnerPage;
  let host: RunHost;

  before(async () => {
    page = await RunnerPage.start(hostPolicy);
    host = await page.runHost();
  });
  after(() => page.stop());

  const begun = (changes: Parameters<typeof jobOf>[0] = {}, settings = {}): WatchedRun => {
    const run = new WatchedRun(host, jobOf(changes));
    run.send({ kind: 'begin', start: { ...start, settings } });
    return run;
  };

  async function failureOf(run: WatchedRun): Promise<string> {
    await assert.rejects(run.status('finished'));
    const event = run.events.at(-1);
    assert.ok(event?.kind === 'failed');
    return event.failure.sentence;
  }

  it('tells what the lab declares, then each step in order, its views and its end', async () => {
    const run = begun();
    const { description } = await run.next('described');
    assert.equal(description.kind === 'run' && description.title, 'A walk');
    await run.status('finished');
    assert.deepEqual(
      run.points('height').map(([step]) => step),
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    const views = run.events.findLast((event) => event.kind === 'views');
    assert.deepEqual(
      views?.views.map(({ kind }) => kind),
      ['bars'],
    );
    run.end();
  });

  it('makes the same steps again for the same settings and seed, from where it was', async () => {
    const [whole, half] = [begun({}, { steps: 40 }), new WatchedRun(host, jobOf())];
    await whole.status('finished');
    half.send({ kind: 'begin', start: { settings: { steps: 40 }, seed: 3, catchUpTo: 25 } });
    await half.status('finished');
    assert.deepEqual(half.points('height'), whole.points('height').slice(25));
    whole.end();
    half.end();
  });

  it('stands still while it is paused, answers meanwhile, and goes on', async () => {
    const run = begun({ lab: labOf({ body: slowly }) }, { steps: 60 });
    await run.next('steps', { fits: ({ step }) => step >= 3 });
    run.send({ kind: 'pause' });
    await run.status('paused');
    const told = run.points('height').length;
    run.send({ kind: 'ask', request: 1, question: 'place', input: 'here' });
    const { answer } = await run.next('answer');
    assert.ok('views' in answer && answer.views[0]?.kind === 'text');
    assert.equal(answer.views[0].title, 'here');
    assert.equal(run.points('height').length, told);
    run.send({ kind: 'resume' });
    await run.status('finished');
    run.end();
  });

  it('that never ends its step is broken off when it is stopped', async () => {
    const run = begun({ learner: walk('for (;;);') });
    await run.status('running');
    run.send({ kind: 'stop' });
    assert.match(await failureOf(run), /did not end when the run was stopped.*loop that never ends/);
  });

  it('names the line in which it threw', async () => {
    const run = begun({ learner: walk("  throw new RangeError('too far');") });
    assert.match(await failureOf(run), /^The run threw RangeError in line 2 of basics\/walk, after step 0: too far$/);
  });

  it('finds nothing of the browser, and cannot speak in the name of the run', async () => {
    for (const reach of ["fetch('http://a.test')", 'indexedDB.databases()', "self.postMessage({ kind: 'ready' })"]) {
      assert.match(
        await failureOf(begun({ learner: walk(`  return ${reach};`) })),
        /^The run threw (?:Type|Reference)Error/,
      );
    }
    assert.deepEqual(
      page.asked.filter((path) => !['/', '/runner.js'].includes(path)),
      [],
    );
  });

  it('tells nothing more once it has been ended, and leaves the next one alone', async () => {
    const run = begun({ lab: labOf({ body: slowly }) }, { steps: 1_000 });
    await run.next('steps');
    run.end();
    const next = begun({ learner: { exercise: 'basics/walk', text: rightWalk } });
    const told = run.events.length;
    await next.status('finished');
    assert.ok(run.events.length <= told + 1);
    assert.ok(run.events.every(({ kind }) => kind !== 'failed'));
    next.end();
  });
});
