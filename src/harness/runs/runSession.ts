/**
 * One run as its host holds it, over whatever it runs in: commands wait until that is there, events are taken only with the
 * nonce that it was given, and its end is told once, in words.
 */
import { randomToken } from '../protocol/token';
import type { LabJob, RunCommand, RunEvent, RunProcess } from './runHost';
import type { FromRun, ToRun } from './runMessages';

/** What a run runs in. */
export interface RunPlace {
  send(message: ToRun): void;
  /** Ends it, whatever it is doing. */
  end(): void;
}

export interface RunPlaceListener {
  message(message: FromRun): void;
  /** It is gone, or was never there, for this reason, in a sentence. */
  failed(sentence: string): void;
}

export interface RunSessionOptions {
  readonly job: LabJob;
  readonly listener: (event: RunEvent) => void;
  /** Starts what it runs in. The listener is not called before this returns. */
  readonly start: (listener: RunPlaceListener) => RunPlace;
  /** Called once, when what it ran in has been ended. */
  readonly over?: () => void;
}

/** Until what it runs in says that it is there. */
const startLimitMs = 20_000;

export class RunSession implements RunProcess {
  readonly #options: RunSessionOptions;
  readonly #nonce = randomToken();
  readonly #place: RunPlace;
  #isReady = false;
  #isOver = false;
  /** Commands that came before it was there. */
  readonly #early: RunCommand[] = [];
  readonly #startTimer: ReturnType<typeof setTimeout>;

  constructor(options: RunSessionOptions) {
    this.#options = options;
    this.#startTimer = setTimeout(() => this.#fail('What it runs in did not start in time. Try again.'), startLimitMs);
    this.#place = options.start({
      message: (message) => this.#receive(message),
      failed: (sentence) => this.#fail(sentence),
    });
  }

  send(command: RunCommand): void {
    if (this.#isOver) return;
    if (this.#isReady) this.#place.send({ kind: 'command', command });
    else this.#early.push(command);
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#startTimer);
    this.#place.end();
    this.#options.over?.();
  }

  #receive(message: FromRun): void {
    if (this.#isOver) return;
    switch (message.kind) {
      case 'ready':
        if (this.#isReady) return;
        this.#isReady = true;
        clearTimeout(this.#startTimer);
        this.#place.send({ kind: 'open', nonce: this.#nonce, job: this.#options.job });
        for (const command of this.#early.splice(0)) this.#place.send({ kind: 'command', command });
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

  #fail(sentence: string): void {
    if (this.#isOver) return;
    this.end();
    this.#options.listener({ kind: 'failed', failure: { sentence } });
  }
}
