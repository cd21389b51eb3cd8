/** Says in the learner's words what two parsers say in theirs, and what to try. */
import { closingOf, codeOnly, openBrackets } from './brackets';

export interface SyntaxComplaint {
  readonly text: string;
  readonly offset: number;
  /** The parser's own words, without a position. */
  readonly message: string;
}

export interface Explanation {
  /** Where to point; not always where the parser stopped. */
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
}

const keywords = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if ' +
    'import in instanceof new null return super switch this throw true try typeof var void while with'
  ).split(' '),
);

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The token that begins at `offset`. */
function tokenAt(text: string, offset: number): string {
  return /^(?:[\w$]+|=>|[=!]==?|&&|\|\||\*\*|\+\+|--|[^\s])/.exec(text.slice(offset, offset + 60))?.[0] ?? '';
}

export function explainSyntax({ text, offset, message }: SyntaxComplaint): Explanation {
  return (
    explainEnding({ text, offset, message }) ??
    explainNames({ text, offset, message }) ??
    explainTokens({ text, offset, message })
  );
}

/** Something that was begun and never ended. */
function explainEnding({ text, offset, message }: SyntaxComplaint): Explanation | undefined {
  const begun = text.lastIndexOf('\n', Math.min(offset, text.length) - 1) + 1;
  if (message.includes('Unterminated string')) {
    return { offset, message: 'This text has no closing quote.', hint: 'Strings end on the line on which they begin.' };
  }
  if (message.includes('Unterminated template')) {
    return { offset: Math.min(offset, text.length), message: 'A template string has no closing backtick.' };
  }
  if (message.includes('Unterminated comment')) {
    return { offset: Math.max(text.lastIndexOf('/*'), 0), message: 'This comment is never closed with `*/`.' };
  }
  if (message.includes('Unterminated regular expression')) {
    const tag = /<[A-Za-z]\w*[\s/>]/.exec(text.slice(begun));
    return tag
      ? { offset: begun + tag.index, message: 'Markup (JSX) is not available here.' }
      : { offset, message: 'This regular expression has no closing `/`.' };
  }
  if (offset < text.trimEnd().length) {
    return undefined;
  }
  const code = codeOnly(text);
  const { open, suspect } = openBrackets(code, code.length);
  const unclosed = suspect ?? open.at(-1);
  const end = Math.max(text.trimEnd().length, 0);
  if (!unclosed || open.length === 0) {
    return { offset: end, message: 'The file ends in the middle of a statement.' };
  }
  const closing = closingOf[unclosed.bracket];
  return {
    offset: end,
    message: `The file ends while a \`${closing}\` is missing.`,
    hint: `The \`${unclosed.bracket}\` in line ${lineOf(text, unclosed.offset)} is never closed.`,
  };
}

/** Names that are declared twice, not at all, or may not be names. */
function explainNames({ text, offset, message }: SyntaxComplaint): Explanation | undefined {
  const twice = /^Identifier '(.+)' has already been declared$/.exec(message)?.[1];
  if (twice !== undefined) {
    const name = twice.replace(/\$/g, '\\$');
    const earlier = codeOnly(text).slice(0, offset);
    const declared = earlier.search(
      new RegExp(`(?:\\b(?:let|const|var|function\\*?|class)\\s+|[{,(]\\s*)${name}(?![\\w$])`),
    );
    const first = declared < 0 ? -1 : earlier.indexOf(twice, declared);
    return {
      offset,
      message: `\`${twice}\` is declared twice.`,
      hint:
        first < 0
          ? 'Give one of them another name.'
          : `It is declared in line ${lineOf(text, first)} already: give this one another name, or assign to it without declaring it again.`,
    };
  }
  const missing = /^Export '(.+)' is not defined$/.exec(message)?.[1];
  if (missing !== undefined) {
    return { offset, message: `\`${missing}\` is exported but declared nowhere in this file.` };
  }
  if (message === 'Argument name clash') {
    return { offset, message: `Two parameters are named \`${tokenAt(text, offset)}\`.` };
  }
  const before = /(?:\b(const|let|var|function|class)\s+)$/.exec(text.slice(Math.max(0, offset - 60), offset))?.[1];
  const token = tokenAt(text, offset);
  if (before && keywords.has(token)) {
    return { offset, message: `\`${token}\` is a word of the language and cannot be a name.` };
  }
  if (before && message.startsWith('Unexpected token')) {
    return { offset, message: `Expected a name after \`${before}\`, but found \`${token}\`.` };
  }
  return undefined;
}

