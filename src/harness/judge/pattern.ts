/**
 * What a wrong tensor looks like beside the right one: transposed, three times too large, its last row missing. A wrong
 * answer often has one cause, and the numbers then show which.
 */
import type { Tensor } from '../../tensor';
import { describeIndex, formatNumber, indexAt, positionAt } from '../present/formatNumber';
import { axisPatternOf, isVaried } from './axisPattern';

export interface PatternInput {
  readonly actual: Tensor;
  readonly expected: Tensor;
  /** Whether two numbers agree. */
  readonly agree: (actual: number, expected: number) => boolean;
}

/** Whether a number is NaN or infinite where it should not be. */
export function isAstray(actual: number, expected: number): boolean {
  return !Number.isFinite(actual) && Number.isFinite(expected);
}

/** Whether `actual` agrees everywhere with `candidate(position)`. */
function matches({ actual, agree }: PatternInput, candidate: (position: number) => number): boolean {
  const { data } = actual;
  for (let position = 0; position < data.length; position++) {
    if (!agree(data[position] ?? NaN, candidate(position))) {
      return false;
    }
  }
  return true;
}

/**
 * A sentence about how `actual`, of the same shape as `expected`, differs from it; `undefined` if it is simply different.
 */
export function patternOf(input: PatternInput): string | undefined {
  const { actual, expected } = input;
  const notFinite = actual.data.findIndex((value, position) => isAstray(value, expected.data[position] ?? NaN));
  if (notFinite >= 0) {
    const index = describeIndex(indexAt(notFinite, actual.shape));
    return `the first ${formatNumber(actual.data[notFinite] ?? NaN)} is at ${index}`;
  }
  if (actual.size < 2 || !expected.data.every(Number.isFinite)) {
    return undefined;
  }
  if (actual.data.every((value) => value === 0)) {
    return 'every number is 0';
  }
  return (
    transposed(input) ??
    multiplied(input) ??
    shifted(input) ??
    reversed(input) ??
    confined(input) ??
    axisPatternOf(input)
  );
}

function transposed(input: PatternInput): string | undefined {
  const { shape, data } = input.expected;
  const rows = shape.at(-2) ?? 0;
  if (shape.length < 2 || rows !== shape.at(-1) || rows < 2) {
    return undefined;
  }
  const swapped = (position: number): number => {
    const column = position % rows;
    const row = Math.floor(position / rows) % rows;
    return data[position - row * rows - column + column * rows + row] ?? NaN;
  };
  return matches(input, swapped) ? 'it is the transpose of what was expected' : undefined;
}

function multiplied(input: PatternInput): string | undefined {
  const { actual, expected } = input;
  const sizes = Array.from(expected.data, Math.abs);
  const largest = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size), 0));
  const factor = (actual.data[largest] ?? 0) / (expected.data[largest] ?? 0);
  if (!Number.isFinite(factor) || factor === 0 || Math.abs(factor - 1) < 1e-6 || !isVaried(expected.data)) {
    return undefined;
  }
  if (!matches(input, (position) => factor * (expected.data[position] ?? NaN))) {
    return undefined;
  }
  if (Math.abs(factor + 1) < 1e-5) {
    return 'every sign is flipped';
  }
  const axis = expected.shape.findIndex((length) => length > 1 && near(factor, length));
  const reciprocalAxis = expected.shape.findIndex((length) => length > 1 && near(factor, 1 / length));
  const named = axis >= 0 ? axis : reciprocalAxis;
  const because = named >= 0 ? `, and ${expected.shape[named]} is the length of axis ${named}` : '';
  return `every number is ${describeFactor(factor)} what was expected${because}`;
}

function near(value: number, target: number): boolean {
  return Math.abs(value - target) <= 1e-4 * Math.abs(target);
}

/** `3 times`, `1/3 of`, `√8 times`, `0.37 times`. */
function describeFactor(factor: number): string {
  const whole = (value: number): boolean =>
    Math.abs(Math.round(value)) >= 2 && Math.abs(value) < 1000 && near(value, Math.round(value));
  if (whole(factor)) {
    return `${Math.round(factor)} times`;
  }
  if (whole(1 / factor)) {
    return `${factor < 0 ? '−' : ''}1/${Math.abs(Math.round(1 / factor))} of`;
  }
  if (factor > 0 && whole(factor * factor)) {
    return `√${Math.round(factor * factor)} times`;
  }
  if (factor > 0 && whole(1 / (factor * factor))) {
    return `1/√${Math.round(1 / (factor * factor))} of`;
  }
  return `${formatNumber(factor, 4)} times`;
}

function shifted(input: PatternInput): string | undefined {
  const { actual, expected } = input;
  const offset = (actual.data[0] ?? 0) - (expected.data[0] ?? 0);
  if (offset === 0 || !Number.isFinite(offset) || !isVaried(expected.data)) {
    return undefined;
  }
  const size = formatNumber(Math.abs(offset), 4);
  return matches(input, (position) => (expected.data[position] ?? NaN) + offset)
    ? `every number is ${size} too ${offset > 0 ? 'large' : 'small'}`
    : undefined;
}

function reversed(input: PatternInput): string | undefined {
  const { shape, data } = input.expected;
  const axis = shape.findIndex((length, candidate) => {
    const mirrored = (position: number): number => {
      const index = indexAt(position, shape).map((place, at) => (at === candidate ? length - 1 - place : place));
      return data[positionAt(index, shape)] ?? NaN;
    };
    return length > 1 && matches(input, mirrored);
  });
  return axis < 0 ? undefined : `the numbers along axis ${axis} are in reverse order`;
}

/** All that is wrong lies at the last, or the first, index of one axis. */
function confined({ actual, expected, agree }: PatternInput): string | undefined {
  const { shape } = expected;
  const wrong: (readonly number[])[] = [];
  for (let position = 0; position < expected.size; position++) {
    if (!agree(actual.data[position] ?? NaN, expected.data[position] ?? NaN)) {
      wrong.push(indexAt(position, shape));
    }
  }
  for (const end of ['last', 'first'] as const) {
    for (let axis = 0; axis < shape.length; axis++) {
      const place = end === 'last' ? (shape[axis] ?? 1) - 1 : 0;
      const cells = expected.size / (shape[axis] ?? 1);
      if ((shape[axis] ?? 1) > 2 && wrong.length === cells && wrong.every((index) => index[axis] === place)) {
        const name = shape.length === 2 ? ['row', 'column'][axis] : undefined;
        return `only the ${end} ${name ?? `entry along axis ${axis}`} is wrong`;
      }
    }
  }
  return undefined;
}
