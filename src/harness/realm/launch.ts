/**
 * Launches a learner's kernel: cell by cell as the plain function it is, on arrays that watch every read, then through
 * GPU.js. The two must agree; where they do not, the first of them is what JavaScript says the kernel means.
 */
import type { Tensor } from '../../tensor';
import {
  KernelCompileError,
  KernelError,
  KernelReadError,
  runKernel,
  runKernelOnGuardedArrays,
} from '../../tensor/backends';
import type { Kernel, KernelLaunch } from '../../tensor/backends';

export type LaunchOutcome =
  | {
      readonly values: Tensor;
      readonly kernelClass: string;
      /** Through GPU.js, its translation included. */
      readonly milliseconds: number;
      readonly cellByCellMilliseconds: number;
    }
  /** What is wrong with the kernel, as a sentence for the learner. */
  | { readonly sentence: string };

export interface LaunchRequest {
  readonly output: readonly number[];
  readonly arguments: readonly unknown[];
  readonly parameterNames: readonly string[];
}

/** Sums of many float32 products differ in their last digits by the order of rounding; this is well beyond that. */
const agreement = 1e-3;

/** The only clock there is here. It counts whole milliseconds, so a time means something where many are added. */
const now = Date.now;

export function launchKernel(
  kernel: Kernel,
  { output, arguments: values, parameterNames }: LaunchRequest,
): LaunchOutcome {
  const launch: KernelLaunch = { output, arguments: values as readonly (Tensor | number)[], parameterNames };
  try {
    const started = now();
    const plain = runKernelOnGuardedArrays(kernel, launch);
    const cellByCellMilliseconds = now() - started;
    const { values: computed, kernelClass, milliseconds } = runKernel(kernel, launch);
    const difference = firstDifference(computed, plain);
    return difference === undefined
      ? { values: computed, kernelClass, milliseconds, cellByCellMilliseconds }
      : { sentence: difference };
  } catch (error) {
    if (error instanceof KernelError || error instanceof KernelReadError || error instanceof KernelCompileError) {
      return { sentence: sentenceCase(error.message) };
    }
    throw error;
  }
}

function firstDifference(computed: Tensor, plain: Tensor): string | undefined {
  const got = computed.data;
  const meant = plain.data;
  let scale = 1;
  for (let index = 0; index < meant.length; index += 1) {
    const size = Math.abs(meant[index] ?? 0);
    if (size > scale && size < Infinity) scale = size;
  }
  for (let index = 0; index < meant.length; index += 1) {
    const a = got[index] ?? NaN;
    const b = meant[index] ?? NaN;
    if (Object.is(a, b) || a === b || Math.abs(a - b) <= agreement * scale) continue;
    const [place, thread] = placeOf(index, plain.shape);
    return (
      `GPU.js computes ${a} for entry ${place} (${thread}), but the same function called as plain JavaScript gives ${b}: ` +
      'the kernel uses something that means different things in the two.'
    );
  }
  return undefined;
}

function placeOf(index: number, shape: readonly number[]): [place: string, thread: string] {
  const names = ['x', 'y', 'z'];
  let place = '';
  let thread = '';
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const length = shape[axis] ?? 1;
    const at = rest % length;
    rest = (rest - at) / length;
    place = at + (place === '' ? '' : ', ') + place;
    thread += (thread === '' ? '' : ', ') + (names[shape.length - 1 - axis] ?? '') + ' = ' + at;
  }
  return ['(' + place + ')', thread];
}

function sentenceCase(message: string): string {
  const text = message.slice(0, 1).toUpperCase() + message.slice(1);
  return text.endsWith('.') ? text : text + '.';
}
