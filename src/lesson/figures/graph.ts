/**
 * `graph`: how data flows, from left to right. Values are boxes, with their shapes; operations are pills. A gradient is
 * a dashed arrow that runs back along its edge.
 */
import { z } from 'zod';
import { FigureError } from './drawing';
import type { FigureKind } from './drawing';
import { layOut } from './layeredLayout';
import { arrowHead, paper, rect, shapeWords, short, stroke, text, textWidth } from './svg';
import type { Box, Point, Role } from './svg';

interface GraphData {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly caption: string;
}

interface GraphNode {
  readonly id: string;
  readonly label: string;
  readonly shape?: readonly (string | number)[] | undefined;
  readonly kind: 'value' | 'op';
}

interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly back: string;
}

const id = z.string().min(1).max(40);
const lineSize = 11;
/** Between an edge's arrow and the arrow back. */
const apart = 10;
/** Between the places where edges meet a node. */
const spreadOf = ({ back }: GraphEdge): number => (back === '' ? 12 : 24);

export const graph: FigureKind<GraphData> = {
  schema: z.strictObject({
    nodes: z
      .array(
        z.strictObject({
          id,
          label: z.string().min(1).max(28),
          shape: z
            .array(z.union([z.string().min(1).max(12), z.number().int().min(0)]))
            .max(5)
            .optional(),
          kind: z.enum(['value', 'op']).default('value'),
        }),
      )
      .min(1)
      .max(30),
    edges: z
      .array(
        z.strictObject({
          from: id,
          to: id,
          label: z.string().max(24).default(''),
          back: z.string().max(24).default(''),
        }),
      )
      .max(60),
    caption: z.string().min(1).max(400),
  }),
  draw({ nodes, edges }) {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const twice = nodes.find((node) => byId.get(node.id) !== node);
    if (twice !== undefined) {
      throw new FigureError(`two nodes have the id ${twice.id}`);
    }
    const stray = edges.flatMap(({ from, to }) => [from, to]).find((end) => !byId.has(end));
    if (stray !== undefined) {
      throw new FigureError(`an edge names the node ${stray}, which is not there`);
    }
    const room = ({ label, back }: GraphEdge): number =>
      Math.max(textWidth(label, lineSize), textWidth(back, lineSize)) + 34;
    const layout = layOut(
      nodes.map((node) => ({ id: node.id, ...sizeOf(node, edges) })),
      edges.map((edge) => ({ from: edge.from, to: edge.to, room: room(edge), spread: spreadOf(edge) })),
    );
    if (layout === undefined) {
      throw new FigureError('its edges run in a circle');
    }
    const at = { x: 6, y: 14 };
    const placed = edges.map((edge, index) => ({
      edge,
      route: (layout.routes[index] ?? []).map(({ x, y }) => ({ x: x + at.x, y: y + at.y })),
    }));
    const boxes = nodes.map((node) => {
      const box = layout.boxes.get(node.id) ?? { x: 0, y: 0, width: 0, height: 0 };
      return drawNode(node, { ...box, x: box.x + at.x, y: box.y + at.y });
    });
    const labelOf = (of: string): string => byId.get(of)?.label ?? of;
    return {
      width: layout.width + 2 * at.x,
      height: layout.height + 2 * at.y,
      body:
        placed.map(({ edge, route }) => drawEdge(route, edge)).join('') +
        placed.map(({ edge, route }) => drawLabels(route, edge)).join('') +
        boxes.join(''),
      words:
        `${nodes.map(nodeWords).join(', ')}. ` +
        edges
          .map(({ from, to, label, back }) => {
            const forward = `${labelOf(from)} goes into ${labelOf(to)}${label === '' ? '' : ` (${label})`}`;
            return `${forward}${back === '' ? '' : `, and the gradient ${back} comes back`}.`;
          })
          .join(' '),
    };
  },
};

