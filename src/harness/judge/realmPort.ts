/**
 * What the judge needs of the place where the learner's code runs. Adapters: a worker thread of the judge's process, a
 * worker of a page. Nothing that comes through it is believed.
 */
import type { Program } from '../compile/loader';
import type { ToRealm } from '../protocol/realmMessages';

/** How a realm ended that nobody asked to end. */
export type RealmEnd = { readonly kind: 'outOfMemory' } | { readonly kind: 'crashed'; readonly message: string };

export interface RealmPort {
  /**
   * Turns texts into functions inside the realm, in their order and behind those that are there: first those of the
   * program, later those of probes. False when one of them is not JavaScript there.
   */
  install(modules: Program['modules']): Promise<boolean>;
  send(message: ToRealm): void;
  /** Sets the one listener for what comes out of the realm. */
  listen(listener: { message(message: unknown): void; ended(end: RealmEnd): void }): void;
  /** Ends the realm, whatever it is doing. */
  terminate(): void;
}
