/**
 * Which brackets are open at a place in a text that does not parse. It reads only as much of the language as that needs:
 * where comments, strings, templates and regular expressions begin and end.
 */

export interface OpenBracket {
  readonly bracket: '(' | '[' | '{';
  readonly offset: number;
}

export const closingOf = { '(': ')', '[': ']', '{': '}' } as const;

const openingOf: Readonly<Record<string, '(' | '[' | '{'>> = { ')': '(', ']': '[', '}': '{' };

/** `text` with everything that is not code replaced by spaces; offsets and lines stay. */
export function codeOnly(text: string): string {
  return scan(text).code;
}

/** The offsets at which a template literal has an empty part: between `}` and the closing backtick, and the like. */
export function emptyTemplateParts(text: string): readonly number[] {
  return text.includes('`') ? scan(text).emptyParts : [];
}

function scan(text: string): { readonly code: string; readonly emptyParts: readonly number[] } {
  const emptyParts: number[] = [];
  let code = '';
  let index = 0;
  /** For each template being read, how many braces are open inside its current `${`. */
  const templates: number[] = [];
  const blank = (end: number): void => {
    code += text.slice(index, end).replace(/[^\n]/g, ' ');
    index = end;
  };
  const endOf = (pattern: RegExp): number => {
    pattern.lastIndex = index;
    return pattern.exec(text) ? pattern.lastIndex : text.length;
  };
  const template = (): void => {
    if (text[index] === '`' || text.startsWith('${', index)) {
      emptyParts.push(index);
    }
    blank(endOf(/(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{|$)/y));
    if (text[index - 1] === '{') {
      templates.push(0);
    }
  };
  while (index < text.length) {
    const character = text[index] ?? '';
    const depth = templates.at(-1);
    if (text.startsWith('//', index)) {
      blank(endOf(/[^\n]*/y));
    } else if (text.startsWith('/*', index)) {
      blank(endOf(/\/\*[^]*?\*\//y));
    } else if (character === '"' || character === "'") {
      blank(endOf(character === '"' ? /"(?:[^"\\\n]|\\[^])*(?:"|(?=\n)|$)/y : /'(?:[^'\\\n]|\\[^])*(?:'|(?=\n)|$)/y));
    } else if (character === '`') {
      blank(index + 1);
      template();
    } else if (character === '}' && depth === 0) {
      templates.pop();
      blank(index + 1);
      template();
    } else if (
      character === '/' &&
      /(?:^|[([{,;=:!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|void))\s*$/.test(code.slice(-40))
    ) {
      blank(endOf(/\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])*(?:\/|(?=\n)|$)/y));
    } else {
      if (depth !== undefined && (character === '{' || character === '}')) {
        templates[templates.length - 1] = depth + (character === '{' ? 1 : -1);
      }
      code += character;
      index++;
    }
  }
  return { code, emptyParts };
}

function indentationAt(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^\s*/.exec(text.slice(start, offset))?.[0].length ?? 0;
}

/**
 * The brackets open at `end` in text of code only, outermost first; and, by the indentation, the block whose closing
 * brace was left out: a `}` at the start of its line that closes a deeper-indented `{` was meant for another one.
 */
export function openBrackets(
  code: string,
  end: number,
): { readonly open: readonly OpenBracket[]; readonly suspect?: OpenBracket } {
  const open: OpenBracket[] = [];
  let suspect: OpenBracket | undefined;
  for (let offset = 0; offset < Math.min(end, code.length); offset++) {
    const character = code[offset] ?? '';
    if (character === '(' || character === '[' || character === '{') {
      open.push({ bracket: character, offset });
    } else if (openingOf[character] && open.at(-1)?.bracket === openingOf[character]) {
      const closed = open.pop();
      const lineStart = code.lastIndexOf('\n', offset - 1) + 1;
      const first = code.slice(lineStart, offset).trim() === '';
      if (closed?.bracket === '{' && first && !suspect && indentationAt(code, closed.offset) > offset - lineStart) {
        suspect = closed;
      }
    }
  }
  return suspect ? { open, suspect } : { open };
}
