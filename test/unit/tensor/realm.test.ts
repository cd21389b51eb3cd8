import assert from 'node:assert/strict';
import path from 'node:path';
import vm from 'node:vm';
import * as esbuild from 'esbuild';

const source = (module: string) => JSON.stringify(path.resolve('src/tensor', module));

async function bundled(contents: string): Promise<string> {
  const result = await esbuild.build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    target: 'es2022',
    alias: { 'gpu.js': path.resolve('node_modules/gpu.js/dist/gpu-browser.js') },
  });
  return result.outputFiles[0]?.text ?? '';
}

/** A context as the learner's: nothing of the outer realm inside, and no code from strings. */
function bareContext(): vm.Context {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false } });
  // V8 puts a console of its own into every context, which only a debugger hears.
  delete context['console'];
  return context;
}

describe('the library in a bare context', () => {
  const names = ['console', 'performance', 'setTimeout', 'TextEncoder', 'document', 'require', 'process'];
  let answer: Record<string, unknown>;

  before(async function () {
    const script = await bundled(`
      import * as T from ${source('index')};
      import { runKernel, runKernelOnGuardedArrays, useBackend, backendUses } from ${source('backends/index')};

      const text = (x: T.Tensor) => JSON.stringify(x.toNested());
      const A = T.tensor([[1, 2, 3], [4, 5, 6]]);
      const B = T.tensor([[1, 0], [0, 1], [1, 1]]);
      const products = (['loops', 'gpu.js', 'auto'] as const).map((backend) => {
        useBackend(backend);
        return text(T.matmul(A, B));
      });
      const launch = { output: [2, 2], arguments: [A, B, 3], parameterNames: ['A', 'B', 'inner'] };
      function matmulKernel(this: T.KernelContext, A: number[][], B: number[][], inner: number): number {
        let total = 0;
        for (let i = 0; i < inner; i++) total += A[this.thread.y]![i]! * B[i]![this.thread.x]!;
        return total;
      }
      const { values, kernelClass, milliseconds } = runKernel(matmulKernel, launch);
      let unsupported = '';
      try {
        runKernel(function (this: T.KernelContext, A: number[][]): number { return A.map((x) => x) as never; }, { ...launch, arguments: [A] });
      } catch (error) {
        unsupported = String(error);
      }
      let generated = '';
      try {
        generated = String(new Function('return 1')());
      } catch (error) {
        generated = (error as Error).name;
      }
      (globalThis as { answer?: unknown }).answer = JSON.stringify({
        products,
        kernel: text(values),
        guarded: text(runKernelOnGuardedArrays(matmulKernel, launch)),
        kernelClass,
        timed: milliseconds >= 0,
        uses: backendUses(),
        unsupported,
        generated,
        present: ${JSON.stringify(names)}.filter((name) => name in globalThis),
        random: text(T.random(1).normal([2])),
        measured: T.scope(() => {
          useBackend('auto');
          T.matmul(T.ones([64, 64]), T.ones([64, 64]));
          return backendUses().map(({ reason }) => reason);
        }),
      });
    `);
    const context = bareContext();
    vm.runInContext(script, context);
    answer = JSON.parse(String((context as { answer?: unknown }).answer)) as Record<string, unknown>;
  });

  it('finds nothing of a host there, and no code from strings', () => {
    assert.deepEqual(answer['present'], []);
    assert.equal(answer['generated'], 'EvalError');
  });

  it('computes on every backend', () => {
    assert.deepEqual(answer['products'], ['[[4,5],[10,11]]', '[[4,5],[10,11]]', '[[4,5],[10,11]]']);
  });

  it('runs kernels through GPU.js, in WebAssembly', () => {
    assert.equal(answer['kernel'], '[[4,5],[10,11]]');
    assert.equal(answer['guarded'], '[[4,5],[10,11]]');
    assert.equal(answer['kernelClass'], 'WebAssemblyKernel');
    assert.equal(answer['timed'], true);
    assert.equal((answer['uses'] as unknown[]).length, 4);
  });

  it('says what GPU.js cannot compile instead of falling back to generated code', () => {
    assert.match(String(answer['unsupported']), /^KernelCompileError: GPU.js cannot make a program of this kernel/);
  });

  it('measures speeds that a processor can have, although its only clock ticks once a millisecond', () => {
    const speeds = (answer['measured'] as string[]).flatMap((reason) =>
      [...reason.matchAll(/at (\d+) GFLOP\/s/g)].map(([, speed]) => Number(speed)),
    );
    assert.ok(speeds.length >= 3);
    // 128 bits at once do four multiplications and additions; two units at 6 GHz would make 96.
    assert.deepEqual(
      speeds.filter((speed) => speed > 200),
      [],
    );
  });

  it('does not evaluate GPU.js before it is needed', async () => {
    const script = await bundled(`
      import { add, tensor } from ${source('index')};
      (globalThis as { answer?: unknown }).answer = String(add(tensor([1, 2]), 1));
    `);
    // GPU.js announces itself on \`window\`, which tells that it was evaluated.
    const context = bareContext() as { window?: object; answer?: unknown };
    context.window = {};
    vm.runInContext(script, context);
    assert.equal(context.answer, 'Tensor (2,) float32\n[2, 3]');
    assert.deepEqual(Object.getOwnPropertyNames(context.window), []);
  });
});
