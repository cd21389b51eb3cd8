/** Several tensors become one. */
import { checkBudget } from './budget';
import { checkedAxis, inWords, sameShape, ShapeError, sizeOf } from './shape';
import { sliced } from './strided';
import { remember, type Gradient } from './tape';
import { checkedTensor, commonDtype, emptyValues, ofValues, peekAt, type Tensor } from './tensor';
import { expandDims } from './views';

/**
 * Tensors one after the other along an axis they have; all other axes must agree. `(2, 3)` and `(4, 3)` give `(6, 3)`.
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  const [first, ...others] = tensors.map((x) => checkedTensor('concat', x, 'each of its tensors'));
  if (!first) throw new ShapeError('concat: there are no tensors to put together');
  const at = checkedAxis('concat', axis, first.shape);
  for (const other of others) {
    if (!sameShape(other.shape.with(at < other.rank ? at : 0, 0), first.shape.with(at, 0))) {
      throw new ShapeError(
        `concat: ${inWords(first.shape)} and ${inWords(other.shape)} along axis ${axis}: all other axes must agree`,
      );
    }
  }
  const along = tensors.reduce((sum, x) => sum + (x.shape[at] ?? 0), 0);
  const shape = first.shape.with(at, along);
  checkBudget('concat', shape, commonDtype(...tensors));
  const values = emptyValues(commonDtype(...tensors), sizeOf(shape));
  // Seen as (before, along, after), each tensor fills a block of `along · after` entries in every one of `before`.
  const after = sizeOf(shape.slice(at + 1));
  const before = sizeOf(shape.slice(0, at));
  let start = 0;
  for (const x of tensors) {
    const block = (x.shape[at] ?? 0) * after;
    const from = peekAt(x);
    for (let i = 0; i < before; i++) values.set(from.subarray(i * block, (i + 1) * block), i * along * after + start);
    start += block;
  }
  // The gradient of each tensor is the part of dy where it came to lie.
  let end = 0;
  const gradients = tensors.map((x): Gradient => {
    const begin = end;
    end += x.shape[at] ?? 0;
    const range = [begin, end] as const;
    return (dy) => sliced(dy, at, range);
  });
  return remember('concat', ofValues(values, shape), { inputs: tensors, gradients });
}

/** Tensors of one shape side by side along a new axis: three of shape `(2, 4)` give `(3, 2, 4)`. */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  const [first, ...others] = tensors.map((x) => checkedTensor('stack', x, 'each of its tensors'));
  if (!first) throw new ShapeError('stack: there are no tensors to put together');
  for (const other of others) {
    if (!sameShape(other.shape, first.shape)) {
      throw new ShapeError(`stack: ${inWords(first.shape)} and ${inWords(other.shape)}: all shapes must be the same`);
    }
  }
  return concat(
    tensors.map((x) => expandDims(x, axis)),
    axis,
  );
}
