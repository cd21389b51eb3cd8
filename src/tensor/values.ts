/**
 * The numbers of a tensor, flat, in one type for both precisions, so that code which reads them need not know which.
 */

/** How precisely entries are kept: 24 bits (`float32`, the default) or 53 (`float64`, for checking gradients). */
export type DType = 'float32' | 'float64';

type Callback<Result> = (value: number, index: number, array: Values) => Result;
type Fold<Result> = (...seen: [result: Result, value: number, index: number, array: Values]) => Result;

/**
 * A `Float32Array` or a `Float64Array`. TypeScript calls a method of such a union only where both declare it alike, and
 * `reduce`, `map` and `filter` are not: hence one interface with what the two have in common.
 */
export interface Values extends Iterable<number> {
  [index: number]: number;
  readonly length: number;
  readonly BYTES_PER_ELEMENT: number;
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly [Symbol.toStringTag]: 'Float32Array' | 'Float64Array';
  at(index: number): number | undefined;
  entries(): IterableIterator<[number, number]>;
  every(test: Callback<unknown>): boolean;
  fill(value: number, start?: number, end?: number): Values;
  filter(test: Callback<unknown>): Values;
  find(test: Callback<boolean>): number | undefined;
  findIndex(test: Callback<boolean>): number;
  forEach(see: Callback<void>): void;
  includes(value: number, from?: number): boolean;
  indexOf(value: number, from?: number): number;
  join(separator?: string): string;
  keys(): IterableIterator<number>;
  lastIndexOf(value: number, from?: number): number;
  map(f: Callback<number>): Values;
  reduce(f: Fold<number>): number;
  reduce<Result>(f: Fold<Result>, start: Result): Result;
  reduceRight<Result>(f: Fold<Result>, start: Result): Result;
  reverse(): Values;
  set(values: ArrayLike<number>, offset?: number): void;
  slice(start?: number, end?: number): Values;
  some(test: Callback<unknown>): boolean;
  sort(compare?: (a: number, b: number) => number): Values;
  subarray(start?: number, end?: number): Values;
  values(): IterableIterator<number>;
}

/** Room for `size` entries, all zero. */
export function emptyValues(dtype: DType, size: number): Values {
  return dtype === 'float64' ? new Float64Array(size) : new Float32Array(size);
}

/** The dtype whose entries these are. */
export function dtypeOf(values: Values): DType {
  return values.BYTES_PER_ELEMENT === 8 ? 'float64' : 'float32';
}
