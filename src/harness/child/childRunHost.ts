/**
 * Runs labs in Node processes of their own, one for each, behind the same walls as a check. This side has the last word on
 * memory and death, so that however a run ends, that is told in words.
 */
import { randomUUID } from 'node:crypto';
import type { LabJob, RunCommand, RunEvent, RunHost, RunProcess } from '../runs/runHost';
import { readFromRun } from '../runs/runMessages';
import type { FromRun, ToRun } from '../runs/runMessages';
import { JudgeChild, permissionsToTry } from './judgeChild';
import type { ChildEnd } from './judgeChild';

export interface ChildRunHostOptions {
  /** The bundle `dist/run.js`; `learnerThread.js`, `watchdog.js` and `realm.js` lie beside it. */
  readonly runPath: string;
  /** The Node to run; this process's own unless given. */
  readonly execPath?: string;
}

type Child = JudgeChild<FromRun, ToRun>;

/** From the start of a process until it says that it is there. */
const startLimitMs = 20_000;

export class ChildRunHost implements RunHost {
  readonly #options: Required<ChildRunHostOptions>;
  readonly #permissions: (readonly string[])[];
  readonly #runs = new Set<ChildRun>();

  constructor({ runPath, execPath = process.execPath }: ChildRunHostOptions) {
    this.#options = { runPath, execPath };
    this.#permissions = permissionsToTry(runPath);
  }

  open(job: LabJob, listener: (event: RunEvent) => void): RunProcess {
    const run: ChildRun = new ChildRun({
      job,
      listener,
      spawn: (gone) =>
        new JudgeChild<FromRun, ToRun>({
          judgePath: this.#options.runPath,
          execPath: this.#options.execPath,
          execArgv: [],
          permission: this.#permissions[0] ?? [],
          read: readFromRun,
          does: 'runs this',
          gone,
        }),
      hasOtherFlags: (permission) => {
        if (this.#permissions.length === 1) return false;
        // Another run may have found the same already.
        if (permission === this.#permissions[0]) this.#permissions.shift();
        return true;
      },
      over: () => this.#runs.delete(run),
    });
    this.#runs.add(run);
    return run;
  }

  /** The processes that are there now. */
  get processIds(): readonly number[] {
    return [...this.#runs].flatMap(({ pid }) => pid ?? []);
  }

  dispose(): void {
    for (const run of this.#runs) run.end();
  }
}

interface ChildRunOptions {
  readonly job: LabJob;
  readonly listener: (event: RunEvent) => void;
  readonly spawn: (gone: () => void) => Child;
  /** Whether there are other flags to try after `permission` was not understood. */
  readonly hasOtherFlags: (permission: readonly string[]) => boolean;
  readonly over: () => void;
}

class ChildRun implements RunProcess {
  readonly #options: ChildRunOptions;
  readonly #nonce = randomUUID();
  #child: Child;
  #isReady = false;
  #isOver = false;
  /** Commands that came before the process was there. */
  readonly #early: RunCommand[] = [];
  #startTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ChildRunOptions) {
    this.#options = options;
    this.#child = this.#start();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(command: RunCommand): void {
    if (this.#isOver) return;
    if (this.#isReady) this.#child.send({ kind: 'command', command });
    else this.#early.push(command);
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#startTimer);
    this.#child.kill();
  }

  #start(): Child {
    const child: Child = this.#options.spawn(() => {
      if (this.#child === child) this.#options.over();
    });
    this.#startTimer = setTimeout(() => this.#fail('Its process did not start in time. Try again.'), startLimitMs);
    child.listen({
      message: (message) => this.#receive(child, message),
      ended: (end) => this.#ended(child, end),
    });
    child.limitMemory(this.#options.job.memoryBytes);
    return child;
  }

  #receive(child: Child, message: FromRun): void {
    if (this.#isOver) return;
    switch (message.kind) {
      case 'ready':
        if (this.#isReady) return;
        this.#isReady = true;
        clearTimeout(this.#startTimer);
        child.send({ kind: 'open', nonce: this.#nonce, job: this.#options.job });
        for (const command of this.#early.splice(0)) child.send({ kind: 'command', command });
        return;
      case 'unfit':
        return this.#fail(message.message);
      case 'event':
        if (message.nonce !== this.#nonce) return;
        this.#options.listener(message.event);
        if (message.event.kind === 'failed') this.end();
        return;
      default:
        message satisfies never;
    }
  }

  #ended(child: Child, { outOfMemory, badOption, sentence }: ChildEnd): void {
    clearTimeout(this.#startTimer);
    if (this.#isOver) return;
    if (!this.#isReady && badOption && this.#options.hasOtherFlags(child.permission)) {
      this.#child = this.#start();
      return;
    }
    const limit = Math.round(this.#options.job.memoryBytes / 1024 / 1024);
    this.#fail(
      outOfMemory
        ? `The run needed more than the ${limit} MB of memory it may use, and was stopped. A tensor that is kept after each step adds up: look for a list that grows, or use scope.`
        : sentence,
    );
  }

  #fail(sentence: string): void {
    if (this.#isOver) return;
    this.end();
    this.#options.listener({ kind: 'failed', failure: { sentence } });
  }
}
