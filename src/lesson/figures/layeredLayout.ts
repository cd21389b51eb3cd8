/**
 * Places for the nodes of a graph without cycles, in columns from left to right, so that every edge leads rightwards.
 * An edge over several columns passes through a place of its own in each. Within a column, order follows the middle of
 * the neighbours, which keeps crossings few (Sugiyama's method, on graphs of a dozen nodes).
 */
import type { Box, Point } from './svg';

export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
  /** How far from its neighbours it leaves or reaches a node that it shares with them. */
  readonly spread: number;
  /** Room that its label needs between two columns. */
  readonly room: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** By the node's id. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** For each edge, the points it passes: from the right side of its first node to the left side of its last. */
  readonly routes: readonly (readonly Point[])[];
}

/** A node, or the place where a long edge passes a column. */
interface Item {
  readonly layer: number;
  readonly width: number;
  readonly height: number;
  readonly before: Item[];
  readonly after: Item[];
  /** The middle of it. */
  y: number;
}

const rowGap = 24;
const columnGap = 34;
const sweeps = 12;

/** `undefined` where the edges run in a circle. Every edge joins two of the nodes. */
export function layOut(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layout | undefined {
  const layers = layersOf(nodes, edges);
  if (layers === undefined) {
    return undefined;
  }
  const layerOf = (id: string): number => layers.get(id) ?? 0;
  const itemAt = (layer: number, size: { readonly width: number; readonly height: number }): Item => {
    return { layer, width: size.width, height: size.height, before: [], after: [], y: 0 };
  };
  const items = new Map(nodes.map((node) => [node.id, itemAt(layerOf(node.id), node)]));
  const columns: Item[][] = [];
  const put = (item: Item): void => void (columns[item.layer] ??= []).push(item);
  items.forEach(put);
  const chains = edges.map(({ from, to }) => {
    const passed = Array.from({ length: layerOf(to) - layerOf(from) - 1 }, (_, index) =>
      itemAt(layerOf(from) + index + 1, { width: 0, height: 8 }),
    );
    passed.forEach(put);
    const chain = [items.get(from), ...passed, items.get(to)].filter((item) => item !== undefined);
    chain.slice(1).forEach((item, index) => {
      chain[index]?.after.push(item);
      item.before.push(chain[index] ?? item);
    });
    return chain;
  });
  order(columns);
  settle(columns);
  return measured({ columns, chains, items, nodes, edges });
}

/** The column of each node: as far left as what leads to it allows; what nothing leads to stands next to its use. */
function layersOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): ReadonlyMap<string, number> | undefined {
  const layers = new Map<string, number>();
  const waiting = new Set(nodes.map(({ id }) => id));
  while (waiting.size > 0) {
    const ready = [...waiting].filter((id) => !edges.some(({ from, to }) => to === id && waiting.has(from)));
    if (ready.length === 0) {
      return undefined;
    }
    for (const id of ready) {
      const before = edges.filter(({ to }) => to === id).map(({ from }) => layers.get(from) ?? 0);
      layers.set(id, before.length === 0 ? 0 : Math.max(...before) + 1);
    }
    ready.forEach((id) => waiting.delete(id));
  }
  for (const { id } of nodes) {
    const after = edges.filter(({ from }) => from === id).map(({ to }) => layers.get(to) ?? 0);
    if (!edges.some(({ to }) => to === id) && after.length > 0) {
      layers.set(id, Math.min(...after) - 1);
    }
  }
  return layers;
}

function order(columns: Item[][]): void {
  let best = columns.map((column) => [...column]);
  let fewest = crossings(columns);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    const rightwards = sweep % 2 === 0;
    for (const column of rightwards ? columns : [...columns].reverse()) {
      const places = new Map(column.map((item, index) => [item, index]));
      const aim = (item: Item): number => {
        const near = rightwards ? item.before : item.after;
        const at = near.map((other) => columns[other.layer]?.indexOf(other) ?? 0);
        return at.length === 0 ? (places.get(item) ?? 0) : mean(at);
      };
      const aims = new Map(column.map((item) => [item, aim(item)]));
      column.sort((a, b) => (aims.get(a) ?? 0) - (aims.get(b) ?? 0) || (places.get(a) ?? 0) - (places.get(b) ?? 0));
    }
    const count = crossings(columns);
    if (count < fewest) {
      [best, fewest] = [columns.map((column) => [...column]), count];
    }
  }
  best.forEach((column, index) => (columns[index] = column));
}

