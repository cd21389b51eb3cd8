/**
 * The runs of one exercise: their processes, what they tell, and the file that keeps them over a reload of the window. It
 * tells the page what changes. A run whose process is gone goes on by computing again what it had, since the same settings
 * and seed give the same steps. It needs no `vscode`.
 */
import type { SettingsGiven } from '../../harness/runs/labData';
import type { LabJob, RunEvent, RunHost, RunProcess, RunStart } from '../../harness/runs/runHost';
import type { FromLab, RunFacts, RunSnapshot, RunStatus, ToLab } from '../../webview/labProtocol';
import { RunRecord } from './runRecord';

/** Processes at a time: one that learns, one that is asked, one to compare with. */
export const mostProcesses = 3;

export interface LabRunsOptions {
  readonly host: RunHost;
  readonly post: (message: ToLab) => void;
  /** Keeps the runs; called a moment after something changed. */
  readonly save: (runs: readonly RunSnapshot[]) => Promise<void>;
  /** The most runs that are kept. */
  readonly mostRuns: number;
  readonly saveAfterMs?: number;
}

/** What a new run runs on. */
export interface RunText {
  readonly job: LabJob;
  /** Names all the text of the job. */
  readonly version: string;
  readonly earlier: RunFacts['earlier'];
}

interface Live {
  readonly process: RunProcess;
  /** Questions that wait until it has caught up. */
  readonly waiting: Asked[];
  isCatchingUp: boolean;
  /** What it is to be called again once it has caught up and is there for questions only. */
  readonly restsAs: RunStatus['kind'] | undefined;
}

type Asked = Extract<FromLab, { readonly type: 'ask' }>;

