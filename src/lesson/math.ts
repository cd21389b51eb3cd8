/**
 * Mathematics in Markdown: `$…$` within a line, `$$…$$` displayed. A dollar opens mathematics only if no space follows
 * it and closes it only if no space comes before it and no digit after it, so that `$5 and $10` stays money; `\$` is
 * always a dollar, and so is any dollar in code. KaTeX renders in the host, as HTML to look at and MathML to hear.
 */
import katex from 'katex';
import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { escapeHtml } from './escape';

/** How long one formula may be; KaTeX is not made for more, and no lesson needs it. */
const maxFormula = 4_000;

/** HTML of a formula, or what is wrong with it. */
export function renderMath(source: string, options: { readonly display: boolean }): { html: string; problem?: string } {
  const shown = `<code class="math-problem">${escapeHtml(source)}</code>`;
  if (source.length > maxFormula) {
    return { html: shown, problem: `This formula is longer than ${maxFormula} characters. Break it into steps.` };
  }
  let refused: string | undefined;
  try {
    const html = katex.renderToString(source, {
      displayMode: options.display,
      output: 'htmlAndMathml',
      strict: 'error',
      // Trust nothing; KaTeX would only colour what it refuses, so that is noted here.
      trust: ({ command }) => {
        refused = command;
        return false;
      },
      throwOnError: true,
      maxExpand: 500,
      maxSize: 20,
    });
    return refused === undefined ? { html } : { html: shown, problem: `A formula may not use ${refused}.` };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '') : String(error);
    return { html: shown, problem: `This formula does not render: ${reason}` };
  }
}

/** Adds the tokens `math_inline` (with `meta.display`) and `math_block`; their `content` is TeX. */
export function mathRules(markdown: MarkdownIt): void {
  markdown.inline.ruler.after('escape', 'math_inline', inlineMath);
  markdown.block.ruler.after('blockquote', 'math_block', blockMath, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
}

function inlineMath(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== '$') {
    return false;
  }
  const delimiter = src[pos + 1] === '$' ? '$$' : '$';
  const start = pos + delimiter.length;
  const end = closingDollar(posMax < src.length ? src.slice(0, posMax) : src, { start, delimiter });
  if (end === undefined) {
    // An opening that nothing closes is text; taking both dollars at once keeps the second from opening anything.
    if (delimiter === '$$') {
      if (!silent) {
        state.pending += delimiter;
      }
      state.pos = start;
      return true;
    }
    return false;
  }
  if (!silent) {
    const token = state.push('math_inline', 'math', 0);
    token.content = src.slice(start, end);
    token.markup = delimiter;
    token.meta = { display: delimiter === '$$' };
  }
  state.pos = end + delimiter.length;
  return true;
}

function closingDollar(
  source: string,
  { start, delimiter }: { readonly start: number; readonly delimiter: '$' | '$$' },
): number | undefined {
  const isSpace = (character: string | undefined): boolean => character === undefined || /\s/.test(character);
  if (delimiter === '$' && isSpace(source[start])) {
    return undefined;
  }
  for (let position = start; position < source.length; position += 1) {
    const character = source[position];
    if (character === '\\') {
      position += 1;
    } else if (character === '`') {
      return undefined;
    } else if (character === '$') {
      if (delimiter === '$$') {
        return source[position + 1] === '$' && source.slice(start, position).trim() !== '' ? position : undefined;
      }
      const closes = position > start && !isSpace(source[position - 1]) && !/\d/.test(source[position + 1] ?? '');
      return closes ? position : undefined;
    }
  }
  return undefined;
}

function blockMath(state: StateBlock, startLine: number, ...[endLine, silent]: [number, boolean]): boolean {
  const lineOf = (line: number): string =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4 || !lineOf(startLine).startsWith('$$')) {
    return false;
  }
  const collected: string[] = [];
  let closed = false;
  let line = startLine;
  for (; line < endLine && !closed; line += 1) {
    if (line > startLine && (state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line)) {
      break;
    }
    const text = line === startLine ? lineOf(line).slice(2) : lineOf(line);
    const end = /^((?:[^\\$]|\\.|\$(?!\$))*)\$\$\s*(.*)$/.exec(text);
    if (end === null) {
      collected.push(text);
    } else if (end[2] !== '' && line === startLine) {
      // `$$…$$ and more` is a sentence that begins with a formula.
      return false;
    } else {
      collected.push(end[1] ?? '', ...(end[2] === '' ? [] : [`$$ ${end[2] ?? ''}`]));
      closed = true;
    }
  }
  if (silent) {
    return true;
  }
  const token = state.push('math_block', 'math', 0);
  token.block = true;
  token.content = collected.join('\n').trim();
  token.map = [startLine, line];
  token.markup = '$$';
  token.meta = { closed };
  state.line = line;
  return true;
}
