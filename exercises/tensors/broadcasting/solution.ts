/** Broadcasting: how tensors of different shapes agree on one. */
import { fromData } from 'tensor';
import type { Shape, Tensor } from 'tensor';

/**
 * The shape that two shapes share: lined up at the right, a missing axis counts as 1, and 1 gives way to any size.
 *
 * `(6, 1)` and `(4, 6, 3)` → `(4, 6, 3)`
 *
 * @throws Error that names the axis, as `axis 2` (counted from 0 at the left of the result), and both sizes
 */
export function broadcastShapes(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  const result: number[] = [];
  for (let axis = 0; axis < rank; axis += 1) {
    // The shorter shape starts later. Before its start the index is negative, the entry undefined, and the size 1.
    const sizeOfA = a[axis - (rank - a.length)] ?? 1;
    const sizeOfB = b[axis - (rank - b.length)] ?? 1;
    if (sizeOfA !== sizeOfB && sizeOfA !== 1 && sizeOfB !== 1) {
      throw new Error(`axis ${axis}: sizes ${sizeOfA} and ${sizeOfB} differ, and neither is 1`);
    }
    // Not the larger of the two: 1 gives way to 0 as well.
    result.push(sizeOfA === 1 ? sizeOfB : sizeOfA);
  }
  return result;
}

/**
 * A tensor of shape `shape` that repeats `x` along every axis where `x` has size 1 or no axis at all.
 *
 * x `(6, 1)`, shape `(4, 6, 3)` → `(4, 6, 3)`
 *
 * @throws Error that names the axis of `shape` along which `x` does not fit, or says that `x` has too many axes
 */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  const missing = shape.length - x.rank;
  if (missing < 0) {
    throw new Error(`a tensor with ${x.rank} axes cannot be broadcast to (${shape.join(', ')}), which has fewer`);
  }
  const strides = stretchedStrides(x, shape);
  const size = shape.reduce((product, length) => product * length, 1);
  const values = new Float32Array(size);
  for (let position = 0; position < size; position += 1) {
    // Peel the index off the flat position, last axis first, and follow each part of it through x.
    let rest = position;
    let source = 0;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      source += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    values[position] = x.data[source]!;
  }
  return fromData(values, shape);
}

/** How far to move in `x.data` for one step along each axis of `shape`; 0 where `x` repeats itself. */
function stretchedStrides(x: Tensor, shape: Shape): number[] {
  const missing = shape.length - x.rank;
  const strides = shape.map(() => 0);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= missing; axis -= 1) {
    const size = x.shape[axis - missing]!;
    if (size !== 1 && size !== shape[axis]) {
      throw new Error(`axis ${axis}: size ${size} does not stretch to ${shape[axis]}`);
    }
    if (size !== 1) strides[axis] = stride;
    stride *= size;
  }
  return strides;
}

/**
 * The table of all sums: entry `(i, j)` is `a[i] + b[j]`.
 *
 * a `(m,)`, b `(n,)` → `(m, n)`
 */
export function outerSum(a: Tensor, b: Tensor): Tensor {
  const shape = [a.size, b.size];
  // The trailing 1 makes a column of a; b needs nothing, because a missing axis is missing on the left.
  const down = broadcastTo(fromData(a.data, [a.size, 1]), shape);
  const across = broadcastTo(b, shape);
  return fromData(
    Float32Array.from(down.data, (value, position) => value + across.data[position]!),
    shape,
  );
}
