/**
 * Asks while someone is still drawing or typing: the newest input wins. One question is on its way at a time, so that a
 * slow model is never behind by more than one answer; an answer that does not come is not waited for for ever.
 */
import type { FromLab } from '../../labProtocol';

type Ask = Extract<FromLab, { type: 'ask' }>;

export interface AskerOptions {
  readonly post: (message: Ask) => void;
  readonly question: string;
  /** Between two questions, at least. */
  readonly pauseMs: number;
  /** How long an answer may take before the next question is asked all the same. */
  readonly patienceMs?: number;
}

/** Counts over all questions of the page, so that no two have one number. */
let requests = 0;

export class Asker {
  private waiting: Pick<Ask, 'run' | 'input'> | undefined;
  private inFlight: number | undefined;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: AskerOptions) {}

  /** The newest request that was sent, if any. */
  newest: number | undefined;

  ask(question: Pick<Ask, 'run' | 'input'>): void {
    this.waiting = question;
    this.pause ??= setTimeout(() => {
      this.pause = undefined;
      this.send();
    }, this.options.pauseMs);
  }

  /** Forgets what has not been asked yet. */
  forget(): void {
    this.waiting = undefined;
  }

  /** Tells that the answer to `request` is here. */
  answered(request: number): void {
    if (request === this.inFlight) {
      this.landed();
    }
  }

  dispose(): void {
    clearTimeout(this.pause);
    clearTimeout(this.patience);
    this.waiting = undefined;
  }

  private send(): void {
    const { waiting } = this;
    if (waiting === undefined || this.inFlight !== undefined) {
      return;
    }
    this.waiting = undefined;
    requests += 1;
    this.inFlight = requests;
    this.newest = requests;
    this.patience = setTimeout(() => this.landed(), this.options.patienceMs ?? 5_000);
    this.options.post({ type: 'ask', request: requests, question: this.options.question, ...waiting });
  }

  private landed(): void {
    clearTimeout(this.patience);
    this.inFlight = undefined;
    if (this.pause === undefined) {
      this.send();
    }
  }
}
