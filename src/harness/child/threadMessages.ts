/** What the judge's process and the outer side of the learner's thread say to each other. */
import type { MessagePort } from 'node:worker_threads';

export interface ThreadData {
  /** The bundle that is evaluated inside each context first. */
  readonly realmPath: string;
}

export type ToThread =
  /** Makes a new context and moves the port into it. */
  | { readonly kind: 'stand'; readonly port: MessagePort }
  /** Compiles texts for the context that stands. */
  | {
      readonly kind: 'install';
      readonly modules: readonly { readonly filename: string; readonly code: string }[];
    };

export interface FromThread {
  readonly kind: 'installed';
  /** False when a module could not be compiled. */
  readonly ok: boolean;
}