/** A token that cannot stand where it does. */
function explainTokens({ text, offset, message }: SyntaxComplaint): Explanation {
  const token = tokenAt(text, offset);
  const code = codeOnly(text);
  const { open } = openBrackets(code, offset);
  const innermost = open.at(-1);
  const expected = /^Unexpected token, expected "(.+)"$/.exec(message)?.[1];
  if (message === "Unexpected character '@'") {
    return { offset, message: 'Decorators are not available here.' };
  }
  if (message === "'return' outside of function") {
    return {
      offset,
      message: '`return` stands outside a function.',
      hint: 'A `}` above may close the function too early.',
    };
  }
  if (message.startsWith('Assigning to rvalue')) {
    return {
      offset,
      message: 'What stands on the left of this `=` cannot be assigned to.',
      hint: 'To compare, write `===`.',
    };
  }
  if (message.startsWith('Invalid number')) {
    return {
      offset,
      message: 'This is not a number as JavaScript writes it.',
      hint: 'A number does not begin with 0 unless it is 0 or 0.5.',
    };
  }
  if (message.startsWith('Shorthand property assignments')) {
    return { offset, message: 'An object literal writes `name: value`, with a colon.' };
  }
  const keyword = /^(?:The keyword '(yield)' is reserved|Cannot use keyword '(await)' outside an async function)$/.exec(
    message,
  );
  if (keyword) {
    return keyword[1] === 'yield'
      ? { offset, message: '`yield` stands in a function that is no generator.', hint: 'Write `function* …`.' }
      : {
          offset,
          message: '`await` stands in a function that is not asynchronous.',
          hint: 'Write `async function …`.',
        };
  }
  if (!message.startsWith('Unexpected')) {
    return { offset, message: /[.!?]$/.test(message) ? message : `${message}.` };
  }
  const constant = /\bconst\s+([\w$]+)\s*(?::[^=;\n]*)?$/.exec(code.slice(0, offset))?.[1];
  if (constant !== undefined && token !== '=') {
    return {
      offset,
      message: `\`const ${constant}\` needs a value.`,
      hint: `Write \`const ${constant} = …\`, or \`let\`.`,
    };
  }
  if (token === '>' && /=\s+$/.test(text.slice(0, offset))) {
    return { offset, message: 'Did not expect `>` here.', hint: 'An arrow is written `=>`, without a space.' };
  }
  const closes = token === ')' || token === ']' || token === '}';
  if (closes && !innermost) {
    return {
      offset,
      message: `This \`${token}\` closes nothing.`,
      hint: 'There is one too many, or a line above it closes the block too early.',
    };
  }
  const left = innermost && innermost.bracket !== '{' ? innermost : undefined;
  if (
    left &&
    token !== closingOf[left.bracket] &&
    (closes || token === ';' || token === '{' || keywords.has(token) || expected === ',')
  ) {
    const closing = closingOf[left.bracket];
    const choice = expected === ',' ? `\`,\` or \`${closing}\`` : `\`${closing}\``;
    return {
      offset,
      message: `Expected ${choice} here, but found \`${token}\`.`,
      hint: `The \`${left.bracket}\` in line ${lineOf(text, left.offset)} is still open: is a \`${closing}\` missing?`,
    };
  }
  if (expected !== undefined) {
    const choice = expected === ',' && innermost ? `\`,\` or \`${closingOf[innermost.bracket]}\`` : `\`${expected}\``;
    const missing = expected === ';' ? { hint: 'Is an operator or a `;` missing before it?' } : {};
    return { offset, message: `Expected ${choice} here, but found \`${token}\`.`, ...missing };
  }
  return { offset, message: `Did not expect \`${token}\` here.` };
}
