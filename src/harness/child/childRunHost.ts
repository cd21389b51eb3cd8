/**
 * Runs labs in Node processes of their own, one for each, behind the same walls as a check. This side has the last word on
 * memory and death, so that however a run ends, that is told in words.
 */
import type { LabJob, RunEvent, RunHost, RunProcess } from '../runs/runHost';
import { readFromRun } from '../runs/runMessages';
import type { FromRun, ToRun } from '../runs/runMessages';
import { RunSession } from '../runs/runSession';
import type { RunPlace, RunPlaceListener } from '../runs/runSession';
import { JudgeChild, permissionsToTry } from './judgeChild';
import type { ChildEnd } from './judgeChild';

export interface ChildRunHostOptions {
  /** The bundle `dist/run.js`; `learnerThread.js`, `watchdog.js` and `realm.js` lie beside it. */
  readonly runPath: string;
  /** The Node to run; this process's own unless given. */
  readonly execPath?: string;
}

type Child = JudgeChild<FromRun, ToRun>;

export class ChildRunHost implements RunHost {
  readonly #options: Required<ChildRunHostOptions>;
  readonly #permissions: (readonly string[])[];
  readonly #runs = new Set<RunSession>();
  readonly #places = new Set<ChildPlace>();

  constructor({ runPath, execPath = process.execPath }: ChildRunHostOptions) {
    this.#options = { runPath, execPath };
    this.#permissions = permissionsToTry(runPath);
  }

  open(job: LabJob, listener: (event: RunEvent) => void): RunProcess {
    const run: RunSession = new RunSession({
      job,
      listener,
      start: (heard) => {
        const place: ChildPlace = new ChildPlace({
          memoryBytes: job.memoryBytes,
          listener: heard,
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
          gone: () => this.#places.delete(place),
        });
        this.#places.add(place);
        return place;
      },
      over: () => this.#runs.delete(run),
    });
    this.#runs.add(run);
    return run;
  }

  /** The processes that are there now. */
  get processIds(): readonly number[] {
    return [...this.#places].flatMap(({ pid }) => pid ?? []);
  }

  dispose(): void {
    for (const run of this.#runs) run.end();
  }
}

interface ChildPlaceOptions {
  readonly memoryBytes: number;
  readonly listener: RunPlaceListener;
  readonly spawn: (gone: () => void) => Child;
  /** Whether there are other flags to try after `permission` was not understood. */
  readonly hasOtherFlags: (permission: readonly string[]) => boolean;
  readonly gone: () => void;
}

/** The process of one run; another one in its place where it was started with flags that this Node does not know. */
class ChildPlace implements RunPlace {
  readonly #options: ChildPlaceOptions;
  #child: Child;
  #isReady = false;
  #isOver = false;

  constructor(options: ChildPlaceOptions) {
    this.#options = options;
    this.#child = this.#start();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(message: ToRun): void {
    this.#child.send(message);
  }

  end(): void {
    this.#isOver = true;
    this.#child.kill();
  }

  #start(): Child {
    const { memoryBytes, listener, spawn, gone } = this.#options;
    const child: Child = spawn(() => {
      if (this.#child === child) gone();
    });
    child.listen({
      message: (message) => {
        this.#isReady ||= message.kind === 'ready';
        listener.message(message);
      },
      ended: (end) => this.#ended(child, end),
    });
    child.limitMemory(memoryBytes);
    return child;
  }

  #ended(child: Child, { outOfMemory, badOption, sentence }: ChildEnd): void {
    const { memoryBytes, listener, hasOtherFlags } = this.#options;
    if (this.#isOver) return;
    if (!this.#isReady && badOption && hasOtherFlags(child.permission)) {
      this.#child = this.#start();
      return;
    }
    const limit = Math.round(memoryBytes / 1024 / 1024);
    listener.failed(
      outOfMemory
        ? `The run needed more than the ${limit} MB of memory it may use, and was stopped. A tensor that is kept after each step adds up: look for a list that grows, or use scope.`
        : sentence,
    );
  }
}
