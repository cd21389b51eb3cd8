/** Who frees WebAssembly memory, when, and what is left of tensors that were still wanted. */
import assert from 'node:assert/strict';
import vm from 'node:vm';
import * as esbuild from 'esbuild';
import {
  add,
  dispose,
  FreedError,
  fromData,
  keep,
  matmul,
  multiply,
  ones,
  random,
  relu,
  scope,
  sum,
  transpose,
  type Tensor,
} from '../../../src/tensor';
import { useBackend } from '../../../src/tensor/backends';
import { memoryReached, threadsReady, useThreads } from '../../../src/tensor/backends/wasm/engine';

describe('WebAssembly memory', () => {
  before(() => {
    useBackend('wasm');
  });
  after(() => {
    useBackend('auto');
  });

  it('stays flat over 10,000 steps', () => {
    const x = keep(random(1).normal([16, 32]));
    const w = keep(random(2).normal([8, 32]));
    const step = (): number => scope(() => sum(relu(add(matmul(x, transpose(w)), 1))).at());
    const first = step();
    const reached = memoryReached();
    for (let i = 0; i < 10_000; i++) assert.equal(step(), first);
    assert.equal(memoryReached(), reached);
    dispose(x);
    dispose(w);
  });

  it('stays flat over steps that return what they made, which is copied out', () => {
    let x: Tensor = ones([1000]);
    scope(() => add(x, 1));
    const reached = memoryReached();
    for (let i = 0; i < 1000; i++) x = scope(() => add(multiply(x, 1), 1));
    assert.equal(x.at(999), 1001);
    assert.equal(memoryReached(), reached);
  });

  it('keeps what a scope returns, in arrays, maps and objects, views included', () => {
    const { list, map, turned } = scope(() => {
      const x = add(fromData([1, 2, 3, 4, 5, 6], [2, 3]), 0);
      return { list: [x], map: new Map([['x', add(x, 1)]]), turned: transpose(x) };
    });
    for (let i = 0; i < 50; i++) scope(() => add(random(i).normal([2, 3]), 1));
    assert.deepEqual(list[0]?.toNested(), [
      [1, 2, 3],
      [4, 5, 6],
    ]);
    assert.deepEqual(map.get('x')?.toNested(), [
      [2, 3, 4],
      [5, 6, 7],
    ]);
    assert.deepEqual(turned.toNested(), [
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
  });

  it('hands what an inner scope returns to the outer one', () => {
    const total = scope(() => {
      const inner = scope(() => add(ones([5]), 1));
      for (let i = 0; i < 20; i++) scope(() => add(ones([5]), i));
      return sum(inner).at();
    });
    assert.equal(total, 10);
  });

  it('is never read through a tensor that was left behind in a scope', () => {
    let left: Tensor | undefined;
    scope(() => {
      left = add(ones([4]), 1);
    });
    const stale = left!;
    for (const use of [
      () => stale.data,
      () => stale.at(0),
      () => add(stale, 1),
      () => transpose(matmul(stale, stale)),
    ]) {
      assert.throws(use, FreedError);
    }
  });

  it('is freed by a scope that throws', () => {
    const failing = (): void => {
      assert.throws(
        () =>
          scope(() => {
            add(ones([64, 64]), 1);
            throw new Error('on purpose');
          }),
        /on purpose/,
      );
    };
    failing();
    const reached = memoryReached();
    for (let i = 0; i < 100; i++) failing();
    assert.equal(memoryReached(), reached);
  });

  it('gives data that stays right while memory is used again and grows', () => {
    const { x, data } = scope(() => {
      const made = add(ones([100]), 1);
      return { x: made, data: made.data };
    });
    scope(() => {
      const large = Array.from({ length: 12 }, () => add(ones([1024, 512]), 5));
      assert.equal(sum(large[11]!).at(), 6 * 1024 * 512);
    });
    assert.ok(data.every((value) => value === 2));
    assert.ok(x.data.every((value) => value === 2));
    assert.equal(x.data.buffer.byteLength, 400, 'a buffer of its own, not the whole memory');
  });

  it('has a limit, and what passes it is named', () => {
    assert.throws(
      () =>
        scope(() => {
          for (let i = 0; i < 40; i++) add(ones([1024, 8192]), i);
        }),
      /^MemoryBudgetError: add: a tensor of 8388608 entries does not fit/,
    );
    assert.equal(scope(() => add(ones([2]), 1)).at(1), 2);
  });

  it('is left by dispose at once, and a kept tensor survives scopes until then', () => {
    const x = scope(() => keep(add(ones([3]), 1)));
    scope(() => add(ones([3]), 7));
    assert.deepEqual(x.toNested(), [2, 2, 2]);
    const y = keep(ones([3]));
    dispose(y);
    assert.throws(() => y.data, FreedError);
  });
});

describe('threads', () => {
  after(() => {
    useThreads(1);
    useBackend('auto');
  });

  it('give the same bits as one', async function () {
    useBackend('wasm');
    const source = random(3);
    const tall = source.normal([700, 129]);
    const wide = source.normal([131, 129]);
    const heads = source.normal([6, 4, 65, 33]);
    const all = (): Float32Array[] =>
      scope(() => [
        matmul(tall, transpose(wide)),
        matmul(transpose(tall), tall),
        matmul(wide, transpose(wide)),
        matmul(heads, transpose(heads)),
        relu(add(tall, 1)),
      ]).map((x) => x.data as Float32Array);
    useThreads(1);
    const alone = all();
    useThreads(3);
    for (let i = 0; i < 200 && threadsReady() < 3; i++) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(threadsReady(), 3);
    for (let round = 0; round < 20; round++) {
      all().forEach((values, i) => {
        assert.deepEqual(values, alone[i], `result ${i} of round ${round}`);
      });
    }
  });
});

describe('a bare realm without code generation from strings', () => {
  it('runs the engine', () => {
    const program = `
      import { add, keep, matmul, ones, random, scope, sum, transpose } from './src/tensor';
      import { backendUses, useBackend } from './src/tensor/backends';
      useBackend('wasm');
      const x = random(1).normal([70, 90]);
      const total = scope(() => sum(matmul(x, transpose(x))).at());
      globalThis.answer = { total, sum: sum(scope(() => add(keep(ones([5])), 2))).at(), uses: backendUses() };
    `;
    const bundle = esbuild.buildSync({
      stdin: { contents: program, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      external: ['gpu.js'],
      logLevel: 'error',
    });
    const context = vm.createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: true } });
    vm.runInContext(bundle.outputFiles[0]?.text ?? '', context);
    const { answer } = context as unknown as { answer: { total: number; sum: number; uses: { backend: string }[] } };
    useBackend('loops');
    const x = random(1).normal([70, 90]);
    const wanted = sum(matmul(x, transpose(x))).at();
    useBackend('auto');
    assert.ok(Math.abs(answer.total - wanted) <= 1e-3 * Math.abs(wanted), `${answer.total}, expected ${wanted}`);
    assert.equal(answer.sum, 15);
    assert.ok(
      answer.uses.every(({ backend }) => backend === 'wasm simd'),
      JSON.stringify(answer.uses),
    );
  });
});
