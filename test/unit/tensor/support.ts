/** What the tests of tensors share: comparing with plain arrays, and running a case on every backend. */
import assert from 'node:assert/strict';
import { backendUses, resetBackendUses, useBackend } from '../../../src/tensor/backends';
import { random, type Nested, type Shape, type Tensor } from '../../../src/tensor';

/** Irregular on purpose: no two axes alike where it could hide a mistake, and single, empty and missing axes. */
export const shapes: readonly Shape[] = [[], [1], [7], [0], [3, 5], [4, 1], [1, 6], [2, 0], [2, 3, 4], [5, 1, 2, 3]];

/** Values of `x` agree with `expected` (nested, or flat in row-major order) within `1e-6 + 1e-5 · |expected|`. */
export function assertClose(x: Tensor, expected: Nested, shape?: Shape): void {
  if (shape) assert.deepEqual(x.shape, shape);
  const wanted = flatten(expected);
  assert.equal(x.data.length, wanted.length, 'number of entries');
  const tolerance = x.dtype === 'float64' ? 1e-12 : 1e-6;
  wanted.forEach((value, i) => {
    const actual = x.data[i] ?? NaN;
    const agrees =
      Object.is(actual, value) ||
      actual === value ||
      Math.abs(actual - value) <= tolerance + 10 * tolerance * Math.abs(value);
    assert.ok(agrees, `entry ${i} of (${x.shape.join(', ')}): ${actual}, expected ${value}`);
  });
}

export function flatten(nested: Nested): number[] {
  return typeof nested === 'number' ? [nested] : Array.from<Nested>(nested).flatMap(flatten);
}

/** A case for each backend; on GPU.js it must really have run there unless `refused` matches the reason why not. */
export function onEachBackend(title: string, run: () => void, { refused }: { refused?: RegExp } = {}): void {
  for (const backend of ['loops', 'gpu.js'] as const) {
    it(`${title} (${backend})`, () => {
      useBackend(backend);
      resetBackendUses();
      try {
        run();
        for (const use of backendUses()) {
          if (use.backend.startsWith(backend)) continue;
          assert.match(use.reason, refused ?? /cannot run over no entries/);
        }
      } finally {
        useBackend('auto');
      }
    });
  }
}

export const normal = (shape: Shape, seed = 1): Tensor => random(seed).normal(shape);

/** Every index of a shape, in row-major order. */
export function indicesOf(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (all, length) => all.flatMap((index) => Array.from({ length }, (_, i) => [...index, i])),
    [[]],
  );
}
