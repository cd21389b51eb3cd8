/**
 * Drives one run beside the learner's realm: asks it for steps in short batches, so that between two of them it can be
 * paused, asked or stopped; gathers what it tells into at most twenty messages a second; asks for its views now and then;
 * and says so when a step is silent for long, without ending it. It knows no transport and no clock but the host's.
 */
import { compileModule } from '../compile/compile';
import { createData } from '../judge/data';
import type { Compile } from '../judge/prepare';
import { HarnessProblem } from '../judge/prepare';
import { RealmClient } from '../judge/realmClient';
import type { Answer } from '../judge/realmClient';
import type { RealmPort } from '../judge/realmPort';
import { thrownError } from '../judge/remote';
import type { TimeLimit } from '../judge/timeLimits';
import type { LabAction } from '../protocol/realmMessages';
import { wireTensors } from '../protocol/tensors';
import { decode, encode } from '../protocol/wire';
import type { BackendUse } from '../report';
import { largestTensorBytes } from '../submission';
import { fromData } from '../../tensor';
import { divergenceSentence } from './divergence';
import type { LabDescription } from './labData';
import { prepareLab } from './prepareLab';
import type { LabProgram } from './prepareLab';
import { readDescription, readSteps, settingsWithin } from './readLab';
import type { StepBatch } from './readLab';
import { Unreadable } from './reading';
import { readViews } from './readViews';
import type { LabJob, RunCommand, RunEvent, RunFailure, RunStart } from './runHost';

/** How long one batch goes on, and how far apart messages lie. */
const batchMs = 50;
/** The most steps of one batch, and so the most points of one message. */
const batchSteps = 500;
const viewsEveryMs = 1_000;
/** Views take at most this share of the time of a run. */
const viewsShare = 0.1;
/** A pace is told from the last few seconds. */
const paceMs = 3_000;

export interface RunDriverOptions {
  readonly job: LabJob;
  readonly realm: RealmPort;
  readonly tell: (event: RunEvent) => void;
  readonly compile?: Compile;
  /** After how long a silent step is told of, and again each time; ten seconds unless given. */
  readonly silenceMs?: number;
  /** How long a step may go on after `stop` before it is broken off, and the model with it. */
  readonly stopMs?: number;
}

type Wanted = 'go' | 'pause' | 'stop';

interface Question {
  readonly request: number;
  readonly question: string;
  readonly input: string | Float32Array;
}

/** Ends the run with a sentence; it never leaves this file. */
class RunFailed extends Error {
  constructor(readonly failure: RunFailure) {
    super(failure.sentence);
  }
}

const noLimit: TimeLimit = { ms: Infinity, of: 'call', wholeMs: Infinity };

export class RunDriver {
  readonly #options: RunDriverOptions;
  readonly #client: RealmClient;
  #lab: LabProgram | undefined;
  #description: LabDescription | undefined;
  #wanted: Wanted = 'go';
  #wake: () => void = () => undefined;
  #opened: Promise<void> = Promise.resolve();
  #begun = false;
  #isOver = false;
  /** The realm has been asked and has not answered yet. */
  #isAsking = false;
  #step = 0;
  #viewsStep = 0;
  #viewsCostMs = 0;
  #viewsAt = 0;
  #toldAt = 0;
  readonly #questions: Question[] = [];
  readonly #pace: { readonly at: number; readonly step: number }[] = [];

  constructor(options: RunDriverOptions) {
    this.#options = options;
    this.#client = new RealmClient(options.realm);
  }

