/**
 * Finding where a NaN or an Infinity came from: the first operation whose result is not finite, and what went into it.
 */
import { inWords, type Shape } from './shape';
import { observed } from './tape';
import { peekAt, type Tensor } from './tensor';

/** The first operation that made a number that is not finite. */
export interface NonFinite {
  /** As it is called: `log`; `divide, in the gradient of log` in a backward pass. */
  readonly op: string;
  readonly shape: Shape;
  /** Of the first such entry. */
  readonly index: readonly number[];
  /** NaN, Infinity or −Infinity. */
  readonly value: number;
  readonly inputs: readonly {
    readonly shape: Shape;
    readonly finite: boolean;
    readonly least: number;
    readonly greatest: number;
  }[];
  /** All of it in one sentence. */
  readonly message: string;
}

/**
 * Runs `body` and looks at the result of every operation, gradients included. Returns what `body` returned and, as
 * `found`, the first operation that made a number that is not finite; `undefined` where none did. Much slower than
 * running it plainly. −Infinity that a mask puts in on purpose is found too: mask with a large negative number to look
 * behind it.
 *
 * ```ts
 * const { found } = traceNonFinite(() => mean(log(x)));
 * found?.message; // log made −Infinity at (2, 0) of its result (4, 3); its input (4, 3) was finite, from 0 to 1
 * ```
 */
export function traceNonFinite<Result>(body: () => Result): { result: Result; found: NonFinite | undefined } {
  let found: NonFinite | undefined;
  const result = observed((op, y, inputs) => (found ??= nonFiniteIn(op, y, inputs)), body);
  return { result, found };
}

function nonFiniteIn(op: string, y: Tensor, inputs: readonly Tensor[]): NonFinite | undefined {
  const values = peekAt(y);
  const place = values.findIndex((value) => !Number.isFinite(value));
  if (place < 0) return undefined;
  const index = indexOf(place, y.shape);
  const value = values[place] ?? NaN;
  const seen = inputs
    .map((x) => ({ shape: x.shape, values: peekAt(x) }))
    .map(({ shape, values }) => ({
      shape,
      finite: values.every((entry) => Number.isFinite(entry)),
      least: values.reduce((least, entry) => Math.min(least, entry), Infinity),
      greatest: values.reduce((greatest, entry) => Math.max(greatest, entry), -Infinity),
    }));
  const described = seen.map(({ shape, finite, least, greatest }) =>
    finite ? `${inWords(shape)} was finite, from ${least} to ${greatest}` : `${inWords(shape)} was not finite itself`,
  );
  const which = seen.length === 1 ? 'its input' : 'its inputs:';
  const message = `${op} made ${value} at ${inWords(index)} of its result ${inWords(y.shape)}; ${which} ${described.join('; ')}`;
  return { op, shape: y.shape, index, value, inputs: seen, message };
}

function indexOf(place: number, shape: Shape): number[] {
  let rest = place;
  return shape.map((_, axis) => {
    const after = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
    const i = Math.floor(rest / after);
    rest -= i * after;
    return i;
  });
}
