/**
 * Lays a tensor out for reading: a list of two-dimensional slices, each a table whose rows and columns carry their
 * indices. A matrix is one slice, a vector one row, a tensor of higher rank one slice for each index of its leading
 * axes. Pure, so that the pages only have to draw it.
 */
import type { TensorView } from '../harness/report';
import { t } from './l10n';

export interface GridCell {
  /** Row-major position in the whole tensor. */
  readonly position: number;
  readonly index: readonly number[];
  readonly text: string;
}

export interface GridRow {
  /** Index along the last axis but one; `undefined` where there is none. */
  readonly index: number | undefined;
  readonly cells: readonly GridCell[];
}

export interface GridSlice {
  /** `[2, :, :]` for a slice of a tensor of rank 3 or more, otherwise empty. */
  readonly label: string;
  readonly rows: readonly GridRow[];
}

export interface TensorLayout {
  /** Length of the last axis: the columns of each table. A scalar has none to number, and this is 0. */
  readonly columns: number;
  readonly slices: readonly GridSlice[];
}

/** Lays out the cells that `view` holds; what it omits leaves its last row short, and later rows and slices out. */
export function layOut(view: Pick<TensorView, 'shape' | 'cells'>): TensorLayout {
  const { shape, cells } = view;
  const columns = shape.at(-1) ?? 0;
  const rowLength = Math.max(1, shape.at(-1) ?? 1);
  const rowsPerSlice = Math.max(1, shape.at(-2) ?? 1);
  const leading = shape.slice(0, -2);
  const slices: GridSlice[] = [];
  for (let start = 0; start < cells.length; start += rowLength * rowsPerSlice) {
    const rows: GridRow[] = [];
    const end = Math.min(cells.length, start + rowLength * rowsPerSlice);
    for (let first = start; first < end; first += rowLength) {
      rows.push({
        index: shape.length < 2 ? undefined : rows.length,
        cells: cells.slice(first, Math.min(first + rowLength, end)).map((text, column) => ({
          position: first + column,
          index: indexAt(first + column, shape),
          text,
        })),
      });
    }
    const at = indexAt(start, shape).slice(0, leading.length);
    slices.push({ label: leading.length === 0 ? '' : `[${[...at, ':', ':'].join(', ')}]`, rows });
  }
  return { columns, slices };
}

/** The multi-index of a row-major position, e.g. position 4 of shape (2, 3) is [1, 1]. */
export function indexAt(position: number, shape: readonly number[]): readonly number[] {
  const index: number[] = [];
  let rest = position;
  for (const length of [...shape].reverse()) {
    index.unshift(length === 0 ? 0 : rest % length);
    rest = length === 0 ? 0 : Math.floor(rest / length);
  }
  return index;
}

/** `(4, 6, 3)`; a vector keeps its comma, `(6,)`; a scalar is `()`. */
export function shapeInWords(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape.join()},)` : `(${shape.join(', ')})`;
}

/** `[1, 2]`, or `the only number` of a scalar. */
export function indexInWords(index: readonly number[]): string {
  return index.length === 0 ? t('the only number') : `[${index.join(', ')}]`;
}

/** For each axis of `shape`, whether it agrees with `other`, aligned at the right as broadcasting aligns them. */
export function axesThatAgree(shape: readonly number[], other: readonly number[]): readonly boolean[] {
  const shift = other.length - shape.length;
  return shape.map((length, axis) => other[axis + shift] === length);
}
