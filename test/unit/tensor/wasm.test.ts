/** The WebAssembly backend against loops: every op, irregular seeded shapes, views, special values. */
import assert from 'node:assert/strict';
import {
  fromData,
  permute,
  random,
  reshape,
  slice,
  transpose,
  broadcastTo,
  zeros,
  type Tensor,
} from '../../../src/tensor';
import { inWords } from '../../../src/tensor/shape';
import type { Backend, BinaryOp, ReduceOp, UnaryOp } from '../../../src/tensor/backends/backend';
import { loops } from '../../../src/tensor/backends/loops';
import { binaryFormulas, unaryFormulas } from '../../../src/tensor/backends/wasm/elementwiseKernels';
import { scope, wasmEngine } from '../../../src/tensor/backends/wasm/engine';

function theBackend(): Backend {
  const engine = wasmEngine();
  if (typeof engine === 'string') throw new Error(engine);
  return engine.backend;
}

/** Asserts `|got − wanted| ≤ absolute + relative · |wanted|`, NaN, infinities and the sign of zero included. */
function assertClose(
  got: Tensor,
  wanted: Tensor,
  options: { relative?: number; absolute?: number; what: string },
): void {
  const { relative = 1e-5, absolute = 1e-6, what } = options;
  assert.deepEqual(got.shape, wanted.shape, what);
  const [ours, theirs] = [got.data, wanted.data];
  ours.forEach((value, i) => {
    const reference = theirs[i] ?? NaN;
    const agrees =
      Object.is(value, reference) ||
      value === reference ||
      Math.abs(value - reference) <= absolute + relative * Math.abs(reference);
    assert.ok(agrees, `${what}: entry ${i} is ${value}, and should be ${reference}`);
  });
}

const shapes = [[1], [7], [3, 5], [64, 3], [2, 3, 17], [5, 1, 33], [4, 1]] as const;

/** Tensors of one shape that lie in memory in different ways. */
function readings(seed: number, shape: readonly number[]): { how: string; x: Tensor }[] {
  const source = random(seed);
  const plain = source.normal(shape);
  const reversed = shape.map((_, axis) => shape.length - 1 - axis);
  const turned = permute(source.normal([...shape].reverse()), reversed);
  const wide = source.normal(shape.map((length) => 2 * length + 1));
  const part = slice(
    wide,
    shape.map((length) => [1, 2 * length + 1, 2] as const),
  );
  const rowOnly = broadcastTo(source.normal([shape.at(-1) ?? 1]), shape);
  const columnOnly = broadcastTo(source.normal([...shape.slice(0, -1), 1]), shape);
  return [
    { how: 'without gaps', x: plain },
    { how: 'transposed', x: turned },
    { how: 'every second', x: part },
    { how: 'one row repeated', x: rowOnly },
    { how: 'one column repeated', x: columnOnly },
  ];
}

const special = [NaN, Infinity, -Infinity, 0, -0, 1e-40, -1e-40, 3.4e38, -3.4e38, 1, -1, 88.7, -87.3, -103];

/** Fast exponentials are good to a few units in the last place; see wasmMaths.test.ts. */
const tolerance = { relative: 2e-6, absolute: 5e-7 };
/** What these take as `y` is between −1 and 1, and only there is their overflow of no concern. */
const boundedGradients: readonly BinaryOp[] = ['sigmoidBackward', 'tanhBackward'];

