/**
 * Choosing entries by number or by mask. Numbers and masks are tensors like any other (or arrays of numbers): a mask
 * holds 1 where an entry is meant and 0 elsewhere, an index a whole number, negative from the end. What is chosen is
 * copied; in reverse, every gradient is added where its entry came from.
 */
import { where, type Operand } from './arithmetic';
import { checkBudget } from './budget';
import { checkedAxis, inWords, rowMajorStrides, sameShape, ShapeError, sizeOf, type Shape } from './shape';
import { stretched } from './strided';
import { remember } from './tape';
import { checkedTensor, emptyValues, ofValues, peekAt, Tensor } from './tensor';

/** Whole numbers: a tensor of them, or an array. */
export type Indices = Tensor | readonly number[];

/**
 * Whole slices of `x` along `axis`, by number: `take(x, [2, 0], 0)` is row 2 and row 0. The axis is replaced by the
 * axes of `indices`: `(5, 4)` by indices of shape `(2, 3)` along axis 0 is `(2, 3, 4)`. As in the Array API standard.
 */
export function take(x: Tensor, indices: Indices, axis = 0): Tensor {
  return taken('take', x, { indices, axis });
}

/**
 * Rows of a table by number: `table` `(entries, channels)`, `ids` `(…)`, the result `(…, channels)`. The same as the
 * product of one-hot rows with the table, without the product.
 */
export function embedding(table: Tensor, ids: Indices): Tensor {
  if (checkedTensor('embedding', table).rank !== 2) {
    throw new ShapeError(`embedding: the table must be (entries, channels), not ${inWords(table.shape)}`);
  }
  return taken('embedding', table, { indices: ids, axis: 0 });
}

/**
 * One entry for each index, along `axis`: `y[i, j] = x[i, index[i, j]]` for the last axis of two. `indices` has the
 * rank of `x`, and its length along every other axis. `torch.gather`, and `take_along_axis` in the Array API standard.
 */
export function gather(x: Tensor, indices: Tensor, axis = -1): Tensor {
  const { shape, rank } = checkedTensor('gather', x);
  const at = checkedAxis('gather', axis, shape);
  const wanted = checkedTensor('gather', indices, 'the indices');
  if (wanted.rank !== rank || !sameShape(wanted.shape.with(at, 0), shape.with(at, 0))) {
    throw new ShapeError(
      `gather: the indices ${inWords(wanted.shape)} must have the shape of x, ${inWords(shape)}, but along axis ${axis}`,
    );
  }
  const numbers = checkedIndices('gather', wanted, { length: shape[at] ?? 0, axis });
  const after = sizeOf(shape.slice(at + 1));
  const ownRun = (wanted.shape[at] ?? 0) * after;
  const run = (shape[at] ?? 0) * after;
  // Seen as (before, along, after): the place of an index keeps its before and after, and changes its along.
  const places = numbers.map((along, i) => Math.floor(i / ownRun) * run + along * after + (i % after));
  return blocksOf('gather', x, { places, length: 1, shape: wanted.shape });
}

/** The entries of `x` where `mask`, broadcast to its shape, is not 0, in row-major order: shape `(count,)`. */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  checkedTensor('maskedSelect', x);
  const chosen = peekAt(maskFor('maskedSelect', x, mask));
  const places: number[] = [];
  chosen.forEach((value, place) => {
    if (value !== 0) places.push(place);
  });
  return blocksOf('maskedSelect', x, { places, length: 1, shape: [places.length] });
}

/** `x` with `value` where `mask`, broadcast to its shape, is not 0. No gradient passes where it is filled. */
export function maskedFill(x: Tensor, mask: Tensor, value: Operand): Tensor {
  checkedTensor('maskedFill', x);
  return where(maskFor('maskedFill', x, mask), value, x);
}

/**
 * Rows of zeros with a single 1 at each label: labels `(…)` and `classes` give `(…, classes)`. Throws where a label is
 * no whole number from 0 to `classes − 1`.
 */
export function oneHot(labels: Indices, classes: number): Tensor {
  const { shape } = indicesTensor('oneHot', labels);
  const numbers = checkedIndices('oneHot', labels, { length: classes, axis: -1 });
  checkBudget('oneHot', [...shape, classes], 'float32');
  const values = new Float32Array(numbers.length * classes);
  numbers.forEach((label, row) => (values[row * classes + label] = 1));
  return ofValues(values, [...shape, classes]);
}

function taken(op: string, x: Tensor, { indices, axis }: { indices: Indices; axis: number }): Tensor {
  const { shape } = checkedTensor(op, x);
  const at = checkedAxis(op, axis, shape);
  const along = shape[at] ?? 0;
  const numbers = checkedIndices(op, indices, { length: along, axis });
  const length = sizeOf(shape.slice(at + 1));
  const places: number[] = [];
  for (let before = 0; before < sizeOf(shape.slice(0, at)); before++) {
    for (const number of numbers) places.push((before * along + number) * length);
  }
  const result = [...shape.slice(0, at), ...indicesTensor(op, indices).shape, ...shape.slice(at + 1)];
  return blocksOf(op, x, { places, length, shape: result });
}

/** Runs of `length` entries of `x`, each from a place in row-major order, one after the other. */
function blocksOf(
  op: string,
  x: Tensor,
  { places, length, shape }: { places: readonly number[]; length: number; shape: Shape },
): Tensor {
  checkBudget(op, shape, x.dtype);
  const from = peekAt(x);
  const values = emptyValues(x.dtype, places.length * length);
  places.forEach((place, block) => {
    for (let i = 0; i < length; i++) values[block * length + i] = from[place + i] ?? NaN;
  });
  // dx starts as zeros; a place that was read several times gathers what came back for each reading.
  const gradient = (dy: Tensor): Tensor => {
    const back = emptyValues(dy.dtype, x.size);
    const arriving = peekAt(dy);
    places.forEach((place, block) => {
      for (let i = 0; i < length; i++)
        back[place + i] = (back[place + i] ?? NaN) + (arriving[block * length + i] ?? NaN);
    });
    return ofValues(back, x.shape);
  };
  return remember(op, ofValues(values, shape), { inputs: [x], gradients: [gradient] });
}

function maskFor(op: string, x: Tensor, mask: Tensor): Tensor {
  checkedTensor(op, mask, 'the mask');
  return sameShape(mask.shape, x.shape) ? mask : stretched(mask, x.shape, `${op}: the mask`);
}

function indicesTensor(op: string, indices: Indices): { readonly shape: Shape } {
  return Array.isArray(indices) ? { shape: [indices.length] } : checkedTensor(op, indices, 'the indices');
}

/** The indices counted from the front; throws, naming the first that does not fit. */
function checkedIndices(op: string, indices: Indices, { length, axis }: { length: number; axis: number }): number[] {
  const numbers = indices instanceof Tensor ? Array.from(peekAt(indices)) : [...indices];
  return numbers.map((number, i) => {
    const least = op === 'oneHot' ? 0 : -length;
    if (!Number.isInteger(number) || number < least || number >= length) {
      const where = op === 'oneHot' ? `there are ${length} classes` : `axis ${axis} has ${length} entries`;
      const { shape } = indicesTensor(op, indices);
      const index = rowMajorStrides(shape).map((stride, at) => Math.floor(i / stride) % (shape[at] ?? 1));
      throw new ShapeError(`${op}: the index at ${inWords(index)} is ${number}, but ${where}`);
    }
    return number < 0 ? number + length : number;
  });
}
