/**
 * The learner's worker as the judge's worker holds it: a `RealmPort` over one message channel. It is started from a
 * `data:` address, which gives it an origin that is nobody's: what the editor or the page stores, and the channels they
 * share, are not there for it even behind the first wall.
 */
import type { RealmEnd, RealmPort } from '../judge/realmPort';
import { browser } from './browser';
import type { FromLearner, ToLearner } from './messages';

/**
 * Takes the texts of its scripts as its first message, since scripts of another origin cannot be loaded from there. The
 * first of them takes away what loads the others, so that is held here, out of everybody's sight.
 */
const first = `onmessage = ({ data }) => {
  onmessage = null;
  const load = importScripts.bind(self);
  const urls = data.map((text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  urls.forEach((url) => load(url));
};`;

export interface LearnerScripts {
  /** The bundles `dist/web/learnerWorker.js` and `dist/realm.js`, as texts. */
  readonly learnerScript: string;
  readonly realmScript: string;
}

export interface Learner {
  readonly port: RealmPort;
  /** Resolves when the realm stands, or when it has ended. */
  readonly ready: Promise<void>;
}

export function startLearner({ learnerScript, realmScript }: LearnerScripts): Learner {
  const { port1, port2 } = new browser.MessageChannel();
  const worker = new browser.Worker(`data:text/javascript,${encodeURIComponent(first)}`, { name: 'learner' });
  let listener: Parameters<RealmPort['listen']>[0] | undefined;
  let ended: RealmEnd | undefined;
  let install: ((ok: boolean) => void) | undefined;
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  let stands = false;
  const end = (how: RealmEnd): void => {
    if (ended !== undefined) return;
    ended = how;
    port1.close();
    install?.(false);
    isReady();
    listener?.ended(how);
  };
  port1.onmessage = ({ data }) => {
    stands = true;
    isReady();
    listener?.message(data);
  };
  worker.onmessage = ({ data }) => install?.((data as FromLearner).ok);
  worker.onerror = (event) => {
    event.preventDefault?.();
    // Once the realm stands, only what a learner's code leaves behind can throw outside a call, and that is no end.
    if (!stands)
      end({ kind: 'crashed', message: `the learner’s worker failed: ${event.message ?? 'no reason was given'}` });
  };
  worker.postMessage([learnerScript, realmScript]);
  worker.postMessage({ kind: 'connect' } satisfies ToLearner, [port2]);
  return {
    ready,
    port: {
      install: (modules) =>
        new Promise((resolve) => {
          if (ended !== undefined) return resolve(false);
          install = resolve;
          const texts = modules.map(({ filename, code }) => ({ filename, code }));
          worker.postMessage({ kind: 'install', modules: texts } satisfies ToLearner);
        }),
      send: (message) => port1.postMessage(message),
      listen: (wanted) => {
        listener = wanted;
        if (ended !== undefined) wanted.ended(ended);
      },
      terminate: () => worker.terminate(),
    },
  };
}
