/** Making tensors: from one value, from equal steps, and from nested lists. */
import { fromData } from 'tensor';
import type { Shape, Tensor } from 'tensor';

/** Numbers in nested lists, as a tensor is written down: `[[1, 2], [3, 4]]`; a single number has no brackets. */
export type Nested = number | readonly Nested[];

/**
 * A tensor with `value` in every place.
 *
 * `(2, 3)`, 7 → `(2, 3)`
 */
export function full(shape: Shape, value: number): Tensor {
  // The product of nothing is 1: a tensor of shape () holds one number.
  let size = 1;
  for (const length of shape) size *= length;
  return fromData(new Float32Array(size).fill(value), shape);
}

/**
 * The numbers `start`, `start + step`, `start + 2 · step`, …, without `stop` and all that lies beyond it.
 *
 * `arange(2, 11, 3)` → 2, 5, 8, shape `(3,)`
 *
 * @throws Error that says `step` when the step is 0
 */
export function arange(start: number, stop: number, step = 1): Tensor {
  if (step === 0) throw new Error('arange: with a step of 0 the end is never reached');
  const count = Math.max(0, Math.ceil((stop - start) / step));
  const values = new Float32Array(count);
  // Multiplied out, because the rounding errors of repeated additions would pile up.
  for (let i = 0; i < count; i += 1) values[i] = start + i * step;
  return fromData(values, [count]);
}

/**
 * `count` numbers at equal distances from `start` to `stop`, both included.
 *
 * `linspace(0, 2, 5)` → 0, 0.5, 1, 1.5, 2, shape `(5,)`
 *
 * @throws Error that says `count` when it is negative or not whole
 */
export function linspace(start: number, stop: number, count: number): Tensor {
  if (!Number.isInteger(count) || count < 0) {
    throw new Error(`linspace: count must be a whole number, 0 or more, not ${count}`);
  }
  // One gap fewer than posts; a single post has none.
  const gap = count > 1 ? (stop - start) / (count - 1) : 0;
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 1) values[i] = start + i * gap;
  return fromData(values, [count]);
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
  const shape = shapeOf(nested);
  const values: number[] = [];
  const visit = (part: Nested, path: readonly number[]): void => {
    // How long a list must be here; undefined where a number belongs.
    const length = shape[path.length];
    if (typeof part === 'number') {
      if (length !== undefined) throw new Error(`fromNested: ${place(path)} is a number, not a list of ${length}`);
      values.push(part);
      return;
    }
    if (part.length !== length) {
      const wanted = length === undefined ? 'a number' : `a list of ${length}`;
      throw new Error(`fromNested: ${place(path)} is a list of ${part.length}, not ${wanted}`);
    }
    part.forEach((inner, i) => visit(inner, [...path, i]));
  };
  visit(nested, []);
  return fromData(values, shape);
}

/** The lengths on the way to the first number. */
function shapeOf(nested: Nested): number[] {
  const shape: number[] = [];
  let level: Nested | undefined = nested;
  while (typeof level === 'object') {
    shape.push(level.length);
    level = level[0];
  }
  return shape;
}

function place(path: readonly number[]): string {
  return path.map((i) => `[${i}]`).join('');
}
