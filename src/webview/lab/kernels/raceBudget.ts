/**
 * What may be launched. A kernel that is on its way on a GPU cannot be called back: ending its worker leaves the GPU busy,
 * and the screen with it. So each launch is bounded before it happens, by what a smaller one took.
 */
import { durationInWords } from '../../words';

/** One launch should take no longer. */
export const launchBudgetMs = 500;

/** Arithmetic operations of a first launch, about which nothing is known yet: some tens of milliseconds on slow hardware. */
export const firstOperations = 50_000_000;

export interface Launched {
  readonly operations: number;
  readonly medianMs: number;
}

/** Why a launch of so many operations may not be, in one sentence; undefined where it may. */
export function overBudget(operations: number, earlier: readonly Launched[]): string | undefined {
  const last = earlier.at(-1);
  if (last === undefined) {
    return operations <= firstOperations
      ? undefined
      : `Not launched: ${operations.toLocaleString('en')} operations are too many to begin with, before a smaller size has been timed.`;
  }
  const expected = (last.medianMs * operations) / Math.max(1, last.operations);
  return expected <= launchBudgetMs
    ? undefined
    : `Not launched: it would take about ${durationInWords(expected)}, and a launch may take half a second.`;
}

/** What a launch needs of textures: GPU.js lays each tensor out in a square of them, four numbers to a texel or one. */
export function overTexture(
  launch: { readonly output: readonly number[]; readonly arguments: readonly (SizedTensor | number)[] },
  textureLimit: number,
): string | undefined {
  const cells = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
  const counts = [
    cells(launch.output),
    ...launch.arguments.map((arg) => (typeof arg === 'number' ? 1 : cells(arg.shape))),
  ];
  const side = Math.ceil(Math.sqrt(Math.max(...counts)));
  const tooLong = side > textureLimit;
  return tooLong
    ? `Not launched: it needs a texture of ${side.toLocaleString('en')} × ${side.toLocaleString('en')}, and this GPU takes ${textureLimit.toLocaleString('en')} at most.`
    : undefined;
}

interface SizedTensor {
  readonly shape: readonly number[];
}

/**
 * Rounds after which a loop ends on a GPU, where an endless one would hang the screen: well beyond what the launch can
 * need, which is at most the longest axis or the operations of one cell.
 */
export function loopLimitOf(launch: {
  readonly operations: number;
  readonly output: readonly number[];
  readonly arguments: readonly (SizedTensor | number)[];
}): number {
  const cells = launch.output.reduce((product, length) => product * length, 1);
  const axes = launch.arguments.flatMap((arg) => (typeof arg === 'number' ? [] : arg.shape));
  const longest = Math.max(1_000, ...launch.output, ...axes, Math.ceil(launch.operations / Math.max(1, cells)));
  return Math.min(2 ** 24, 4 * longest);
}
