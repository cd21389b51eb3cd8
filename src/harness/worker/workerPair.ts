/** One judge's worker, with the learner's that it starts, from its start to its end; given at most one job. */
import { readFromChild } from '../protocol/childMessages';
import type { FromChild } from '../protocol/childMessages';
import { browser } from './browser';
import type { BrowserWorker } from './browser';
import type { LearnerScripts } from './learner';
import type { ToJudge } from './messages';

export interface PairListener {
  message(message: FromChild): void;
  /** It failed, for this reason; nothing more comes. */
  failed(problem: string): void;
}

export interface PairOptions extends LearnerScripts {
  readonly judgeUrl: string;
}

export class WorkerPair {
  readonly #worker: BrowserWorker | undefined;
  #problem: string | undefined;
  #listener: PairListener | undefined;

  /** Never throws: where there can be no worker, that is the pair's problem. */
  constructor({ judgeUrl, learnerScript, realmScript }: PairOptions) {
    try {
      this.#worker = new browser.Worker(judgeUrl, { name: 'judge' });
    } catch (error) {
      this.#fail(`no worker can be started here: ${String(error)}`);
      return;
    }
    this.#worker.onmessage = ({ data }) => {
      const message = readFromChild(data);
      if (message !== undefined) this.#listener?.message(message);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault?.();
      this.#fail(`the worker that judges failed: ${event.message ?? 'it could not be loaded'}`);
    };
    this.send({ kind: 'stand', learnerScript, realmScript });
  }

  /** Why it cannot judge, where it cannot. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Hands over what will come; a pair without a job says nothing. */
  listen(listener: PairListener): void {
    this.#listener = listener;
    if (this.#problem !== undefined) listener.failed(this.#problem);
  }

  /** A message that cannot be sent is the pair's problem too. */
  send(message: ToJudge): void {
    try {
      this.#worker?.postMessage(message);
    } catch (error) {
      this.#fail(`the submission could not be sent to a worker: ${String(error)}`);
    }
  }

  /** Ends both workers, whatever they are doing: one that was started by another ends with it. */
  terminate(): void {
    this.#listener = undefined;
    this.#worker?.terminate();
  }

  #fail(problem: string): void {
    this.#problem ??= problem;
    this.#listener?.failed(this.#problem);
  }
}
