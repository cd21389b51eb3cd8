/** What tests of figures share: a figure's example with changes, drawn, and what stands in the picture. */
import assert from 'node:assert/strict';
import { figureExamples } from '../../fixtures/figures';
import { renderFigure } from '../../../src/lesson/figures/figure';

export type Changes = Readonly<Record<string, unknown>>;

/** A figure's example with changes, as HTML; fails where it cannot be drawn. */
export function drawn(kind: string, changes: Changes = {}): string {
  const data = { caption: 'What it shows.', ...figureExamples[kind], ...changes };
  const { html, problems } = renderFigure(kind, JSON.stringify(data));
  assert.deepEqual(problems, []);
  return html;
}

export function words(kind: string, changes: Changes = {}): string {
  return /aria-label="([^"]*)"/.exec(drawn(kind, changes))?.[1] ?? '';
}

/** Its visible texts, in the order in which they are drawn. */
export function texts(html: string): string[] {
  return [...html.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, content = '']) => content);
}

export function placeOf(html: string, content: string): { readonly x: number; readonly y: number } {
  const [, x, y] = new RegExp(`<text[^>]* x="([^"]+)" y="([^"]+)"[^>]*>${content}</text>`).exec(html) ?? [];
  assert.ok(x !== undefined && y !== undefined, `${content} is not written`);
  return { x: Number(x), y: Number(y) };
}

export interface Rect {
  readonly role: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function rects(html: string): Rect[] {
  const pattern = /<rect class="fig-(\w+)" x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/g;
  return [...html.matchAll(pattern)].map(([, role = '', ...numbers]) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.slice(0, 4).map(Number);
    return { role, x, y, width, height };
  });
}

export function refuses(kind: string, changes: Changes, expected: RegExp): void {
  const data = { caption: 'What it shows.', ...figureExamples[kind], ...changes };
  assert.match(renderFigure(kind, JSON.stringify(data)).problems[0]?.message ?? 'no problem', expected);
}
