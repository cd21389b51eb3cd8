/**
 * Tells the parent which call is under way, so that it can name it should the process die of it. A check may make
 * hundreds of calls of a few microseconds; of those only some are told, and a call that lasts always is.
 */
import type { CallView } from '../report';

const everyMs = 5;

export class CallTeller {
  readonly #send: (call: CallView) => void;
  #toldAt = -Infinity;
  #latest: (() => CallView) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (call: CallView) => void) {
    this.#send = send;
  }

  calling(view: () => CallView): void {
    this.#latest = view;
    const wait = this.#toldAt + everyMs - performance.now();
    if (wait <= 0) this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), wait);
  }

  /** The calls so far are over. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#latest = undefined;
  }

  #tell(): void {
    const view = this.#latest;
    this.clear();
    this.#toldAt = performance.now();
    if (view !== undefined) this.#send(view());
  }
}
