/**
 * Reads a message from the learner's realm strictly: what is not exactly one of them, with texts of a sane length, is no
 * message. Written by hand because it stands in the path of every call, in a process that has just started.
 */
import type { BackendUse } from '../report';
import type { ConsoleLevel, FromRealm, Thrown, WireChange } from './realmMessages';
import type { Wire } from './wire';

/** Ends the reading; it never leaves this file. */
class NotAMessage extends Error {}

/** The message, or `undefined` when it is not one. */
export function readFromRealm(raw: unknown): FromRealm | undefined {
  try {
    return message(record(raw));
  } catch (error) {
    if (error instanceof NotAMessage) return undefined;
    throw error;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function message(fields: Fields): FromRealm {
  const kind = text(fields['kind'], 20) as FromRealm['kind'];
  switch (kind) {
    case 'ready':
      return { kind };
    case 'started':
    case 'awaiting':
      return { kind, id: whole(fields['id']) };
    case 'answered':
      return { kind, id: whole(fields['id']), value: wire(fields['value']), ...circumstances(fields) };
    case 'launched':
      return {
        kind,
        id: whole(fields['id']),
        value: wire(fields['value']),
        kernelClass: text(fields['kernelClass'], 100),
        milliseconds: amount(fields['milliseconds']),
        cellByCellMilliseconds: amount(fields['cellByCellMilliseconds']),
        ...circumstances(fields),
      };
    case 'launchFailed':
      return { kind, id: whole(fields['id']), sentence: text(fields['sentence'], 5_000) };
    case 'threw':
      return {
        kind,
        id: whole(fields['id']),
        thrown: thrown(fields['thrown']),
        changed: list(fields['changed'], change),
      };
    case 'notCallable':
      return { kind, id: whole(fields['id']), name: text(fields['name'], 200), found: text(fields['found'], 200) };
    case 'console':
      return { kind, level: level(fields['level']), text: text(fields['text'], 10_000) };
    case 'dropped':
      return { kind, count: amount(fields['count']) };
    default:
      kind satisfies never;
      throw new NotAMessage();
  }
}

function circumstances(fields: Fields): { changed: readonly WireChange[]; backends: readonly BackendUse[] } {
  return { changed: list(fields['changed'], change), backends: list(fields['backends'], backendUse) };
}

function record(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotAMessage();
  return value as Fields;
}

function list<Item>(value: unknown, read: (item: unknown) => Item): readonly Item[] {
  if (!Array.isArray(value) || value.length > 1_000) throw new NotAMessage();
  return value.map(read);
}

function text(value: unknown, longest: number): string {
  if (typeof value !== 'string' || value.length > longest) throw new NotAMessage();
  return value;
}

function amount(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0)) throw new NotAMessage();
  return value;
}

function whole(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new NotAMessage();
  return amount(value);
}

function wire(value: unknown): Wire {
  const { text: json, bytes } = record(value);
  if (typeof json !== 'string' || !(bytes instanceof ArrayBuffer)) throw new NotAMessage();
  return { text: json, bytes };
}

function change(value: unknown): WireChange {
  const { index, after } = record(value);
  return { index: whole(index), after: wire(after) };
}

function thrown(value: unknown): Thrown {
  const { name, message: words, stack } = record(value);
  return { name: text(name, 1_000), message: text(words, 10_000), stack: text(stack, 50_000) };
}

function level(value: unknown): ConsoleLevel {
  if (value !== 'log' && value !== 'info' && value !== 'warn' && value !== 'error') throw new NotAMessage();
  return value;
}

function backendUse(value: unknown): BackendUse {
  const { backend, ran, kernelClass, reason } = record(value);
  return {
    backend: text(backend, 100),
    ran: text(ran, 100),
    ...(kernelClass === undefined ? {} : { kernelClass: text(kernelClass, 100) }),
    reason: text(reason, 1_000),
  };
}