/** As large as what is written in it, and as high as the edges that meet on one side of it need. */
function sizeOf(
  { id: node, label, shape, kind }: GraphNode,
  edges: readonly GraphEdge[],
): { readonly width: number; readonly height: number } {
  const inner = Math.max(textWidth(label, 12), shape === undefined ? 0 : textWidth(shapeWords(shape), lineSize));
  const roomFor = (side: readonly GraphEdge[]): number => Math.max(0, ...side.map(spreadOf)) * (side.length - 1) + 22;
  return {
    width: Math.max(34, inner + (kind === 'op' ? 22 : 16)),
    height: Math.max(
      shape === undefined ? 28 : 42,
      roomFor(edges.filter(({ from }) => from === node)),
      roomFor(edges.filter(({ to }) => to === node)),
    ),
  };
}

function nodeWords({ label, shape, kind }: GraphNode): string {
  return `${kind === 'op' ? 'operation ' : ''}${label}${shape === undefined ? '' : ` of shape ${shapeWords(shape)}`}`;
}

function drawNode({ label, shape, kind }: GraphNode, box: Box): string {
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const isOperation = kind === 'op';
  const up = shape === undefined ? 0 : 8;
  return (
    rect(
      box,
      isOperation
        ? { role: 'c', fill: 0.2, border: 'bold', round: Math.min(box.height / 2, 16) }
        : { role: 'a', fill: 0.08, border: 'thin' },
    ) +
    text(label, { x: middle.x, y: middle.y - up }, { size: 12, bold: true }) +
    (shape === undefined ? '' : text(shapeWords(shape), { x: middle.x, y: middle.y + 9 }, { size: lineSize }))
  );
}

/** A curve through the points, level wherever it leaves or reaches one. */
function curve(points: readonly Point[]): string {
  return points
    .map(({ x, y }, index) => {
      const before = points[index - 1];
      if (before === undefined) {
        return `M${short(x)} ${short(y)}`;
      }
      const half = short((before.x + x) / 2);
      return `C${half} ${short(before.y)} ${half} ${short(y)} ${short(x)} ${short(y)}`;
    })
    .join('');
}

function moved(points: readonly Point[], down: number): Point[] {
  return points.map(({ x, y }) => ({ x, y: y + down }));
}

function drawEdge(route: readonly Point[], { back }: GraphEdge): string {
  const arrow = (points: readonly Point[], look: { readonly role: Role; readonly dashed: boolean }): string => {
    const tip = points.at(-1) ?? { x: 0, y: 0 };
    const degrees = (points[0]?.x ?? 0) < tip.x ? 0 : 180;
    return (
      stroke(curve(points), { ...look, weight: 1.6 }) +
      stroke(arrowHead(tip, degrees), { role: look.role, weight: 1.6 })
    );
  };
  const [first, last] = [route[0] ?? { x: 0, y: 0 }, route.at(-1) ?? { x: 0, y: 0 }];
  const inner = route.slice(1, -1);
  const points = [{ x: first.x + 1, y: first.y }, ...inner, { x: last.x - 3, y: last.y }];
  if (back === '') {
    return arrow(points, { role: 'plain', dashed: false });
  }
  const returning = [{ x: last.x - 1, y: last.y }, ...[...inner].reverse(), { x: first.x + 3, y: first.y }];
  return (
    arrow(moved(points, -apart / 2), { role: 'plain', dashed: false }) +
    arrow(moved(returning, apart / 2), { role: 'b', dashed: true })
  );
}

/**
 * The labels at the middle of the edge's first stretch, its own above and the gradient's below. Where the stretch rises
 * or falls, each moves to the side on which the curve leaves room.
 */
function drawLabels(route: readonly Point[], { label, back }: GraphEdge): string {
  const [first = { x: 0, y: 0 }, second = { x: 0, y: 0 }] = route;
  const middle = { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 };
  const fall = Math.max(-1, Math.min(1, (second.y - first.y) / 30));
  const away = (back === '' ? 9 : apart / 2 + 8) * (1 - Math.abs(fall) / 2);
  const write = (words: string, side: -1 | 1): string => {
    if (words === '') {
      return '';
    }
    const width = textWidth(words, lineSize);
    const at = { x: middle.x - side * fall * (width / 2 + 7), y: middle.y + side * away };
    const ground = paper({ x: at.x - width / 2 - 1, y: at.y - 6, width: width + 2, height: 12 });
    return ground + text(words, at, { size: lineSize, bold: side > 0 });
  };
  return write(label, -1) + write(back, 1);
}
