/** Hints from Markdown to HTML: each `## title` is one hint, shown one at a time, from a nudge to nearly there. */
import type { Token } from 'markdown-it';
import { newReading, readMarkdown, renderTokens } from './markdown';
import type { Problem } from './problem';

export interface Hint {
  /** Plain text. */
  readonly title: string;
  readonly html: string;
}

export interface RenderedHints {
  readonly hints: readonly Hint[];
  readonly problems: readonly Problem[];
}

export function renderHints(markdown: string): RenderedHints {
  const reading = newReading(0);
  const tokens = readMarkdown(markdown.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'), reading);
  const isTitle = (token: Token): boolean => token.type === 'heading_open' && token.tag === 'h2' && token.level === 0;
  const starts = tokens.flatMap((token, index) => (isTitle(token) ? [index] : []));
  const before = tokens.slice(0, starts[0] ?? tokens.length).find((token) => token.type === 'paragraph_open');
  if (before !== undefined && starts.length > 0) {
    const message = 'Text before the first ## is never shown. Put it under a hint, or remove it.';
    reading.problems.push({ line: (before.map?.[0] ?? 0) + 1, message });
  }
  for (const { step, line } of reading.stepLinks) {
    const message = `Hints do not link to steps; this one leads to ${step}. Name the step in words.`;
    reading.problems.push({ line, message });
  }
  if (starts.length === 0) {
    reading.problems.push({
      line: 1,
      message: 'There is no hint here. Begin each with ## and a few words as its title.',
    });
  }
  const hints = starts.map((start, position): Hint => {
    // A heading is three tokens: its opening, its words, its end.
    const content = tokens.slice(start + 3, starts[position + 1] ?? tokens.length);
    const title = (tokens[start + 1]?.children ?? []).map((child) => child.content).join('');
    if (content.length === 0) {
      const line = (tokens[start]?.map?.[0] ?? 0) + 1;
      reading.problems.push({ line, message: `The hint “${title}” is empty. Write what it tells.` });
    }
    return { title, html: renderTokens(content) };
  });
  return { hints, problems: [...reading.problems].sort((a, b) => a.line - b.line) };
}
