/**
 * The few shapes that figures are drawn with. Every mark is `currentColor`, and a class says which role it plays; the
 * style sheet gives roles their colours from the theme, and without it (or without colour) a figure still reads,
 * because roles also differ in hatching, in the weight of a border and in what is written.
 */
import { escapeHtml } from '../escape';

/** The roles: `a` and `b` are two things that meet, `c` is what comes of them; `d` and `e` are more; `soft` is scaffolding. */
export type Role = 'a' | 'b' | 'c' | 'd' | 'e' | 'soft' | 'plain';

/** Ways to hatch, which tell roles apart where there is no colour. */
export type Texture = 'diagonal' | 'counter' | 'level' | 'upright' | 'crossed';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A part of a picture and how much room it takes. */
export interface Area {
  readonly width: number;
  readonly height: number;
  readonly body: string;
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
  /** `true` is `diagonal`. */
  readonly hatched?: boolean | Texture;
  /** The radius of its corners. */
  readonly round?: number;
}

const borders = {
  none: 'stroke="none"',
  thin: 'stroke="currentColor" stroke-width="1"',
  bold: 'stroke="currentColor" stroke-width="2.5"',
  dashed: 'stroke="currentColor" stroke-width="1" stroke-dasharray="3 2"',
} as const;

export function rect(box: Box, options: RectOptions = {}): string {
  const { role = 'plain', fill = 0, border = 'thin', hatched = false, round = 2 } = options;
  const place = `x="${short(box.x)}" y="${short(box.y)}" width="${short(box.width)}" height="${short(box.height)}"`;
  return (
    `<rect class="fig-${role}" ${place} rx="${short(round)}" fill="currentColor" fill-opacity="${short(fill)}" ${borders[border]}/>` +
    (hatched === false ? '' : hatching(box, { role, texture: hatched === true ? 'diagonal' : hatched }))
  );
}

/** Lines that fill a box, computed rather than a `<pattern>`, whose id would have to be unique in the page. */
function hatching(box: Box, { role, texture }: { readonly role: Role; readonly texture: Texture }): string {
  const d = texture === 'crossed' ? hatchLines(box, 'diagonal') + hatchLines(box, 'counter') : hatchLines(box, texture);
  return `<path class="fig-${role}" d="${d}" fill="none" stroke="currentColor" stroke-width="0.8" stroke-opacity="0.45"/>`;
}

const hatchGap = 5;

function hatchLines({ x, y, width, height }: Box, texture: Exclude<Texture, 'crossed'>): string {
  const lines = (length: number, line: (offset: number) => string): string => {
    let d = '';
    for (let offset = hatchGap; offset < length; offset += hatchGap) {
      d += line(offset);
    }
    return d;
  };
  switch (texture) {
    case 'level':
      return lines(height, (offset) => `M${short(x)} ${short(y + offset)}H${short(x + width)}`);
    case 'upright':
      return lines(width, (offset) => `M${short(x + offset)} ${short(y)}V${short(y + height)}`);
    case 'diagonal':
    case 'counter':
      return lines(width + height, (offset) => {
        const from = { x: Math.min(offset, width), y: y + Math.max(0, offset - width) };
        const to = { x: Math.max(0, offset - height), y: y + Math.min(offset, height) };
        const place = (along: number): string => short(texture === 'diagonal' ? x + along : x + width - along);
        return `M${place(from.x)} ${short(from.y)}L${place(to.x)} ${short(to.y)}`;
      });
    default:
      return texture satisfies never;
  }
}

export interface PathOptions {
  readonly role?: Role;
  readonly weight?: number;
  /** Lengths of dashes and gaps, as SVG has them; `true` is `4 3`. */
  readonly dashed?: boolean | string;
}

/** A stroke along `d`, an SVG path. */
export function stroke(d: string, { role = 'plain', weight = 1, dashed = false }: PathOptions = {}): string {
  const dashes = dashed === false ? '' : ` stroke-dasharray="${dashed === true ? '4 3' : dashed}"`;
  return `<path class="fig-${role}" d="${d}" fill="none" stroke="currentColor" stroke-width="${weight}"${dashes}/>`;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The head of an arrow as a path: its tip, and where it points in degrees, 0 to the right and 90 down. */
export function arrowHead(tip: Point, degrees: number): string {
  const barb = (turn: number): string => {
    const angle = ((degrees + 180 + turn) * Math.PI) / 180;
    return `${short(tip.x + 7 * Math.cos(angle))} ${short(tip.y + 7 * Math.sin(angle))}`;
  };
  return `M${barb(34)}L${short(tip.x)} ${short(tip.y)}L${barb(-34)}`;
}

/** The inside of `d`, an SVG path, in the role's colour. */
export function filled(
  d: string,
  { role = 'plain', opacity = 1 }: { readonly role?: Role; readonly opacity?: number } = {},
): string {
  return `<path class="fig-${role}" d="${d}" fill="currentColor" fill-opacity="${short(opacity)}"/>`;
}

/** The page's own ground, so that what is drawn next covers what lies below. */
export function paper({ x, y, width, height }: Box): string {
  return (
    `<rect class="fig-paper" x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" ` +
    `fill="Canvas"/>`
  );
}

/** Words broken into lines of at most `limit` characters, where they allow it. */
export function wrapWords(sentence: string, limit: number): string[] {
  const lines: string[] = [];
  for (const word of sentence.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length < limit) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** Lines of text below each other, the first one's middle at `y`, and the height they take. */
export function textLines(
  lines: readonly string[],
  at: { readonly x: number; readonly y: number },
  options: TextOptions = {},
): Area {
  const { size = 13 } = options;
  const lineHeight = size * 1.45;
  return {
    width: Math.max(0, ...lines.map((line) => textWidth(line, size))),
    height: lines.length * lineHeight,
    body: lines
      .map((line, index) => text(line, { x: at.x, y: at.y + index * lineHeight }, { anchor: 'start', ...options }))
      .join(''),
  };
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
