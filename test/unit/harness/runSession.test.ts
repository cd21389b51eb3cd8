import assert from 'node:assert/strict';
import type { LabJob, RunEvent } from '../../../src/harness/runs/runHost';
import type { ToRun } from '../../../src/harness/runs/runMessages';
import { RunSession } from '../../../src/harness/runs/runSession';
import type { RunPlaceListener } from '../../../src/harness/runs/runSession';
import { WorkerRunHost } from '../../../src/harness/worker/workerRunHost';

const job: LabJob = { learner: { exercise: 'a/b', text: '' }, earlier: [], backend: 'auto', lab: '', memoryBytes: 1 };
const running: RunEvent = { kind: 'status', status: 'running' };

/** A session over a place that the test speaks for. */
class Desk {
  readonly sent: ToRun[] = [];
  readonly told: RunEvent[] = [];
  ends = 0;
  overs = 0;
  place: RunPlaceListener | undefined;
  readonly session = new RunSession({
    job,
    listener: (event) => this.told.push(event),
    start: (listener) => {
      this.place = listener;
      return { send: (message) => this.sent.push(message), end: () => (this.ends += 1) };
    },
    over: () => (this.overs += 1),
  });

  get nonce(): string {
    const [opened] = this.sent;
    return opened?.kind === 'open' ? opened.nonce : '';
  }
}

describe('a run as its host holds it', () => {
  const desks: Desk[] = [];
  const open = (): Desk => {
    const desk = new Desk();
    desks.push(desk);
    return desk;
  };
  afterEach(() => {
    for (const { session } of desks.splice(0)) session.end();
  });

  it('keeps commands until what it runs in is there, and the lab comes before them', () => {
    const desk = open();
    desk.session.send({ kind: 'pause' });
    desk.session.send({ kind: 'resume' });
    assert.equal(desk.sent.length, 0);
    desk.place?.message({ kind: 'ready' });
    desk.session.send({ kind: 'stop' });
    assert.deepEqual(
      desk.sent.map((message) => (message.kind === 'open' ? message.kind : message.command.kind)),
      ['open', 'pause', 'resume', 'stop'],
    );
  });

  it('takes events with its own nonce only', () => {
    const desk = open();
    desk.place?.message({ kind: 'ready' });
    desk.place?.message({ kind: 'event', nonce: 'guessed', event: running });
    assert.deepEqual(desk.told, []);
    desk.place?.message({ kind: 'event', nonce: desk.nonce, event: running });
    assert.deepEqual(desk.told, [running]);
  });

  it('tells of its failure once, and ends what it ran in', () => {
    const desk = open();
    desk.place?.failed('It is gone.');
    desk.place?.failed('It is gone again.');
    desk.place?.message({ kind: 'ready' });
    assert.deepEqual(desk.told, [{ kind: 'failed', failure: { sentence: 'It is gone.' } }]);
    assert.deepEqual([desk.ends, desk.overs, desk.sent.length], [1, 1, 0]);
  });

  it('tells nothing once it was ended', () => {
    const desk = open();
    desk.place?.message({ kind: 'ready' });
    desk.session.end();
    desk.place?.message({ kind: 'event', nonce: desk.nonce, event: running });
    desk.place?.failed('It is gone.');
    assert.deepEqual(desk.told, []);
    assert.equal(desk.ends, 1);
  });

  it('says so where no worker can be started', async () => {
    const host = new WorkerRunHost({ judgeScript: '', learnerScript: '', realmScript: '' });
    const event = await new Promise<RunEvent>((resolve) => host.open(job, resolve));
    assert.match(event.kind === 'failed' ? event.failure.sentence : '', /^No worker can be started here: /);
    host.dispose();
  });
});
