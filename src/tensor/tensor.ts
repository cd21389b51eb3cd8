/**
 * The tensor itself: numbers in a flat storage, and a shape, strides and an offset that say how to read them. Several
 * tensors may share one storage: a transpose or a slice is a *view*, the same numbers read another way. What can be
 * done with tensors lies in functions beside this file, so that an exercise can offer some of them by name.
 */
import { checkBudget } from './budget';
import { inWords, nameOf, rowMajorStrides, rowStarts, ShapeError, sizeOf, type Shape } from './shape';
import { lineOf, pictureOf, titleOf } from './picture';
import { dtypeOf, emptyValues, type DType, type Values } from './values';

export { emptyValues } from './values';
export type { DType, Values } from './values';

/** Numbers in nested arrays, as a tensor is written down: `[[1, 2], [3, 4]]`; a single number has no brackets. */
export type Nested = number | readonly Nested[] | Values;

/**
 * How the entries of a tensor lie in storage: entry `(i, j)` is `storage[offset + i * strides[0] + j * strides[1]]`.
 */
export interface Layout {
  readonly storage: Values;
  readonly strides: readonly number[];
  readonly offset: number;
  /** Whose memory the storage is, where that is not the collector's: it can be taken back. Every view carries it on. */
  readonly owner?: StorageOwner | undefined;
}

/** Memory that is given back before the collector would: a block of WebAssembly memory, freed when its scope ends. */
export interface StorageOwner {
  readonly freed: boolean;
}

/** How the entries of `x` lie in storage now. For operations and backends that read views without copying them. */
export let layoutOf: (x: Tensor) => Layout;

/** Lets `x` be read elsewhere from now on: whoever moves its entries. Views of `x` stay where they are. */
export let moveTo: (x: Tensor, layout: Layout) => void;

/** The entries of `x` in row-major order, to read and not to change: without a copy where they follow each other. */
export let peekAt: (x: Tensor) => Values;

/** What the tape knows of `x`: a record of the tape's own making, or nothing. */
export let recordOf: (x: Tensor) => object | undefined;

/** For the tape alone: attaches its record to `x`. */
export let attachRecord: (x: Tensor, record: object | undefined) => void;

/**
 * An array of numbers with any number of axes. Make one with `tensor`, `zeros`, `fromData` and their like.
 *
 * ```ts
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * x.shape;    // [2, 3]
 * x.at(1, 0); // 4
 * x.data;     // Float32Array [1, 2, 3, 4, 5, 6]
 * ```
 */
export class Tensor {
  /** The length of each axis, outermost first. */
  readonly shape: Shape;
  /** How many storage places apart neighbours along each axis lie. A stretched axis has the stride 0. */
  readonly strides: readonly number[];
  readonly dtype: DType;
  /** How many entries there are: the product of the shape. */
  readonly size: number;
  #layout: Layout;
  #record: object | undefined;

  /**
   * For the library itself; elsewhere use `tensor` or `fromData`. `shape` must fit the layout, which is not checked.
   */
  constructor(shape: Shape, layout: Layout) {
    // What is frozen already comes from another tensor and can be shared with it.
    this.shape = Object.isFrozen(shape) ? shape : Object.freeze([...shape]);
    this.strides = Object.isFrozen(layout.strides) ? layout.strides : Object.freeze([...layout.strides]);
    this.dtype = dtypeOf(layout.storage);
    this.size = sizeOf(shape);
    this.#layout = layout;
    this.#record = undefined;
  }

  /** How many axes there are: `shape.length`. */
  get rank(): number {
    return this.shape.length;
  }

