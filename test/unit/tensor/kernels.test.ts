import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import { add, matmul, random, tensor, transpose, zeros, type KernelContext } from '../../../src/tensor';
import {
  backendUses,
  KernelReadError,
  resetBackendUses,
  runKernel,
  runKernelOnGuardedArrays,
  type Kernel,
  type KernelLaunch,
} from '../../../src/tensor/backends';
import { assertClose } from './support';

// GPU.js reads the text of these functions. They stand as text because the tests' own bundler may rewrite functions.
const kernel = (text: string): Kernel => runInThisContext(`'use strict'; (${text});`) as Kernel;

const matmulKernel = kernel(`function matmulKernel(A, B, inner) {
  let total = 0;
  for (let i = 0; i < inner; i++) {
    total += A[this.thread.y][i] * B[i][this.thread.x];
  }
  return total;
}`);

const launchOn = (
  output: number[],
  args: KernelLaunch['arguments'],
  parameterNames = ['A', 'B', 'inner'],
): KernelLaunch => ({
  output,
  arguments: args,
  parameterNames: parameterNames.slice(0, args.length),
});

function readError(run: () => unknown): KernelReadError {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof KernelReadError, String(error));
    return error;
  }
  return assert.fail('the kernel read nothing outside its arrays');
}

describe('kernels', () => {
  const A = random(1).normal([3, 5]);
  const B = transpose(random(2).normal([4, 5]));

  it('give through GPU.js and cell by cell what the library gives', () => {
    const launch = launchOn([4, 3], [A, B, 5]);
    const expected = matmul(A, B).data;
    assertClose(runKernelOnGuardedArrays(matmulKernel, launch), expected, [3, 4]);
    assertClose(runKernel(matmulKernel, launch).values, expected, [3, 4]);
  });

  it('are reported with the class that ran', () => {
    resetBackendUses();
    const result = runKernel(matmulKernel, launchOn([4, 3], [A, B, 5]));
    assert.equal(result.kernelClass, 'WebAssemblyKernel');
    assert.equal(result.fallbackReason, null);
    assert.ok(result.milliseconds >= 0);
    assert.deepEqual(
      backendUses().map(({ backend, ran, kernelClass }) => [backend, ran, kernelClass]),
      [['gpu.js webasm', 'kernels', 'WebAssemblyKernel']],
    );
  });

  it('run over one and three axes', () => {
    const place = kernel('function (A) { return A[this.thread.z][this.thread.y][this.thread.x] + this.output.x; }');
    const cube = random(3).normal([2, 3, 4]);
    for (const result of [
      runKernel(place, launchOn([4, 3, 2], [cube])).values,
      runKernelOnGuardedArrays(place, launchOn([4, 3, 2], [cube])),
    ]) {
      assertClose(result, add(cube, 4).data, [2, 3, 4]);
    }
    const double = kernel('function (A) { return 2 * A[this.thread.x] + this.thread.y + this.thread.z; }');
    for (const result of [
      runKernel(double, launchOn([2], [tensor([1, 2])])).values,
      runKernelOnGuardedArrays(double, launchOn([2], [tensor([1, 2])])),
    ]) {
      assertClose(result, [2, 4], [2]);
    }
  });

  it('have no limit on their loops', () => {
    const count = kernel('function (n) { let total = 0; let i = 0; while (i < n) { total += 1; i++; } return total; }');
    assertClose(runKernel(count, launchOn([1], [123_456], ['n'])).values, [123_456]);
  });

  it('round to float32', () => {
    const third = kernel('function (n) { return n / 3; }');
    assert.equal(runKernelOnGuardedArrays(third, launchOn([1], [1], ['n'])).at(0), Math.fround(1 / 3));
    assert.equal(runKernel(third, launchOn([1], [1], ['n'])).values.dtype, 'float32');
  });

  it('that read outside an array are stopped, with array, index, size and thread', () => {
    const tooFar = readError(() => runKernelOnGuardedArrays(matmulKernel, launchOn([4, 3], [A, B, 6])));
    assert.equal(
      tooFar.message,
      'the kernel read A[0][5], but A[0] has the indices 0 to 4, in the thread x = 0, y = 0, z = 0',
    );
    assert.deepEqual(
      [tooFar.array, tooFar.index, tooFar.length, tooFar.thread],
      ['A[0]', '5', 5, { x: 0, y: 0, z: 0 }],
    );

    const swapped = kernel(matmulKernel.toString().replace('A[this.thread.y]', 'A[this.thread.x]'));
    const error = readError(() => runKernelOnGuardedArrays(swapped, launchOn([4, 3], [A, B, 5])));
    assert.deepEqual([error.array, error.index, error.length, error.thread], ['A', '3', 3, { x: 3, y: 0, z: 0 }]);
  });

  it('that read in any other wrong way are stopped', () => {
    const cases: [string, RegExp][] = [
      ['A[-1][0]', /read A\[-1\], but A has the indices 0 to 2/],
      ['A[0.5][0]', /read A\[0\.5\], and 0\.5 is not a whole number/],
      ['A[this.thread.w][0]', /read A\[undefined\], and undefined is not a whole number/],
      ['A.length', /read A\.length, which GPU\.js does not have; pass the length as a number/],
      ['A.map', /read A\.map; its arrays can only be indexed/],
      ['A[1] + 1', /A\[1\] is a row of 5 numbers and was used as one number/],
      ['(A[0][1] = 3)', /wrote to A\[0\]\[1\]; a kernel only reads/],
    ];
    for (const [expression, message] of cases) {
      const error = readError(() =>
        runKernelOnGuardedArrays(kernel(`function (A) { return ${expression}; }`), launchOn([2, 1], [A])),
      );
      assert.match(error.message, message);
    }
  });

  it('that return something else than a number are stopped, with the thread', () => {
    const sometimes = kernel('function (A) { if (this.thread.x < 1) return 1; }');
    assert.throws(() => runKernelOnGuardedArrays(sometimes, launchOn([2], [A])), {
      name: 'KernelError',
      message: 'the kernel returned undefined in the thread x = 1, y = 0, z = 0; each thread must return one number',
    });
    assert.throws(
      () => runKernelOnGuardedArrays(kernel('function (A) { return A[0][0] > 1; }'), launchOn([2], [A])),
      /returned (true|false) in the thread/,
    );
    assert.throws(
      () => runKernel(kernel('function (A) { return [1, 2]; }'), launchOn([2], [A])),
      /returns several numbers/,
    );
  });

  it('cannot pass anything from one thread to the next', () => {
    const counting = kernel('function (A) { this.count = (this.count || 0) + 1; return this.count; }');
    assertClose(runKernelOnGuardedArrays(counting, launchOn([3], [A])), [1, 1, 1]);
    const moving = kernel('function (A) { const x = this.thread.x; this.thread.x = 7; return x; }');
    assertClose(runKernelOnGuardedArrays(moving, launchOn([3], [A])), [0, 1, 2]);
  });

  it('that GPU.js cannot compile are an error, never something else that runs', () => {
    assert.throws(() => runKernel(kernel('function (A) { return A[0].map((x) => x); }'), launchOn([2], [A])), {
      name: 'KernelCompileError',
      message: 'GPU.js cannot make a program of this kernel: unhandled type "ArrowFunctionExpression"',
    });
    // GPU.js would run this one in generated JavaScript.
    assert.throws(() => runKernel(kernel('function (A) { return A[0][0] > 1; }'), launchOn([2], [A])), {
      name: 'KernelCompileError',
      message: /return type Boolean is not supported/,
    });
    assert.throws(() => runKernel(kernel('function (A) { }'), launchOn([2], [A])), { name: 'KernelCompileError' });
  });

  it('are launched with what they take, or a sentence says why not', () => {
    const one = kernel('function (A) { return 1; }');
    assert.throws(
      () => runKernel(kernel('(A) => 1'), launchOn([2], [A])),
      /because it needs its own `this`; this is an arrow function or a method/,
    );
    assert.throws(() => runKernel(undefined as never, launchOn([2], [A])), /this is undefined/);
    assert.throws(
      () => runKernel(one, launchOn([0], [A])),
      /one to three axes of at least one thread each, not over \(0,\)/,
    );
    assert.throws(
      () => runKernel(one, launchOn([2], [zeros([0])])),
      /A has the shape \(0,\) \(one axis\); a kernel takes arrays/,
    );
    assert.throws(() => runKernel(one, launchOn([2], [zeros([1, 1, 1, 1])])), /\(4 axes\)/);
    assert.throws(() => runKernel(one, launchOn([2], [A, B])), /launched with 2 arguments \(A, B\) and takes 1/);
  });

  it('are typed by what a learner writes', () => {
    function typed(this: KernelContext, A: number[][], inner: number): number {
      return (A[this.thread.y]?.[this.thread.x] ?? 0) + inner;
    }
    assertClose(runKernelOnGuardedArrays(typed, launchOn([5, 3], [A, 1])), add(A, 1).data);
  });
});
