/** Making tensors from nothing, from nested arrays and from flat data. */
import { checkBudget } from './budget';
import { checkedShape, inWords, nameOf, ShapeError, sizeOf, type Shape } from './shape';
import { remember } from './tape';
import {
  checkedTensor,
  emptyValues,
  ofValues,
  peekAt,
  type Tensor,
  type DType,
  type Nested,
  type Values,
} from './tensor';

/** What the functions that make tensors take; `float32` unless said otherwise. */
export interface DTypeOption {
  readonly dtype?: DType;
}

/**
 * A tensor of the numbers in nested arrays: `tensor([[1, 2], [3, 4]])` has the shape `(2, 2)`, `tensor(5)` the shape
 * `()`. Throws a `ShapeError` where rows differ in length, and says which.
 */
export function tensor(nested: Nested, options: DTypeOption = {}): Tensor {
  const shape: number[] = [];
  for (let level: unknown = nested; isList(level); level = level[0]) shape.push(level.length);
  const values = emptyValues(options.dtype ?? 'float32', sizeOf(shape));
  let next = 0;
  const fill = (part: unknown, path: readonly number[]): void => {
    const length = shape[path.length];
    if (length === undefined) {
      if (typeof part !== 'number')
        throw new ShapeError(`tensor: the entry ${place(path)} is ${nameOf(part)}, not a number`);
      values[next++] = part;
      return;
    }
    if (!isList(part) || part.length !== length) {
      const found = isList(part) ? `has ${part.length} entries` : `is ${nameOf(part)}`;
      const first = place(path.map(() => 0));
      throw new ShapeError(
        `tensor: ${place(path)} ${found}, but ${first} has ${length}; all rows of a tensor are of one length`,
      );
    }
    for (let i = 0; i < length; i++) fill(part[i], [...path, i]);
  };
  fill(nested, []);
  return ofValues(values, shape);
}

/**
 * A tensor around flat data in row-major order, the last axis fastest: `fromData([1, 2, 3, 4, 5, 6], [2, 3])`. A
 * `Float32Array` or `Float64Array` is used as it stands, without a copy, and decides the dtype; an array of numbers is
 * copied to float32. Throws a `ShapeError` where the number of entries and the shape do not agree.
 */
export function fromData(data: Values | readonly number[], shape: Shape): Tensor {
  const lengths = checkedShape('fromData', shape);
  if (!isList(data)) throw new TypeError(`fromData: the data must be an array of numbers, not ${nameOf(data)}`);
  const values = isValues(data) ? data : Float32Array.from(data);
  if (values.length !== sizeOf(lengths)) {
    throw new ShapeError(
      `fromData: the shape ${inWords(lengths)} holds ${sizeOf(lengths)} entries, but the data has ${values.length}`,
    );
  }
  return ofValues(values, lengths);
}

/** A tensor of zeros: `zeros([2, 3])`. */
export function zeros(shape: Shape, options: DTypeOption = {}): Tensor {
  return filled('zeros', shape, { ...options, value: 0 });
}

/** A tensor of ones. */
export function ones(shape: Shape, options: DTypeOption = {}): Tensor {
  return filled('ones', shape, { ...options, value: 1 });
}

/** A tensor whose every entry is `value`. */
export function full(shape: Shape, value: number, options: DTypeOption = {}): Tensor {
  return filled('full', shape, { ...options, value });
}

/**
 * Numbers at equal steps, the end left out, shape `(n,)`: `arange(4)` is 0, 1, 2, 3; `arange(2, 5)` is 2, 3, 4;
 * `arange(0, 1, { step: 0.25 })` is 0, 0.25, 0.5, 0.75.
 */
export function arange(start: number, stop?: number, options: DTypeOption & { readonly step?: number } = {}): Tensor {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  const step = options.step ?? 1;
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (!Number.isFinite(count)) {
    throw new RangeError(`arange: from ${from} to ${to} in steps of ${step} never ends`);
  }
  checkBudget('arange', [count], options.dtype ?? 'float32');
  const values = emptyValues(options.dtype ?? 'float32', count);
  for (let i = 0; i < count; i++) values[i] = from + i * step;
  return ofValues(values, [count]);
}

/** `count` numbers from `start` to `stop` at equal distances, both ends included; shape `(count,)`. */
export function linspace(start: number, stop: number, count: number): Tensor {
  const [length = 0] = checkedShape('linspace', [count]);
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = length === 1 ? start : start + ((stop - start) * i) / (length - 1);
  return ofValues(values, [length]);
}

/** The same numbers kept in another precision; the tensor itself where it has that dtype already. */
export function astype(x: Tensor, dtype: DType): Tensor {
  if (checkedTensor('astype', x).dtype === dtype) return x;
  const values = dtype === 'float64' ? new Float64Array(peekAt(x)) : new Float32Array(peekAt(x));
  // The tape turns gradients back into the dtype of what they belong to.
  return remember('astype', ofValues(values, x.shape), { inputs: [x], gradients: [(dy) => dy] });
}

function filled(op: string, shape: Shape, options: DTypeOption & { readonly value: number }): Tensor {
  const lengths = checkedShape(op, shape);
  checkBudget(op, lengths, options.dtype ?? 'float32');
  const values = emptyValues(options.dtype ?? 'float32', sizeOf(lengths));
  if (options.value !== 0) values.fill(options.value);
  return ofValues(values, lengths);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || isValues(value);
}

/** By their own tag and not by `instanceof`, so that arrays of another realm are known for what they are. */
function isValues(value: unknown): value is Values {
  if (!ArrayBuffer.isView(value)) return false;
  const tag = Object.prototype.toString.call(value);
  return tag === '[object Float32Array]' || tag === '[object Float64Array]';
}

function place(path: readonly number[]): string {
  return path.length === 0 ? 'the whole' : `[${path.join('][')}]`;
}
