import assert from 'node:assert/strict';
import { jobOf, labOf, RunBench, slowly, WatchedRun } from './runBench';

const start = { settings: {}, seed: 3 };

describe('a run in a process of its own', function () {
  this.timeout(60_000);
  let bench: RunBench;

  before(async () => (bench = await RunBench.build()));
  after(() => bench.dispose());

  function open(changes: Parameters<typeof jobOf>[0] = {}): WatchedRun {
    return new WatchedRun(bench.host, jobOf(changes));
  }

  it('tells what the lab declares, then each step in order, its views and its end', async () => {
    const run = open();
    const { description } = await run.next('described');
    assert.deepEqual(description, {
      kind: 'run',
      title: 'A walk',
      settings: [
        { kind: 'number', name: 'rate', label: 'Rate', value: 0.01, minimum: 0, maximum: 1e6 },
        { kind: 'integer', name: 'steps', label: 'Steps', value: 50, minimum: 1, maximum: 1e6 },
      ],
      curves: [{ name: 'height', label: 'Height', scale: 'linear', chart: 'linear' }],
      questions: [
        { kind: 'text', name: 'place', title: 'Where?', value: '' },
        { kind: 'digit-pad', name: 'pad', title: 'Draw' },
      ],
    });
    run.send({ kind: 'begin', start });
    await run.status('finished');
    const points = run.points('height');
    assert.deepEqual(
      points.map(([step]) => step),
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    assert.ok(points.every(([, value]) => value > 0 && value < 100));
    const views = run.events.filter((event) => event.kind === 'views');
    assert.equal(views.at(-1)?.step, 50);
    assert.deepEqual(
      views.at(-1)?.views.map(({ kind }) => kind),
      ['bars'],
    );
    run.end();
  });

  it('runs on the settings that it was given, brought within their bounds', async () => {
    const run = open();
    run.send({ kind: 'begin', start: { settings: { steps: 7.4, rate: -5, other: 1 }, seed: 3 } });
    await run.status('finished');
    const heights = run.points('height');
    assert.equal(heights.length, 7);
    // At a rate of 0 nothing but the noise moves it.
    assert.ok(heights.every(([, value]) => value >= 100 && value < 102));
    run.end();
  });

  it('stands still while it is paused, and goes on from there', async () => {
    const run = open({ lab: labOf({ body: slowly }) });
    run.send({ kind: 'begin', start: { settings: { steps: 100 }, seed: 3 } });
    await run.next('steps', { fits: ({ step }) => step >= 3 });
    run.send({ kind: 'pause' });
    await run.status('paused');
    const told = run.points('height').length;
    // While it stands still it answers, and tells no step.
    run.send({ kind: 'ask', request: 1, question: 'place', input: 'here' });
    await run.next('answer');
    assert.equal(run.points('height').length, told);
    run.send({ kind: 'resume' });
    await run.next('steps', { fits: ({ step }) => step > told + 2 });
    const steps = run.points('height').map(([step]) => step);
    assert.deepEqual(
      steps,
      Array.from({ length: steps.length }, (_, index) => index + 1),
    );
    run.end();
  });

  it('stops for good, and can still be asked', async () => {
    const run = open({ lab: labOf({ body: slowly }) });
    run.send({ kind: 'begin', start: { settings: { steps: 10_000 }, seed: 3 } });
    await run.next('steps', { fits: ({ step }) => step >= 3 });
    run.send({ kind: 'stop' });
    await run.status('stopped');
    const told = run.points('height').length;
    run.send({ kind: 'ask', request: 7, question: 'place', input: 'title' });
    const { request, answer } = await run.next('answer');
    assert.equal(request, 7);
    assert.ok('views' in answer && answer.views[0]?.kind === 'text');
    assert.equal(Number(answer.views[0].text) ** 2, run.points('height').at(-1)?.[1]);
    assert.equal(run.points('height').length, told);
    run.end();
  });

  it('answers about a drawing', async () => {
    const run = open();
    run.send({ kind: 'begin', start });
    const drawing = new Float32Array(784);
    drawing[1] = 0.5;
    await run.status('finished');
    run.send({ kind: 'ask', request: 2, question: 'pad', input: drawing });
    const { answer } = await run.next('answer');
    assert.ok('views' in answer && answer.views[0]?.kind === 'images', JSON.stringify(answer));
    assert.deepEqual(answer.views[0].images, { shape: [1, 1, 1], data: Float32Array.of(0.5) });
    run.end();
  });

  it('catches up to the same points when its process is gone, and goes on', async () => {
    const job = { lab: labOf({ body: slowly }) };
    const whole = open(job);
    whole.send({ kind: 'begin', start: { settings: { steps: 30 }, seed: 11 } });
    await whole.status('finished');
    const first = open(job);
    first.send({ kind: 'begin', start: { settings: { steps: 30 }, seed: 11 } });
    await first.next('steps', { fits: ({ step }) => step >= 5 });
    first.end();
    const before = first.points('height');
    const second = open(job);
    second.send({ kind: 'begin', start: { settings: { steps: 30 }, seed: 11, catchUpTo: before.length } });
    await second.status('finished');
    assert.deepEqual([...before, ...second.points('height')], whole.points('height'));
    const statuses = second.events.flatMap((event) => (event.kind === 'status' ? [event.status] : []));
    assert.deepEqual(statuses, ['catchingUp', 'running', 'finished']);
    whole.end();
    second.end();
  });

  it('catches up to where it was and stays there, where only questions are left', async () => {
    const run = open();
    run.send({ kind: 'begin', start: { settings: {}, seed: 3, catchUpTo: 20, then: 'stay' } });
    await run.status('stopped');
    run.send({ kind: 'ask', request: 1, question: 'place', input: '' });
    const { answer } = await run.next('answer');
    const whole = open();
    whole.send({ kind: 'begin', start });
    await whole.status('finished');
    assert.ok('views' in answer && answer.views[0]?.kind === 'text');
    assert.equal(Number(answer.views[0].text) ** 2, whole.points('height')[19]?.[1]);
    assert.deepEqual(run.points('height'), []);
    run.end();
    whole.end();
  });

  it('names the first tensor that went wrong, and the step, when a curve is not finite', async () => {
    const run = open();
    // Each step multiplies the place by −1e6, so its square leaves float64 only after the place has left float32.
    run.send({ kind: 'begin', start: { settings: { rate: 5e5, steps: 60 }, seed: 3 } });
    const { sentence } = await run.next('diverged');
    assert.match(sentence, /^Height has exploded: it began with [\d.]+e13 and is [\d.]+e25 at step 2\./);
    assert.match(sentence, /Every tensor that the run tells of is still finite then\. .*smaller learning rate/);
    run.end();
  });

  it('names the tensor, its entry and the step where one is not finite', async () => {
    const broken = 'export function next(x: number, rate: number): number { return x < 9.5 ? NaN : x - rate * x; }';
    const run = open({ learner: { exercise: 'basics/walk', text: broken } });
    run.send({ kind: 'begin', start });
    const { sentence } = await run.next('diverged');
    assert.match(
      sentence,
      /^Height is NaN at step (\d+)\. The first tensor that is not finite is place \(1, 2\), after step \1: its entry \[0, 1\] is NaN\./,
    );
    // It is told once, and the run goes on.
    await run.status('finished');
    assert.equal(run.events.filter(({ kind }) => kind === 'diverged').length, 1);
    run.end();
  });
});
