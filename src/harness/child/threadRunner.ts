/**
 * Judges many submissions in one process, each in a learner's thread of its own, the next one started ahead. It is some
 * six times as quick as a process for each, and for code that one trusts: the author check tries hundreds of variants of
 * an author's own solution with it. What a learner wrote goes to the `ChildRunner`.
 */
import { compileModule } from '../compile/compile';
import { runChecks } from '../judge/judge';
import type { JudgePorts } from '../judge/judge';
import type { Compile } from '../judge/prepare';
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
  readonly #compile = remembering(compileModule);
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

/** The author's own modules are the same in every run; what is compiled for one run is kept for the next. */
function remembering(compile: Compile): Compile {
  const known = new Map<string, ReturnType<Compile>>();
  return (input) => {
    // The variants of a solution come once each.
    if (input.id === undefined) {
      return compile(input);
    }
    const key = [input.exercise, input.id, input.text].join('\n');
    const result = known.get(key) ?? compile(input);
    known.set(key, result);
    return result;
  };
}
