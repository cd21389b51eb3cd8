/**
 * How much memory one result may take. A shape that is wrong by an axis fails here, with a sentence, and not by
 * freezing the editor.
 */
import { inWords, sizeOf, type Shape } from './shape';
import type { DType } from './values';

/** A result would be larger than the budget. The message names the operation, the shape and the sizes. */
export class BudgetError extends RangeError {
  override readonly name = 'BudgetError';
}

let budget = 2 ** 30;

/** Sets how many bytes one tensor may take, 1 GiB unless set, and returns what it was before. */
export function setByteBudget(bytes: number): number {
  if (!(bytes > 0)) throw new RangeError(`setByteBudget: a budget is a number of bytes above 0, not ${bytes}`);
  const before = budget;
  budget = bytes;
  return before;
}

/** Throws a `BudgetError` where a tensor of `shape` would pass the budget. */
export function checkBudget(op: string, shape: Shape, dtype: DType): void {
  const bytes = sizeOf(shape) * (dtype === 'float64' ? 8 : 4);
  if (bytes <= budget) return;
  throw new BudgetError(
    `${op}: a result of shape ${inWords(shape)} in ${dtype} takes ${bytesInWords(bytes)}, ` +
      `more than the ${bytesInWords(budget)} that one tensor may take; are all axes meant?`,
  );
}

/** `512 bytes`, `1.5 KiB`, `40 GiB`. */
function bytesInWords(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(bytes) / 10)));
  return `${Number((bytes / 1024 ** power).toPrecision(3))} ${units[power]}`;
}
