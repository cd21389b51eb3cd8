/** What the judge's process and the outer side of the learner's thread say to each other. */
import type { MessagePort } from 'node:worker_threads';

export interface ThreadData {
  /** Goes into the learner's context. */
  readonly port: MessagePort;
  /** The bundle that is evaluated inside the context first. */
  readonly realmPath: string;
}

export interface ToThread {
  readonly kind: 'install';
  readonly modules: readonly { readonly filename: string; readonly code: string }[];
}

export interface FromThread {
  readonly kind: 'installed';
  /** False when a module could not be compiled. */
  readonly ok: boolean;
}
