/**
 * GPU.js in any of its modes, for whoever compares them: one instance, which never goes on by itself in another mode than
 * asked for. `gpu.ts` is the one that computes for the library.
 */
import { explained, flattened, KernelCompileError, loadGpuJs, type GpuInstance, type KernelArray } from './gpu';

/** As GPU.js calls them. */
export type KernelMode = 'cpu' | 'webasm' | 'webgl2' | 'webgpu';

export interface KernelMachineOptions {
  readonly mode: KernelMode;
  /** A canvas and its WebGL context, for `webgl2`: who owns them can tell when the context is lost. */
  readonly surface?: { readonly canvas: unknown; readonly context: unknown };
}

export interface ModeKernelOptions {
  /** The text of a bare kernel function. */
  readonly source: string;
  /** x first. */
  readonly output: readonly number[];
  /** A loop whose end is not known to GPU.js ends after so many rounds, without a word. */
  readonly loopLimit: number;
}

export interface ModeKernel {
  /** Computes every cell, flat, x fastest. Throws a `KernelCompileError` where GPU.js makes no program of it. */
  run(args: readonly (KernelArray | number)[]): Promise<Float32Array>;
  /** GPU.js's own class of the kernel that ran last. */
  readonly kernelClass: string;
  readonly fallbackReason: string | null;
  destroy(): void;
}

export class KernelMachine {
  private readonly gpu: GpuInstance;

  constructor({ mode, surface }: KernelMachineOptions) {
    const { GPU } = loadGpuJs();
    this.gpu = explained(() => new GPU({ mode, ...surface }));
  }

  compile({ source, output, loopLimit }: ModeKernelOptions): ModeKernel {
    const shortcut = explained(() => {
      const made = this.gpu.createKernel(source, { output, precision: 'single', loopMaxIterations: loopLimit });
      made.kernel.onRequestFallback = () => {
        throw new Error(made.kernel.fallbackReason ?? 'it is not supported');
      };
      return made;
    });
    const { input } = loadGpuJs();
    const size = output.reduce((product, length) => product * length, 1);
    return {
      async run(args) {
        const inputs = args.map((arg) =>
          typeof arg === 'number' ? arg : input(arg.values as Float32Array, [...arg.size]),
        );
        try {
          return flattened(await shortcut(...inputs), size);
        } catch (error) {
          if (error instanceof KernelCompileError) throw error;
          return explained(() => {
            throw error;
          });
        }
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
}
