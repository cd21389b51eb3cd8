/**
 * The judge's side of the conversation with a learner's realm: one question at a time, each with a limit, each with
 * exactly one answer. Whatever the realm does (never answers, answers twice, dies, sends nonsense), `ask` resolves.
 */
import type { BackendUse, ConsoleOutput } from '../report';
import { readFromRealm } from '../protocol/readFromRealm';
import type { FromRealm, ToRealm } from '../protocol/realmMessages';
import type { RealmEnd, RealmPort } from './realmPort';
import { setLimit } from './setLimit';
import type { TimeLimit } from './timeLimits';

type WithoutId<Message> = Message extends { readonly id: number } ? Omit<Message, 'id'> : never;
export type Question = WithoutId<ToRealm>;
export type ProbeQuestion = Omit<Extract<Question, { readonly kind: 'probe' }>, 'probe'>;

export type Answer =
  | Exclude<Extract<FromRealm, { readonly id: number }>, { readonly kind: 'awaiting' }>
  | {
      readonly kind: 'timedOut';
      readonly limit: TimeLimit;
      /** The function had returned a promise, and it is that which did not settle. */
      readonly awaiting: boolean;
    }
  | RealmEnd;

/** Which messages answer which question; anything else that has its id is no answer to it. */
const fitting: Readonly<Record<Question['kind'], readonly FromRealm['kind'][]>> = {
  start: ['started', 'threw'],
  call: ['answered', 'threw', 'notCallable'],
  probe: ['answered', 'threw', 'notCallable'],
  launch: ['launched', 'launchFailed', 'threw', 'notCallable'],
  lab: ['answered', 'threw'],
};

interface Pending {
  readonly id: number;
  /** Set once the question is on its way; before that, nothing answers it. */
  question: Question['kind'] | undefined;
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
  /** The texts of the probes that are in the realm, and their numbers there. */
  readonly #probes = new Map<string, number>();

  constructor(port: RealmPort) {
    this.#port = port;
    port.listen({ message: (message) => this.#receive(message), ended: (end) => this.#end(end) });
  }

  get console(): ConsoleOutput {
    return { lines: [...this.#lines], dropped: this.#dropped };
  }

  /** The lines that were printed since this was asked last, and how many have been dropped in all. */
  takeConsole(): ConsoleOutput {
    return { lines: this.#lines.splice(0), dropped: this.#dropped };
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
  ask(question: Question, limit: () => TimeLimit): Promise<Answer> {
    const answer = this.#queue.then(() => this.#askNow(limit(), (id) => this.#send(question, id)));
    this.#queue = answer;
    return answer;
  }

  /** As `ask`, when texts have been brought into the realm first; that counts in the limit. */
  askWith(bringIn: (port: RealmPort) => Promise<Question | undefined>, limit: () => TimeLimit): Promise<Answer> {
    const answer = this.#queue.then(() =>
      this.#askNow(limit(), (id) => {
        void bringIn(this.#port).then((question) => {
          if (question !== undefined) this.#send(question, id);
          else this.#end({ kind: 'crashed', message: 'a text compiled here but not where it is to run' });
        });
      }),
    );
    this.#queue = answer;
    return answer;
  }

  /** Asks a probe, whose text is brought into the realm first where it is not there yet. */
  askProbe(code: string, question: ProbeQuestion, limit: () => TimeLimit): Promise<Answer> {
    return this.askWith(async (port) => {
      const next = this.#probes.size;
      const probe = this.#probes.get(code) ?? next;
      if (probe === next) {
        const name = `${next + 1}`;
        const module = { id: `probe ${name}`, filename: `groundup-probe:${name}`, code, requires: [] };
        if (!(await port.install([module]))) return undefined;
        this.#probes.set(code, next);
      }
      return { ...question, probe };
    }, limit);
  }

  terminate(): void {
    this.#port.terminate();
  }

  #askNow(limit: TimeLimit, send: (id: number) => void): Promise<Answer> {
    if (this.#ended !== undefined) return Promise.resolve(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const timer = setLimit(() => {
        this.#end({ kind: 'timedOut', limit, awaiting: this.#pending?.awaiting ?? false });
        this.#port.terminate();
      }, limit.ms);
      this.#pending = {
        id,
        question: undefined,
        awaiting: false,
        settle: (answer) => {
          clearTimeout(timer);
          this.#pending = undefined;
          resolve(answer);
        },
      };
      send(id);
    });
  }

  #send(question: Question, id: number): void {
    if (this.#pending?.id === id) this.#pending.question = question.kind;
    this.#port.send({ ...question, id });
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
    if (message.kind === 'awaiting') return true;
    return pending.question !== undefined && fitting[pending.question].includes(message.kind);
  }
}
