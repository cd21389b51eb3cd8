/**
 * Making tensors: from one value, from equal steps, and from nested lists.
 *
 * Useful here: `import { fromData } from 'tensor'`; `fromData(data, shape)` makes a tensor of numbers in one row.
 */
import type { Shape, Tensor } from 'tensor';

/** Numbers in nested lists, as a tensor is written down: `[[1, 2], [3, 4]]`; a single number has no brackets. */
export type Nested = number | readonly Nested[];

/**
 * A tensor with `value` in every place.
 *
 * `(2, 3)`, 7 → `(2, 3)`
 */
export function full(shape: Shape, value: number): Tensor {
  // TODO: how many numbers are there? Then fill a Float32Array of that length.
  throw new Error('TODO: write full');
}

/**
 * The numbers `start`, `start + step`, `start + 2 · step`, …, without `stop` and all that lies beyond it.
 *
 * `arange(2, 11, 3)` → 2, 5, 8, shape `(3,)`
 *
 * @throws Error that says `step` when the step is 0
 */
export function arange(start: number, stop: number, step = 1): Tensor {
  // TODO: first the count, then the numbers.
  throw new Error('TODO: write arange');
}

/**
 * `count` numbers at equal distances from `start` to `stop`, both included.
 *
 * `linspace(0, 2, 5)` → 0, 0.5, 1, 1.5, 2, shape `(5,)`
 *
 * @throws Error that says `count` when it is negative or not whole
 */
export function linspace(start: number, stop: number, count: number): Tensor {
  // TODO: how many gaps are there between `count` numbers?
  throw new Error('TODO: write linspace');
}

/**
 * A tensor of the numbers in nested lists, in the order in which they are read.
 *
 * `[[1, 2, 3], [4, 5, 6]]` → `(2, 3)`
 *
 * @throws Error that names the place, as `[1]` or `[0][2]`, where a list has another length than its level (and both
 * lengths), or where a number stands in a list's place or the other way round
 */
export function fromNested(nested: Nested): Tensor {
  // TODO: read the shape off the first entries, then visit every entry and compare.
  throw new Error('TODO: write fromNested');
}
