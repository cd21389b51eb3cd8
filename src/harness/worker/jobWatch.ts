/** Watches one pair of workers over one job, with the last word on time. It always resolves, once, with a report. */
import type { FromChild } from '../protocol/childMessages';
import { randomToken } from '../protocol/token';
import type { Report } from '../report';
import type { SeededSubmission } from '../submission';
import { setLimit } from '../judge/setLimit';
import { cutShort, emptyDraft, finish, harnessEnding } from '../judge/verdict';
import type { Draft } from '../judge/verdict';
import type { WorkerPair } from './workerPair';

export interface Job {
  readonly pair: WorkerPair;
  readonly submission: SeededSubmission;
  readonly signal: AbortSignal;
  readonly graceMs: number;
}

/** From the start of a pair until it takes its job. */
const startLimitMs = 20_000;

/** Whatever the checks ask for, and unless the submission itself has more. */
const longestTotalMs = 15 * 60_000;

export async function watchJob(job: Job): Promise<Report> {
  const watch = new JobWatch(job);
  return await watch.report;
}

class JobWatch {
  readonly report: Promise<Report>;
  readonly #options: Job;
  /** No forger can name this job: a message without both is none. */
  readonly #job = randomToken();
  readonly #nonce = randomToken();
  #resolve: (report: Report) => void = () => undefined;
  #draft: Draft = emptyDraft;
  #acceptedAt = 0;
  #totalMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onAbort = (): void => this.#cancel();

  constructor(options: Job) {
    this.#options = options;
    this.report = new Promise((resolve) => (this.#resolve = resolve));
    const { pair, submission, signal } = options;
    this.#totalMs = submission.limits.totalMs;
    if (signal.aborted) {
      this.#cancel();
      return;
    }
    signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#timer = setTimeout(() => this.#fail('its workers did not start in time'), startLimitMs);
    pair.listen({ message: (message) => this.#receive(message), failed: (problem) => this.#fail(problem) });
    pair.send({ kind: 'judge', job: this.#job, nonce: this.#nonce, submission });
  }

  #settle(report: Report): void {
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#resolve(report);
  }

  #cancel(): void {
    const { submission } = this.#options;
    const draft = cutShort(this.#draft, { because: 'the check was cancelled' });
    const ending = { verdict: 'cancelled', sentence: 'The check was cancelled.' } as const;
    this.#settle(finish({ submission, draft, ending, durationMs: 0 }));
  }

  #fail(problem: string): void {
    const { submission } = this.#options;
    const outcome = { status: 'harnessFailed', message: problem } as const;
    const draft = cutShort(this.#draft, { outcome, because: 'the harness failed' });
    const particulars = { harnessProblem: problem };
    this.#settle(finish({ submission, draft, ending: harnessEnding(problem), durationMs: 0, particulars }));
  }

  #receive(message: FromChild): void {
    if (message.kind === 'ready') return;
    if (message.kind === 'unfit') return this.#fail(message.message);
    if (message.job !== this.#job || message.nonce !== this.#nonce) return;
    switch (message.kind) {
      case 'accepted':
        this.#acceptedAt = performance.now();
        this.#waitFor(this.#totalMs);
        return;
      case 'progress':
        this.#draft = message.draft;
        if (message.draft.totalMs !== undefined && message.draft.totalMs > this.#totalMs) {
          this.#waitFor(Math.min(message.draft.totalMs, Math.max(this.#totalMs, longestTotalMs)));
        }
        return;
      case 'calling':
        return;
      case 'report':
        return this.#settle(message.report);
      default:
        message satisfies never;
    }
  }

  /** From when the job was taken until the judge, which has limits of its own, is taken for dead. */
  #waitFor(totalMs: number): void {
    this.#totalMs = totalMs;
    clearTimeout(this.#timer);
    const wholeMs = totalMs + this.#options.graceMs;
    const late = (): void => this.#fail(`the judge did not answer within ${wholeMs / 1000} s`);
    this.#timer = setLimit(late, this.#acceptedAt + wholeMs - performance.now());
  }
}
