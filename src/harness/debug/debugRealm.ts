/**
 * The learner's program twice in this process: once under the names of the learner's own files, where breakpoints bind,
 * for the call that is looked for, and once under names that no breakpoint knows, for the calls before and after it.
 */
import type { InProcessOptions } from '../judge/inProcessRealm';
import { InProcessRealm } from '../judge/inProcessRealm';
import type { RealmPort } from '../judge/realmPort';
import type { Program } from '../compile/loader';
import type { ToRealm } from '../protocol/realmMessages';
import { wireTensors } from '../protocol/tensors';
import { decode } from '../protocol/wire';
import { viewOf } from '../present/viewOf';
import type { ValueView } from '../report';

export interface DebugRealmOptions extends InProcessOptions {
  /** The module as a debugger finds its way from it to the learner's file; itself where the learner did not write it. */
  readonly withFile: (module: Program['modules'][number]) => Program['modules'][number];
  readonly input: readonly ValueView[] | undefined;
  /** Awaited between the loading of the program and its first call. */
  readonly beforeFirstCall?: () => Promise<void>;
}

export class DebugRealm implements RealmPort {
  readonly #seen: InProcessRealm;
  readonly #unseen: InProcessRealm;
  readonly #options: DebugRealmOptions;
  #met = 0;
  #begun: Promise<void> | undefined;

  constructor(options: DebugRealmOptions) {
    this.#options = options;
    this.#seen = new InProcessRealm(options);
    this.#unseen = new InProcessRealm(options);
  }

  /** How many calls have been made within the debugger's reach. */
  get callsMet(): number {
    return this.#met;
  }

  async install(modules: Program['modules']): Promise<boolean> {
    const seen = modules.map((module) => this.#options.withFile(module));
    return (await this.#seen.install(seen)) && (await this.#unseen.install(modules));
  }

  listen(listener: Parameters<RealmPort['listen']>[0]): void {
    this.#seen.listen(listener);
    // Its answer to the start would be a second one to the same question.
    this.#unseen.listen({
      ...listener,
      message: (message) => {
        if (!isStarted(message)) listener.message(message);
      },
    });
  }

  send(message: ToRealm): void {
    if (message.kind === 'start' || message.kind === 'warmUp') {
      this.#seen.send(message);
      this.#unseen.send(message);
      return;
    }
    this.#begun ??= this.#options.beforeFirstCall?.() ?? Promise.resolve();
    void this.#begun.then(() => this.#call(message));
  }

  #call(message: Exclude<ToRealm, { kind: 'start' | 'warmUp' }>): void {
    if (this.#isLookedFor(message)) {
      this.#met += 1;
      this.#seen.send(message);
    } else this.#unseen.send(message);
  }

  terminate(): void {
    this.#seen.terminate();
    this.#unseen.terminate();
  }

  #isLookedFor({ arguments: wires }: Exclude<ToRealm, { kind: 'start' | 'warmUp' }>): boolean {
    const { input } = this.#options;
    return (
      input === undefined ||
      sameViews(
        wires.map((wire) => viewOf(decode(wire, wireTensors))),
        input,
      )
    );
  }
}

function sameViews(a: readonly ValueView[], b: readonly ValueView[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isStarted(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'started';
}
