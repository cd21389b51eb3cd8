/**
 * Formulas of lessons, held against numbers: what a test of them shares. Each quotes a formula as it stands in its lesson
 * and computes both of its sides from random tensors.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { equal, expandDims, fromData, multiply, random, sum, tensor } from '../../src/tensor';
import type { Random, Shape, Tensor } from '../../src/tensor';

export interface Formula {
  /** The folder of the exercise, below that of its part. */
  readonly lesson: string;
  /** As it stands in the lesson, a line or a part of one. */
  readonly tex: string;
  /** Its two sides, for numbers drawn from `draw`. */
  readonly sides: (draw: Draw) => readonly [left: Tensor, right: Tensor];
  /** How far apart the sides may be; more where the formula is an approximation. */
  readonly within?: number;
}

export interface Draw {
  readonly rng: Random;
  /** Normal numbers in float64. */
  readonly normal: (...shape: number[]) => Tensor;
}

const seeds = [1, 2, 3, 4, 5];

/** Differences of `f` at `x`, in the plainest way. */
export function slopes(f: (x: Tensor) => number, x: Tensor, h = 1e-5): Tensor {
  const at = (place: number, step: number): number => {
    const moved = Float64Array.from(x.data);
    moved[place]! += step;
    return f(fromData(moved, x.shape));
  };
  return fromData(
    Float64Array.from(x.data, (_, place) => (at(place, h) - at(place, -h)) / (2 * h)),
    x.shape,
  );
}

/** For TeX, whose backslashes are its own. */
export const raw = String.raw;

/** Along the last axis, which is kept. */
export const rows = { axis: -1, keepdim: true } as const;

export const identity = (n: number): Tensor => filled([n, n], (i, j) => (i === j ? 1 : 0));

/** A tensor of shape `()` in float64. */
export const number = (value: number): Tensor => tensor(value, { dtype: 'float64' });

/** What a loss with the upstream gradient `dy` is at y, up to a constant. */
export const weighed = (y: Tensor, dy: Tensor): number => sum(multiply(y, dy)).at();

/** A row for each label, with a 1 at its class. */
export const oneHots = (labels: readonly number[], classes: number): Tensor =>
  equal(expandDims(tensor(labels), 1), tensor(Array.from({ length: classes }, (_, k) => k)));

/** A tensor of which every entry is computed from its indices. */
export function filled(shape: Shape, of: (...index: number[]) => number): Tensor {
  const values = new Float64Array(shape.reduce((product, size) => product * size, 1));
  values.forEach((_, place) => {
    let rest = place;
    const index = [...shape].reverse().map((size) => {
      const here = rest % size;
      rest = Math.floor(rest / size);
      return here;
    });
    values[place] = of(...index.reverse());
  });
  return fromData(values, shape);
}

/** One test for each formula: the lesson of this part says it, and it is true for every seed. */
export function itHolds(part: string, formulas: readonly Formula[]): void {
  for (const { lesson, tex, sides, within = 1e-8 } of formulas) {
    it(`${lesson}: ${tex}`, () => {
      const file = path.join(process.cwd(), 'exercises', part, lesson, 'lesson.md');
      assert.ok(readFileSync(file, 'utf8').includes(tex), `${file} does not say ${tex}. Let formula and test agree.`);
      for (const seed of seeds) {
        const rng = random(seed);
        const [left, right] = sides({ rng, normal: (...shape) => rng.normal(shape, { dtype: 'float64' }) });
        assert.deepEqual(left.shape, right.shape);
        left.data.forEach((value, place) => {
          const other = right.data[place] ?? NaN;
          assert.ok(Math.abs(value - other) <= within, `seed ${seed}, entry ${place}: ${value} and ${other}`);
        });
      }
    });
  }
}
