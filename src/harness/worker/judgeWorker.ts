/**
 * The worker that judges, in a browser: it starts the learner's worker and rehearses while nobody waits, takes one
 * submission from its page, judges it and is done with. The checks and the reference run in this worker, the learner's
 * code never does. The same script drives a run where its first message says so: both are made of the same library.
 */
import { compileModule } from '../compile/compile';
import { remembering } from '../compile/remembering';
import { runChecks } from '../judge/judge';
import { rehearse } from '../judge/rehearsal';
import type { FromChild } from '../protocol/childMessages';
import { scriptUrl, workerScope } from './browser';
import { startLearner } from './learner';
import type { LearnerScripts } from './learner';
import type { ToJudge } from './messages';
import { standForRun } from './runWorker';
import { createEvaluator, withOpening } from './scriptBodies';

function send(message: FromChild): void {
  workerScope.postMessage(message);
}

const evaluate = createEvaluator({
  load: (url) => workerScope.importScripts(url),
  urlOf: scriptUrl,
  revoke: (url) => workerScope.URL.revokeObjectURL(url),
});

function stand(scripts: LearnerScripts): void {
  const learner = startLearner(scripts);
  const compile = remembering(withOpening(compileModule));
  let taken = false;
  const take = ({ job, nonce, submission }: Extract<ToJudge, { kind: 'judge' }>): void => {
    taken = true;
    const identity = { job, nonce };
    send({ kind: 'accepted', ...identity });
    void learner.ready.then(async () => {
      const report = await runChecks({
        submission,
        realm: learner.port,
        evaluate,
        compile,
        onProgress: (draft) => send({ kind: 'progress', ...identity, draft }),
      });
      send({ kind: 'report', ...identity, report });
    });
  };
  workerScope.onmessage = ({ data }) => {
    const message = data as ToJudge;
    switch (message.kind) {
      case 'judge':
        // One worker, one job.
        if (!taken) take(message);
        return;
      case 'rehearse':
        if (taken) return;
        void learner.ready.then(() => {
          if (taken) return;
          learner.port.send({ kind: 'warmUp' });
          void rehearse({ submission: message.submission, evaluate, compile, goOn: () => !taken });
        });
        return;
      case 'stand':
      case 'standForRun':
        return;
      default:
        message satisfies never;
    }
  };
}

workerScope.onmessage = ({ data }) => {
  const message = data as ToJudge;
  if (message.kind === 'stand') stand(message);
  else if (message.kind === 'standForRun') standForRun(message);
};
