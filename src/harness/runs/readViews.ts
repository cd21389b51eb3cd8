/**
 * Reads the views that a run shows, strictly and within bounds: they come out of the learner's realm, and go to a page. What
 * cannot be shown is replaced by a text that says why, so that one wrong view takes nothing from the others.
 */
import { Tensor } from '../../tensor';
import { ForeignValue } from '../present/foreignValue';
import { graphLimits } from './labData';
import type { GraphViewData, RunViewData, TensorData } from './labData';
import { fieldsOf, listOf, numberOf, oneOf, textOf, Unreadable } from './reading';
import type { Fields } from './reading';

/** The most that one message of views may hold: numbers, views, and characters of one text. */
export const viewLimits = {
  numbers: 1_000_000,
  views: 16,
  labels: 2_000,
  text: 20_000,
  series: 12,
};

/** Never throws. */
export function readViews(value: unknown): readonly RunViewData[] {
  if (!Array.isArray(value)) {
    const found = value instanceof ForeignValue ? value.type : `a value of type ${typeof value}`;
    return [problem('Views', `${cannotBeShown}what should be a list of views is ${found}.`)];
  }
  const room = { numbers: viewLimits.numbers };
  const views = value.slice(0, viewLimits.views).map((view: unknown) => readOne(view, room));
  const more = value.length - viewLimits.views;
  return more > 0 ? [...views, problem('More views', `${more} more are not shown.`)] : views;
}

interface Room {
  numbers: number;
}

function readOne(value: unknown, room: Room): RunViewData {
  let title = 'A view';
  try {
    const fields = fieldsOf(value, 'a view');
    title = textOf(fields['title'], { what: 'the title of a view' });
    return read(fields, { title, room });
  } catch (error) {
    if (error instanceof Unreadable) return problem(title, `${cannotBeShown}${error.message}.`);
    throw error;
  }
}

const cannotBeShown = 'This view cannot be shown: ';

/** Whether a view stands for one that could not be shown; its text says why. */
export function isProblem(view: RunViewData): view is Extract<RunViewData, { readonly kind: 'text' }> {
  return view.kind === 'text' && view.text.startsWith(cannotBeShown);
}

function problem(title: string, text: string): RunViewData {
  return { kind: 'text', title, text };
}

const kinds = ['matrix', 'images', 'bars', 'attention', 'plot', 'graph', 'text'] as const;

function read(fields: Fields, { title, room }: { readonly title: string; readonly room: Room }): RunViewData {
  const name = (key: string): string => textOf(fields[key], { what: key });
  const names = (key: string, count?: number): string[] => {
    const list = listOf(fields[key], { what: key, most: viewLimits.labels });
    if (count !== undefined && list.length !== count) {
      throw new Unreadable(`${key} has ${list.length} entries for ${count}`);
    }
    return list.map((label) => textOf(label, { what: `an entry of ${key}`, most: 80 }));
  };
  const tensor = (key: string, axes: readonly string[]): TensorData =>
    readTensor(fields[key], { what: key, axes, room });
  const kind = oneOf(fields['kind'], kinds, 'the kind of the view');
  switch (kind) {
    case 'matrix': {
      const values = tensor('values', ['rows', 'columns']);
      const [rows, columns] = values.shape;
      return {
        kind,
        title,
        rowName: name('rowName'),
        columnName: name('columnName'),
        rows: names('rows', rows),
        columns: names('columns', columns),
        values,
      };
    }
    case 'images': {
      const images = tensor('images', ['count', 'height', 'width']);
      const labels = fields['labels'] === undefined ? {} : { labels: names('labels', images.shape[0]) };
      return { kind, title, images, ...labels, ...(fields['signed'] === true ? { signed: true } : {}) };
    }
    case 'bars': {
      const values = tensor('values', ['bars']);
      return { kind, title, labels: names('labels', values.shape[0]), values };
    }
    case 'attention': {
      const weights = tensor('weights', ['heads', 'tokens', 'tokens']);
      const tokens = names('tokens', weights.shape[1]);
      if (weights.shape[2] !== tokens.length) throw new Unreadable('weights are not as wide as they are high');
      return { kind, title, tokens, weights };
    }
    case 'plot': {
      const series = listOf(fields['series'], { what: 'series', most: viewLimits.series }).map((item) => {
        const line = fieldsOf(item, 'an entry of series');
        const points = readTensor(line['points'], { what: 'points', axes: ['count', '2'], room });
        return { name: textOf(line['name'], { what: 'the name of a series' }), points };
      });
      if (series.some(({ points }) => points.shape[1] !== 2)) throw new Unreadable('points should be pairs of x and y');
      const logarithmic = {
        ...(fields['logX'] === true ? { logX: true } : {}),
        ...(fields['logY'] === true ? { logY: true } : {}),
      };
      return { kind, title, xLabel: name('xLabel'), yLabel: name('yLabel'), ...logarithmic, series };
    }
    case 'graph':
      return { kind, title, ...readGraph(fields, room) };
    case 'text':
      return { kind, title, text: textOf(fields['text'], { what: 'text', most: viewLimits.text }) };
    default:
      return kind satisfies never;
  }
}

function readGraph(fields: Fields, room: Room): Pick<GraphViewData, 'nodes' | 'edges'> {
  const gradientOf = (of: Fields, what: string): { readonly gradient?: TensorData } =>
    of['gradient'] === undefined ? {} : { gradient: readTensor(of['gradient'], { what, room }) };
  const nodes = listOf(fields['nodes'], { what: 'nodes', most: graphLimits.nodes }).map((item) => {
    const node = fieldsOf(item, 'an entry of nodes');
    const label = textOf(node['label'], { what: 'the label of a node', most: graphLimits.label });
    return {
      label: label === '' ? '?' : label,
      kind: oneOf(node['kind'], ['value', 'op'], `the kind of the node ${label}`),
      value: readTensor(node['value'], { what: `the value of the node ${label}`, room }),
      ...gradientOf(node, `the gradient of the node ${label}`),
    };
  });
  const edges = listOf(fields['edges'], { what: 'edges', most: graphLimits.edges }).map((item) => {
    const edge = fieldsOf(item, 'an entry of edges');
    const [from, to] = [numberOf(edge['from'], 'from'), numberOf(edge['to'], 'to')];
    if (nodes[from] === undefined || nodes[to] === undefined || from >= to) {
      throw new Unreadable(
        `an edge leads from node ${from} to node ${to}, where each should lead from one of ${nodes.length} nodes to a later one`,
      );
    }
    return { from, to, ...gradientOf(edge, `the gradient of the edge from ${from} to ${to}`) };
  });
  return { nodes, edges };
}

interface Expected {
  readonly what: string;
  /** What its axes are, for messages; any are right where it is left out. */
  readonly axes?: readonly string[];
  readonly room: Room;
}

function readTensor(value: unknown, { what, axes, room }: Expected): TensorData {
  if (!(value instanceof Tensor)) throw new Unreadable(`${what} is no tensor`);
  const { shape, size } = value;
  if (axes !== undefined && shape.length !== axes.length) {
    throw new Unreadable(`${what} has the shape (${shape.join(', ')}) where (${axes.join(', ')}) is needed`);
  }
  if (size > room.numbers) {
    throw new Unreadable(`${what} has ${size} numbers, and all views together may have ${viewLimits.numbers}`);
  }
  room.numbers -= size;
  return { shape: [...shape], data: Float32Array.from(value.data) };
}
