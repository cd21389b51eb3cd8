/**
 * The judge's side of the conversation with a learner's realm: one question at a time, each with a limit, each with
 * exactly one answer. Whatever the realm does (never answers, answers twice, dies, sends nonsense), `ask` resolves.
 */
import type { BackendUse, ConsoleOutput } from '../report';
import { readFromRealm } from '../protocol/readFromRealm';
import type { FromRealm, ToRealm } from '../protocol/realmMessages';
import type { RealmEnd, RealmPort } from './realmPort';

type WithoutId<Message> = Message extends { readonly id: number } ? Omit<Message, 'id'> : never;
export type Question = WithoutId<ToRealm>;

export type Answer =
  | Exclude<Extract<FromRealm, { readonly id: number }>, { readonly kind: 'awaiting' }>
  | {
      readonly kind: 'timedOut';
      readonly limitMs: number;
      /** The function had returned a promise, and it is that which did not settle. */
      readonly awaiting: boolean;
    }
  | RealmEnd;

/** Which messages answer which question; anything else that has its id is no answer to it. */
const fitting: Readonly<Record<Question['kind'], readonly FromRealm['kind'][]>> = {
  start: ['started', 'threw'],
  call: ['answered', 'threw', 'notCallable'],
  launch: ['launched', 'launchFailed', 'threw', 'notCallable'],
};

interface Pending {
  readonly id: number;
  readonly question: Question['kind'];
  awaiting: boolean;
  readonly settle: (answer: Answer) => void;
}

const consoleLineLimit = 1_000;

export class RealmClient {
  readonly #port: RealmPort;
  readonly #lines: ConsoleOutput['lines'][number][] = [];
  #dropped = 0;
  #backends: readonly BackendUse[] = [];
  #nextId = 1;
  #pending: Pending | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #ended: Answer | undefined;

  constructor(port: RealmPort) {
    this.#port = port;
    port.listen({ message: (message) => this.#receive(message), ended: (end) => this.#end(end) });
  }

  get console(): ConsoleOutput {
    return { lines: [...this.#lines], dropped: this.#dropped };
  }

  /** What the realm's tensor library says it ran on. */
  get backends(): readonly BackendUse[] {
    return this.#backends;
  }

  /** Once set, nothing more will be answered: the realm has ended, and this is how. */
  get ended(): Answer | undefined {
    return this.#ended;
  }

  /** Asks when all earlier questions have been answered; only then does `limit` begin to run. */
  ask(question: Question, limit: () => number): Promise<Answer> {
    const answer = this.#queue.then(() => this.#askNow(question, limit()));
    this.#queue = answer;
    return answer;
  }

  terminate(): void {
    this.#port.terminate();
  }

  #askNow(question: Question, limitMs: number): Promise<Answer> {
    if (this.#ended !== undefined) return Promise.resolve(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => {
          this.#end({ kind: 'timedOut', limitMs, awaiting: this.#pending?.awaiting ?? false });
          this.#port.terminate();
        },
        Math.max(0, limitMs),
      );
      this.#pending = {
        id,
        question: question.kind,
        awaiting: false,
        settle: (answer) => {
          clearTimeout(timer);
          this.#pending = undefined;
          resolve(answer);
        },
      };
      this.#port.send({ ...question, id });
    });
  }

  #end(answer: Answer): void {
    this.#ended ??= answer;
    this.#pending?.settle(this.#ended);
  }

  #receive(raw: unknown): void {
    const message = readFromRealm(raw);
    if (message === undefined || this.#ended !== undefined) return;
    if ('id' in message && !this.#isAwaited(message)) return;
    switch (message.kind) {
      case 'ready':
        return;
      case 'console':
        if (this.#lines.length < consoleLineLimit) this.#lines.push({ level: message.level, text: message.text });
        else this.#dropped += 1;
        return;
      case 'dropped':
        this.#dropped = Math.max(this.#dropped, message.count);
        return;
      case 'awaiting':
        if (this.#pending !== undefined) this.#pending.awaiting = true;
        return;
      case 'answered':
      case 'launched':
        this.#backends = message.backends;
        break;
      case 'started':
      case 'launchFailed':
      case 'threw':
      case 'notCallable':
        break;
      default:
        message satisfies never;
    }
    this.#pending?.settle(message);
  }

  /** Whether it says something about the question that is open now. */
  #isAwaited(message: Extract<FromRealm, { readonly id: number }>): boolean {
    const pending = this.#pending;
    if (pending?.id !== message.id) return false;
    return message.kind === 'awaiting' || fitting[pending.question].includes(message.kind);
  }
}
