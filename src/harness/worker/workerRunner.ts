/**
 * The runner where no process can be had: each check in a pair of workers of its own, one that judges and one that holds
 * the learner's code, a pair kept warm for the next. This side has the last word on time, so that whatever happens in
 * there, a report comes. What it cannot do is what a browser gives nobody: watch memory. Code that fills it runs into its
 * time limit, or takes the page along; so a report says that a worker judged alone (`ranIn`).
 */
import type { Report } from '../report';
import type { Runner } from '../runner';
import type { SeededSubmission, Submission } from '../submission';
import { browser, scriptUrl } from './browser';
import { watchJob } from './jobWatch';
import type { LearnerScripts } from './learner';
import { WorkerPair } from './workerPair';

export interface WorkerRunnerOptions extends LearnerScripts {
  /** The bundle `dist/web/judgeWorker.js`, as a text. */
  readonly judgeScript: string;
  /** How much longer than the submission's own limit the judge may take before it is ended from here. */
  readonly graceMs?: number;
  /** How long after a report the next pair is started; at once unless given. Who draws the report wants the processor. */
  readonly spareDelayMs?: number;
  /** Whether a pair is made ready for the next check; yes unless told. */
  readonly keepSpare?: boolean;
}

export class WorkerRunner implements Runner {
  readonly #judgeUrl: string;
  readonly #scripts: LearnerScripts;
  readonly #graceMs: number;
  readonly #spareDelayMs: number;
  readonly #keepSpare: boolean;
  readonly #pairs = new Set<WorkerPair>();
  readonly #lifetime = new AbortController();
  #spare: WorkerPair | undefined;
  #spareLater: ReturnType<typeof setTimeout> | undefined;
  #last: SeededSubmission | undefined;

  constructor(options: WorkerRunnerOptions) {
    const { judgeScript, learnerScript, realmScript, graceMs = 2_000, spareDelayMs = 0, keepSpare = true } = options;
    this.#judgeUrl = scriptUrl(judgeScript);
    this.#scripts = { learnerScript, realmScript };
    this.#graceMs = graceMs;
    this.#spareDelayMs = spareDelayMs;
    this.#keepSpare = keepSpare;
  }

  /** Starts the spare pair, which rehearses with what was checked last, so that the next check is as quick as the others. */
  warmUp(): void {
    if (this.#lifetime.signal.aborted || this.#spare !== undefined) return;
    this.#spare = this.#start();
    this.#spare.send({ kind: 'rehearse', submission: this.#last });
  }

  async check(given: Submission, signal?: AbortSignal): Promise<Report> {
    const started = performance.now();
    // Drawn here, two workers away from the learner's code, so that it cannot know its inputs beforehand.
    const submission = { ...given, seed: given.seed ?? drawSeed() };
    const lifetime = this.#lifetime.signal;
    const ended = signal === undefined ? lifetime : AbortSignal.any([signal, lifetime]);
    const report = await this.#judge(submission, ended);
    return { ...report, durationMs: performance.now() - started, ranIn: 'browser' };
  }

  /** How many pairs of workers there are now, the spare included. */
  get pairs(): number {
    return this.#pairs.size;
  }

  dispose(): void {
    this.#lifetime.abort();
    clearTimeout(this.#spareLater);
    for (const pair of this.#pairs) this.#end(pair);
    this.#spare = undefined;
    browser.URL.revokeObjectURL(this.#judgeUrl);
  }

  async #judge(submission: SeededSubmission, signal: AbortSignal): Promise<Report> {
    this.#last = submission;
    clearTimeout(this.#spareLater);
    const spare = this.#spare;
    this.#spare = undefined;
    // A spare that has failed meanwhile would only fail again, in the learner's eyes.
    const pair = spare?.problem === undefined && spare !== undefined ? spare : this.#start();
    if (spare !== undefined && spare !== pair) this.#end(spare);
    const report = await watchJob({ pair, submission, signal, graceMs: this.#graceMs });
    this.#end(pair);
    // Not before the report is there: the next pair would take the processor from this check.
    clearTimeout(this.#spareLater);
    if (this.#keepSpare) this.#spareLater = setTimeout(() => this.warmUp(), this.#spareDelayMs);
    return report;
  }

  #start(): WorkerPair {
    const pair = new WorkerPair({ judgeUrl: this.#judgeUrl, ...this.#scripts });
    this.#pairs.add(pair);
    return pair;
  }

  #end(pair: WorkerPair): void {
    pair.terminate();
    this.#pairs.delete(pair);
  }
}

function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
