/** How one series of numbers is told from another, with and without colour, and the legend that says which is which. */
import { filled, rect, short, stroke, text, textWidth } from './svg';
import type { Area, Point, Role, Texture } from './svg';

export interface SeriesLook {
  readonly role: Role;
  /** For areas. */
  readonly texture: Texture | undefined;
  readonly fill: number;
  /** For lines: dashes as SVG has them. */
  readonly dashes: string | false;
  /** For points: an SVG path about a point. */
  readonly mark: (at: Point) => string;
}

const looks: readonly SeriesLook[] = [
  { role: 'a', texture: undefined, fill: 0.45, dashes: false, mark: circle },
  { role: 'b', texture: 'diagonal', fill: 0.18, dashes: '7 4', mark: square },
  { role: 'c', texture: 'level', fill: 0.3, dashes: '2 3', mark: triangle },
  { role: 'd', texture: 'crossed', fill: 0.12, dashes: '9 3 2 3', mark: diamond },
  { role: 'e', texture: 'upright', fill: 0.05, dashes: '12 3 3 3 3 3', mark: cross },
];

/** How many series can be told apart. */
export const mostSeries = looks.length;

export function lookOf(index: number): SeriesLook {
  return looks[index % looks.length] ?? { role: 'plain', texture: undefined, fill: 0.2, dashes: false, mark: circle };
}

function circle({ x, y }: Point): string {
  return `M${short(x - 3.5)} ${short(y)}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z`;
}

function square({ x, y }: Point): string {
  return `M${short(x - 3.2)} ${short(y - 3.2)}h6.4v6.4h-6.4Z`;
}

function triangle({ x, y }: Point): string {
  return `M${short(x)} ${short(y - 4.4)}l4.4 7.6h-8.8Z`;
}

function diamond({ x, y }: Point): string {
  return `M${short(x)} ${short(y - 4.8)}l4.8 4.8l-4.8 4.8l-4.8 -4.8Z`;
}

function cross({ x, y }: Point): string {
  return `M${short(x - 1.3)} ${short(y - 4.5)}h2.6v3.2h3.2v2.6h-3.2v3.2h-2.6v-3.2h-3.2v-2.6h3.2Z`;
}

export interface LegendOptions extends Point {
  readonly kind: 'areas' | 'lines';
  readonly limit: number;
}

/** The names with a sample before each, broken into lines within `limit`; `y` is where the first line has its top. */
export function drawLegend(names: readonly string[], { x, y, kind, limit }: LegendOptions): Area {
  const sample = kind === 'areas' ? 14 : 34;
  let [left, top, width, body] = [x, y, 0, ''];
  names.forEach((name, index) => {
    const entry = sample + 6 + textWidth(name, 12) + 18;
    if (left > x && left + entry - 18 > limit) {
      [left, top] = [x, top + 20];
    }
    const middle = top + 9;
    const { role, texture, fill, dashes, mark } = lookOf(index);
    body +=
      kind === 'areas'
        ? rect({ x: left, y: middle - 6, width: sample, height: 12 }, { role, fill, hatched: texture ?? false })
        : stroke(`M${short(left)} ${short(middle)}h${sample}`, { role, weight: 2, dashed: dashes }) +
          filled(mark({ x: left + sample / 2, y: middle }), { role });
    body += text(name, { x: left + sample + 6, y: middle }, { anchor: 'start', size: 12 });
    left += entry;
    width = Math.max(width, left - 18 - x);
  });
  return { width, height: names.length === 0 ? 0 : top + 20 - y, body };
}
