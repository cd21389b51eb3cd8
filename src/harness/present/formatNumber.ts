/**
 * Numbers as a person reads them in a report: at most six significant digits, and more only where two numbers that differ
 * would otherwise look the same.
 */

const usualDigits = 6;

/** Enough for any two float64 numbers to look different. */
const mostDigits = 17;

/** `value` in at most `digits` significant digits: `0.5`, `-0`, `1.5e-7`, `NaN`, `Infinity`. Integers below 10⁷ in full. */
export function formatNumber(value: number, digits = usualDigits): string {
  if (!Number.isFinite(value)) {
    return String(value);
  }
  if (Object.is(value, -0)) {
    return '-0';
  }
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) {
    return String(value);
  }
  const rounded = Number(value.toPrecision(digits));
  if (size < 1e-4 || size >= 1e7) {
    return rounded.toExponential().replace('e+', 'e');
  }
  return String(rounded);
}

/** Two numbers with as many digits as it takes to tell them apart, if they differ at all. */
export function formatPair(a: number, b: number): readonly [string, string] {
  for (let digits = usualDigits; digits < mostDigits; digits++) {
    const pair = [formatNumber(a, digits), formatNumber(b, digits)] as const;
    if (pair[0] !== pair[1] || Object.is(a, b)) {
      return pair;
    }
  }
  return [formatNumber(a, mostDigits), formatNumber(b, mostDigits)];
}

/** `(3, 4)`; one axis is `(3,)`, none is `()`, as in the lessons. */
export function describeShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/** `[1, 2]` for the place of an entry. */
export function describeIndex(index: readonly number[]): string {
  return `[${index.join(', ')}]`;
}

/** The index of row-major position `position` in a tensor of `shape`. */
export function indexAt(position: number, shape: readonly number[]): readonly number[] {
  const index: number[] = [];
  let rest = position;
  for (const length of [...shape].reverse()) {
    index.unshift(length === 0 ? 0 : rest % length);
    rest = Math.floor(rest / length);
  }
  return index;
}

/** The row-major position of `index` in a tensor of `shape`. */
export function positionAt(index: readonly number[], shape: readonly number[]): number {
  return shape.reduce((position, length, axis) => position * length + (index[axis] ?? 0), 0);
}
