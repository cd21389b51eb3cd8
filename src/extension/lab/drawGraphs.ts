/**
 * Draws the graphs among the views of a run, as the figures of a lesson are drawn, before a message goes to the page: the
 * page has no renderer, and the archive keeps numbers only. Loaded when it is needed. It needs no `vscode`.
 */
import type { GraphViewData, TensorData } from '../../harness/runs/labData';
import { formatNumber } from '../../harness/present/formatNumber';
import { renderFigure } from '../../lesson/figures/figure';
import type { PageView, RunSnapshot, ToLab } from '../../webview/labProtocol';

/** The same message, each graph in it with its drawing. */
export function drawGraphs(message: ToLab): ToLab {
  switch (message.type) {
    case 'state':
      return message.state.kind === 'run'
        ? { ...message, state: { ...message.state, runs: message.state.runs.map(withDrawnViews) } }
        : message;
    case 'runAdded':
      return { ...message, run: withDrawnViews(message.run) };
    case 'views':
      return { ...message, views: message.views.map(drawn) };
    case 'answer':
      return 'views' in message.answer ? { ...message, answer: { views: message.answer.views.map(drawn) } } : message;
    case 'runRemoved':
    case 'steps':
      return message;
    default:
      return message satisfies never;
  }
}

function withDrawnViews(run: RunSnapshot): RunSnapshot {
  return { ...run, views: run.views.map(drawn) };
}

function drawn(view: PageView): PageView {
  return view.kind === 'graph'
    ? { ...view, drawing: renderFigure('graph', JSON.stringify(figureOf(view))).html }
    : view;
}

/** The most characters that the figure has room for beside an arrow. */
const longestLabel = 24;

function figureOf({ nodes, edges, title }: GraphViewData): unknown {
  return {
    nodes: nodes.map(({ label, kind, value: { shape } }, place) => ({
      id: String(place),
      label,
      kind,
      ...(shape.length === 0 || shape.length > 5 ? {} : { shape }),
    })),
    edges: edges.map(({ from, to, gradient }) => ({
      from: String(from),
      to: String(to),
      label: inShort(nodes[from]?.value),
      back: inShort(gradient),
    })),
    caption: title.slice(0, 400),
  };
}

/** A single number as itself, few as a list, more as `±` the root of their mean square; nothing where there is none. */
function inShort(tensor: TensorData | undefined): string {
  if (tensor === undefined) return '';
  const { data } = tensor;
  const list = Array.from(data.subarray(0, 3), inFewDigits).join(', ');
  if (data.length === 0) return 'empty';
  if (data.length === 1) return list;
  if (data.length <= 3 && list.length + 2 <= longestLabel) return `[${list}]`;
  const meanSquare = data.reduce((sum, value) => sum + value * value, 0) / data.length;
  return `±${inFewDigits(Math.sqrt(meanSquare))}`;
}

function inFewDigits(value: number): string {
  return formatNumber(value, 3);
}
