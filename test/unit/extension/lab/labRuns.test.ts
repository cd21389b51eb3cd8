import assert from 'node:assert/strict';
import { LabRuns, mostProcesses } from '../../../../src/extension/lab/labRuns';
import type { RunText } from '../../../../src/extension/lab/labRuns';
import { csvOf } from '../../../../src/extension/lab/runCsv';
import { mostRuns, readArchive, writeArchive } from '../../../../src/extension/lab/runArchive';
import { mostLines, mostPoints } from '../../../../src/extension/lab/runRecord';
import type { LabJob, RunCommand, RunEvent, RunHost, RunProcess } from '../../../../src/harness/runs/runHost';
import type { RunSnapshot, ToLab } from '../../../../src/webview/labProtocol';
import { graph } from '../../../fixtures/labStates';

/** A process that does nothing by itself: the test says what it tells. */
class ScriptedProcess implements RunProcess {
  readonly commands: RunCommand[] = [];
  hasEnded = false;

  constructor(readonly tell: (event: RunEvent) => void) {}

  send(command: RunCommand): void {
    this.commands.push(command);
  }

  end(): void {
    this.hasEnded = true;
  }

  /** Steps from `first` to `last`, each with its own number as the loss. */
  steps(first: number, last: number, of = 100): void {
    const steps = Float64Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const points = { steps, curves: { loss: steps.slice() } };
    this.tell({ kind: 'steps', step: last, of, points, console: { lines: [], dropped: 0 }, stepsPerSecond: 10 });
  }
}

const job: LabJob = {
  learner: { exercise: 'a/b', text: '' },
  earlier: [],
  backend: 'auto',
  lab: '',
  memoryBytes: 1,
};
const text: RunText = { job, version: 'one', earlier: [] };
const settings = { rate: 0.5 };

class Desk {
  readonly processes: ScriptedProcess[] = [];
  readonly posted: ToLab[] = [];
  kept: readonly RunSnapshot[] = [];
  readonly runs: LabRuns;

  constructor(kept: readonly RunSnapshot[] = []) {
    const host: RunHost = {
      open: (_, listener) => {
        const process = new ScriptedProcess(listener);
        this.processes.push(process);
        return process;
      },
      dispose: () => undefined,
    };
    this.runs = new LabRuns(
      {
        host,
        post: (message) => void this.posted.push(message),
        save: (runs) => {
          this.kept = runs;
          return Promise.resolve();
        },
        mostRuns,
      },
      kept,
    );
  }

  start(): { readonly id: string; readonly process: ScriptedProcess } {
    assert.equal(this.runs.start({ settings, seed: 7 }, text), undefined);
    const process = this.processes.at(-1);
    const id = this.runs.snapshots().at(-1)?.facts.id;
    assert.ok(process !== undefined && id !== undefined);
    return { id, process };
  }

  /** The runs as the next window finds them. */
  async reloaded(): Promise<Desk> {
    await this.runs.settled();
    return new Desk(readArchive(writeArchive(this.kept)));
  }

  statusOf(id: string): string | undefined {
    return this.runs.snapshots().find(({ facts }) => facts.id === id)?.progress.status.kind;
  }
}

function ask(run: string, request: number): Parameters<LabRuns['ask']>[0] {
  return { type: 'ask', request, run, question: 'pad', input: 'x' };
}

