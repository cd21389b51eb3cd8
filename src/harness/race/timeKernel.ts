/**
 * One kernel at one size on one backend, timed: the first launch, which compiles, apart from the later ones. Copies of
 * arguments and results are part of each launch, as they are for whoever calls a kernel.
 */
import type { KernelMachine } from '../../tensor/backends/kernelModes';

export interface TimedJob {
  /** The text of a bare kernel function. */
  readonly source: string;
  /** x first. */
  readonly output: readonly number[];
  /** Tensors by shape, row-major, and plain numbers. */
  readonly arguments: readonly ({ readonly shape: readonly number[]; readonly data: Float32Array } | number)[];
  /** Rounds after which a loop ends whose end GPU.js does not know. */
  readonly loopLimit: number;
}

export interface TimedKernel {
  /** Of the first launch, flat, x fastest. */
  readonly values: Float32Array;
  readonly firstMs: number;
  /** Of a launch after the first; each is the mean of as many as the clock needs. */
  readonly laterMs: readonly number[];
  /** GPU.js's own class of the kernel, as it ran. */
  readonly kernelClass: string;
  readonly fallbackReason: string | null;
}

export interface TimingOptions {
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** Looked at before and after each launch; throws where the machine is gone. */
  readonly assertAlive: () => void;
}

const mostTimings = 9;
const fewestTimings = 3;
/** Timings are repeated for about as long. */
const repeatMs = 600;

/** A page's clock ticks every tenth of a millisecond, so one timing covers as many launches as it takes to be told. */
const shortestMs = 2;
const mostInOne = 40;

export async function timeKernel(
  machine: KernelMachine,
  job: TimedJob,
  { now, assertAlive }: TimingOptions,
): Promise<TimedKernel> {
  const args = job.arguments.map((arg) =>
    typeof arg === 'number' ? arg : { values: arg.data, size: arg.shape.length === 0 ? [1] : [...arg.shape].reverse() },
  );
  const started = now();
  const kernel = machine.compile(job);
  const launch = async (): Promise<Float32Array> => {
    assertAlive();
    const values = await kernel.run(args);
    assertAlive();
    return values;
  };
  try {
    // A copy, since some backends give the same memory again.
    const values = (await launch()).slice();
    const firstMs = now() - started;
    const single = await timed(launch, { now, times: 1 });
    const times = Math.min(mostInOne, Math.max(1, Math.ceil(shortestMs / Math.max(single, 0.01))));
    const laterMs: number[] = [];
    const repeated = now();
    while (laterMs.length < fewestTimings || (laterMs.length < mostTimings && now() - repeated < repeatMs)) {
      laterMs.push(await timed(launch, { now, times }));
    }
    return { values, firstMs, laterMs, kernelClass: kernel.kernelClass, fallbackReason: kernel.fallbackReason };
  } finally {
    kernel.destroy();
  }
}

interface Timing {
  readonly now: () => number;
  readonly times: number;
}

/** What one launch takes, over `times` of them. */
async function timed(launch: () => Promise<unknown>, { now, times }: Timing): Promise<number> {
  const begun = now();
  for (let launches = 0; launches < times; launches += 1) {
    await launch();
  }
  return (now() - begun) / times;
}