  /**
   * The entries in row-major order, the last axis fastest, without gaps: entry `(i, j)` of a shape `(n, m)` is
   * `data[i * m + j]`. For a view they are copied together at the first reading and kept: from then on the view stands
   * on its own, and writing to its `data` changes no other tensor. A tensor in the memory of a scope, or a parameter
   * there, moves into an ordinary array at the first reading. For any other tensor this is the storage itself.
   */
  get data(): Values {
    const { storage, strides, offset } = livingLayout(this.#layout, this.shape);
    if (offset === 0 && storage.length === this.size && isRowMajor(this.shape, strides)) return storage;
    const data = isRowMajor(this.shape, strides)
      ? storage.slice(offset, offset + this.size)
      : gather(this.shape, this.#layout);
    this.#layout = { storage: data, strides: rowMajorStrides(this.shape), offset: 0 };
    return data;
  }

  /**
   * The entry at an index, one number for each axis; negative numbers count from the end. Without an index, the only
   * entry of a tensor of shape `()`. Throws where the index does not fit the shape.
   */
  at(...index: readonly number[]): number {
    if (index.length !== this.rank) {
      throw new ShapeError(
        `at: the index ${inWords(index)} has ${index.length} of the ${this.rank} numbers that the shape ${inWords(this.shape)} needs`,
      );
    }
    const { storage, strides, offset } = livingLayout(this.#layout, this.shape);
    let place = offset;
    for (let axis = 0; axis < index.length; axis++) {
      const length = this.shape[axis] ?? 0;
      const wanted = index[axis] ?? 0;
      if (!Number.isInteger(wanted) || wanted < -length || wanted >= length) {
        throw new ShapeError(
          `at: ${nameOf(wanted)} is no index along axis ${axis}, which has ${length} entries; the shape is ${inWords(this.shape)}`,
        );
      }
      place += (wanted < 0 ? wanted + length : wanted) * (strides[axis] ?? 0);
    }
    return storage[place] ?? NaN;
  }

  /** The entries in nested arrays: `[[1, 2], [3, 4]]`; a plain number for the shape `()`. */
  toNested(): Nested {
    const { shape } = this;
    const data = this.#peek();
    const strides = rowMajorStrides(shape);
    const nest = (axis: number, start: number): Nested => {
      if (axis === shape.length) return data[start] ?? NaN;
      return Array.from({ length: shape[axis] ?? 0 }, (_, i) => nest(axis + 1, start + i * (strides[axis] ?? 0)));
    };
    return nest(0, 0);
  }

  /** Shape, dtype and entries in rows, the middle of long axes left out. */
  toString(): string {
    return pictureOf({ shape: this.shape, dtype: this.dtype, size: this.size, data: this.#peek() });
  }

  /** What VS Code's debugger shows in one line: `Tensor (2, 3) float32 [[1, 2, 3], [4, 5, 6]]`. */
  [Symbol.for('debug.description')](): string {
    if (this.#layout.owner?.freed === true) return `${titleOf(this)}, freed with its scope`;
    return lineOf({ shape: this.shape, dtype: this.dtype, size: this.size, data: this.#peek() });
  }

  /** The entries in row-major order, to look at and not to change; unlike `data`, the tensor stays where it lies. */
  #peek(): Values {
    const { storage, strides, offset } = livingLayout(this.#layout, this.shape);
    if (isRowMajor(this.shape, strides)) return storage.subarray(offset, offset + this.size);
    return gather(this.shape, this.#layout);
  }

  static {
    peekAt = (x) => x.#peek();
    layoutOf = (x) => livingLayout(x.#layout, x.shape);
    moveTo = (x, layout) => {
      x.#layout = layout;
    };
    recordOf = (x) => x.#record;
    attachRecord = (x, record) => {
      x.#record = record;
    };
  }
}

function livingLayout(layout: Layout, shape: Shape): Layout {
  if (layout.owner?.freed !== true) return layout;
  throw new FreedError(
    `this tensor of shape ${inWords(shape)} was freed when its scope ended or dispose was called; ` +
      'return it from the scope, or keep() it',
  );
}

/** A tensor was used after its memory had been given back. */
export class FreedError extends Error {
  override readonly name = 'FreedError';
}

/** True where entries follow each other in row-major order; strides of axes with at most one entry do not matter. */
export function isRowMajor(shape: Shape, strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 0;
    if (length > 1 && strides[axis] !== expected) return sizeOf(shape) === 0;
    expected *= length;
  }
  return true;
}

/** A tensor around row-major values that nobody else will change. */
export function ofValues(values: Values, shape: Shape): Tensor {
  return new Tensor(shape, { storage: values, strides: rowMajorStrides(shape), offset: 0 });
}

/** float64 wherever one of them is float64. */
export function commonDtype(...tensors: readonly Tensor[]): DType {
  return tensors.some((x) => x.dtype === 'float64') ? 'float64' : 'float32';
}

/** Makes sure that `value` is a tensor, and says which argument of which operation is not. */
export function checkedTensor(op: string, value: unknown, which = 'its argument'): Tensor {
  if (value instanceof Tensor) return value;
  throw new TypeError(`${op}: ${which} must be a Tensor, not ${nameOf(value)}`);
}

function gather(shape: Shape, { storage, strides, offset }: Layout): Values {
  checkBudget('data', shape, dtypeOf(storage));
  const values = emptyValues(dtypeOf(storage), sizeOf(shape));
  const length = shape.at(-1) ?? 1;
  const step = strides.at(-1) ?? 0;
  let next = 0;
  for (const start of rowStarts(shape, strides, offset)) {
    for (let i = 0; i < length; i++) values[next++] = storage[start + i * step] ?? NaN;
  }
  return values;
}
