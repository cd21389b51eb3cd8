/**
 * The worker of one run, in a browser: it starts the learner's worker, takes one lab from its page, and drives it for as
 * long as the page wants. The learner's code never runs in this worker, so that whatever it does, commands are heard.
 */
import { compileModule } from '../compile/compile';
import { receiveRun } from '../runs/receiveRun';
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
  const receive = receiveRun({
    send,
    drive: (given) => new RunDriver({ ...given, realm: learner.port, compile: withOpening(compileModule) }),
  });
  workerScope.onmessage = ({ data }) => receive(data as ToRun);
  send({ kind: 'ready' });
}
