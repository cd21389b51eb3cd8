/**
 * Judges many submissions in one process, each in a realm of its own, all in one thread for as long as it answers. It is
 * many times as quick as a process for each, and for code that one trusts: the author check tries hundreds of variants of
 * an author's own solution with it. What a learner wrote goes to the `ChildRunner`.
 */
import { compileModule } from '../compile/compile';
import { remembering } from '../compile/remembering';
import { runChecks } from '../judge/judge';
import type { JudgePorts } from '../judge/judge';
import type { Report } from '../report';
import type { RealmPort } from '../judge/realmPort';
import { LearnerWorker } from './learnerWorker';
import type { LearnerRealm } from './learnerWorker';

export interface ThreadRunnerOptions extends Pick<JudgePorts, 'evaluate'> {
  /** The bundles `dist/learnerThread.js` and `dist/realm.js`. */
  readonly threadPath: string;
  readonly realmPath: string;
}

/** Left to end by these, a thread may still be at work, or broken. */
const spendsTheThread: readonly string[] = ['timedOut', 'outOfMemory', 'harnessFailed'];

/** So long what an earlier program left to be done may keep the thread from its next realm. */
const standsWithinMs = 2_000;

export class ThreadRunner {
  readonly #options: ThreadRunnerOptions;
  /** The author's own modules are the same in every run; the variants of a solution come once each. */
  readonly #compile = remembering(compileModule, { keeps: ({ id }) => id !== undefined });
  #thread: LearnerWorker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ThreadRunnerOptions) {
    this.#options = options;
  }

  /** Judges `submission` when those before it are done: the judge's own realm is one for all. Never rejects. */
  check(submission: JudgePorts['submission']): Promise<Report> {
    const report = this.#last.then(() => this.#judge(submission));
    this.#last = report;
    return report;
  }

  dispose(): void {
    this.#thread?.terminate();
    this.#thread = undefined;
  }

  async #judge(submission: JudgePorts['submission']): Promise<Report> {
    const { evaluate } = this.#options;
    const { port } = await this.#realm();
    const thread = this.#thread;
    // The judge ends each realm that it is done with, and this thread outlives them.
    const realm: RealmPort = { ...port, terminate: () => undefined };
    const report = await runChecks({ submission, realm, evaluate, compile: this.#compile });
    const statuses = [report.verdict, ...report.checks.map(({ outcome }) => outcome.status)];
    if (statuses.some((status) => spendsTheThread.includes(status))) {
      thread?.terminate();
      this.#thread = undefined;
    }
    return report;
  }

  async #realm(): Promise<LearnerRealm> {
    if (this.#thread !== undefined) {
      const next = this.#thread.stand();
      if (await endsWithin(next.ready, standsWithinMs)) return next;
      this.#thread.terminate();
    }
    const { threadPath, realmPath } = this.#options;
    this.#thread = new LearnerWorker({ threadPath, realmPath, heapMegabytes: 512 });
    const first = this.#thread.stand();
    await first.ready;
    return first;
  }
}

async function endsWithin(work: Promise<void>, ms: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  const ended = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}
