/**
 * The worker of one run, in a browser: it starts the learner's worker, takes one lab from its page, and drives it for as
 * long as the page wants. The learner's code never runs in this worker, so that whatever it does, commands are heard.
 */
import { compileModule } from '../compile/compile';
import { RunDriver } from '../runs/runDriver';
import type { FromRun, ToRun } from '../runs/runMessages';
import { workerScope } from './browser';
import { startLearner } from './learner';
import type { LearnerScripts } from './learner';
import { withOpening } from './scriptBodies';

function send(message: FromRun): void {
  workerScope.postMessage(message);
}

export function standForRun(scripts: LearnerScripts): void {
  const learner = startLearner(scripts);
  let driver: RunDriver | undefined;
  workerScope.onmessage = ({ data }) => {
    const message = data as ToRun;
    switch (message.kind) {
      case 'open': {
        // One worker, one lab.
        if (driver !== undefined) return;
        const { job, nonce } = message;
        driver = new RunDriver({
          job,
          realm: learner.port,
          compile: withOpening(compileModule),
          tell: (event) => send({ kind: 'event', nonce, event }),
        });
        void driver.open();
        return;
      }
      case 'command':
        driver?.command(message.command);
        return;
      default:
        message satisfies never;
    }
  };
  send({ kind: 'ready' });
}