/** How many pairs of neighbouring edges cross. */
export function crossings(columns: readonly (readonly Item[])[]): number {
  let count = 0;
  columns.forEach((column, layer) => {
    const next = columns[layer + 1] ?? [];
    const pairs = column.flatMap((item, from) => item.after.map((other) => [from, next.indexOf(other)] as const));
    pairs.forEach(([from, to], index) => {
      count += pairs.slice(index + 1).filter(([a, b]) => (from - a) * (to - b) < 0).length;
    });
  });
  return count;
}

/** Heights: each item as near as its column allows to the middle of its neighbours. */
function settle(columns: readonly Item[][]): void {
  columns.forEach((column) => stack(column, () => 0));
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const rightwards = sweep % 2 === 0;
    for (const column of rightwards ? columns : [...columns].reverse()) {
      stack(column, (item) => {
        const near = [...item.before, ...item.after];
        return near.length === 0 ? item.y : mean(near.map(({ y }) => y));
      });
    }
  }
}

/** Moves a column's items to where they aim at, in their order and without touching, and the whole to its mean aim. */
function stack(column: readonly Item[], aim: (item: Item) => number): void {
  const aims = column.map(aim);
  let bottom = -Infinity;
  column.forEach((item, index) => {
    item.y = Math.max(aims[index] ?? 0, bottom + rowGap + item.height / 2);
    bottom = item.y + item.height / 2;
  });
  const shift = mean(column.map((item, index) => (aims[index] ?? 0) - item.y));
  column.forEach((item) => (item.y += shift));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
}

interface Ordered {
  readonly columns: readonly (readonly Item[])[];
  readonly chains: readonly (readonly Item[])[];
  readonly items: ReadonlyMap<string, Item>;
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

function measured({ columns, chains, items, nodes, edges }: Ordered): Layout {
  const all = columns.flat();
  const top = Math.min(...all.map(({ y, height }) => y - height / 2));
  const bottom = Math.max(...all.map(({ y, height }) => y + height / 2));
  const widths = columns.map((column) => Math.max(...column.map(({ width }) => width)));
  const lefts: number[] = [];
  let x = 0;
  widths.forEach((width, layer) => {
    lefts.push(x);
    const rooms = edges.filter(({ from }) => items.get(from)?.layer === layer).map(({ room }) => room);
    x += width + Math.max(columnGap, ...rooms);
  });
  const boxOf = (item: Item): Box => ({
    x: (lefts[item.layer] ?? 0) + ((widths[item.layer] ?? 0) - item.width) / 2,
    y: item.y - item.height / 2 - top,
    width: item.width,
    height: item.height,
  });
  const routes = chains.map((chain, edge) =>
    chain.flatMap((item, index): Point[] => {
      const box = boxOf(item);
      const y = box.y + box.height / 2;
      const [left, width] = [lefts[item.layer] ?? 0, widths[item.layer] ?? 0];
      return index === 0
        ? [{ x: box.x + box.width, y: y + port('from', edge) }]
        : index === chain.length - 1
          ? [{ x: box.x, y: y + port('to', edge) }]
          : [
              { x: left, y },
              { x: left + width, y },
            ];
    }),
  );

  /** How far from the middle of a node an edge meets it: the edges of one side lie in the order of what they come from. */
  function port(end: 'from' | 'to', edge: number): number {
    const node = edges[edge]?.[end];
    const next = (other: number): number => chains[other]?.at(end === 'from' ? 1 : -2)?.y ?? 0;
    const all = edges.flatMap((other, index) => (other[end] === node ? [index] : [])).sort((a, b) => next(a) - next(b));
    const spread = Math.max(...all.map((index) => edges[index]?.spread ?? 0));
    return (all.indexOf(edge) - (all.length - 1) / 2) * spread;
  }
  return {
    width: Math.max(0, ...widths.map((width, layer) => (lefts[layer] ?? 0) + width)),
    height: bottom - top,
    boxes: new Map(nodes.map(({ id }) => [id, boxOf(items.get(id) ?? { ...emptyItem })])),
    routes,
  };
}

const emptyItem: Item = { layer: 0, width: 0, height: 0, before: [], after: [], y: 0 };
