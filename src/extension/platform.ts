/** What differs between the hosts of the extension: an editor with Node, and a browser without. */
import type { Runner } from '../harness/runner';
import type { RunHost } from '../harness/runs/runHost';
import type * as lazy from './lazy';

/** What is loaded when it is first needed. */
export type Lazy = typeof lazy;

export interface Platform {
  load(): Promise<Lazy>;
  /** Makes the runner that judges, or says in one sentence why this host has none. Called at most once at a time. */
  createRunner(): Promise<Runner | { readonly unavailable: string }>;
  /** Makes what labs run in. Called at most once at a time. */
  createRunHost(): Promise<RunHost>;
  /** What a debugger launches: a program, the Node to run it with, and the folder in which there is nothing to step through. */
  readonly debuggee:
    { readonly program: string; readonly runtime: string; readonly skip: string } | { readonly unavailable: string };
}
