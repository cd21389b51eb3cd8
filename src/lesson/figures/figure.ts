/** From the data in a fenced block ```` ```figure <kind> ```` to a figure with its picture, caption and words. */
import type { z } from 'zod';
import { escapeHtml } from '../escape';
import type { Problem } from '../problem';
import { broadcast } from './broadcast';
import type { Drawing, FigureKind } from './drawing';
import { FigureError } from './drawing';
import { grid } from './grid';
import { matmulWalk } from './matmulWalk';
import { shapeFit } from './shapeFit';
import { short } from './svg';
import { threadGrid } from './threadGrid';
import { weights } from './weights';

type Parsed =
  | { readonly ok: true; readonly caption: string; readonly drawing: Drawing }
  | { readonly ok: false; readonly problem: Problem };

/** A kind with its type of data hidden, so that kinds can stand in one table. */
function kindOf<Data extends { readonly caption: string }>(kind: FigureKind<Data>): (value: unknown) => Parsed {
  return (value) => {
    const result = kind.schema.safeParse(value);
    if (!result.success) {
      const message = `This figure's data does not fit: ${result.error.issues.map(issueWords).join('; ')}.`;
      return { ok: false, problem: { line: 1, message } };
    }
    try {
      return { ok: true, caption: result.data.caption, drawing: kind.draw(result.data) };
    } catch (error) {
      if (error instanceof FigureError) {
        return { ok: false, problem: { line: 1, message: `This figure contradicts itself: ${error.message}.` } };
      }
      throw error;
    }
  };
}

const kinds: ReadonlyMap<string, (value: unknown) => Parsed> = new Map([
  ['broadcast', kindOf(broadcast)],
  ['grid', kindOf(grid)],
  ['matmul-walk', kindOf(matmulWalk)],
  ['shape-fit', kindOf(shapeFit)],
  ['thread-grid', kindOf(threadGrid)],
  ['weights', kindOf(weights)],
]);

export const figureKinds: readonly string[] = [...kinds.keys()];

/** HTML of a figure; `line` of a problem counts from the line of the opening fence, which is 0. */
export function renderFigure(
  kind: string,
  json: string,
): { readonly html: string; readonly problems: readonly Problem[] } {
  const parsed = parse(kind, json);
  if (!parsed.ok) {
    return {
      html: '<p class="figure-problem">A figure belongs here, but it could not be drawn.</p>\n',
      problems: [parsed.problem],
    };
  }
  const { caption, drawing } = parsed;
  const [width, height] = [Math.ceil(drawing.width), Math.ceil(drawing.height)];
  const label = escapeHtml(`${caption} ${drawing.words}`);
  const html =
    `<figure class="figure figure-${kind}">\n<div class="figure-drawing">` +
    `<svg role="img" aria-label="${label}" viewBox="0 0 ${short(width)} ${short(height)}" width="${short(width)}" ` +
    `height="${short(height)}" font-family="monospace" preserveAspectRatio="xMinYMin meet">${drawing.body}</svg></div>\n` +
    `<figcaption>${escapeHtml(caption)}</figcaption>\n</figure>\n`;
  return { html, problems: [] };
}

function parse(kind: string, json: string): Parsed {
  const draw = kinds.get(kind);
  if (draw === undefined) {
    const name = kind === '' ? 'This figure has no kind' : `There is no figure called ${kind}`;
    return { ok: false, problem: { line: 0, message: `${name}; there are ${figureKinds.join(', ')}.` } };
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(reason)?.[1];
    const line = position === undefined ? 1 : json.slice(0, Number(position)).split('\n').length;
    return { ok: false, problem: { line, message: `This figure's data is not JSON: ${reason}.` } };
  }
  return draw(value);
}

function issueWords(issue: z.core.$ZodIssue): string {
  const place = issue.path.map(String).join('.');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}
