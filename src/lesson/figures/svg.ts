/**
 * The few shapes that figures are drawn with. Every mark is `currentColor`, and a class says which role it plays; the
 * style sheet gives roles their colours from the theme, and without it (or without colour) a figure still reads,
 * because roles also differ in hatching, in the weight of a border and in what is written.
 */
import { escapeHtml } from '../escape';

/** The roles: `a` and `b` are two things that meet, `c` is what comes of them; `soft` is scaffolding. */
export type Role = 'a' | 'b' | 'c' | 'soft' | 'plain';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TextOptions {
  readonly role?: Role;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly bold?: boolean;
  /** Degrees, clockwise, about the text's own place. */
  readonly turned?: number;
}

/** How wide a character of the figures' font is, as a share of its size: a little more than monospaced fonts are. */
const characterWidth = 0.62;

export function textWidth(text: string, size = 13): number {
  return [...text].length * size * characterWidth;
}

/** Text whose middle line is at `y`. */
export function text(
  content: string,
  at: { readonly x: number; readonly y: number },
  options: TextOptions = {},
): string {
  const { role = 'plain', anchor = 'middle', size = 13, bold = false, turned } = options;
  const turn = turned === undefined ? '' : ` transform="rotate(${turned} ${short(at.x)} ${short(at.y)})"`;
  return (
    `<text class="fig-${role}" x="${short(at.x)}" y="${short(at.y)}" font-size="${size}" text-anchor="${anchor}" ` +
    `dominant-baseline="central" fill="currentColor"${bold ? ' font-weight="700"' : ''}${turn}>${escapeHtml(content)}</text>`
  );
}

export interface RectOptions {
  readonly role?: Role;
  /** How much of the role's colour fills it, 0 to 1. */
  readonly fill?: number;
  readonly border?: 'none' | 'thin' | 'bold' | 'dashed';
  readonly hatched?: boolean;
}

const borders = {
  none: 'stroke="none"',
  thin: 'stroke="currentColor" stroke-width="1"',
  bold: 'stroke="currentColor" stroke-width="2.5"',
  dashed: 'stroke="currentColor" stroke-width="1" stroke-dasharray="3 2"',
} as const;

export function rect(box: Box, options: RectOptions = {}): string {
  const { role = 'plain', fill = 0, border = 'thin', hatched = false } = options;
  const place = `x="${short(box.x)}" y="${short(box.y)}" width="${short(box.width)}" height="${short(box.height)}"`;
  return (
    `<rect class="fig-${role}" ${place} rx="2" fill="currentColor" fill-opacity="${short(fill)}" ${borders[border]}/>` +
    (hatched ? hatching(box, role) : '')
  );
}

/** Diagonal lines that fill a box, computed rather than a `<pattern>`, whose id would have to be unique in the page. */
function hatching({ x, y, width, height }: Box, role: Role): string {
  const gap = 5;
  let path = '';
  for (let offset = gap; offset < width + height; offset += gap) {
    const from = { x: x + Math.min(offset, width), y: y + Math.max(0, offset - width) };
    const to = { x: x + Math.max(0, offset - height), y: y + Math.min(offset, height) };
    path += `M${short(from.x)} ${short(from.y)}L${short(to.x)} ${short(to.y)}`;
  }
  return `<path class="fig-${role}" d="${path}" fill="none" stroke="currentColor" stroke-width="0.8" stroke-opacity="0.45"/>`;
}

export interface PathOptions {
  readonly role?: Role;
  readonly weight?: number;
  readonly dashed?: boolean;
}

/** A stroke along `d`, an SVG path. */
export function stroke(d: string, { role = 'plain', weight = 1, dashed = false }: PathOptions = {}): string {
  const dashes = dashed ? ' stroke-dasharray="4 3"' : '';
  return `<path class="fig-${role}" d="${d}" fill="none" stroke="currentColor" stroke-width="${weight}"${dashes}/>`;
}

/** Up to two decimals: coordinates need no more. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A number as figures write it: at most four significant digits, with a real minus sign. */
export function figureNumber(value: number): string {
  return String(Number(value.toPrecision(4))).replace('-', '−');
}

export function shapeWords(shape: readonly (number | string)[]): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}
