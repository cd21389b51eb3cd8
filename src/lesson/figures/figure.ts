/** From the data in a fenced block ```` ```figure <kind> ```` to a figure with its picture, caption and words. */
import type { z } from 'zod';
import { escapeHtml } from '../escape';
import type { Problem } from '../problem';
import { axisSweep } from './axisSweep';
import { bars } from './bars';
import { broadcast } from './broadcast';
import { cells } from './cells';
import type { Drawing, FigureFiles, FigureKind } from './drawing';
import { FigureError, FigureFileError } from './drawing';
import { einsum } from './einsum';
import { graph } from './graph';
import { grid } from './grid';
import { images } from './images';
import { matmulWalk } from './matmulWalk';
import { plot } from './plot';
import { reshape } from './reshape';
import { shape } from './shape';
import { shapeFit } from './shapeFit';
import { strides } from './strides';
import { short } from './svg';
import { threadGrid } from './threadGrid';
import { weights } from './weights';

type Parsed =
  | { readonly ok: true; readonly caption: string; readonly drawing: Drawing }
  | { readonly ok: false; readonly problem: Problem; readonly file?: string };

type Parse = (value: unknown, files: FigureFiles) => Parsed;

/** A kind with its type of data hidden, so that kinds can stand in one table. */
function kindOf<Data extends { readonly caption: string }>(kind: FigureKind<Data>): Parse {
  return (value, files) => {
    try {
      const result = kind.schema.safeParse(kind.fill?.(value, files) ?? value);
      if (!result.success) {
        const message = `This figure's data does not fit: ${result.error.issues.map(issueWords).join('; ')}.`;
        return { ok: false, problem: { line: 1, message } };
      }
      return { ok: true, caption: result.data.caption, drawing: kind.draw(result.data) };
    } catch (error) {
      if (error instanceof FigureError) {
        return { ok: false, problem: { line: 1, message: `This figure contradicts itself: ${error.message}.` } };
      }
      if (error instanceof FigureFileError) {
        return { ok: false, problem: { line: 1, message: error.message }, file: error.file };
      }
      throw error;
    }
  };
}

const kinds: ReadonlyMap<string, Parse> = new Map([
  ['axis-sweep', kindOf(axisSweep)],
  ['bars', kindOf(bars)],
  ['broadcast', kindOf(broadcast)],
  ['cells', kindOf(cells)],
  ['einsum', kindOf(einsum)],
  ['graph', kindOf(graph)],
  ['grid', kindOf(grid)],
  ['images', kindOf(images)],
  ['matmul-walk', kindOf(matmulWalk)],
  ['plot', kindOf(plot)],
  ['reshape', kindOf(reshape)],
  ['shape', kindOf(shape)],
  ['shape-fit', kindOf(shapeFit)],
  ['strides', kindOf(strides)],
  ['thread-grid', kindOf(threadGrid)],
  ['weights', kindOf(weights)],
]);

/** Figures up to this width shrink with the page. */
const widestShrunk = 480;

export const figureKinds: readonly string[] = [...kinds.keys()];

export interface RenderedFigure {
  readonly html: string;
  /** `line` counts from the line of the opening fence, which is 0. */
  readonly problems: readonly Problem[];
}

/** HTML of a figure. `files` are those beside the lesson, which its data may name. */
export function renderFigure(kind: string, json: string, files: FigureFiles = new Map()): RenderedFigure {
  const parsed = parse(kind, { json, files });
  if (!parsed.ok) {
    const why =
      parsed.file === undefined
        ? 'it could not be drawn'
        : `its data, ${escapeHtml(parsed.file)}, is missing or cannot be read`;
    return {
      html: `<p class="figure-problem">A figure belongs here, but ${why}.</p>\n`,
      problems: [parsed.problem],
    };
  }
  const { caption, drawing } = parsed;
  const [width, height] = [Math.ceil(drawing.width), Math.ceil(drawing.height)];
  const label = escapeHtml(`${caption} ${drawing.words}`);
  // Too wide to be read when it is shrunk into a narrow panel: such a figure is scrolled, with the keys as well.
  const wide = width > widestShrunk ? ' data-wide tabindex="0"' : '';
  const html =
    `<figure class="figure figure-${kind}">\n<div class="figure-drawing"${wide}>` +
    `<svg role="img" aria-label="${label}" viewBox="0 0 ${short(width)} ${short(height)}" width="${short(width)}" ` +
    `height="${short(height)}" font-family="monospace" preserveAspectRatio="xMinYMin meet">${drawing.body}</svg></div>\n` +
    `<figcaption>${escapeHtml(caption)}</figcaption>\n</figure>\n`;
  return { html, problems: [] };
}

function parse(kind: string, { json, files }: { readonly json: string; readonly files: FigureFiles }): Parsed {
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
  return draw(value, files);
}

function issueWords(issue: z.core.$ZodIssue): string {
  const place = issue.path.map(String).join('.');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}
