/**
 * Judges many submissions in one process, each in a learner's thread of its own, the next one started ahead. It is some
 * six times as quick as a process for each, and for code that one trusts: the author check tries hundreds of variants of
 * an author's own solution with it. What a learner wrote goes to the `ChildRunner`.
 */
import { compileModule } from '../compile/compile';
import { remembering } from '../compile/remembering';
import { runChecks } from '../judge/judge';
import type { JudgePorts } from '../judge/judge';
import type { Report } from '../report';
import { startLearnerWorker } from './learnerWorker';
import type { LearnerWorker } from './learnerWorker';

export interface ThreadRunnerOptions extends Pick<JudgePorts, 'evaluate'> {
  /** The bundles `dist/learnerThread.js` and `dist/realm.js`. */
  readonly threadPath: string;
  readonly realmPath: string;
}

export class ThreadRunner {
  readonly #options: ThreadRunnerOptions;
  /** The author's own modules are the same in every run; the variants of a solution come once each. */
  readonly #compile = remembering(compileModule, { keeps: ({ id }) => id !== undefined });
  #spare: LearnerWorker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ThreadRunnerOptions) {
    this.#options = options;
  }

  /** Judges `submission` when those before it are done: the judge's own realm is one for all. Never rejects. */
  check(submission: JudgePorts['submission']): Promise<Report> {
    const report = this.#last.then(async () => {
      const learner = this.#spare ?? this.#start();
      this.#spare = this.#start();
      await learner.ready;
      const { evaluate } = this.#options;
      return await runChecks({ submission, realm: learner.port, evaluate, compile: this.#compile });
    });
    this.#last = report;
    return report;
  }

  dispose(): void {
    this.#spare?.port.terminate();
    this.#spare = undefined;
  }

  #start(): LearnerWorker {
    const { threadPath, realmPath } = this.#options;
    return startLearnerWorker({ threadPath, realmPath, heapMegabytes: 512 });
  }
}
