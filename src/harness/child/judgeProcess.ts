/**
 * The process that judges: it starts a learner's thread and a watchdog and rehearses while nobody waits, takes one
 * submission from its parent, judges it and is done with. The checks and the reference run in this realm, the learner's code never does.
 */
import path from 'node:path';
import { deserialize } from 'node:v8';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import { compileModule } from '../compile/compile';
import type { CompileResult } from '../compile/compile';
import type { ModuleBody } from '../compile/loader';
import { remembering } from '../compile/remembering';
import { runChecks } from '../judge/judge';
import { rehearse } from '../judge/rehearsal';
import type { FromChild, ToChild } from '../protocol/childMessages';
import { defaultLimits } from '../submission';
import type { Limits, Submission } from '../submission';
import { CallTeller } from './callTeller';
import { heapFor } from './heap';
import { startLearnerWorker } from './learnerWorker';
import type { WatchdogData } from './watchdog';

// The parent says who it is: it may be gone, and another process in its place, before this line runs.
const [, , nonce = '', parent = String(process.ppid)] = process.argv;
const besides = (name: string): string => path.join(__dirname, name);

function send(message: FromChild): void {
  process.send?.(message);
}

function evaluate(code: string, filename: string): ModuleBody {
  return vm.compileFunction(code, ['exports', 'require'], { filename }) as ModuleBody;
}

// Without its parent there is nobody to judge for.
process.on('disconnect', () => process.exit(0));

if ('DONT_CONTEXTIFY' in vm.constants) {
  stand();
} else {
  send({
    kind: 'unfit',
    message: `Node ${process.versions.node} cannot hold the learner’s code safely: it takes 20.18 or later (in VS Code, update the editor).`,
  });
}

/** So long a check whose like has ended before goes without a watchdog: its parent watches, and this thread does. */
const unwatchedMs = 1_000;

function startWatchdog(memoryBytes: number): Worker {
  const watchdog = new Worker(besides('watchdog.js'), {
    workerData: { parent: Number(parent), nonce, memoryBytes } satisfies WatchdogData,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  watchdog.unref();
  return watchdog;
}

function stand(): void {
  let watchdog: Worker | undefined;
  const watch = ({ limits: { memoryBytes } }: { readonly limits: Limits }): void => {
    watchdog ??= startWatchdog(memoryBytes);
    watchdog.postMessage({ memoryBytes });
  };
  const thread = { threadPath: besides('learnerThread.js'), realmPath: besides('realm.js') };
  let heapMegabytes = heapFor(defaultLimits);
  let learner = startLearnerWorker({ ...thread, heapMegabytes });
  /** A thread has its heap from birth, so who may use more memory than usual needs another one. */
  const fit = ({ limits }: Submission): void => {
    if (heapFor(limits) <= heapMegabytes) return;
    heapMegabytes = heapFor(limits);
    learner.port.terminate();
    learner = startLearnerWorker({ ...thread, heapMegabytes });
  };
  const compiledAhead = new Map<string, Uint8Array>();
  const compile = remembering(compileModule, {
    known: (key) => {
      const result = compiledAhead.get(key);
      return result === undefined ? undefined : (deserialize(result) as CompileResult);
    },
  });
  let taken = false;
  const take = ({ job, nonce: jobNonce, submission, ...given }: Extract<ToChild, { kind: 'judge' }>): void => {
    taken = true;
    given.compiled.forEach(({ key, result }) => compiledAhead.set(key, result));
    fit(submission);
    // Of checks that have ended before most end at once, and a thread costs more than they do.
    if (given.hasEnded) setTimeout(() => watch(submission), unwatchedMs).unref();
    else watch(submission);
    const identity = { job, nonce: jobNonce };
    const teller = new CallTeller((call) => send({ kind: 'calling', ...identity, call }));
    send({ kind: 'accepted', ...identity });
    void learner.ready.then(async () => {
      const report = await runChecks({
        submission,
        realm: learner.port,
        evaluate,
        compile,
        onProgress: (draft) => {
          teller.clear();
          send({ kind: 'progress', ...identity, draft });
        },
        onCall: (view) => teller.calling(view),
      });
      send({ kind: 'report', ...identity, report });
    });
  };
  process.on('message', (message: ToChild) => {
    switch (message.kind) {
      case 'judge':
        // One process, one job.
        if (!taken) take(message);
        return;
      case 'rehearse':
        if (taken) return;
        watch({ limits: message.submission?.limits ?? defaultLimits });
        if (message.submission !== undefined) fit(message.submission);
        void learner.ready.then(() => {
          if (taken) return;
          learner.port.send({ kind: 'warmUp' });
          void rehearse({ submission: message.submission, evaluate, compile, goOn: () => !taken });
        });
        return;
      default:
        message satisfies never;
    }
  });
}
