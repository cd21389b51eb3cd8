/** The small readers from which the strict reading of a lab is made: what is not what it should be ends the reading. */

/** Ends the reading, with what is wrong in a few words. */
export class Unreadable extends Error {}

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable(`${what} is no object`);
  return value as Fields;
}

export function listOf(value: unknown, { what, most }: { readonly what: string; readonly most: number }): unknown[] {
  if (!Array.isArray(value)) throw new Unreadable(`${what} is no list`);
  if (value.length > most) throw new Unreadable(`${what} has ${value.length} entries, and ${most} are the most`);
  return Array.from(value, (item: unknown) => item);
}

/** A text, cut where it is longer than a person would read. */
export function textOf(
  value: unknown,
  { what, most = 200 }: { readonly what: string; readonly most?: number },
): string {
  if (typeof value !== 'string') throw new Unreadable(`${what} is no text`);
  return value.length > most ? `${value.slice(0, most - 1)}…` : value;
}

export function numberOf(value: unknown, what: string): number {
  if (typeof value !== 'number') throw new Unreadable(`${what} is no number`);
  return value;
}

export function oneOf<const Choice extends string>(value: unknown, choices: readonly Choice[], what: string): Choice {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new Unreadable(`${what} is none of ${choices.join(', ')}`);
  return found;
}
