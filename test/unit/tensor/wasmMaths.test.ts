/** How far the fast exponentials of the WebAssembly backend are from the truth, over all of their range. */
import assert from 'node:assert/strict';
import { fromData } from '../../../src/tensor';
import { erf } from '../../../src/tensor/backends/erf';
import type { UnaryOp } from '../../../src/tensor/backends/backend';
import { wasmEngine } from '../../../src/tensor/backends/wasm/engine';

/** The distance from a float32 to the next one, at `x`. */
function unitAt(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -126) return 2 ** -149;
  return 2 ** (Math.floor(Math.log2(size)) - 23);
}

/** Evenly spread arguments, and as many spread evenly by exponent, which reaches the small ones. */
function argumentsIn(from: number, to: number): Float32Array {
  const count = 100_000;
  const even = Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  const small = Array.from({ length: count }, (_, i) => 10 ** (-30 + (31 * i) / count) * (i % 2 === 0 ? 1 : -1));
  return Float32Array.from([...even, ...small].filter((x) => x >= from && x <= to));
}

interface Bound {
  readonly op: UnaryOp;
  readonly truth: (x: number) => number;
  readonly from: number;
  readonly to: number;
  /** Units in the last place of the true result. */
  readonly ulp?: number;
  readonly absolute?: number;
}

const bounds: readonly Bound[] = [
  { op: 'exp', truth: Math.exp, from: -104, to: 88.72, ulp: 2 },
  { op: 'log', truth: Math.log, from: 1e-38, to: 3e38, ulp: 3 },
  { op: 'log', truth: Math.log, from: 0.5, to: 2, ulp: 3 },
  { op: 'tanh', truth: Math.tanh, from: -20, to: 20, ulp: 4 },
  { op: 'sigmoid', truth: (x) => 1 / (1 + Math.exp(-x)), from: -85, to: 40, ulp: 4 },
  { op: 'erf', truth: erf, from: -6, to: 6, absolute: 4e-7 },
  { op: 'erf', truth: erf, from: -0.5, to: 0.5, ulp: 8 },
  { op: 'gelu', truth: (x) => (x / 2) * (1 + erf(x / Math.SQRT2)), from: -10, to: 10, absolute: 1.5e-6 },
];

describe('the fast functions of the WebAssembly backend', () => {
  for (const { op, truth, from, to, ulp, absolute } of bounds) {
    const bound = ulp === undefined ? `${absolute}` : `${ulp} ulp`;
    it(`are within ${bound} for ${op} from ${from} to ${to}`, () => {
      const engine = wasmEngine();
      if (typeof engine === 'string') throw new Error(engine);
      const xs = argumentsIn(from, to);
      const ys = engine.backend.unary(op, fromData(xs, [xs.length])).data;
      let worst = { x: 0, error: 0 };
      xs.forEach((x, i) => {
        const wanted = truth(x);
        const distance = Math.abs((ys[i] ?? NaN) - wanted);
        const error = ulp === undefined ? distance : distance / unitAt(wanted);
        if (!(error <= worst.error)) worst = { x, error };
      });
      assert.ok(
        worst.error <= (ulp ?? absolute ?? 0),
        `${op}(${worst.x}) is off by ${worst.error}, more than ${bound}`,
      );
    });
  }

  it('have the special values that IEEE 754 and the conventions give them', () => {
    const engine = wasmEngine();
    if (typeof engine === 'string') throw new Error(engine);
    const at = (op: UnaryOp, x: number): number => engine.backend.unary(op, fromData([x], [1])).at(0);
    assert.deepEqual([at('exp', Infinity), at('exp', -Infinity), at('exp', NaN), at('exp', 0)], [Infinity, 0, NaN, 1]);
    assert.deepEqual([at('exp', 89), at('exp', -104.5)], [Infinity, 0]);
    assert.deepEqual(
      [at('log', 0), at('log', -1), at('log', Infinity), at('log', NaN)],
      [-Infinity, NaN, Infinity, NaN],
    );
    assert.deepEqual([at('tanh', Infinity), at('tanh', -Infinity), at('tanh', NaN)], [1, -1, NaN]);
    assert.deepEqual([at('erf', Infinity), at('erf', -Infinity), at('erf', NaN)], [1, -1, NaN]);
    assert.deepEqual([at('sigmoid', Infinity), at('sigmoid', -Infinity), at('sigmoid', NaN)], [1, 0, NaN]);
    assert.deepEqual([at('gelu', Infinity), at('gelu', NaN)], [Infinity, NaN]);
    assert.equal(Math.abs(at('gelu', -Infinity)), 0);
  });
});
