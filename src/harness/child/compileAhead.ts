/**
 * Has submissions compiled in a thread while the processes that will judge them start. It only saves time: whatever
 * becomes of the thread, a submission without compiled texts is judged all the same, by a process that compiles them.
 */
import { Worker } from 'node:worker_threads';
import type { Submission } from '../submission';
import type { CompiledText, FromCompileThread, ToCompileThread } from './compileThread';

/** A text that takes longer is one that somebody made to take long; its own process has the limits for that. */
const patienceMs = 5_000;

/** Until the first answer: the thread has to start, too. */
const firstPatienceMs = 20_000;

/** The thread is of the parent's process, so no text in it may be large. */
const largestText = 500_000;

export class CompileAhead {
  readonly #path: string;
  readonly #waiting = new Map<number, (texts: readonly CompiledText[]) => void>();
  #worker: Worker | undefined;
  /** Whether the present thread has answered yet. */
  #hasAnswered = false;
  #isOver = false;
  #next = 0;

  /** @param threadPath The bundle `dist/compileThread.js`. */
  constructor(threadPath: string) {
    this.#path = threadPath;
  }

  /** Resolves with what could be compiled in time; never rejects. */
  async compile({ data: _, ...submission }: Submission): Promise<readonly CompiledText[]> {
    const { learner, earlier } = submission;
    if (this.#isOver || [learner, ...earlier].some(({ text }) => text.length > largestText)) return [];
    const id = (this.#next += 1);
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    let patience: ReturnType<typeof setTimeout> | undefined;
    const texts = await new Promise<readonly CompiledText[]>((resolve) => {
      this.#waiting.set(id, resolve);
      patience = setTimeout(() => this.#stop(worker), this.#hasAnswered ? patienceMs : firstPatienceMs);
      worker.postMessage({ id, submission } satisfies ToCompileThread);
    });
    clearTimeout(patience);
    if (this.#waiting.size === 0) worker.unref();
    return texts;
  }

  dispose(): void {
    this.#isOver = true;
    if (this.#worker !== undefined) this.#stop(this.#worker);
  }

  #start(): Worker {
    this.#hasAnswered = false;
    const worker = new Worker(this.#path, {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    });
    worker.on('message', ({ id, texts }: FromCompileThread) => {
      this.#hasAnswered = true;
      this.#waiting.get(id)?.(texts);
      this.#waiting.delete(id);
    });
    worker.on('error', () => this.#stop(worker));
    worker.on('exit', () => this.#stop(worker));
    return worker;
  }

  /** Whoever waits waits no longer. A thread that never answered would not do so next time. */
  #stop(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#isOver ||= !this.#hasAnswered;
    void worker.terminate();
    for (const resolve of this.#waiting.values()) resolve([]);
    this.#waiting.clear();
  }
}