export class LabRuns {
  readonly #options: LabRunsOptions;
  readonly #records: RunRecord[];
  readonly #live = new Map<string, Live>();
  /** The questions that are open, by the number of the request. */
  readonly #asked = new Map<number, Asked>();
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: LabRunsOptions, kept: readonly RunSnapshot[]) {
    this.#options = options;
    this.#records = kept.map((run) => new RunRecord(run));
  }

  snapshots(): readonly RunSnapshot[] {
    return this.#records.map((record) => record.snapshot());
  }

  /** Marks the runs of another text. */
  compareWith(version: string): void {
    for (const record of this.#records) record.compareWith(version);
  }

  /** The runs that are going, or paused: closing the lab interrupts them. */
  get going(): readonly RunFacts[] {
    return this.#records.filter(({ status }) => isGoing(status)).map(({ facts }) => facts);
  }

  /** Starts a run, or answers with the sentence that says why not. */
  start(
    { settings, seed }: { readonly settings: SettingsGiven; readonly seed: number },
    text: RunText,
  ): string | undefined {
    const refused = this.#makeRoom();
    if (refused !== undefined) return refused;
    const facts: RunFacts = {
      id: crypto.randomUUID(),
      number: Math.max(0, ...this.#records.map((record) => record.facts.number)) + 1,
      settings,
      seed,
      startedAt: new Date().toISOString(),
      codeVersion: text.version,
      isOldCode: false,
      earlier: text.earlier,
    };
    const record = RunRecord.fresh(facts);
    this.#records.push(record);
    this.#forgetOldest();
    this.#options.post({ type: 'runAdded', run: record.snapshot() });
    this.#launch(record, { text, start: { settings, seed } });
    return undefined;
  }

  pause(id: string): void {
    const record = this.#recordOf(id);
    const live = this.#live.get(id);
    if (record === undefined || live === undefined || !isGoing(record.status) || record.status.kind === 'paused')
      return;
    this.#options.post(record.become({ kind: 'pausing' }));
    live.process.send({ kind: 'pause' });
  }

  stop(id: string): void {
    const record = this.#recordOf(id);
    const live = this.#live.get(id);
    if (record === undefined) return;
    if (live !== undefined) live.process.send({ kind: 'stop' });
    else if (record.status.kind === 'interrupted') this.#options.post(record.become({ kind: 'stopped' }));
    this.#saveSoon();
  }

  /** Goes on: at once where it was paused, after catching up where its process is gone. Answers as `start` does. */
  resume(id: string, text: RunText): string | undefined {
    const record = this.#recordOf(id);
    if (record === undefined) return undefined;
    const live = this.#live.get(id);
    if (live !== undefined) {
      live.process.send({ kind: 'resume' });
      return undefined;
    }
    if (record.status.kind !== 'interrupted') return undefined;
    return this.#revive(record, { text, then: 'goOn' });
  }

  ask(question: Asked, text: RunText): void {
    const record = this.#recordOf(question.run);
    if (record === undefined) return;
    this.#asked.set(question.request, question);
    if (!this.#live.has(question.run)) {
      const then = record.status.kind === 'interrupted' ? 'pause' : 'stay';
      const refused =
        record.step === 0
          ? 'This run has not made a step, so there is nothing to ask.'
          : this.#revive(record, { text, then });
      if (refused !== undefined) return this.#answer(question.request, { sentence: refused });
    }
    const live = this.#live.get(question.run);
    if (live?.isCatchingUp === true) live.waiting.push(question);
    else live?.process.send({ kind: 'ask', ...asCommand(question) });
  }

  remove(id: string): void {
    const place = this.#records.findIndex(({ facts }) => facts.id === id);
    if (place < 0) return;
    this.#end(id);
    this.#records.splice(place, 1);
    this.#options.post({ type: 'runRemoved', run: id });
    this.#saveSoon();
  }

  /** Ends every process; what was going is interrupted. Resolves when all is kept. */
  async close(): Promise<void> {
    for (const record of this.#records) {
      if (isGoing(record.status)) record.become({ kind: 'interrupted' });
    }
    for (const id of [...this.#live.keys()]) this.#end(id);
    await this.settled();
  }

  /** Keeps what is not kept yet, and resolves when that is done. */
  settled(): Promise<void> {
    if (this.#saveTimer !== undefined) this.#save();
    return this.#saving;
  }

  #revive(
    record: RunRecord,
    { text, then }: { readonly text: RunText; readonly then: NonNullable<RunStart['then']> },
  ): string | undefined {
    const { settings, seed, number, codeVersion } = record.facts;
    if (codeVersion !== text.version) {
      return `Run ${number} ran on an older text, which is not kept, so it cannot be computed again. Run it again with the same settings instead.`;
    }
    const refused = this.#makeRoom();
    if (refused !== undefined) return refused;
    const restsAs = then === 'stay' ? record.status.kind : undefined;
    this.#options.post(record.become({ kind: 'catchingUp', toStep: record.lastStep }));
    this.#launch(record, { text, start: { settings, seed, catchUpTo: record.lastStep, then }, restsAs });
    return undefined;
  }

  #launch(
    record: RunRecord,
    {
      text,
      start,
      restsAs,
    }: { readonly text: RunText; readonly start: RunStart; readonly restsAs?: RunStatus['kind'] | undefined },
  ): void {
    const { id } = record.facts;
    const process = this.#options.host.open(text.job, (event) => this.#take(record, event));
    this.#live.set(id, { process, waiting: [], isCatchingUp: (start.catchUpTo ?? 0) > 0, restsAs });
    process.send({ kind: 'begin', start });
    this.#saveSoon();
  }

  #take(record: RunRecord, event: RunEvent): void {
    const { id } = record.facts;
    const live = this.#live.get(id);
    if (live === undefined || event.kind === 'described') return;
    if (event.kind === 'answer') return this.#answer(event.request, event.answer);
    let message: ToLab | undefined;
    if (event.kind === 'status' && event.status === 'stopped' && live.restsAs !== undefined) {
      message = record.become(live.restsAs === 'finished' ? { kind: 'finished' } : { kind: 'stopped' });
    } else message = record.take(event);
    if (message !== undefined) this.#options.post(message);
    if (event.kind === 'status' && event.status !== 'catchingUp') this.#caughtUp(live);
    if (event.kind === 'failed') this.#gone(id, event.failure.sentence);
    this.#saveSoon();
  }

  #caughtUp(live: Live): void {
    live.isCatchingUp = false;
    for (const question of live.waiting.splice(0)) live.process.send({ kind: 'ask', ...asCommand(question) });
  }

  /** Its questions are answered all the same. */
  #gone(id: string, sentence: string): void {
    this.#live.delete(id);
    for (const [request, { run }] of [...this.#asked]) {
      if (run === id) this.#answer(request, { sentence });
    }
  }

  #answer(request: number, answer: Extract<RunEvent, { readonly kind: 'answer' }>['answer']): void {
    const asked = this.#asked.get(request);
    if (asked === undefined) return;
    this.#asked.delete(request);
    this.#options.post({ type: 'answer', request, run: asked.run, question: asked.question, answer });
  }

  /** Ends the process that has been at rest for longest, where there are as many as there may be. */
  #makeRoom(): string | undefined {
    if (this.#live.size < mostProcesses) return undefined;
    const resting = [...this.#live.keys()].find((id) => {
      const record = this.#recordOf(id);
      return record === undefined || !isGoing(record.status);
    });
    if (resting === undefined) {
      return `${mostProcesses} runs are going or paused already. Stop one of them first.`;
    }
    this.#end(resting);
    return undefined;
  }

  #forgetOldest(): void {
    while (this.#records.length > this.#options.mostRuns) {
      const oldest = this.#records.find(({ facts }) => !this.#live.has(facts.id)) ?? this.#records[0];
      if (oldest === undefined) return;
      this.remove(oldest.facts.id);
    }
  }

  #end(id: string): void {
    this.#live.get(id)?.process.end();
    this.#gone(id, 'The run was ended before it could answer.');
  }

  #recordOf(id: string): RunRecord | undefined {
    return this.#records.find(({ facts }) => facts.id === id);
  }

  #saveSoon(): void {
    this.#saveTimer ??= setTimeout(() => this.#save(), this.#options.saveAfterMs ?? 1_500);
  }

  #save(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    // One writing after the other, each with what is there when its turn comes.
    this.#saving = this.#saving.then(() => this.#options.save(this.snapshots())).catch(() => undefined);
  }
}

function isGoing({ kind }: RunStatus): boolean {
  return kind === 'running' || kind === 'pausing' || kind === 'paused' || kind === 'catchingUp';
}

function asCommand({ request, question, input }: Asked): Omit<Asked, 'type' | 'run'> {
  return { request, question, input };
}