  /** Loads the lab and tells what it declares. A `begin` that comes before that waits for it. */
  async open(): Promise<void> {
    this.#opened = this.#guarded(async () => {
      const { job, compile = compileModule } = this.#options;
      const prepared = prepareLab(job, compile);
      if (!prepared.ok) {
        const { message, place } = prepared.problem;
        throw new RunFailed({ sentence: `${place.exercise} does not compile: ${message}`, place });
      }
      this.#lab = prepared.lab;
      const { program } = prepared.lab;
      const outline = { entry: program.entry, modules: program.modules.map(({ code: _, ...module }) => module) };
      const start = { kind: 'start', program: outline, backend: job.backend } as const;
      const tensorBytes = largestTensorBytes(job);
      const answer = await this.#client.askWith(
        async (port) => ((await port.install(program.modules)) ? { ...start, tensorBytes } : undefined),
        () => noLimit,
      );
      if (answer.kind !== 'started') throw this.#failureOf(answer, 'as it was loaded');
      const parametersOf = (kernel: string): readonly string[] => this.#lab?.learner.parameters[kernel] ?? [];
      const described = await this.#ask('describe', []);
      this.#description = readDescription(described, parametersOf);
      this.#options.tell({ kind: 'described', description: this.#description, earlier: prepared.lab.earlier });
    });
    await this.#opened;
  }

  command(command: RunCommand): void {
    if (this.#isOver) return;
    switch (command.kind) {
      case 'begin':
        if (this.#begun) return;
        this.#begun = true;
        void this.#opened.then(() => this.#guarded(() => this.#run(command.start)));
        return;
      case 'pause':
        if (this.#wanted === 'go') this.#wanted = 'pause';
        break;
      case 'resume':
        if (this.#wanted === 'pause') this.#wanted = 'go';
        break;
      case 'stop':
        this.#wanted = 'stop';
        setTimeout(() => this.#breakOff(), this.#options.stopMs ?? 3_000);
        break;
      case 'ask':
        this.#questions.push(command);
        break;
      default:
        command satisfies never;
    }
    this.#wake();
  }

  #breakOff(): void {
    if (!this.#isAsking || this.#isOver) return;
    this.#fail({
      sentence: `What came after step ${this.#step} did not end when the run was stopped, so it was broken off. Its points are kept; what it had learned is gone. If every run does this, look for a loop that never ends.`,
    });
  }

  async #run(start: RunStart): Promise<void> {
    if (this.#isOver) return;
    const description = this.#description;
    if (description?.kind !== 'run') throw new HarnessProblem('this lab has no run to begin');
    const { seed, catchUpTo = 0, then = 'goOn' } = start;
    const settings = settingsWithin(description.settings, start.settings);
    this.#options.tell({ kind: 'status', status: catchUpTo > 0 ? 'catchingUp' : 'running' });
    await this.#ask('begin', [settings, seed, await this.#data()]);
    const names = description.curves.map(({ name }) => name);
    for (;;) {
      if (this.#wanted === 'stop') return await this.#rest('stopped');
      if (this.#wanted === 'pause') {
        await this.#pause();
        continue;
      }
      await this.#answerQuestions();
      const isBehind = this.#step < catchUpTo;
      // Not one step beyond where it was: after that it would be another model.
      const most = isBehind ? Math.min(batchSteps, catchUpTo - this.#step) : batchSteps;
      const told = await this.#ask('steps', [batchMs, most]);
      const batch = readSteps(told, { names, after: this.#step, most });
      this.#tellBatch(batch, catchUpTo);
      if (batch.wrong !== undefined) {
        this.#options.tell({ kind: 'diverged', sentence: divergenceSentence(batch.wrong, description.curves) });
      }
      if (batch.isDone) return await this.#rest('finished');
      if (batch.steps.length === 0) throw new HarnessProblem('a batch told no step and no end');
      if (isBehind && this.#step >= catchUpTo) {
        if (then === 'stay') return await this.#rest('stopped');
        if (then === 'pause' && this.#wanted === 'go') this.#wanted = 'pause';
        else this.#options.tell({ kind: 'status', status: 'running' });
      }
      await this.#viewsNowAndThen();
      await this.#spacing();
    }
  }

  async #pause(): Promise<void> {
    await this.#showViews();
    this.#pace.length = 0;
    this.#options.tell({ kind: 'status', status: 'paused' });
    while (this.#wanted === 'pause') {
      await this.#answerQuestions();
      if (this.#wanted === 'pause') await this.#woken();
    }
    if (this.#wanted === 'go') this.#options.tell({ kind: 'status', status: 'running' });
  }

  /** The run is over; what it has learned can still be asked, for as long as the process is there. */
  async #rest(status: 'finished' | 'stopped'): Promise<void> {
    await this.#showViews();
    this.#options.tell({ kind: 'status', status });
    for (;;) {
      await this.#answerQuestions();
      await this.#woken();
    }
  }

  #woken(): Promise<void> {
    return this.#questions.length > 0 ? Promise.resolve() : new Promise((resolve) => (this.#wake = resolve));
  }

  async #answerQuestions(): Promise<void> {
    for (let next = this.#questions.shift(); next !== undefined; next = this.#questions.shift()) {
      const { request, question, input } = next;
      if (this.#step === 0) {
        this.#options.tell({ kind: 'answer', request, answer: { sentence: 'The run has not made a step yet.' } });
        continue;
      }
      const given = typeof input === 'string' ? input : fromData(input, [28, 28]);
      const answer = await this.#answerTo('answer', [question, given]);
      if (answer.kind === 'answered') {
        const views = readViews(decode(answer.value, wireTensors));
        this.#options.tell({ kind: 'answer', request, answer: { views } });
      } else {
        const failed = this.#failureOf(answer, 'as it answered');
        this.#options.tell({ kind: 'answer', request, answer: { sentence: failed.failure.sentence } });
        // What throws while it answers may still be able to learn; what is gone is gone.
        if (answer.kind !== 'threw') throw failed;
      }
    }
  }

  #tellBatch(batch: StepBatch, catchUpTo: number): void {
    const now = performance.now();
    this.#step = batch.steps.at(-1) ?? this.#step;
    // What it had before its process was gone is there already.
    const fresh = batch.steps.findIndex((step) => step > catchUpTo);
    const from = fresh < 0 ? batch.steps.length : fresh;
    const curves = Object.entries(batch.curves).map(
      ([name, values]) => [name, Float64Array.from(values.slice(from))] as const,
    );
    this.#pace.push({ at: now, step: this.#step });
    while ((this.#pace[0]?.at ?? now) < now - paceMs) this.#pace.shift();
    const [first] = this.#pace;
    const pace =
      first === undefined || now - first.at < batchMs
        ? undefined
        : ((this.#step - first.step) / (now - first.at)) * 1_000;
    const backend = mostUsed(this.#client.backends);
    this.#options.tell({
      kind: 'steps',
      step: this.#step,
      ...(batch.of === undefined ? {} : { of: batch.of }),
      points: { steps: Float64Array.from(batch.steps.slice(from)), curves: Object.fromEntries(curves) },
      console: this.#client.takeConsole(),
      ...(backend === undefined ? {} : { backend }),
      ...(pace === undefined ? {} : { stepsPerSecond: pace }),
    });
    this.#toldAt = now;
  }

  /** A run whose steps are over at once still tells no more than twenty times a second. */
  async #spacing(): Promise<void> {
    const left = this.#toldAt + batchMs - performance.now();
    if (left > 1) await new Promise((resolve) => setTimeout(resolve, left));
  }

  async #viewsNowAndThen(): Promise<void> {
    const wait = Math.max(viewsEveryMs, this.#viewsCostMs / viewsShare);
    if (performance.now() >= this.#viewsAt + wait) await this.#showViews();
  }

  async #showViews(): Promise<void> {
    if (this.#step === this.#viewsStep) return;
    const began = performance.now();
    const views = readViews(await this.#ask('views', []));
    this.#viewsAt = performance.now();
    this.#viewsCostMs = this.#viewsAt - began;
    this.#viewsStep = this.#step;
    this.#options.tell({ kind: 'views', step: this.#step, views });
  }

  async #data(): Promise<Readonly<Record<string, unknown>>> {
    const sets = this.#options.job.data ?? [];
    const data = createData(sets);
    const found = await Promise.all(sets.map(async ({ name, kind }) => [name, await data(name, kind)] as const));
    return Object.fromEntries(found);
  }

  async #ask(action: LabAction, given: readonly unknown[]): Promise<unknown> {
    const answer = await this.#answerTo(action, given);
    if (answer.kind === 'answered') return decode(answer.value, wireTensors);
    throw this.#failureOf(answer, action === 'views' ? 'as it made its views' : `after step ${this.#step}`);
  }

  /** There is no limit; but while nothing is said for long, that is told. */
  async #answerTo(action: LabAction, given: readonly unknown[]): Promise<Answer> {
    const { silenceMs = 10_000, tell } = this.#options;
    const began = performance.now();
    const silence = setInterval(() => {
      tell({ kind: 'silent', seconds: Math.round((performance.now() - began) / 1_000) });
    }, silenceMs);
    this.#isAsking = true;
    try {
      const module = this.#lab?.learner.id ?? '';
      const wires = given.map((value) => encode(value, wireTensors));
      return await this.#client.ask({ kind: 'lab', action, module, arguments: wires }, () => noLimit);
    } finally {
      this.#isAsking = false;
      clearInterval(silence);
    }
  }

  #failureOf(answer: Answer, when: string): RunFailed {
    switch (answer.kind) {
      case 'threw': {
        const { name, message, place } = thrownError(answer.thrown, this.#lab?.modules ?? []);
        const where = place === undefined ? '' : ` in line ${place.line} of ${place.exercise}`;
        const sentence = `The run threw ${name}${where}, ${when}: ${message}`;
        return new RunFailed(place === undefined ? { sentence } : { sentence, place });
      }
      case 'outOfMemory':
        return new RunFailed({
          sentence: `The run needed more memory than it may use, ${when}, and was stopped. A tensor that is kept after each step adds up: look for a list that grows.`,
        });
      case 'crashed':
        return new RunFailed({ sentence: `What the run ran in is gone, ${when}: ${answer.message}.` });
      default:
        return new RunFailed({ sentence: `The run ended unexpectedly, ${when} (${answer.kind}).` });
    }
  }

  async #guarded(body: () => Promise<void>): Promise<void> {
    try {
      await body();
    } catch (error) {
      if (error instanceof RunFailed) return this.#fail(error.failure);
      if (error instanceof Unreadable) return this.#fail({ sentence: `The lab cannot be shown: ${error.message}.` });
      const words = error instanceof Error ? error.message : String(error);
      this.#fail({ sentence: `This is a fault of the lab and says nothing about your code: ${words}` });
    }
  }

  #fail(failure: RunFailure): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#client.terminate();
    this.#options.tell({ kind: 'failed', failure });
  }
}

/** What the tensor operations ran on. */
function mostUsed(uses: readonly BackendUse[]): string | undefined {
  return (uses.find(({ ran }) => ran === 'tensor operations') ?? uses[0])?.backend;
}