describe('the WebAssembly backend agrees with loops', () => {
  const wasm = theBackend();

  for (const op of Object.keys(unaryFormulas) as UnaryOp[]) {
    it(`in ${op}, views and special values included`, () => {
      for (const shape of shapes) {
        for (const { how, x } of readings(shape.length, shape)) {
          assertClose(wasm.unary(op, x), loops.unary(op, x), {
            ...tolerance,
            what: `${op} of ${inWords(shape)}, ${how}`,
          });
        }
      }
      const x = fromData(Float32Array.from(special), [special.length]);
      assertClose(wasm.unary(op, x), loops.unary(op, x), { ...tolerance, what: `${op} of special values` });
    });
  }

  for (const op of Object.keys(binaryFormulas) as BinaryOp[]) {
    it(`in ${op}, every pair of readings and special values included`, () => {
      for (const shape of shapes) {
        for (const a of readings(1, shape)) {
          for (const b of readings(2, shape)) {
            const what = `${op} of ${inWords(shape)}, ${a.how} and ${b.how}`;
            assertClose(wasm.binary(op, a.x, b.x), loops.binary(op, a.x, b.x), { ...tolerance, what });
          }
        }
      }
      if (boundedGradients.includes(op)) return;
      const n = special.length;
      const values = fromData(Float32Array.from(special), [n, 1]);
      const [a, b] = [broadcastTo(values, [n, n]), broadcastTo(reshape(values, [n]), [n, n])];
      assertClose(wasm.binary(op, a, b), loops.binary(op, a, b), { ...tolerance, what: `${op} of special values` });
    });
  }

  it('in where', () => {
    for (const shape of shapes) {
      for (const { how, x } of readings(3, shape)) {
        const [a, b] = [random(4).normal(shape), random(5).normal(shape)];
        const condition = loops.binary('greater', x, a);
        assertClose(wasm.where(condition, x, b), loops.where(condition, x, b), { what: `where, ${how}` });
      }
    }
  });

  for (const op of ['sum', 'mean', 'max', 'min', 'argmax'] satisfies ReduceOp[]) {
    it(`in ${op} over the last axis`, () => {
      for (const shape of shapes) {
        for (const { how, x } of readings(6, shape)) {
          assertClose(wasm.reduce(op, x), loops.reduce(op, x), { what: `${op} of ${inWords(shape)}, ${how}` });
        }
      }
      for (const values of [
        [NaN, 1, 2, 3, 4],
        [1, 2, 3, 4, NaN],
        [-Infinity, -Infinity],
        [Infinity, -Infinity, 0],
      ]) {
        const x = fromData(values, [values.length]);
        assertClose(wasm.reduce(op, x), loops.reduce(op, x), { what: `${op} of ${values.join(', ')}` });
      }
    });
  }

  it('in softmax and its derivative, rows that may attend to nothing included', () => {
    for (const shape of shapes) {
      for (const { how, x } of readings(7, shape)) {
        const y = loops.softmax(x);
        assertClose(wasm.softmax(x), y, { ...tolerance, what: `softmax of ${inWords(shape)}, ${how}` });
        const dy = random(8).normal(shape);
        assertClose(wasm.softmaxBackward(dy, y), loops.softmaxBackward(dy, y), { what: `softmaxBackward, ${how}` });
      }
    }
    const nothing = -Infinity;
    const rows = [
      [nothing, nothing, nothing, nothing, nothing],
      [1, nothing, 2, 3, nothing],
      [NaN, 1, 2, 3, 4],
      [80, 1e4, -1e4, 0, 1e4],
    ];
    const x = fromData(rows.flat(), [4, 5]);
    assertClose(wasm.softmax(x), loops.softmax(x), { ...tolerance, what: 'softmax of special rows' });
  });

  it('in layer norm and its derivatives', () => {
    for (const shape of [
      [7, 5],
      [3, 4, 33],
      [64, 128],
      [1, 1],
    ]) {
      const n = shape.at(-1) ?? 1;
      for (const { how, x } of readings(9, shape)) {
        const scale = { gamma: random(10).normal([n]), beta: random(11).normal([n]), epsilon: 1e-5 };
        const what = `layer norm of ${inWords(shape)}, ${how}`;
        const [ours, theirs] = [wasm.layerNorm(x, scale), loops.layerNorm(x, scale)];
        assertClose(ours.y, theirs.y, { what, absolute: 1e-4 });
        assertClose(ours.mean, theirs.mean, { what });
        assertClose(ours.rstd, theirs.rstd, { what });
        const dy = random(12).normal(shape);
        const kept = { x, gamma: scale.gamma, mean: theirs.mean, rstd: theirs.rstd };
        const [back, reference] = [wasm.layerNormBackward(dy, kept), loops.layerNormBackward(dy, kept)];
        assertClose(back.dx, reference.dx, { what, relative: 1e-4, absolute: 1e-3 });
        assertClose(back.dgamma, reference.dgamma, { what, absolute: 1e-4 });
        assertClose(back.dbeta, reference.dbeta, { what, absolute: 1e-5 });
      }
    }
  });

  it('in sums over the first axis and in copies', () => {
    for (const shape of [
      [1, 1],
      [5, 7],
      [64, 10],
      [3, 128],
    ]) {
      for (const { how, x } of readings(13, shape)) {
        assertClose(wasm.sumRows(x), loops.sumRows(x), { what: `sumRows of ${inWords(shape)}, ${how}` });
        assertClose(wasm.contiguous(x), loops.contiguous(x), {
          what: `a copy of ${inWords(shape)}, ${how}`,
          relative: 0,
          absolute: 0,
        });
      }
    }
  });

  it('in products, whichever way the operands lie, with and without bias and ReLU', () => {
    const source = random(14);
    for (let trial = 0; trial < 120; trial++) {
      const [n, k, m] = [0, 0, 0].map(() => source.integer(1, trial % 12 === 0 ? 150 : 20)) as [number, number, number];
      const matrices = (rows: number, columns: number): Tensor[] => [
        source.normal([rows, columns]),
        transpose(source.normal([columns, rows])),
        slice(source.normal([2 * rows, 2 * columns]), [
          [0, 2 * rows, 2],
          [0, 2 * columns, 2],
        ]),
        slice(source.normal([rows, columns + 3]), [null, [2, columns + 2]]),
        broadcastTo(source.normal([columns]), [rows, columns]),
        broadcastTo(source.normal([rows, 1]), [rows, columns]),
      ];
      for (const [i, a] of matrices(n, k).entries()) {
        for (const [j, b] of matrices(k, m).entries()) {
          const options = { bias: j % 2 === 0 ? source.normal([m]) : undefined, relu: i % 2 === 0 };
          const what = `(${n}, ${k}) in reading ${i} times (${k}, ${m}) in reading ${j}`;
          assertClose(wasm.matmul(a, b, options), loops.matmul(a, b, options), { what, absolute: 2e-4 });
        }
      }
    }
  });

  it('in products with a long inner axis and in batches', () => {
    const source = random(15);
    const long = [source.normal([9, 2500]), source.normal([2500, 11])] as const;
    assertClose(wasm.matmul(...long), loops.matmul(...long), { what: 'a long inner axis', absolute: 2e-3 });
    const heads = permute(source.normal([2, 13, 3, 8]), [0, 2, 1, 3]);
    const keys = permute(source.normal([2, 11, 3, 8]), [0, 2, 3, 1]);
    assertClose(wasm.matmul(heads, keys), loops.matmul(heads, keys), { what: 'heads times keys' });
    const shared = broadcastTo(source.normal([8, 5]), [2, 3, 8, 5]);
    const stacked = source.normal([2, 3, 4, 8]);
    assertClose(wasm.matmul(stacked, shared), loops.matmul(stacked, shared), { what: 'one right side for all' });
    assertClose(wasm.matmul(heads, shared), loops.matmul(heads, shared), { what: 'heads times one right side' });
  });

  it('in the steps of optimisers, in and out of WebAssembly memory', () => {
    const source = random(16);
    for (const size of [1, 5, 64, 1027]) {
      const fresh = (seed: number): Tensor[] => [0, 1, 2, 3].map((i) => random(seed + i).uniform([size]));
      const [ours, theirs] = [fresh(17), fresh(17)] as [
        [Tensor, Tensor, Tensor, Tensor],
        [Tensor, Tensor, Tensor, Tensor],
      ];
      for (const [backend, [parameter, gradient, first, second]] of [
        [wasm, ours],
        [loops, theirs],
      ] as const) {
        backend.sgdStep({ parameter, gradient, rate: 0.1 });
        backend.momentumStep({ parameter, gradient, rate: 0.1, velocity: first, momentum: 0.9 });
        backend.adamStep({
          parameter,
          gradient,
          rate: 0.01,
          first,
          second,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-8,
          time: 3,
        });
      }
      ours.forEach((x, i) => {
        assertClose(x, theirs[i] ?? x, { what: `array ${i} after steps over ${size} entries` });
      });
    }
    assert.ok(source);
  });

  it('when results stay in its memory, in a scope', () => {
    const source = random(18);
    const [x, w] = [source.normal([13, 29]), source.normal([17, 29])];
    const y = scope(() => wasm.unary('relu', wasm.binary('add', wasm.matmul(x, transpose(w)), zeros([13, 17]))));
    assertClose(y, loops.unary('relu', loops.matmul(x, transpose(w))), { what: 'a chain of ops', absolute: 1e-4 });
  });
});
