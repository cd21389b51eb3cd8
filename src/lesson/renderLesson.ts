/**
 * A lesson from Markdown to HTML: prose, mathematics, figures and the derivation, whose named steps are also returned
 * one by one, because a failed check shows the step it tests. Never throws: what is wrong in a lesson is a problem with
 * its line, and the rest of the lesson is still there to read.
 */
import type { Token } from 'markdown-it';
import { escapeHtml } from './escape';
import type { FigureFiles } from './figures/drawing';
import { formulaText } from './formulaText';
import { parseFrontMatter } from './frontMatter';
import type { FrontMatter } from './frontMatter';
import { newReading, readMarkdown, renderTokens } from './markdown';
import type { ExerciseLink, Reading } from './markdown';
import type { Problem } from './problem';
import type { StepMeta } from './steps';

export interface LessonOptions {
  /** Whether an id names an exercise of the course; links to any other are problems. Without it all are accepted. */
  readonly knows?: (exercise: string) => boolean;
  /** The texts of the files that `figureSources` names, as far as they could be read. */
  readonly files?: FigureFiles;
}

export interface RenderedStep {
  readonly title: string;
  /** Formula, shapes and reason, without the step's title. */
  readonly html: string;
  /** Its displayed formulas in Unicode, a line for each, for places that cannot render mathematics. */
  readonly formula: string;
  /** As the lesson gives them: `dy (N, out) → db (out,)`. */
  readonly shapes: string;
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  /** The heading's HTML id. */
  readonly id: string;
  readonly line: number;
}

export interface RenderedLesson {
  readonly frontMatter: FrontMatter | undefined;
  readonly html: string;
  readonly steps: Readonly<Record<string, RenderedStep>>;
  /** The ids of `steps` as they follow each other in the lesson. */
  readonly stepOrder: readonly string[];
  readonly headings: readonly Heading[];
  readonly links: readonly ExerciseLink[];
  readonly problems: readonly Problem[];
}

export function renderLesson(markdown: string, options: LessonOptions = {}): RenderedLesson {
  const { frontMatter, body, linesBefore, problems } = parseFrontMatter(markdown);
  const reading = newReading(linesBefore, options.files);
  const tokens = readMarkdown(body, reading);
  const headings = nameHeadings(tokens, reading);
  const { html, steps } = renderSteps(tokens, reading);
  for (const { exercise, line } of reading.links) {
    if (options.knows?.(exercise) === false) {
      reading.problems.push({
        line,
        message: `The course has no exercise ${exercise}. Correct the link or remove it.`,
      });
    }
  }
  for (const { step, line } of reading.stepLinks) {
    if (!steps.has(step)) {
      const known = steps.size === 0 ? 'none' : [...steps.keys()].join(', ');
      reading.problems.push({
        line,
        message: `The lesson has no step ${step}; it has ${known}. Correct the link or remove it.`,
      });
    }
  }
  return {
    frontMatter,
    html,
    steps: Object.fromEntries(steps),
    stepOrder: [...steps.keys()],
    headings,
    links: reading.links,
    problems: [...problems, ...reading.problems].sort((a, b) => a.line - b.line),
  };
}

function nameHeadings(tokens: readonly Token[], reading: Reading): Heading[] {
  const headings: Heading[] = [];
  tokens.forEach((token, index) => {
    if (token.type !== 'heading_open') {
      return;
    }
    const text = (tokens[index + 1]?.children ?? []).map((child) => child.content).join('');
    const slug = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '');
    const sameBefore = headings.filter(({ id }) => id.replace(/~\d+$/, '') === `section-${slug}`).length;
    const id = `section-${slug}${sameBefore > 0 ? `~${sameBefore + 1}` : ''}`;
    token.attrSet('id', id);
    headings.push({ level: Number(token.tag.slice(1)), text, id, line: lineOf(token, reading) });
  });
  return headings;
}

function renderSteps(
  tokens: readonly Token[],
  reading: Reading,
): { readonly html: string; readonly steps: ReadonlyMap<string, RenderedStep> } {
  const steps = new Map<string, RenderedStep>();
  let html = '';
  let rest = 0;
  let number = 0;
  tokens.forEach((open, index) => {
    if (open.type !== 'step_open') {
      return;
    }
    const close = tokens.findIndex((token, position) => position > index && token.type === 'step_close');
    const content = tokens.slice(index + 1, close);
    const { id, title, closed } = open.meta as StepMeta;
    number += 1;
    html += renderTokens(tokens.slice(rest, index));
    rest = close + 1;
    const step: RenderedStep = { title, html: renderTokens(content), ...wordsOf(content) };
    const problems = judgeStep({ id, title, closed }, content);
    if (steps.has(id)) {
      problems.push(`There is already a step called ${id} in this lesson. Give this one a name of its own.`);
    }
    problems.forEach((message) => reading.problems.push({ line: lineOf(open, reading), message }));
    if (stepId.test(id) && !steps.has(id)) {
      steps.set(id, step);
    }
    html += detailsOf({ id, number, step });
  });
  return { html: html + renderTokens(tokens.slice(rest)), steps };
}

/** What a step says, without markup. */
function wordsOf(content: readonly Token[]): Pick<RenderedStep, 'formula' | 'shapes'> {
  const formulas = content.filter(({ type }) => type === 'math_block').map((token) => formulaText(token.content));
  const shapes = content.findIndex(({ type }) => type === 'shapes_open');
  return { formula: formulas.join('\n'), shapes: shapes < 0 ? '' : (content[shapes + 1]?.content ?? '') };
}

const stepId = /^[A-Za-z][A-Za-z0-9_-]*$/;

function judgeStep({ id, title, closed }: StepMeta, content: readonly Token[]): string[] {
  const problems: string[] = [];
  const name = id === '' ? 'This step' : `Step ${id}`;
  if (!stepId.test(id)) {
    problems.push(`${name} needs an id of letters, digits, - and _ right after :::step; checks refer to it.`);
  }
  if (title === '') {
    problems.push(`${name} has no title. Write it after the id: :::step ${id === '' ? 'id' : id} What this step says.`);
  }
  if (!closed) {
    problems.push(`${name} never ends. Close it with a line that is only :::.`);
  }
  const shapes = content.findIndex((token) => token.type === 'shapes_open');
  const prose = content.filter((_, index) => shapes < 0 || index !== shapes + 1);
  const inline = prose.flatMap((token) => (token.type === 'inline' ? (token.children ?? []) : []));
  if (shapes < 0) {
    problems.push(`${name} gives no shapes. Add a line: shapes: x (N, in), y (N, out).`);
  }
  if (!prose.some((token) => token.type === 'math_block') && !inline.some((token) => token.type === 'math_inline')) {
    problems.push(`${name} has no formula. Give it one, in $…$ or $$…$$.`);
  }
  if (!inline.some((token) => token.type === 'text' && /\p{L}{2,}/u.test(token.content))) {
    problems.push(`${name} gives no reason. Say in a sentence why the formula holds.`);
  }
  return problems;
}

function detailsOf({
  id,
  number,
  step,
}: {
  readonly id: string;
  readonly number: number;
  readonly step: RenderedStep;
}): string {
  const name = escapeHtml(id);
  return (
    `<details class="step" id="step-${name}" data-step="${name}">` +
    `<summary><span class="step-number">${number}</span> <span class="step-title">${escapeHtml(step.title)}</span></summary>\n` +
    `<div class="step-body">\n${step.html}</div></details>\n`
  );
}

function lineOf(token: Token, reading: Reading): number {
  return reading.linesBefore + (token.map?.[0] ?? 0) + 1;
}
