/**
 * The one place that loads GPU.js: a single instance, made at first use because loading it costs some 30 ms, in its
 * `webasm` mode, which compiles a kernel to WebAssembly and needs neither a GPU nor code generation from strings.
 */
import type { Values } from '../tensor';

/** The parts of GPU.js that are used here. Its own types lack some of them and claim others to be types only. */
export interface GpuJs {
  readonly GPU: new (settings: GpuSettings) => GpuInstance;
  readonly input: (values: Float32Array, size: readonly number[]) => KernelInput;
}
interface GpuSettings {
  readonly mode: string;
  /** A canvas and its context of one's own, as a page has them. */
  readonly canvas?: unknown;
  readonly context?: unknown;
}
export interface GpuInstance {
  createKernel(source: unknown, settings: KernelSettings): KernelShortcut;
}
interface KernelSettings {
  readonly output: readonly number[];
  readonly precision: 'single';
  readonly loopMaxIterations: number;
}
/** In GPU.js's mode for WebGPU a call gives a promise of what it gives in the others. */
export interface KernelShortcut {
  (...args: readonly (KernelInput | number)[]): NestedRows | Promise<NestedRows>;
  readonly kernel: {
    readonly constructor: { readonly name: string };
    readonly fallbackReason: string | null;
    onRequestFallback: ((this: void, args: unknown) => unknown) | null;
    destroy(): void;
  };
}
export interface KernelInput {
  readonly size: ArrayLike<number>;
}
export type NestedRows = Float32Array | readonly NestedRows[];

// Required, not imported, so that a bundle evaluates GPU.js when it is first called for and not when it is loaded.
declare const require: (name: 'gpu.js') => GpuJs;

/** GPU.js itself, evaluated when it is first called for. */
export const loadGpuJs = (): GpuJs => require('gpu.js');

let loaded: { readonly gpu: GpuInstance; readonly input: GpuJs['input'] } | undefined;

function gpuJs(): { readonly gpu: GpuInstance; readonly input: GpuJs['input'] } {
  if (!loaded) {
    const { GPU, input } = loadGpuJs();
    loaded = { gpu: new GPU({ mode: 'webasm' }), input };
  }
  return loaded;
}

/** How reports name what computes here. */
export const gpuJsName = 'gpu.js webasm';

/** GPU.js could not make a program of a kernel. `cause` is its own error. */
export class KernelCompileError extends Error {
  override readonly name = 'KernelCompileError';
}

/** A flat float32 array and its lengths, x (the fastest) first. */
export interface KernelArray {
  readonly values: Values;
  readonly size: readonly number[];
}

export interface CompiledKernel {
  /** Computes every cell and returns them flat, x fastest. */
  run(...args: readonly (KernelArray | number)[]): Float32Array;
  /** GPU.js's own class of the kernel that ran last: `WebAssemblyKernel`. */
  readonly kernelClass: string;
  /** GPU.js's own words where it ran on another backend than asked for. */
  readonly fallbackReason: string | null;
  /** Frees its WebAssembly memory, which the collector would hardly notice. */
  destroy(): void;
}

/**
 * A kernel that computes `output` cells (x first) from a function or the text of one. Loops are not limited: GPU.js
 * would stop them at 1,000 iterations without a word, and a result cut short is worse than one that comes late. What
 * runs too long is for the caller's clock to end.
 */
export function compileKernel(source: unknown, output: readonly number[]): CompiledKernel {
  const { gpu, input } = gpuJs();
  const compile = (): KernelShortcut => {
    const shortcut = gpu.createKernel(source, { output, precision: 'single', loopMaxIterations: 2 ** 31 - 1 });
    // GPU.js would go on with generated JavaScript, slower and forbidden where learners' code runs.
    shortcut.kernel.onRequestFallback = () => {
      throw new Error(shortcut.kernel.fallbackReason ?? 'it is not supported');
    };
    return shortcut;
  };
  const shortcut = explained(compile);
  const size = output.reduce((product, length) => product * length, 1);
  return {
    run(...args) {
      const prepared = args.map((arg) =>
        typeof arg === 'number' ? arg : input(Float32Array.from(arg.values), arg.size),
      );
      return flattened(
        // Only the mode for WebGPU gives promises.
        explained(() => shortcut(...prepared) as NestedRows),
        size,
      );
    },
    get kernelClass() {
      return shortcut.kernel.constructor.name;
    },
    get fallbackReason() {
      return shortcut.kernel.fallbackReason;
    },
    destroy: () => shortcut.kernel.destroy(),
  };
}

/** Runs `action`; what it throws comes out as a `KernelCompileError`. */
export function explained<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new KernelCompileError(`GPU.js cannot make a program of this kernel: ${words}`, { cause: error });
  }
}

/** Nested rows as one array of `size` numbers, x fastest. */
export function flattened(rows: NestedRows, size: number): Float32Array {
  if (rows instanceof Float32Array) return rows;
  const flat = new Float32Array(size);
  let next = 0;
  const copy = (part: NestedRows): void => {
    if (part instanceof Float32Array) {
      if (next + part.length > size) {
        throw new KernelCompileError('the kernel returns several numbers; each thread must return one');
      }
      flat.set(part, next);
      next += part.length;
    } else part.forEach(copy);
  };
  copy(rows);
  return flat;
}