describe('the runs of an exercise', () => {
  it('come back after a reload: interrupted, with settings, seed, points and views', async () => {
    const desk = new Desk();
    const { id, process } = desk.start();
    process.steps(1, 30);
    const values = { shape: [2], data: Float32Array.of(1, 0.5) };
    process.tell({ kind: 'views', step: 30, views: [{ kind: 'bars', title: 'B', labels: ['a', 'b'], values }] });
    const before = desk.runs.snapshots()[0];
    const [after] = (await desk.reloaded()).runs.snapshots();
    assert.ok(before !== undefined && after !== undefined);
    assert.deepEqual(after.facts, before.facts);
    assert.deepEqual(after.points, before.points);
    assert.deepEqual(after.views, before.views);
    assert.deepEqual(after.progress.status, { kind: 'interrupted' });
    assert.equal(after.facts.id, id);
  });

  it('go on where they were by catching up, with the same settings and seed', async () => {
    const first = new Desk();
    const { id, process } = first.start();
    process.steps(1, 30);
    const desk = await first.reloaded();
    assert.equal(desk.runs.resume(id, text), undefined);
    const [begin] = desk.processes[0]?.commands ?? [];
    assert.deepEqual(begin, { kind: 'begin', start: { settings, seed: 7, catchUpTo: 30, then: 'goOn' } });
    assert.equal(desk.statusOf(id), 'catchingUp');
    desk.processes[0]?.tell({ kind: 'status', status: 'running' });
    desk.processes[0]?.steps(31, 32);
    assert.equal(desk.statusOf(id), 'running');
    assert.equal(desk.runs.snapshots()[0]?.points.steps.length, 32);
  });

  it('do not go on with another text, and say why', async () => {
    const first = new Desk();
    const { id, process } = first.start();
    process.steps(1, 3);
    const desk = await first.reloaded();
    desk.runs.compareWith('two');
    assert.equal(desk.runs.snapshots()[0]?.facts.isOldCode, true);
    assert.match(desk.runs.resume(id, { ...text, version: 'two' }) ?? '', /older text.*Run it again/);
    assert.equal(desk.processes.length, 0);
  });

  it('that are finished are computed again when they are asked, and are finished again', async () => {
    const first = new Desk();
    const { id, process } = first.start();
    process.steps(1, 100);
    process.tell({ kind: 'status', status: 'finished' });
    const desk = await first.reloaded();
    assert.equal(desk.statusOf(id), 'finished');
    desk.runs.ask(ask(id, 5), text);
    const [again] = desk.processes;
    // It must not answer for a model that is only half as far.
    assert.deepEqual(
      again?.commands.map(({ kind }) => kind),
      ['begin'],
    );
    again?.tell({ kind: 'status', status: 'catchingUp' });
    again?.tell({ kind: 'status', status: 'stopped' });
    assert.equal(desk.statusOf(id), 'finished');
    assert.deepEqual(again?.commands.at(-1), { kind: 'ask', request: 5, question: 'pad', input: 'x' });
    again?.tell({ kind: 'answer', request: 5, answer: { views: [] } });
    const answer = desk.posted.at(-1);
    assert.deepEqual(answer, { type: 'answer', request: 5, run: id, question: 'pad', answer: { views: [] } });
  });

  it('answer every question, even when the process is gone meanwhile', () => {
    const desk = new Desk();
    const { id, process } = desk.start();
    process.steps(1, 2);
    desk.runs.ask(ask(id, 1), text);
    process.tell({ kind: 'failed', failure: { sentence: 'It is gone.' } });
    const answer = desk.posted.findLast((message) => message.type === 'answer');
    assert.deepEqual(answer?.answer, { sentence: 'It is gone.' });
    assert.equal(desk.statusOf(id), 'failed');
  });

  it('have so many processes at a time: one at rest makes room, else the next is refused', () => {
    const desk = new Desk();
    const all = Array.from({ length: mostProcesses }, () => desk.start());
    assert.match(desk.runs.start({ settings, seed: 1 }, text) ?? '', /going or paused already/);
    all[1]?.process.tell({ kind: 'status', status: 'finished' });
    assert.equal(desk.runs.start({ settings, seed: 1 }, text), undefined);
    assert.deepEqual(
      all.map(({ process }) => process.hasEnded),
      [false, true, false],
    );
  });

  it('are interrupted when the lab is closed', async () => {
    const desk = new Desk();
    const { id, process } = desk.start();
    process.steps(1, 5);
    await desk.runs.close();
    assert.ok(process.hasEnded);
    assert.equal(desk.statusOf(id), 'interrupted');
    assert.equal(desk.kept[0]?.progress.status.kind, 'interrupted');
  });

  it('stay bounded in points, lines and number, whatever they tell', () => {
    const desk = new Desk();
    const { process } = desk.start();
    for (let step = 0; step < 3 * mostPoints; step += 500) process.steps(step + 1, step + 500, 1e6);
    const lines = Array.from(
      { length: 1_000 },
      (_, n) => ({ level: 'log', text: `${n} ${'x'.repeat(5_000)}` }) as const,
    );
    const points = { steps: new Float64Array(0), curves: {} };
    process.tell({ kind: 'steps', step: 3 * mostPoints, points, console: { lines, dropped: 3 } });
    const [run] = desk.runs.snapshots();
    assert.ok(run !== undefined && run.points.steps.length <= mostPoints);
    assert.equal(run.points.steps.at(-1), 3 * mostPoints);
    assert.ok(run.points.steps.every((step, index) => run.points.curves['loss']?.[index] === step));
    assert.equal(run.progress.console.length, mostLines);
    for (let n = 0; n < mostRuns + 3; n += 1) desk.start().process.tell({ kind: 'status', status: 'finished' });
    assert.equal(desk.runs.snapshots().length, mostRuns);
    assert.equal(desk.runs.snapshots().at(-1)?.facts.number, mostRuns + 4);
  });

  it('can be written as a table', () => {
    const desk = new Desk();
    desk.start().process.steps(1, 2);
    const [run] = desk.runs.snapshots();
    assert.ok(run !== undefined);
    const curves = [
      { name: 'loss', label: 'Loss, mean', scale: 'linear', chart: 'linear' },
      { name: 'other', label: 'Other', scale: 'linear', chart: 'linear' },
    ] as const;
    const lines = csvOf(run, curves).split('\r\n');
    assert.deepEqual(lines.slice(0, 3), ['step,"Loss, mean",Other', '1,1,', '2,2,']);
    assert.match(lines[3] ?? '', /^# run 1 seed=7 rate=0\.5 code=one /);
  });
});

describe('what is read of an archive of runs', () => {
  it('is nothing where it is none of ours, and never an exception', () => {
    for (const given of [
      '',
      '[]',
      '{"version":2,"runs":[]}',
      '{"version":1,"runs":[null,{}]}',
      '{"version":1,"runs":7}',
    ]) {
      assert.deepEqual(readArchive(given), []);
    }
  });

  it('is the graph that was written, and none with a drawing of someone else’s in it', async () => {
    const desk = new Desk();
    const { process } = desk.start();
    process.steps(1, 4);
    process.tell({ kind: 'views', step: 4, views: [graph] });
    await desk.runs.settled();
    const text = writeArchive(desk.kept);
    assert.deepEqual(readArchive(text)[0]?.views, [graph]);
    assert.deepEqual(readArchive(text.replace('"kind":"graph"', '"kind":"graph","drawing":"<b>"')), []);
  });

  it('leaves out a run whose numbers do not fit its shapes', async () => {
    const desk = new Desk();
    desk.start().process.steps(1, 4);
    await desk.runs.settled();
    const text = writeArchive(desk.kept);
    assert.equal(readArchive(text).length, 1);
    const loss = /"curves":\{"loss":"([^"]+)"/.exec(text)?.[1] ?? '';
    assert.deepEqual(readArchive(text.replace(loss, loss.slice(0, 12))), []);
    assert.deepEqual(readArchive(text.replace(loss, '%%%')), []);
  });
});
