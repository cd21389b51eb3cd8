/** The learner's worker thread as the judge's process holds it: a `RealmPort` over one message channel. */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { RealmEnd, RealmPort } from '../judge/realmPort';
import type { FromThread, ThreadData, ToThread } from './threadMessages';

export interface LearnerWorkerOptions {
  readonly threadPath: string;
  readonly realmPath: string;
  readonly heapMegabytes: number;
}

export interface LearnerWorker {
  readonly port: RealmPort;
  /** Resolves when the realm stands, or when it has ended. */
  readonly ready: Promise<void>;
}

export function startLearnerWorker({ threadPath, realmPath, heapMegabytes }: LearnerWorkerOptions): LearnerWorker {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(threadPath, {
    workerData: { port: port2, realmPath } satisfies ThreadData,
    transferList: [port2],
    env: {},
    argv: [],
    stdin: false,
    // Captured and left unread: nothing in there has a say in this process's own output.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 32 },
  });
  let listener: Parameters<RealmPort['listen']>[0] | undefined;
  let ended: RealmEnd | undefined;
  let install: ((ok: boolean) => void) | undefined;
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  const end = (how: RealmEnd): void => {
    if (ended !== undefined) return;
    ended = how;
    port1.close();
    install?.(false);
    isReady();
    listener?.ended(how);
  };
  port1.on('message', (message: unknown) => {
    isReady();
    listener?.message(message);
  });
  worker.on('message', (message: FromThread) => install?.(message.ok));
  worker.on('error', (error: unknown) => {
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') end({ kind: 'outOfMemory' });
    else end({ kind: 'crashed', message: `the learner’s thread failed: ${String(message)}` });
  });
  worker.on('exit', (code) => end({ kind: 'crashed', message: `the learner’s thread ended by itself (code ${code})` }));
  return {
    ready,
    port: {
      install: (modules) =>
        new Promise((resolve) => {
          if (ended !== undefined) return resolve(false);
          install = resolve;
          const texts = modules.map(({ filename, code }) => ({ filename, code }));
          worker.postMessage({ kind: 'install', modules: texts } satisfies ToThread);
        }),
      send: (message) => port1.postMessage(message),
      listen: (wanted) => {
        listener = wanted;
        if (ended !== undefined) wanted.ended(ended);
      },
      terminate: () => void worker.terminate(),
    },
  };
}
