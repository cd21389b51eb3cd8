/** Takes what a learner's code threw apart into three texts, whatever it is: `null`, a proxy, an error with getters. */
import { get, sliceText, toJson } from '../protocol/intrinsics';
import type { Thrown } from '../protocol/realmMessages';

const limits = { name: 200, message: 4_000, stack: 20_000 };

export function takeApart(value: unknown): Thrown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return { name: 'A thrown value', message: describePrimitive(value), stack: '' };
  }
  // Read once, in this order; each reading may run code of the learner's.
  const name = textOf(value, 'name') ?? 'An object without a name';
  const message = textOf(value, 'message') ?? 'An object was thrown that has no message; throw new Error(…) instead.';
  const stack = textOf(value, 'stack') ?? '';
  return {
    name: sliceText(name, 0, limits.name),
    message: sliceText(message, 0, limits.message),
    stack: sliceText(stack, 0, limits.stack),
  };
}

function textOf(value: object, key: string): string | undefined {
  try {
    const text: unknown = get(value, key);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

function describePrimitive(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return sliceText(toJson(value), 0, limits.message);
    case 'symbol':
      return 'a symbol';
    case 'bigint':
      return 'a bigint';
    case 'undefined':
      return 'undefined';
    default:
      return '' + (value as number | boolean | null);
  }
}
