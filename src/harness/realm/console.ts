/**
 * The learner's `console`. It has a budget of lines and characters: what is within it is sent at once (so that an
 * endless loop still shows what it printed), what is beyond it is only counted, without being formatted.
 */
import {
  get,
  getOwnPropertyDescriptor,
  isArray,
  ownKeys,
  sliceText,
  tagOf,
  toJson,
  typedArrayTag,
} from '../protocol/intrinsics';
import type { ConsoleLevel } from '../protocol/realmMessages';

export interface ConsoleSink {
  line(level: ConsoleLevel, text: string): void;
  /** How many lines have been dropped so far. Told now and then, not for each line. */
  dropped(count: number): void;
}

/** What each refill allows. */
const refilled = { lines: 50, characters: 8_000 };

const budget = { lines: 500, characters: 64_000, lineLength: 4_000, items: 60, depth: 4 };

export interface LearnerConsole {
  /** The object that stands as `console` in the learner's realm. */
  readonly console: Readonly<Record<string, (...values: unknown[]) => void>>;
  /** While it is quiet, what is printed is neither shown nor counted. */
  quiet(isQuiet: boolean): void;
  /** Gives it a new budget, smaller than the first: for what is asked many times a second. */
  refill(): void;
  /** Tells the sink how many lines have been dropped, if any were since the last time. */
  settle(): void;
}

/** `picture` shows a tensor, and answers `undefined` for anything else. */
export function createConsole(sink: ConsoleSink, picture: (value: object) => string | undefined): LearnerConsole {
  let lines = 0;
  let characters = 0;
  let dropped = 0;
  let told = 0;
  let isSilent = false;
  const print = (level: ConsoleLevel, values: readonly unknown[]): void => {
    if (isSilent) return;
    if (lines >= budget.lines || characters >= budget.characters) {
      dropped += 1;
      // Doubling keeps a flood of a million lines to twenty messages.
      if (dropped >= 2 * told) {
        told = dropped;
        sink.dropped(dropped);
      }
      return;
    }
    const text = sliceText(format(values, picture), 0, budget.lineLength);
    lines += 1;
    characters += text.length;
    sink.line(level, text);
  };
  return {
    console: {
      log: (...values) => print('log', values),
      debug: (...values) => print('log', values),
      info: (...values) => print('info', values),
      table: (...values) => print('log', values),
      dir: (...values) => print('log', values),
      trace: (...values) => print('log', values),
      warn: (...values) => print('warn', values),
      error: (...values) => print('error', values),
    },
    quiet: (isQuiet) => {
      isSilent = isQuiet;
    },
    refill: () => {
      lines = budget.lines - refilled.lines;
      characters = budget.characters - refilled.characters;
    },
    settle: () => {
      if (dropped === told) return;
      told = dropped;
      sink.dropped(dropped);
    },
  };
}

type Picture = (value: object) => string | undefined;

function format(values: readonly unknown[], picture: Picture): string {
  let text = '';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    text += (index === 0 ? '' : ' ') + (typeof value === 'string' ? value : show(value, { picture, depth: 0 }));
    if (text.length > budget.lineLength) break;
  }
  return text;
}

interface Showing {
  readonly picture: Picture;
  readonly depth: number;
}

function show(value: unknown, showing: Showing): string {
  switch (typeof value) {
    case 'string':
      return sliceText(toJson(sliceText(value, 0, budget.lineLength)), 0, budget.lineLength);
    case 'number':
      return Object.is(value, -0) ? '-0' : '' + value;
    case 'boolean':
    case 'undefined':
      return '' + value;
    case 'bigint':
      return '' + value + 'n';
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
    case 'object':
      if (value === null) return 'null';
      try {
        return showObject(value, showing);
      } catch {
        return 'an object that throws when it is read';
      }
  }
}

function showObject(value: object, { picture, depth }: Showing): string {
  const drawn = picture(value);
  if (drawn !== undefined) return drawn;
  const tag = tagOf(value);
  if (tag === '[object Error]') return errorText(value);
  if (depth >= budget.depth) return '…';
  const inside: Showing = { picture, depth: depth + 1 };
  const listed = isArray(value) || typeof typedArrayTag(value) === 'string';
  const keys = listed ? undefined : ownKeys(value);
  const length = keys?.length ?? (value as { readonly length: number }).length;
  let text = listed ? '[' : '{';
  for (let index = 0; index < length; index += 1) {
    if (index >= budget.items || text.length > budget.lineLength) {
      text += ', … ' + (length - index) + ' more';
      break;
    }
    const key = keys === undefined ? index : keys[index];
    if (key === undefined || typeof key === 'symbol') continue;
    const descriptor = getOwnPropertyDescriptor(value, key);
    const member = descriptor?.get ? 'a getter' : show(descriptor?.value, inside);
    text += (index === 0 ? (listed ? '' : ' ') : ', ') + (listed ? member : key + ': ' + member);
  }
  return text + (listed ? ']' : length === 0 ? '}' : ' }');
}

function errorText(error: object): string {
  const name: unknown = get(error, 'name');
  const message: unknown = get(error, 'message');
  return (typeof name === 'string' ? name : 'Error') + ': ' + (typeof message === 'string' ? message : '');
}
