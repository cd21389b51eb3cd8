/**
 * Finds exported functions in a text that is being written, and so need not parse: where each name stands, where each of
 * its parameters ends and where its parameter list closes. It reads brackets alone.
 */
import { codeOnly } from './brackets';

/** Offsets into the text. */
export interface Signature {
  readonly name: string;
  readonly start: number;
  /** Behind each parameter with its type, in order; `this` is none. */
  readonly parameterEnds: readonly number[];
  /** Behind the closing bracket of the parameters; `undefined` for a class, and where the bracket is missing. */
  readonly close?: number;
}

/** The first export of each of `names` in `text`, in the order of the text. */
export function signaturesIn(text: string, names: readonly string[]): readonly Signature[] {
  const code = codeOnly(text);
  const found: Signature[] = [];
  const exported = /^export\s+(?:default\s+)?(?:async\s+)?(function\s*\*?|class|const|let)\s*([\w$]+)/gm;
  for (const match of code.matchAll(exported)) {
    const [whole, keyword = '', name = ''] = match;
    if (names.includes(name) && !found.some((other) => other.name === name)) {
      const end = match.index + whole.length;
      found.push({ name, start: end - name.length, ...parametersFrom(code, { keyword, end }) });
    }
  }
  return found;
}

function parametersFrom(
  code: string,
  { keyword, end }: { readonly keyword: string; readonly end: number },
): Pick<Signature, 'parameterEnds' | 'close'> {
  const opening = keyword === 'class' ? undefined : /^[^({;]*?\(/.exec(code.slice(end));
  if (opening === undefined || opening === null) {
    return { parameterEnds: [] };
  }
  const ends: number[] = [];
  let depth = 0;
  let start = end + opening[0].length;
  const parameterEndsAt = (offset: number): void => {
    const parameter = code.slice(start, offset);
    if (parameter.trim() !== '' && !/^\s*this\s*:/.test(parameter)) {
      ends.push(start + parameter.trimEnd().length);
    }
    start = offset + 1;
  };
  for (let offset = start; offset < code.length; offset += 1) {
    const character = code[offset] ?? '';
    if (character === ')' && depth === 0) {
      parameterEndsAt(offset);
      return { parameterEnds: ends, close: offset + 1 };
    }
    if (character === ',' && depth === 0) {
      parameterEndsAt(offset);
    } else if ('([{<'.includes(character)) {
      depth += 1;
    } else if (')]}>'.includes(character) && code[offset - 1] !== '=') {
      depth -= 1;
    }
  }
  return { parameterEnds: [] };
}
