/** The same numbers in another arrangement: flattened by rows or by columns, or with the axes in another order. */
import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

// The `!` after an index tells TypeScript that the entry exists: the loops never leave the data.

/**
 * A matrix in one row, line after line.
 *
 * x `(m, n)` → `(m · n,)`
 *
 * @throws Error that says how many axes `x` has when they are not two
 */
export function flattenRows(x: Tensor): Tensor {
  if (x.rank !== 2) throw new Error(`flattenRows: a matrix has two axes, and here are ${x.rank} axes`);
  // `data` is row-major already. A copy, so that writing to the result does not change x.
  return fromData(Float32Array.from(x.data), [x.size]);
}

/**
 * A matrix in one row, column after column.
 *
 * x `(m, n)` → `(m · n,)`
 *
 * @throws Error that says how many axes `x` has when they are not two
 */
export function flattenColumns(x: Tensor): Tensor {
  if (x.rank !== 2) throw new Error(`flattenColumns: a matrix has two axes, and here are ${x.rank} axes`);
  const [m = 0, n = 0] = x.shape;
  const values = new Float32Array(x.size);
  for (let i = 0; i < m; i += 1) {
    // A run is a column now, and a column is as long as there are rows.
    for (let j = 0; j < n; j += 1) values[j * m + i] = x.data[i * n + j]!;
  }
  return fromData(values, [x.size]);
}

/**
 * `x` with its axes in another order: axis `d` of the result is axis `order[d]` of `x`.
 *
 * x `(2, 3, 4)`, order `(1, 2, 0)` → `(3, 4, 2)`
 *
 * @throws Error that gives both counts when `order` has not as many axes as `x`, and that names the axis, as `axis 2`,
 * which does not exist or is there twice
 */
export function permute(x: Tensor, order: readonly number[]): Tensor {
  if (order.length !== x.rank) {
    throw new Error(`permute: an order of ${order.length} axes does not fit a tensor with ${x.rank}`);
  }
  order.forEach((axis, d) => {
    if (x.shape[axis] === undefined) throw new Error(`permute: there is no axis ${axis} in (${x.shape.join(', ')})`);
    if (order.indexOf(axis) !== d) throw new Error(`permute: axis ${axis} is there twice`);
  });
  const own = rowMajorStrides(x.shape);
  const shape = order.map((axis) => x.shape[axis]!);
  const strides = order.map((axis) => own[axis]!);
  const values = new Float32Array(x.size);
  for (let place = 0; place < x.size; place += 1) {
    // The index of this place in the result, last axis first; each part of it is followed through x.
    let rest = place;
    let source = 0;
    for (let d = shape.length - 1; d >= 0; d -= 1) {
      source += (rest % shape[d]!) * strides[d]!;
      rest = Math.floor(rest / shape[d]!);
    }
    values[place] = x.data[source]!;
  }
  return fromData(values, shape);
}

function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis -= 1) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}
