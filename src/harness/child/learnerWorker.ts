/** The learner's worker thread as the judge's process holds it: for each realm in it a `RealmPort` over a message channel of its own. */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { RealmEnd, RealmPort } from '../judge/realmPort';
import type { FromThread, ThreadData, ToThread } from './threadMessages';

export interface LearnerWorkerOptions {
  readonly threadPath: string;
  readonly realmPath: string;
  readonly heapMegabytes: number;
}

export interface LearnerRealm {
  readonly port: RealmPort;
  /** Resolves when the realm stands, or when it has ended. */
  readonly ready: Promise<void>;
}

/** The one realm of a thread of its own, for code that nobody knows. */
export function startLearnerWorker(options: LearnerWorkerOptions): LearnerRealm {
  return new LearnerWorker(options).stand();
}

/** What the thread tells of the realm that stands in it. */
interface Standing {
  installed(ok: boolean): void;
  ended(how: RealmEnd): void;
}

/**
 * A thread in which one realm may stand after another, each a new context. What the code in one of them left to be done
 * runs on beside the next, which therefore is for code that one trusts: anybody else's gets a thread of its own.
 */
export class LearnerWorker {
  readonly #worker: Worker;
  #standing: Standing | undefined;
  #ended: RealmEnd | undefined;

  constructor({ threadPath, realmPath, heapMegabytes }: LearnerWorkerOptions) {
    this.#worker = new Worker(threadPath, {
      workerData: { realmPath } satisfies ThreadData,
      env: {},
      argv: [],
      stdin: false,
      // Captured and left unread: nothing in there has a say in this process's own output.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 32 },
    });
    this.#worker.on('message', (message: FromThread) => this.#standing?.installed(message.ok));
    this.#worker.on('error', (error: unknown) => {
      const { code, message } = error as { code?: unknown; message?: unknown };
      if (code === 'ERR_WORKER_OUT_OF_MEMORY') this.#end({ kind: 'outOfMemory' });
      else this.#end({ kind: 'crashed', message: `the learner’s thread failed: ${String(message)}` });
    });
    this.#worker.on('exit', (code) =>
      this.#end({ kind: 'crashed', message: `the learner’s thread ended by itself (code ${code})` }),
    );
  }

  /** A new realm in this thread; the one before it is left. */
  stand(): LearnerRealm {
    const { port1, port2 } = new MessageChannel();
    this.#tell({ kind: 'stand', port: port2 }, [port2]);
    let listener: Parameters<RealmPort['listen']>[0] | undefined;
    let install: ((ok: boolean) => void) | undefined;
    let isReady: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => (isReady = resolve));
    port1.on('message', (message: unknown) => {
      isReady();
      listener?.message(message);
    });
    const standing: Standing = {
      installed: (ok) => install?.(ok),
      ended: (how) => {
        port1.close();
        install?.(false);
        isReady();
        listener?.ended(how);
      },
    };
    this.#standing?.ended({ kind: 'crashed', message: 'another realm has taken its place' });
    this.#standing = standing;
    if (this.#ended !== undefined) standing.ended(this.#ended);
    return {
      ready,
      port: {
        install: (modules) =>
          new Promise((resolve) => {
            if (this.#ended !== undefined) return resolve(false);
            install = resolve;
            const texts = modules.map(({ filename, code }) => ({ filename, code }));
            this.#tell({ kind: 'install', modules: texts });
          }),
        send: (message) => port1.postMessage(message),
        listen: (wanted) => {
          listener = wanted;
          if (this.#ended !== undefined) wanted.ended(this.#ended);
        },
        terminate: () => this.terminate(),
      },
    };
  }

  terminate(): void {
    void this.#worker.terminate();
  }

  #tell(message: ToThread, transferred: readonly MessagePort[] = []): void {
    this.#worker.postMessage(message, transferred);
  }

  #end(how: RealmEnd): void {
    if (this.#ended !== undefined) return;
    this.#ended = how;
    this.#standing?.ended(how);
  }
}
