/**
 * The little of a browser that the harness uses, as types of its own: the same lines are compiled for pages, for workers
 * and for tests, whose libraries of types differ.
 */

/** One end of a channel, or a worker as its maker holds it, or the maker as the worker does. */
export interface Endpoint {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  onmessage: ((event: { readonly data: unknown; readonly ports?: readonly Endpoint[] }) => void) | null;
}

export interface BrowserWorker extends Endpoint {
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
  terminate(): void;
}

interface Browser {
  readonly Worker: new (url: string, options?: { readonly name?: string }) => BrowserWorker;
  readonly MessageChannel: new () => { readonly port1: Endpoint & { close(): void }; readonly port2: Endpoint };
  readonly Blob: new (parts: readonly string[], options: { readonly type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string; revokeObjectURL(url: string): void };
}

/** What a worker has besides. */
export interface WorkerScope extends Browser, Endpoint {
  readonly importScripts: (url: string) => void;
}

/** The global object, where it is that of a page or of a worker. */
export const browser = globalThis as unknown as Browser;

/** The global object, where it is that of a worker. */
export const workerScope = globalThis as unknown as WorkerScope;

const asScript = { type: 'text/javascript' };

/** The address of a script of this text, for as long as it is not revoked. */
export function scriptUrl(text: string): string {
  return browser.URL.createObjectURL(new browser.Blob([text], asScript));
}
