import assert from 'node:assert/strict';
import { drawGraphs } from '../../../../src/extension/lab/drawGraphs';
import type { GraphViewData, PageView, ToLab } from '../../../../src/webview/labProtocol';
import { graph, run, runState, words } from '../../../fixtures/labStates';

/** The drawing in the message, which has one graph. */
function drawingIn(message: ToLab): string {
  const drawings: unknown[] = [];
  JSON.stringify(drawGraphs(message), (key, value: unknown) => {
    if (key === 'drawing') drawings.push(value);
    return value;
  });
  const [drawing] = drawings;
  assert.ok(typeof drawing === 'string' && drawings.length === 1, `${drawings.length} drawings`);
  return drawing;
}

function drawingOf(view: PageView): string {
  return drawingIn({ type: 'views', run: 'run-1', step: 1, views: [view] });
}

describe('the drawing of a graph', () => {
  it('has at each arrow the value that goes along it and the gradient that comes back', () => {
    const drawing = drawingOf(graph);
    for (const words of [
      'a goes into multiply (3), and the gradient 4 comes back.',
      'b goes into multiply (4), and the gradient 3 comes back.',
      'a goes into add (3), and the gradient 1 comes back.',
      'multiply goes into add (12), and the gradient 1 comes back.',
    ]) {
      assert.ok(drawing.includes(words), words);
    }
  });

  it('sums up a tensor by the root of its mean square, and lists few numbers', () => {
    const of = (data: number[]): GraphViewData => ({
      ...graph,
      nodes: graph.nodes.map((node) => ({ ...node, value: { shape: [data.length], data: Float32Array.from(data) } })),
    });
    assert.match(drawingOf(of([3, -4, 0, 0])), /a goes into multiply \(±2\.5\)/);
    assert.match(drawingOf(of([0.5, -1])), /a goes into multiply \(\[0\.5, -1\]\)/);
    assert.match(drawingOf(of([])), /a goes into multiply \(empty\)/);
    assert.match(drawingOf(of([Number.NaN, 1, 2, 3])), /a goes into multiply \(±NaN\)/);
  });

  it('says nothing of a gradient where none came back', () => {
    const { nodes, edges, ...rest } = graph;
    const drawing = drawingOf({ ...rest, nodes, edges: edges.map(({ from, to }) => ({ from, to })) });
    assert.ok(!drawing.includes('comes back'));
  });

  it('writes what a learner’s label holds as text', () => {
    const nodes = graph.nodes.map((node) => ({ ...node, label: '<img src=x onerror=1>' }));
    assert.ok(!drawingOf({ ...graph, nodes, title: '<script>' }).includes('<img'));
    assert.ok(!drawingOf({ ...graph, nodes, title: '<script>' }).includes('<script'));
  });

  it('is there however the graph comes to the page, and other views and messages stay as they are', () => {
    const withGraph = run({ number: 1, views: [graph] });
    const messages: readonly ToLab[] = [
      { type: 'state', state: runState([withGraph]) },
      { type: 'runAdded', run: withGraph },
      { type: 'answer', request: 1, run: 'run-1', question: 'q', answer: { views: [graph] } },
    ];
    for (const message of messages) assert.match(drawingIn(message), /^<figure/);
    for (const message of [
      { type: 'views', run: 'run-1', step: 1, views: [words] },
      { type: 'runRemoved', run: 'run-1' },
      { type: 'answer', request: 1, run: 'run-1', question: 'q', answer: { sentence: 'No.' } },
    ] satisfies ToLab[]) {
      assert.deepEqual(drawGraphs(message), message);
    }
  });
});
