import assert from 'node:assert/strict';
import { isAlive, untilGone } from '../../harness/runtime/bench';
import type { RunEvent } from '../../../src/harness/runs/runHost';
import { jobOf, labOf, megabyte, RunBench, WatchedRun } from './runBench';

const start = { settings: {}, seed: 3 };
const walk = (body: string, top = ''): ReturnType<typeof jobOf>['learner'] => ({
  exercise: 'basics/walk',
  text: `${top}\nexport function next(x: number, rate: number): any {\n${body}\n}`,
});

describe('a run whose code means harm, or is clumsy', function () {
  this.timeout(120_000);
  let bench: RunBench;

  before(async () => (bench = await RunBench.build()));
  after(() => bench.dispose());

  const begun = (changes: Parameters<typeof jobOf>[0]): WatchedRun => {
    const run = new WatchedRun(bench.host, jobOf(changes));
    run.send({ kind: 'begin', start });
    return run;
  };

  async function failureOf(run: WatchedRun): Promise<Extract<RunEvent, { readonly kind: 'failed' }>['failure']> {
    await assert.rejects(run.status('finished'));
    const event = run.events.find((one) => one.kind === 'failed');
    assert.ok(event?.kind === 'failed');
    // Nothing more is told after it.
    assert.equal(run.events.at(-1), event);
    return event.failure;
  }

  it('that never ends its step is told to be silent, and is broken off when it is stopped', async () => {
    const run = begun({ learner: walk('for (;;);') });
    const { seconds } = await run.next('silent');
    assert.ok(seconds >= 10);
    run.send({ kind: 'stop' });
    const { sentence } = await failureOf(run);
    assert.match(sentence, /did not end when the run was stopped.*loop that never ends/);
  });

  it('that floods the console goes on, its messages bounded and what was dropped counted', async () => {
    const run = begun({
      learner: walk("for (let i = 0; i < 10_000; i += 1) console.log('x'.repeat(9_000)); return x;"),
    });
    await run.status('finished');
    const told = run.events.flatMap((event) => (event.kind === 'steps' ? [event.console] : []));
    assert.ok(told.every(({ lines }) => lines.length <= 50 && lines.every(({ text }) => text.length <= 4_000)));
    assert.ok((told.at(-1)?.dropped ?? 0) > 400_000);
    run.end();
  });

  it('that takes all memory is ended with the limit in words', async () => {
    const hog = 'held.push(new Float64Array(4_000_000).fill(1)); return x;';
    const run = begun({ learner: walk(hog, 'const held: unknown[] = [];'), memoryBytes: 400 * megabyte, lab: labOf() });
    const { sentence } = await failureOf(run);
    assert.match(sentence, /memory it may use/);
  });

  it('that throws is told with its line', async () => {
    const run = begun({ learner: walk("if (x < 9) throw new Error('too far down');\nreturn x - 0.5;") });
    const { sentence, place } = await failureOf(run);
    assert.match(sentence, /threw Error in line 3 of basics\/walk.*too far down/);
    assert.deepEqual({ ...place, column: 0 }, { exercise: 'basics/walk', line: 3, column: 0 });
  });

  const escapes = {
    'process.exit': 'process.exit(0); return x;',
    'a constructor of the outer realm': "(console.log as any).constructor('return process')().exit(0); return x;",
    'code from a string': "new Function('return process')().exit(0); return x;",
  };
  for (const [name, body] of Object.entries(escapes)) {
    it(`that tries ${name} only throws`, async () => {
      const { sentence } = await failureOf(begun({ learner: walk(body) }));
      assert.match(sentence, /^The run threw (?:ReferenceError|EvalError|TypeError)/);
    });
  }

  it('that counts its steps backwards, or names curves that there are none of, is refused', async () => {
    const backwards = await failureOf(begun({ lab: labOf().replace('step,', 'step: 5 - step,') }));
    assert.match(backwards.sentence, /steps are whole numbers that count up/);
    const stray = await failureOf(begun({ lab: labOf().replace('{ height: x * x }', '{ depth: x }') }));
    assert.match(stray.sentence, /“depth”, which is no curve/);
  });

  it('that shows what cannot be shown loses that view alone', async () => {
    const lab = labOf().replace(
      'views: () => [',
      "views: () => [{ kind: 'matrix', title: 'No tensor', rowName: 'r', columnName: 'c', rows: [], columns: [], values: [[1]] } as any, { kind: 'bars', title: 'Labels', labels: ['a'], values: tensor([1, 2]) } as any,",
    );
    const run = begun({ lab });
    await run.status('finished');
    const views = run.events.findLast((event) => event.kind === 'views');
    assert.ok(views?.kind === 'views');
    assert.deepEqual(
      views.views.map((view) => (view.kind === 'text' ? view.text : view.kind)),
      [
        'This view cannot be shown: values is no tensor.',
        'This view cannot be shown: labels has 1 entries for 2.',
        'bars',
      ],
    );
    run.end();
  });

  it('leaves no process behind when it is ended in the middle of a step', async () => {
    const run = begun({ learner: walk('for (;;);') });
    await run.status('running');
    const pids = bench.host.processIds;
    assert.ok(pids.length > 0 && pids.every(isAlive));
    run.end();
    await untilGone(pids);
  });
});
