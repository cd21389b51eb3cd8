/**
 * Runs labs where no process can be had: each in a pair of workers of its own, one that drives the run and one that holds
 * the learner's code, behind the same walls as a check there. What a browser gives nobody is a watch on memory: a run that
 * fills it takes the window along.
 */
import type { LabJob, RunEvent, RunHost, RunProcess } from '../runs/runHost';
import { readFromRun } from '../runs/runMessages';
import { RunSession } from '../runs/runSession';
import type { RunPlace, RunPlaceListener } from '../runs/runSession';
import { browser, scriptUrl } from './browser';
import type { BrowserWorker } from './browser';
import type { LearnerScripts } from './learner';
import type { ToJudge } from './messages';

export interface WorkerRunHostOptions extends LearnerScripts {
  /** The bundle `dist/web/judgeWorker.js`, as a text. */
  readonly judgeScript: string;
  /** What to tell about a lab here, in a sentence. */
  readonly note?: string;
}

export class WorkerRunHost implements RunHost {
  readonly note?: string;
  readonly #url: string;
  readonly #scripts: LearnerScripts;
  readonly #runs = new Set<RunSession>();

  constructor({ judgeScript, learnerScript, realmScript, note }: WorkerRunHostOptions) {
    if (note !== undefined) this.note = note;
    this.#url = scriptUrl(judgeScript);
    this.#scripts = { learnerScript, realmScript };
  }

  open(job: LabJob, listener: (event: RunEvent) => void): RunProcess {
    const run: RunSession = new RunSession({
      job,
      listener,
      start: (heard) => this.#start(heard),
      over: () => this.#runs.delete(run),
    });
    this.#runs.add(run);
    return run;
  }

  dispose(): void {
    for (const run of this.#runs) run.end();
    browser.URL.revokeObjectURL(this.#url);
  }

  /** Where there can be no worker, that is how the run failed. */
  #start(listener: RunPlaceListener): RunPlace {
    let worker: BrowserWorker;
    try {
      worker = new browser.Worker(this.#url, { name: 'run' });
    } catch (error) {
      queueMicrotask(() => listener.failed(`No worker can be started here: ${String(error)}`));
      return { send: () => undefined, end: () => undefined };
    }
    worker.onmessage = ({ data }) => {
      const message = readFromRun(data);
      if (message !== undefined) listener.message(message);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      listener.failed(`The worker of the run failed: ${event.message ?? 'it could not be loaded'}.`);
    };
    worker.postMessage({ kind: 'standForRun', ...this.#scripts } satisfies ToJudge);
    return {
      send: (message) => worker.postMessage(message),
      // The learner's worker, which it started, ends with it.
      end: () => worker.terminate(),
    };
  }
}
