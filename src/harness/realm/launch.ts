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
import { functionText, isFinite } from '../protocol/intrinsics';
import { takeApart } from './thrown';

export type LaunchOutcome =
  | {
      readonly values: Tensor;
      readonly kernelClass: string;
      /** Through GPU.js, its translation included. */
      readonly milliseconds: number;
      readonly cellByCellMilliseconds: number;
    }
  /** What is wrong with the kernel, as a sentence for the learner, and the stack where a line of theirs did it. */
  | { readonly sentence: string; readonly stack?: string };

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
    const difference = firstDifference({ computed, plain, kernel });
    return difference === undefined
      ? { values: computed, kernelClass, milliseconds, cellByCellMilliseconds }
      : { sentence: difference };
  } catch (error) {
    if (error instanceof KernelError || error instanceof KernelReadError || error instanceof KernelCompileError) {
      const sentence = sentenceCase(error.message);
      return error instanceof KernelReadError ? { sentence, stack: takeApart(error).stack } : { sentence };
    }
    throw error;
  }
}

interface Results {
  readonly computed: Tensor;
  readonly plain: Tensor;
  readonly kernel: Kernel;
}

function firstDifference({ computed, plain, kernel }: Results): string | undefined {
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
      `GPU.js computes ${a} for entry ${place} (${thread}), but the same function called as plain JavaScript gives ${b}. ` +
      explain({ computed: a, plain: b, text: functionText(kernel) })
    );
  }
  return undefined;
}

interface Difference {
  readonly computed: number;
  readonly plain: number;
  readonly text: string;
}

/** Why the two differ, as far as it is known what they do differently: bit operators, and the width of what lies between. */
function explain({ computed, plain, text }: Difference): string {
  if (hasBitOperator(text)) {
    return 'Bit operators agree in the two only on whole numbers below 2147483648 in size: use arithmetic, and `Math.floor`.';
  }
  if (!isFinite(computed) && isFinite(plain)) {
    return (
      'GPU.js computes every step in float32, which ends at 3.4e38, and something on the way was larger: ' +
      'shift or divide before it grows, as one takes the largest number off before `Math.exp`.'
    );
  }
  return (
    'GPU.js computes every step in float32, with some seven digits, and plain JavaScript with sixteen: ' +
    'numbers above 16777216, or large ones that nearly cancel, lose their last digits there.'
  );
}

function hasBitOperator(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const [character, next] = [text[at], text[at + 1]];
    if (character === '~' || character === '^') return true;
    if ((character === '<' || character === '>') && next === character) return true;
    if ((character === '&' || character === '|') && next !== character && text[at - 1] !== character) return true;
  }
  return false;
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
