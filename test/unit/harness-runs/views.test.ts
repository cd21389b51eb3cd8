import assert from 'node:assert/strict';
import { graphLimits } from '../../../src/harness/runs/labData';
import { readViews } from '../../../src/harness/runs/readViews';
import { tensor, zeros } from '../../../src/tensor';

const node = (label: string) => ({ label, kind: 'value', value: zeros([2, 1, 1, 2]) });

function read(graph: object): string {
  const [view] = readViews([{ kind: 'graph', title: 'g', nodes: [node('a'), node('b')], edges: [], ...graph }]);
  return view?.kind === 'text' ? view.text : JSON.stringify(view?.kind);
}

describe('a graph that a run shows', () => {
  it('is read with its tensors, whatever their shape', () => {
    const gradient = tensor([[1, 2]]);
    const nodes = [{ ...node('a'), gradient }, node('b')];
    assert.deepEqual(readViews([{ kind: 'graph', title: 'g', nodes, edges: [{ from: 0, to: 1, gradient }] }]), [
      {
        kind: 'graph',
        title: 'g',
        nodes: [
          {
            label: 'a',
            kind: 'value',
            value: { shape: [2, 1, 1, 2], data: new Float32Array(4) },
            gradient: { shape: [1, 2], data: Float32Array.of(1, 2) },
          },
          { label: 'b', kind: 'value', value: { shape: [2, 1, 1, 2], data: new Float32Array(4) } },
        ],
        edges: [{ from: 0, to: 1, gradient: { shape: [1, 2], data: Float32Array.of(1, 2) } }],
      },
    ]);
  });

  const stray =
    /^This view cannot be shown: an edge leads from node \S+ to node \S+, where each should lead from one of 2 nodes to a later one\.$/;
  for (const [from, to] of [
    [1, 0],
    [0, 0],
    [0, 2],
    [-1, 1],
    [0.5, 1],
  ] as const) {
    it(`is none with an edge from ${from} to ${to}, and says so`, () => {
      assert.match(read({ edges: [{ from, to }] }), stray);
    });
  }

  it('is none with a node that has no tensor, or is of another kind, or with more than can be drawn', () => {
    assert.match(read({ nodes: [{ ...node('a'), value: 1 }] }), /the value of the node a is no tensor/);
    assert.match(read({ nodes: [{ ...node('a'), kind: 'x' }] }), /the kind of the node a is none of value, op/);
    const many = Array.from({ length: graphLimits.nodes + 1 }, () => node('a'));
    assert.match(read({ nodes: many }), /nodes has 31 entries, and 30 are the most/);
  });
});
