import assert from 'node:assert/strict';
import { layOut } from '../../../src/lesson/figures/layeredLayout';
import type { Layout, LayoutEdge, LayoutNode } from '../../../src/lesson/figures/layeredLayout';

/** Numbers from 0 to 1, the same for a seed each time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function placed(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layout {
  const layout = layOut(nodes, edges);
  assert.ok(layout);
  return layout;
}

const node = (id: string, width = 40, height = 30): LayoutNode => ({ id, width, height });
const edge = (from: string, to: string, room = 20): LayoutEdge => ({ from, to, room, spread: 10 });

describe('The layout of a graph', () => {
  it('keeps boxes apart and every edge running right, on random graphs', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = randomFrom(seed);
      const count = 2 + Math.floor(random() * 10);
      const nodes = Array.from({ length: count }, (_, index) =>
        node(`n${index}`, 20 + random() * 60, 20 + random() * 40),
      );
      const edges = nodes.flatMap((_, to) =>
        nodes.slice(0, to).flatMap((__, from) => (random() < 0.35 ? [edge(`n${from}`, `n${to}`, random() * 60)] : [])),
      );
      const { boxes, routes, width, height } = placed(nodes, edges);
      const all = [...boxes.values()];
      all.forEach((a, index) => {
        assert.ok(a.x >= 0 && a.y >= -1e-9 && a.x + a.width <= width + 1e-9 && a.y + a.height <= height + 1e-9);
        for (const b of all.slice(index + 1)) {
          const apart = a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y;
          assert.ok(apart, `seed ${seed}: two boxes overlap`);
        }
      });
      routes.forEach((route, index) => {
        const xs = route.map(({ x }) => x);
        assert.deepEqual(
          xs,
          [...xs].sort((a, b) => a - b),
          `seed ${seed}: an edge turns back`,
        );
        // Where it passes a column, it passes no box of it.
        for (const { x, y } of route.slice(1, -1)) {
          const hit = all.find((box) => x >= box.x && x <= box.x + box.width && y > box.y && y < box.y + box.height);
          assert.equal(hit, undefined, `seed ${seed}: edge ${index} runs through a box`);
        }
      });
    }
  });

  it('puts an input next to where it is used', () => {
    const nodes = ['x', 'f', 'g', 'W'].map((id) => node(id));
    const { boxes } = placed(nodes, [edge('x', 'f'), edge('f', 'g'), edge('W', 'g')]);
    assert.equal(boxes.get('W')?.x, boxes.get('f')?.x);
  });

  it('uncrosses edges that need not cross', () => {
    const nodes = ['a', 'b', 'A', 'B'].map((id) => node(id));
    const { boxes } = placed(nodes, [edge('a', 'B'), edge('b', 'A')]);
    const above = (first: string, second: string): boolean => (boxes.get(first)?.y ?? 0) < (boxes.get(second)?.y ?? 0);
    assert.equal(above('a', 'b'), above('B', 'A'));
  });

  it('leaves room for labels between columns, and keeps edges apart where they meet', () => {
    const nodes = ['a', 'b', 'f'].map((id) => node(id));
    const { boxes, routes } = placed(nodes, [edge('a', 'f', 90), edge('b', 'f')]);
    const [a, f] = [boxes.get('a'), boxes.get('f')];
    assert.ok(a && f && f.x - (a.x + a.width) >= 90);
    assert.deepEqual(
      routes.map((route) => route.at(-1)?.y).map((y) => (y ?? 0) - f.y - 15),
      [-5, 5],
    );
  });

  it('says nothing of a circle', () => {
    assert.equal(layOut([node('a'), node('b')], [edge('a', 'b'), edge('b', 'a')]), undefined);
  });
});
