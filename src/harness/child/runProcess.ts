/**
 * The process of one run: it starts a learner's thread and a watchdog, takes one lab from its parent, and drives it for as
 * long as the parent wants. The learner's code never runs in this realm, so that whatever it does, commands are heard.
 */
import path from 'node:path';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';
import { receiveRun } from '../runs/receiveRun';
import type { RunGiven } from '../runs/receiveRun';
import { RunDriver } from '../runs/runDriver';
import type { FromRun } from '../runs/runMessages';
import { heapFor } from './heap';
import { startLearnerWorker } from './learnerWorker';
import type { WatchdogData } from './watchdog';

// The parent says who it is: it may be gone, and another process in its place, before this line runs.
const [, , processNonce = '', parent = String(process.ppid)] = process.argv;
const besides = (name: string): string => path.join(__dirname, name);

function send(message: FromRun): void {
  process.send?.(message);
}

// Without its parent there is nobody to run for.
process.on('disconnect', () => process.exit(0));

if ('DONT_CONTEXTIFY' in vm.constants) {
  process.on('message', receiveRun({ send, drive }));
  send({ kind: 'ready' });
} else {
  send({
    kind: 'unfit',
    message: `Node ${process.versions.node} cannot hold your code safely: it takes 20.18 or later (in VS Code, update the editor).`,
  });
}

function drive(given: RunGiven): RunDriver {
  const { job } = given;
  const watchdog = new Worker(besides('watchdog.js'), {
    workerData: {
      parent: Number(parent),
      nonce: processNonce,
      memoryBytes: job.memoryBytes,
    } satisfies WatchdogData,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  watchdog.unref();
  const learner = startLearnerWorker({
    threadPath: besides('learnerThread.js'),
    realmPath: besides('realm.js'),
    heapMegabytes: heapFor(job),
  });
  return new RunDriver({ ...given, realm: learner.port });
}
