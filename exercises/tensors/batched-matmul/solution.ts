/** Many matrix products at once, their batch axes broadcast. */
import { fromData } from 'tensor';
import type { Tensor } from 'tensor';

/**
 * The matrix product of the last two axes, for every place in the axes in front of them. Those batch axes are broadcast:
 * lined up at the right, a size of 1 or a missing axis is repeated.
 *
 * A `(…, m, n)`, B `(…, n, p)` → `(…, m, p)`
 *
 * @throws Error that names both sizes when the rows of `A` are not as long as the columns of `B`, or when two batch sizes
 * do not fit; and one that names the number of axes when `A` or `B` has fewer than two
 */
export function batchedMatmul(A: Tensor, B: Tensor): Tensor {
  const [m, n] = matrixShape(A, 'A');
  const [rowsOfB, p] = matrixShape(B, 'B');
  if (n !== rowsOfB) throw new Error(`batchedMatmul: ${n} columns of A cannot meet ${rowsOfB} rows of B`);
  const batch = sharedBatch(A.shape.slice(0, -2), B.shape.slice(0, -2));
  const count = product(batch);
  const values = new Float32Array(count * m * p);
  for (let place = 0; place < count; place += 1) {
    // Each matrix is a block of m · n, n · p or m · p numbers, one block after the other.
    const a = matrixAt(place, { batch, own: A.shape.slice(0, -2) }) * m * n;
    const b = matrixAt(place, { batch, own: B.shape.slice(0, -2) }) * n * p;
    const c = place * m * p;
    for (let i = 0; i < m; i += 1) {
      for (let j = 0; j < p; j += 1) {
        let sum = 0;
        for (let k = 0; k < n; k += 1) sum += A.data[a + i * n + k]! * B.data[b + k * p + j]!;
        values[c + i * p + j] = sum;
      }
    }
  }
  return fromData(values, [...batch, m, p]);
}

/** The sizes of the last two axes. */
function matrixShape({ shape }: Tensor, name: string): [rows: number, columns: number] {
  const [rows, columns] = shape.slice(-2);
  if (rows === undefined || columns === undefined) {
    throw new Error(`batchedMatmul: ${name} needs two axes or more for its matrices, and has ${shape.length}`);
  }
  return [rows, columns];
}

/** The common shape of the batch axes: lined up at the right, a 1 gives way. */
function sharedBatch(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const sizeOfA = a[axis - (rank - a.length)] ?? 1;
    const sizeOfB = b[axis - (rank - b.length)] ?? 1;
    if (sizeOfA !== sizeOfB && sizeOfA !== 1 && sizeOfB !== 1) {
      throw new Error(`batchedMatmul: a batch of ${sizeOfA} cannot meet a batch of ${sizeOfB}`);
    }
    return sizeOfA === 1 ? sizeOfB : sizeOfA;
  });
}

interface Batches {
  /** The common batch shape, in which `place` counts row-major. */
  readonly batch: readonly number[];
  /** The batch axes of the tensor whose matrix is looked for. */
  readonly own: readonly number[];
}

/** Which of a tensor's matrices meets at `place`. */
function matrixAt(place: number, { batch, own }: Batches): number {
  let rest = place;
  let matrix = 0;
  let stride = 1;
  // From the right: the index along an axis is the remainder, and what is left counts the axes before it.
  for (let axis = batch.length - 1; axis >= 0; axis -= 1) {
    const index = rest % batch[axis]!;
    rest = Math.floor(rest / batch[axis]!);
    const size = own[axis - (batch.length - own.length)] ?? 1;
    // Along a stretched axis there is only one matrix, so the index moves nothing.
    if (size !== 1) matrix += index * stride;
    stride *= size;
  }
  return matrix;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
