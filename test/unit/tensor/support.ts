/** What the tests of tensors share: comparing with plain arrays, and running a case on every backend. */
import assert from 'node:assert/strict';
import { backendUses, resetBackendUses, useBackend, type BackendChoice } from '../../../src/tensor/backends';
import { fromData, random, type Nested, type Shape, type Tensor } from '../../../src/tensor';
import { wasmEngine } from '../../../src/tensor/backends/wasm/engine';

/** Irregular on purpose: no two axes alike where it could hide a mistake, and single, empty and missing axes. */
export const shapes: readonly Shape[] = [[], [1], [7], [0], [3, 5], [4, 1], [1, 6], [2, 0], [2, 3, 4], [5, 1, 2, 3]];

/** A backend under test. Another one is one more entry of `backends`. */
interface TestedBackend {
  readonly choice: Exclude<BackendChoice, 'auto'>;
  /** What its uses are called. */
  readonly reports: string;
  /** Why it cannot run here, in words; its tests are then skipped, by name. */
  readonly absent?: string | undefined;
  /** The operations it has no kernel for and leaves to loops; everything else must run on it. */
  readonly leaves: readonly string[];
}

const engine = wasmEngine();
/** What runs outside `inLoops` at this moment. */
let current: BackendChoice = 'auto';

export const backends: readonly TestedBackend[] = [
  { choice: 'loops', reports: 'loops', leaves: [] },
  {
    choice: 'gpu.js',
    reports: 'gpu.js webasm',
    leaves: [
      ...['erf', 'gelu', 'square', 'reciprocal', 'sign', 'floor', 'ceil', 'round', 'sin', 'cos', 'log1p', 'expm1'],
      ...['reluBackward', 'sigmoidBackward', 'tanhBackward', 'geluBackward', 'notEqual', 'greaterEqual', 'lessEqual'],
      ...['softmaxBackward', 'layerNorm', 'layerNormBackward', 'sgdStep', 'momentumStep', 'adamStep'],
    ],
  },
  {
    choice: 'wasm',
    reports: 'wasm simd',
    absent: typeof engine === 'string' ? engine : undefined,
    leaves: ['power', 'argmax', 'sign', 'floor', 'ceil', 'round', 'sin', 'cos', 'log1p', 'expm1'],
  },
];

/** Values of `x` agree with `expected` (nested, or flat in row-major order) within `1e-6 + 1e-5 · |expected|`. */
export function assertClose(x: Tensor, expected: Nested, shape?: Shape): void {
  if (shape) assert.deepEqual(x.shape, shape);
  const wanted = flatten(expected);
  const actual = x.data;
  assert.equal(actual.length, wanted.length, 'number of entries');
  const tolerance = x.dtype === 'float64' ? 1e-12 : 1e-6;
  wanted.forEach((value, i) => {
    const got = actual[i] ?? NaN;
    const agrees =
      Object.is(got, value) || got === value || Math.abs(got - value) <= tolerance + 10 * tolerance * Math.abs(value);
    assert.ok(agrees, `entry ${i} of (${x.shape.join(', ')}): ${got}, expected ${value}`);
  });
}

export function flatten(nested: Nested): number[] {
  return typeof nested === 'number' ? [nested] : Array.from<Nested>(nested).flatMap(flatten);
}

/**
 * A case for each backend, which must really have run there, but for what it refuses; one that is absent is skipped by
 * name.
 */
export function onEachBackend(title: string, run: () => void, { refused }: { refused?: RegExp } = {}): void {
  for (const { choice, reports, absent, leaves } of backends) {
    if (absent !== undefined) {
      it.skip(`${title} (${choice}: ${absent})`);
      continue;
    }
    it(`${title} (${choice})`, () => {
      useBackend((current = choice));
      resetBackendUses();
      try {
        run();
        for (const use of backendUses()) {
          if (use.backend === reports || use.reason === 'chosen') continue;
          const [, op] = /has no kernel for (\w+)/.exec(use.reason) ?? [];
          if (op !== undefined && leaves.includes(op)) continue;
          assert.match(use.reason, refused ?? /no entries|nothing to compute|is float64/);
        }
      } finally {
        useBackend((current = 'auto'));
      }
    });
  }
}

/** What `run` gives on the reference backend, whichever is being tested; not counted as used. */
export function inLoops<Result>(run: () => Result): Result {
  useBackend('loops');
  try {
    return run();
  } finally {
    useBackend(current);
  }
}

export const normal = (shape: Shape, seed = 1): Tensor => random(seed).normal(shape);

/** Normal numbers in float64 put through `f`, which brings them where a function is defined. */
export function normal64(shape: Shape, seed: number, f: (x: number) => number = (x) => x): Tensor {
  const { data } = random(seed).normal(shape, { dtype: 'float64' });
  return fromData(Float64Array.from(data, f), shape);
}

/** Every index of a shape, in row-major order. */
export function indicesOf(shape: Shape): number[][] {
  return shape.reduce<number[][]>(
    (all, length) => all.flatMap((index) => Array.from({ length }, (_, i) => [...index, i])),
    [[]],
  );
}
