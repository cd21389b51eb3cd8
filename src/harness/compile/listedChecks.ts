/**
 * Lists the checks of a `checks.ts` without running any of it: a course is data until its folder is trusted, and a list of
 * tests is drawn before that. It reads brackets and names, for a parser would take a third of a second of the editor's
 * extension host. A check that is not written as a plain member of what `defineChecks` is given is not seen.
 */
import { codeOnly } from './brackets';

export interface ListedCheck {
  readonly sentence: string;
  /** The derivation step that it tests. */
  readonly step?: string;
  /** The functions of the exercise that it uses, in the order of the stub. */
  readonly functions: readonly string[];
}

export interface ListInput {
  /** The text of `checks.ts`. */
  readonly checks: string;
  /** The text of `stub.ts`. */
  readonly stub: string;
}

/** What is to be written in an exercise: the exported functions and classes of its stub that still have a TODO. */
export function functionsToWrite(stub: string): readonly string[] {
  const code = codeOnly(stub);
  return topLevel(code)
    .filter(({ start, end }) => code.startsWith('export', start) && stub.slice(start, end).includes('TODO'))
    .map(({ name }) => name);
}

/** The checks in the order in which they run; none where they are not found. */
export function listChecks({ checks, stub }: ListInput): readonly ListedCheck[] {
  const functions = functionsToWrite(stub);
  const code = codeOnly(checks);
  const opening = /^export\s+default\s+(?:defineChecks\b[^{;]*?(?:<[^{;]*>\s*)?\(\s*)?\{/m.exec(code);
  if (opening === null) {
    return [];
  }
  const helpers = new Map(topLevel(code).map(({ name, start, end }) => [name, code.slice(start, end)]));
  const start = opening.index + opening[0].length;
  return membersFrom(code, start).flatMap((member) => {
    const colon = code.indexOf(':', member.start);
    const sentence = nameWritten(checks.slice(member.start, colon).trim());
    if (colon < 0 || colon > member.end || sentence === undefined) {
      return [];
    }
    const step = /\bstep:\s*(['"])(.*?)\1/.exec(checks.slice(colon, member.end))?.[2];
    const used = namesIn(code.slice(colon, member.end), helpers);
    return {
      sentence,
      ...(step === undefined ? {} : { step }),
      functions: functions.filter((name) => used.has(name)),
    };
  });
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a module declares at the beginning of a line, each up to the next. */
function topLevel(code: string): readonly (Span & { readonly name: string })[] {
  const declared = /^(?:export\s+(?:default\s+)?)?(?:async\s+)?(?:function\s*\*?|class|const|let)\s*([\w$]+)/gm;
  const found = [...code.matchAll(declared)].map((match) => ({ start: match.index, name: match[1] ?? '' }));
  const otherwise = [...code.matchAll(/^(?:export|import|interface|type|declare)\b/gm)].map(({ index }) => index);
  const starts = [...found.map(({ start }) => start), ...otherwise];
  return found.map(({ name, start }) => {
    const end = Math.min(code.length, ...starts.filter((other) => other > start));
    return { name, start, end };
  });
}

/** The members of an object literal whose brace is before `start`. */
function membersFrom(code: string, start: number): readonly Span[] {
  const members: Span[] = [];
  let depth = 0;
  let from = start;
  const endsAt = (end: number): void => {
    const blanks = /^\s*/.exec(code.slice(from, end))?.[0].length ?? 0;
    // A name in quotes is blank here, so what is left is a colon and a value.
    if (from + blanks < end) members.push({ start: from, end });
    from = end + 1;
  };
  for (let offset = start; offset < code.length; offset += 1) {
    const character = code[offset] ?? '';
    if (character === '}' && depth === 0) {
      endsAt(offset);
      return members;
    }
    if (character === ',' && depth === 0) {
      endsAt(offset);
    } else if ('([{'.includes(character)) {
      depth += 1;
    } else if (')]}'.includes(character)) {
      depth -= 1;
    }
  }
  return [];
}

/** The name of a member as it is written before its colon, comments above it left out. */
function nameWritten(written: string): string | undefined {
  const name = written.replace(/^(?:\/\/[^\n]*\n\s*|\/\*[^]*?\*\/\s*)+/, '');
  if (/^[\w$]+$/.test(name)) {
    return name;
  }
  const quoted = /^(['"])((?:(?!\1)[^\\\n]|\\.)*)\1$/.exec(name)?.[2];
  return quoted?.replace(/\\(.)/g, '$1');
}

/** Every name that `code` mentions, through the helpers that it uses too. What the reference has is the author's own. */
function namesIn(code: string, helpers: ReadonlyMap<string, string>): ReadonlySet<string> {
  const names = new Set<string>();
  const pending = [code];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [name] of next.matchAll(/(?<!\breference\.)(?<![\w$])[A-Za-z_$][\w$]*/g)) {
      if (!names.has(name)) {
        names.add(name);
        const helper = helpers.get(name);
        if (helper !== undefined) pending.push(helper);
      }
    }
  }
  return names;
}
