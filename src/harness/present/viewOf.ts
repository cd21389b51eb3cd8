/** Values as a report shows them, and what to call them in a sentence. Nothing else formats a value for a person. */
import { Tensor } from '../../tensor';
import type { TensorView, ValueView } from '../report';
import { ForeignValue } from './foreignValue';
import { describeShape, formatNumber, formatPair } from './formatNumber';

/** A report shows at most this many cells of a tensor. */
export const maxCells = 1024;

const longestText = 600;
const mostMembers = 32;
const deepest = 6;

export function viewOf(value: unknown): ValueView {
  return value instanceof Tensor ? viewOfTensor(value) : { kind: 'text', text: textOf(value) };
}

export function viewOfTensor(value: Tensor): TensorView {
  const shown = Array.from(value.data.subarray(0, maxCells), (cell) => formatNumber(cell));
  return view(value, shown);
}

/**
 * Two tensors of one shape, side by side. Cells at the positions in `wrong` get as many digits as it takes to see that
 * they differ.
 */
export function viewsOfPair(
  actual: Tensor,
  expected: Tensor,
  wrong: readonly number[],
): { readonly actual: TensorView; readonly expected: TensorView } {
  const differing = new Set(wrong);
  const actualCells: string[] = [];
  const expectedCells: string[] = [];
  const { data } = actual;
  const { data: expectedData } = expected;
  for (let position = 0; position < Math.min(data.length, maxCells); position++) {
    const pair = [data[position] ?? NaN, expectedData[position] ?? NaN] as const;
    const [a, b] = differing.has(position) ? formatPair(...pair) : [formatNumber(pair[0]), formatNumber(pair[1])];
    actualCells.push(a);
    expectedCells.push(b);
  }
  return { actual: view(actual, actualCells), expected: view(expected, expectedCells) };
}

function view(tensor: Tensor, cells: readonly string[]): TensorView {
  return { kind: 'tensor', shape: [...tensor.shape], dtype: tensor.dtype, cells, omitted: tensor.size - cells.length };
}

/** What a sentence calls the type of `value`: `a Tensor of shape (2, 3)`, `an array`, `nothing`. */
export function describeType(value: unknown): string {
  if (value instanceof Tensor) {
    return `a Tensor of shape ${describeShape(value.shape)}`;
  }
  if (value instanceof ForeignValue) {
    return value.type;
  }
  if (Array.isArray(value)) {
    return 'an array';
  }
  if (ArrayBuffer.isView(value)) {
    return `a ${typedArrayName(value)}`;
  }
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'number':
      return Number.isNaN(value) ? 'NaN' : 'a number';
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : describeMembers(Object.keys(value));
    default:
      return `a ${typeof value}`;
  }
}

/** `an object with dx, dW, db`. */
export function describeMembers(names: readonly string[]): string {
  if (names.length === 0) {
    return 'an empty object';
  }
  const shown = names.slice(0, mostMembers).map((name) => shorten(name, 60));
  return `an object with ${shown.join(', ')}${names.length > mostMembers ? ', …' : ''}`;
}

function typedArrayName(value: ArrayBufferView): string {
  const name: unknown = (value as unknown as Record<symbol, unknown>)[Symbol.toStringTag];
  return typeof name === 'string' ? name : 'DataView';
}

/** `value` on one line: `[[1, 2], [3, 4]]`, `{ dW: Tensor (2, 3), db: 0 }`. */
export function textOf(value: unknown): string {
  return shorten(write(value, []), longestText);
}

const mostShapes = 8;

/** The shapes of the tensors in `value`: `(4, 6)`, `{ dx (4, 3), dW (2, 3) }`, `[(2, 3), (2,)]`; `undefined` where it holds none. */
export function shapesIn(value: unknown, depth = 0): string | undefined {
  if (value instanceof Tensor) {
    return describeShape(value.shape);
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth >= deepest) {
    return undefined;
  }
  if (value instanceof ForeignValue) {
    return undefined;
  }
  const isList = Array.isArray(value);
  const shapes = Object.entries(value).flatMap(([name, member]) => {
    const inside = shapesIn(member, depth + 1);
    return inside === undefined ? [] : [isList ? inside : `${shorten(name, 60)} ${inside}`];
  });
  if (shapes.length === 0) {
    return undefined;
  }
  const shown = `${shapes.slice(0, mostShapes).join(', ')}${shapes.length > mostShapes ? ', …' : ''}`;
  return isList ? `[${shown}]` : `{ ${shown} }`;
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function write(value: unknown, above: readonly unknown[]): string {
  if (value instanceof Tensor) {
    const few = value.rank === 1 && value.size <= 8 ? ` ${listed(Array.from(value.data), above)}` : '';
    return `Tensor ${describeShape(value.shape)}${few}`;
  }
  if (value instanceof ForeignValue) {
    return value.text;
  }
  if (typeof value === 'number') {
    return formatNumber(value);
  }
  if (typeof value === 'string') {
    return JSON.stringify(shorten(value, longestText));
  }
  if (typeof value === 'bigint') {
    return `${shorten(String(value), 100)}n`;
  }
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'function' ? 'a function' : String(value);
  }
  if (above.includes(value) || above.length >= deepest) {
    return '…';
  }
  const inside = [...above, value];
  if (Array.isArray(value)) {
    return listed(value as readonly unknown[], inside);
  }
  if (ArrayBuffer.isView(value)) {
    const cells = value instanceof DataView ? [] : Array.from(value as unknown as ArrayLike<number>);
    return `${typedArrayName(value)} ${listed(cells, inside)}`;
  }
  const members = Object.entries(value);
  const shown = members.slice(0, mostMembers).map(([name, member]) => `${shorten(name, 60)}: ${write(member, inside)}`);
  return members.length === 0 ? '{}' : `{ ${shown.join(', ')}${members.length > mostMembers ? ', …' : ''} }`;
}

function listed(items: readonly unknown[], inside: readonly unknown[]): string {
  const shown = items.slice(0, mostMembers).map((item) => write(item, inside));
  const more = items.length > mostMembers ? `, … ${items.length - mostMembers} more` : '';
  return `[${shown.join(', ')}${more}]`;
}
