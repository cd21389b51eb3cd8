/**
 * What a learner types as an argument, read as data: numbers, text, true, false, null, lists, objects, and `tensor(…)` and
 * `list(…)` where somebody wants to say which of the two a list is. It is a small strict reader of its own, so that nothing
 * typed there is ever run, and so that what is wrong is said with its column.
 */

/** Columns count from one. */
export type Literal = { readonly column: number } & (
  | { readonly kind: 'plain'; readonly value: number | string | boolean | null }
  | { readonly kind: 'array'; readonly items: readonly Literal[]; readonly says?: 'tensor' | 'list' }
  /** `tensor(3)`, a tensor without axes. */
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, value: Literal])[] }
);

export interface LiteralProblem {
  readonly message: string;
  readonly column: number;
}

export type LiteralResult =
  { readonly ok: true; readonly literal: Literal } | { readonly ok: false; readonly problem: LiteralProblem };

/** Nobody types more by hand. */
const longest = 200_000;
const deepest = 64;

export function readLiteral(text: string): LiteralResult {
  if (text.length > longest) {
    const message = `That is ${text.length} characters long; at most ${longest} can be read.`;
    return { ok: false, problem: { message, column: 1 } };
  }
  try {
    return { ok: true, literal: new Reader(text).whole() };
  } catch (error) {
    if (error instanceof Misread) return { ok: false, problem: { message: error.message, column: error.at + 1 } };
    throw error;
  }
}

class Misread extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const words = new Map<string, number | boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', NaN],
  ['Infinity', Infinity],
]);

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', "'": "'", '"': '"' };

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  whole(): Literal {
    const literal = this.value(0);
    this.skipSpace();
    if (this.at < this.text.length) {
      throw new Misread(`The value ends before ${this.here()}. Separate the items of a list by commas.`, this.at);
    }
    return literal;
  }

  private value(depth: number): Literal {
    this.skipSpace();
    const start = this.at;
    const column = start + 1;
    if (depth > deepest) throw new Misread(`Lists and objects may lie ${deepest} deep, and no deeper.`, start);
    const first = this.text[start];
    if (first === undefined)
      throw new Misread('A value is missing here: a number, text in quotes, or [a list].', start);
    if (first === '[') return { kind: 'array', items: this.items({ open: '[', close: ']', depth }), column };
    if (first === '{') return { kind: 'object', members: this.members(depth), column };
    if (first === '"' || first === "'") return { kind: 'plain', value: this.quoted(first), column };
    const number = this.match(/[+-]?\s*(?:(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|Infinity\b)/y);
    if (number !== undefined) {
      if (/[\w$.]/.test(this.text[this.at] ?? '')) throw this.noNumber(start);
      return { kind: 'plain', value: Number(number.replace(/[\s_]/g, '')), column };
    }
    const word = this.match(/[A-Za-z_$][\w$]*/y);
    if (word === undefined) throw new Misread(`No value begins with ${this.here()}.`, start);
    return this.named(word, { start, depth });
  }

  /** A word, or `tensor(…)` and `list(…)`. */
  private named(word: string, { start, depth }: { readonly start: number; readonly depth: number }): Literal {
    const column = start + 1;
    const known = words.get(word);
    if (known !== undefined) return { kind: 'plain', value: known, column };
    this.skipSpace();
    if ((word === 'tensor' || word === 'list') && this.text[this.at] === '(') {
      const [only, ...more] = this.items({ open: '(', close: ')', depth });
      if (only !== undefined && more.length === 0) {
        if (only.kind === 'array') return { kind: 'array', items: only.items, says: word, column };
        if (word === 'tensor' && only.kind === 'plain' && typeof only.value === 'number') {
          return { kind: 'scalar', value: only.value, column };
        }
      }
      throw new Misread(`${word}(…) takes one list of numbers: ${word}([1, 2]).`, start);
    }
    const because =
      this.text[this.at] === '('
        ? `${word}(…) would have to be run, and what is typed here is only read.`
        : /^(?:function|async|class|new)$/.test(word) || this.text.startsWith('=>', this.at)
          ? 'A function cannot be written here: what is typed is only read, never run.'
          : `${word} is no value that can be read here.`;
    throw new Misread(`${because} Write numbers, "text", true, false, null, [lists] or { objects: 1 }.`, start);
  }

  private items({ open, close, depth }: { open: string; close: string; depth: number }): readonly Literal[] {
    const start = this.at;
    this.at += 1;
    const items: Literal[] = [];
    for (;;) {
      this.skipSpace();
      if (this.take(close)) return items;
      if (this.text[this.at] === ',') throw new Misread('A value is missing before this comma.', this.at);
      items.push(this.value(depth + 1));
      this.skipSpace();
      if (this.take(close)) return items;
      if (!this.take(',')) throw this.unclosed({ open, close, start });
    }
  }

  private members(depth: number): readonly (readonly [string, Literal])[] {
    const start = this.at;
    this.at += 1;
    const members = new Map<string, Literal>();
    for (;;) {
      this.skipSpace();
      if (this.take('}')) return [...members];
      const at = this.at;
      const first = this.text[at];
      const name = first === '"' || first === "'" ? this.quoted(first) : this.match(/[A-Za-z_$][\w$]*/y);
      if (name === undefined) throw new Misread('Here the name of a member should stand: { name: 1 }.', at);
      if (name === '__proto__') throw new Misread('A member cannot be called __proto__.', at);
      if (members.has(name)) throw new Misread(`${name} is there twice.`, at);
      this.skipSpace();
      if (!this.take(':'))
        throw new Misread(`After ${name} a colon and its value should stand: { ${name}: 1 }.`, this.at);
      members.set(name, this.value(depth + 1));
      this.skipSpace();
      if (this.take('}')) return [...members];
      if (!this.take(',')) throw this.unclosed({ open: '{', close: '}', start });
    }
  }

  private quoted(quote: string): string {
    const start = this.at;
    let value = '';
    for (this.at += 1; ; this.at += 1) {
      const character = this.text[this.at];
      if (character === undefined || character === '\n') throw new Misread(`This text has no closing ${quote}.`, start);
      if (character === quote) {
        this.at += 1;
        return value;
      }
      if (character === '\\') {
        this.at += 1;
        const escaped = escapes[this.text[this.at] ?? ''];
        if (escaped === undefined)
          throw new Misread('A backslash stands only before n, t, \\ and quotes.', this.at - 1);
        value += escaped;
      } else {
        value += character;
      }
    }
  }

  private unclosed({ open, close, start }: { open: string; close: string; start: number }): Misread {
    return this.at >= this.text.length
      ? new Misread(`This ${open} is not closed: a ${close} is missing at the end.`, start)
      : new Misread(`A comma or ${close} should stand before ${this.here()}.`, this.at);
  }

  private noNumber(start: number): Misread {
    const found = /[^\s,()[\]{}:]+/y;
    found.lastIndex = start;
    return new Misread(`${found.exec(this.text)?.[0] ?? ''} is not a number.`, start);
  }

  private here(): string {
    return this.at >= this.text.length ? 'the end' : `“${String.fromCodePoint(this.text.codePointAt(this.at) ?? 0)}”`;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private skipSpace(): void {
    this.match(/\s*/y);
  }
}
