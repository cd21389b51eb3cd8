/**
 * The one Markdown that lessons and hints are written in. It admits no markup of an author's own: HTML is text, links
 * lead to https, to another exercise or to a step, images are left out, and whatever is refused is a problem with its line. The
 * HTML that comes out is the only HTML that a lesson page shows.
 */
import MarkdownItConstructor from 'markdown-it';
import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { escapeHtml } from './escape';
import type { FigureFiles } from './figures/drawing';
import { renderFigure } from './figures/figure';
import { isExerciseId } from './frontMatter';
import { highlightTypeScript } from './highlight';
import { mathRules, renderMath } from './math';
import type { Problem } from './problem';
import { stepRules } from './steps';

export interface ExerciseLink {
  readonly exercise: string;
  readonly line: number;
}

export interface StepLink {
  readonly step: string;
  readonly line: number;
}

/** What one reading of a text gathers on the way. */
export interface Reading {
  readonly problems: Problem[];
  readonly links: ExerciseLink[];
  readonly stepLinks: StepLink[];
  /** Lines of the file that stand before the text that is read. */
  readonly linesBefore: number;
  /** What lies beside the text and may be named by its figures. */
  readonly files: FigureFiles;
}

export function newReading(linesBefore: number, files: FigureFiles = new Map()): Reading {
  return { problems: [], links: [], stepLinks: [], linesBefore, files };
}

/** Reads `text` into tokens, its mathematics, figures, code and links already turned into HTML or refused. */
export function readMarkdown(text: string, reading: Reading): Token[] {
  return markdown.parse(text, { reading });
}

export function renderTokens(tokens: Token[]): string {
  return markdown.renderer.render(tokens, markdown.options, {});
}

const markdown = createMarkdown();

function createMarkdown(): MarkdownIt {
  const created = new MarkdownItConstructor({ html: false, linkify: false, typographer: false });
  // Every link reaches the rule below, which refuses with a line; markdown-it itself would refuse in silence.
  created.validateLink = () => true;
  mathRules(created);
  stepRules(created);
  created.core.ruler.push('admit', admit);
  const rules = created.renderer.rules;
  for (const type of ['math_inline', 'math_block', 'fence', 'code_block', 'image', 'stray_container']) {
    rules[type] = (tokens, index) => htmlOf(tokens[index]);
  }
  // A wide table scrolls within itself, also by keyboard.
  rules['table_open'] = () => '<div class="wide-table" tabindex="0">\n<table>\n';
  rules['table_close'] = () => '</table>\n</div>\n';
  rules['shapes_open'] = () => '<p class="shapes"><span class="shapes-label">Shapes</span> ';
  rules['shapes_close'] = () => '</p>\n';
  return created;
}

function htmlOf(token: Token | undefined): string {
  const html = token?.meta?.['html'];
  return typeof html === 'string' ? html : '';
}

/** Decides on every token that is more than text; after it, nothing in the tokens is an author's own markup. */
function admit(state: StateCore): void {
  const reading = (state.env as { reading: Reading }).reading;
  let line = 0;
  for (const token of state.tokens) {
    line = token.map?.[0] ?? line;
    const report = (message: string, extra = 0): void => {
      reading.problems.push({ line: reading.linesBefore + line + extra + 1, message });
    };
    if (token.type === 'inline') {
      admitInline(token.children ?? [], { reading, report, line });
      continue;
    }
    const html = blockHtml(token, { report, files: reading.files });
    if (html !== undefined) {
      token.meta = { ...token.meta, html };
    }
  }
}

type Report = (message: string, extra?: number) => void;

interface BlockContext {
  readonly report: Report;
  readonly files: FigureFiles;
}

