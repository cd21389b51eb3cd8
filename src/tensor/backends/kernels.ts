/**
 * Running a learner's kernel: through GPU.js for the result, and before that cell by cell as the plain function it is,
 * on arrays that watch every read. GPU.js checks nothing: a read past the end gives another entry of the array, or one
 * of another array, and the result is wrong without a word.
 */
import type { KernelContext } from '../kernel';
import { axes, inWords, nameOf, sizeOf } from '../shape';
import { ofValues, Tensor } from '../tensor';
import { compileKernel, gpuJsName } from './gpu';
import { guarded, type Thread } from './guardedArrays';
import { recordUse } from './use';

/** A bare kernel function. Parameters are (nested) arrays and numbers. */
export type Kernel = (this: KernelContext, ...args: never[]) => number;

export interface KernelLaunch {
  /** How many threads there are along x, y, z; the shape of the result is the reverse. */
  readonly output: readonly number[];
  /** A tensor of one to three axes stands for a (nested) array. */
  readonly arguments: readonly (Tensor | number)[];
  /** The kernel's parameters by name, for messages. */
  readonly parameterNames: readonly string[];
}

export interface KernelResult {
  /** float32, of the shape `output` reversed. */
  readonly values: Tensor;
  /** GPU.js's own class of the kernel that ran: `WebAssemblyKernel`. */
  readonly kernelClass: string;
  readonly fallbackReason: string | null;
  readonly milliseconds: number;
}

/** A kernel that cannot be launched as asked, or that returned something other than a number. */
export class KernelError extends Error {
  override readonly name: string = 'KernelError';
}

/** Compiles `kernel` through GPU.js, runs it for every cell and frees it. */
export function runKernel(kernel: Kernel, launch: KernelLaunch): KernelResult {
  checkLaunch(kernel, launch);
  const start = now();
  const compiled = compileKernel(kernel, launch.output);
  try {
    const values = compiled.run(
      ...launch.arguments.map((arg) =>
        arg instanceof Tensor ? { values: arg.data, size: arg.shape.toReversed() } : arg,
      ),
    );
    const { kernelClass, fallbackReason } = compiled;
    recordUse({
      backend: gpuJsName,
      ran: 'kernels',
      kernelClass,
      reason: fallbackReason ?? 'kernels run through GPU.js, here in its WebAssembly mode, which needs no GPU',
    });
    return {
      values: ofValues(values, launch.output.toReversed()),
      kernelClass,
      fallbackReason,
      milliseconds: now() - start,
    };
  } finally {
    compiled.destroy();
  }
}

/**
 * Calls `kernel` as the plain function it is, once for each cell, and rounds what it returns to float32. Throws a
 * `KernelReadError` for a read outside an array and a `KernelError` for a result that is not a number, each naming the
 * thread.
 */
export function runKernelOnGuardedArrays(kernel: Kernel, launch: KernelLaunch): Tensor {
  checkLaunch(kernel, launch);
  const [x = 1, y = 1, z = 1] = launch.output;
  const thread: Thread = { x: 0, y: 0, z: 0 };
  const args = launch.arguments.map((arg, i) =>
    arg instanceof Tensor
      ? guarded({ tensor: arg, name: launch.parameterNames[i] ?? `argument ${i + 1}`, thread })
      : Math.fround(arg),
  );
  const values = new Float32Array(x * y * z);
  let next = 0;
  for (thread.z = 0; thread.z < z; thread.z++) {
    for (thread.y = 0; thread.y < y; thread.y++) {
      for (thread.x = 0; thread.x < x; thread.x++) {
        // A context of its own for each thread: what one writes to `this` must not reach the next.
        const context: KernelContext = { thread: { ...thread }, output: { x, y, z }, constants: {} };
        const result: unknown = Reflect.apply(kernel, context, args);
        if (typeof result !== 'number') {
          throw new KernelError(
            `the kernel returned ${nameOf(result)} ${threadInWords(thread)}; each thread must return one number`,
          );
        }
        values[next++] = result;
      }
    }
  }
  return ofValues(values, launch.output.toReversed());
}

function checkLaunch(kernel: Kernel, launch: KernelLaunch): void {
  if (typeof kernel !== 'function' || !/^function\b/.test(Function.prototype.toString.call(kernel))) {
    const found = typeof kernel === 'function' ? 'an arrow function or a method' : nameOf(kernel);
    throw new KernelError(
      `a kernel is written as \`function name(…) { … }\`, because it needs its own \`this\`; this is ${found}`,
    );
  }
  const { output } = launch;
  if (output.length < 1 || output.length > 3 || !output.every((length) => Number.isInteger(length) && length > 0)) {
    throw new KernelError(
      `a kernel runs over one to three axes of at least one thread each, not over ${inWords(output)}`,
    );
  }
  if (kernel.length !== launch.arguments.length) {
    throw new KernelError(
      `the kernel is launched with ${launch.arguments.length} arguments (${launch.parameterNames.join(', ')}) and takes ${kernel.length}`,
    );
  }
  launch.arguments.forEach((arg, i) => {
    const name = launch.parameterNames[i] ?? `argument ${i + 1}`;
    if (typeof arg === 'number') return;
    if (!(arg instanceof Tensor))
      throw new KernelError(`${name} is ${nameOf(arg)}; a kernel takes tensors and numbers`);
    if (arg.rank < 1 || arg.rank > 3 || sizeOf(arg.shape) === 0) {
      throw new KernelError(
        `${name} has the shape ${inWords(arg.shape)} (${axes(arg.rank)}); a kernel takes arrays of one to three axes that have entries`,
      );
    }
  });
}

function threadInWords(thread: Thread): string {
  return `in the thread x = ${thread.x}, y = ${thread.y}, z = ${thread.z}`;
}

/** Milliseconds; where learners' code runs there is no `performance`. */
function now(): number {
  return typeof performance === 'undefined' ? Date.now() : performance.now();
}