function blockHtml(token: Token, context: BlockContext): string | undefined {
  const { report } = context;
  switch (token.type) {
    case 'math_block': {
      const { html, problem } = renderMath(token.content, { display: true });
      if (token.meta?.['closed'] !== true) {
        report('This $$ never closes. End the formula with $$ on its last line.');
      } else if (problem !== undefined) {
        report(problem);
      }
      return `<div class="math-display">${html}</div>\n`;
    }
    case 'fence':
      return fenceHtml(token, context);
    case 'code_block':
      return `<pre><code>${escapeHtml(token.content)}</code></pre>\n`;
    case 'stray_container':
      report(
        token.content === ':::'
          ? 'This ::: closes nothing. Remove it, or open the step above it with :::step id Title.'
          : `Lessons know :::step id Title only, and not inside another block; this is ${token.content}.`,
      );
      return '';
    default:
      return undefined;
  }
}

function fenceHtml(token: Token, { report, files }: BlockContext): string {
  const [language = '', kind = ''] = token.info.trim().split(/\s+/);
  if (language === 'figure') {
    const { html, problems } = renderFigure(kind, token.content, files);
    problems.forEach((problem) => report(problem.message, problem.line));
    return html;
  }
  const code = ['ts', 'typescript', 'js'].includes(language)
    ? highlightTypeScript(token.content)
    : escapeHtml(token.content);
  const name = /^[a-z]+$/.test(language) ? ` class="language-${language}"` : '';
  return `<pre tabindex="0"><code${name}>${code}</code></pre>\n`;
}

function admitInline(
  children: Token[],
  { reading, report, line }: { readonly reading: Reading; readonly report: Report; readonly line: number },
): void {
  let extra = 0;
  let refused = 0;
  for (const token of children) {
    if (token.type === 'softbreak' || token.type === 'hardbreak') {
      extra += 1;
    } else if (token.type === 'math_inline') {
      const display = token.meta?.['display'] === true;
      const { html, problem } = renderMath(token.content.trim(), { display });
      if (problem !== undefined) {
        report(problem, extra);
      }
      token.meta = { ...token.meta, html };
      extra += token.content.split('\n').length - 1;
    } else if (token.type === 'image') {
      report('Lessons show figures, not images: use a fenced block ```figure, or leave the image out.', extra);
      token.meta = { html: escapeHtml(token.content) };
    } else if (token.type === 'link_open') {
      const problem = admitLink(token, reading, reading.linesBefore + line + extra + 1);
      if (problem !== undefined) {
        report(problem, extra);
        refused += 1;
        hide(token);
      }
    } else if (token.type === 'link_close' && refused > 0) {
      // Links do not nest, so the next end belongs to the link that was refused.
      refused -= 1;
      hide(token);
    }
  }
}

/** Leaves the link's words and takes the link away. */
function hide(token: Token): void {
  token.type = 'text';
  token.tag = '';
  token.nesting = 0;
  token.content = '';
}

function admitLink(token: Token, reading: Reading, line: number): string | undefined {
  const href = String(token.attrGet('href') ?? '');
  if (/^https:\/\/[^/]/i.test(href)) {
    if (!URL.canParse(href)) {
      return `${href} is no address. Correct it.`;
    }
    token.attrs = [['href', href]];
    return undefined;
  }
  const step = /^#step-(.+)$/.exec(href)?.[1];
  if (step !== undefined) {
    reading.stepLinks.push({ step, line });
    token.attrs = [['href', `#step-${step}`]];
    return undefined;
  }
  const exercise = /^exercise:(.*)$/i.exec(href)?.[1];
  if (exercise === undefined) {
    return `Links lead to https://…, to exercise:<id> or to #step-<id>; this one leads to ${href === '' ? 'nowhere' : href}.`;
  }
  if (!isExerciseId(exercise)) {
    return `exercise:${exercise} does not name an exercise; an id looks like tensors/matmul.`;
  }
  reading.links.push({ exercise, line });
  token.attrs = [
    ['href', `exercise:${exercise}`],
    ['data-exercise', exercise],
  ];
  return undefined;
}
