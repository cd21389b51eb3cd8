/**
 * Compares what a learner's function answered with what was expected: type first, then shape, then values, so that the
 * first thing that is wrong is what the learner reads about.
 */
import type { Tolerance } from '../../authoring';
import { Tensor } from '../../tensor';
import type { Mismatch } from '../report';
import { ForeignValue } from '../present/foreignValue';
import { describeIndex, describeShape, formatNumber, formatPair, indexAt } from '../present/formatNumber';
import { describeMembers, describeType, maxCells, textOf, viewOf, viewsOfPair } from '../present/viewOf';
import { shapePatternOf } from './axisPattern';
import { patternOf } from './pattern';

/** What is compared: its name in the report, and the beginnings of sentences about it. */
export interface Subject {
  readonly name: string;
  /** `` `matmul` returned `` or `dW is`. */
  readonly is: string;
  /** `` `matmul` returned `` or `dW has`. */
  readonly has: string;
}

/** One thing that does not hold. */
export interface Difference {
  readonly sentence: string;
  readonly mismatch: Mismatch;
}

export interface Comparison {
  readonly actual: unknown;
  readonly expected: unknown;
  readonly subject: Subject;
  readonly tolerance: Tolerance;
}

/** The answer of a function. */
export function answerOf(name: string): Subject {
  return { name, is: `\`${name}\` returned`, has: `\`${name}\` returned` };
}

/** Something that has a name of its own. */
export function named(name: string): Subject {
  return { name, is: `${name} is`, has: `${name} has` };
}

/** Whether two numbers agree. NaN agrees with NaN alone, an infinity with itself; the sign of zero does not matter. */
export function agree(actual: number, expected: number, { absolute, relative }: Tolerance): boolean {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) {
    return true;
  }
  return Number.isFinite(expected) && Math.abs(actual - expected) <= absolute + relative * Math.abs(expected);
}

/** The first thing in which `actual` differs from `expected`; `undefined` if they agree. */
export function firstDifference(comparison: Comparison): Difference | undefined {
  const { actual, expected } = comparison;
  if (expected instanceof Tensor) {
    return actual instanceof Tensor
      ? tensorDifference({ ...comparison, actual, expected })
      : typeDifference(comparison);
  }
  if (typeof expected === 'number') {
    return typeof actual === 'number'
      ? numberDifference({ ...comparison, actual, expected })
      : typeDifference(comparison);
  }
  if (isList(expected)) {
    return isList(actual) && Array.isArray(actual) === Array.isArray(expected)
      ? listDifference({ ...comparison, actual, expected })
      : typeDifference(comparison);
  }
  if (isPlain(expected)) {
    return isPlain(actual) ? memberDifference({ ...comparison, actual, expected }) : typeDifference(comparison);
  }
  if (Object.is(actual, expected)) {
    return undefined;
  }
  return typeof actual === typeof expected && actual !== null && expected !== null
    ? valueDifference(comparison, [textOf(actual), textOf(expected)])
    : typeDifference(comparison);
}

type List = readonly unknown[] | ArrayLike<number>;

function isList(value: unknown): value is List {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Tensor) &&
    !(value instanceof ForeignValue) &&
    !isList(value)
  );
}

function typeDifference({ actual, expected, subject }: Comparison): Difference {
  const expectedType = expectedTypeOf(expected);
  const mismatch: Mismatch = {
    kind: 'type',
    subject: subject.name,
    expected: expectedType,
    actual: describeType(actual),
    actualValue: viewOf(actual),
  };
  if (actual === undefined) {
    const what = subject.is.endsWith('returned')
      ? `${subject.is} nothing: is a \`return\` missing?`
      : `${subject.name} is undefined; expected ${expectedType}.`;
    return { sentence: what, mismatch };
  }
  const mend = remedy(actual, expected);
  const end = mend.endsWith('?') ? '' : '.';
  return { sentence: `${subject.is} ${describeType(actual)}; expected ${expectedType}${mend}${end}`, mismatch };
}

function expectedTypeOf(expected: unknown): string {
  return typeof expected === 'number' ? 'a number' : describeType(expected);
}

/** How to get from what was given to what is wanted, where that is one step. */
function remedy(actual: unknown, expected: unknown): string {
  if (actual instanceof ForeignValue && actual.type === 'a promise') {
    return ': is an `await` missing?';
  }
  if (Array.isArray(actual) && actual.some((item) => item instanceof ForeignValue && item.type === 'a promise')) {
    return '; it holds a promise: is an `await` missing?';
  }
  if (typeof actual === 'string' && actual.includes('[object Promise]')) {
    return '; a promise became part of it: is an `await` missing?';
  }
  // Typed arrays of the learner's realm arrive as a description.
  if (actual instanceof ForeignValue && /^a (?:Float|Int|Uint|BigInt|BigUint)\w*Array\b/.test(actual.type)) {
    return expected instanceof Tensor
      ? ': make one with `fromData(data, shape)`'
      : Array.isArray(expected)
        ? ': make one with `Array.from(…)`'
        : '';
  }
  if (expected instanceof Tensor && isList(actual)) {
    return Array.isArray(actual) ? ': make one with `tensor(…)`' : ': make one with `fromData(data, shape)`';
  }
  if (typeof expected === 'number' && actual instanceof Tensor && actual.size === 1) {
    return ': read its only entry';
  }
  if (Array.isArray(expected) && isList(actual)) {
    return ': make one with `Array.from(…)`';
  }
  return '';
}

function tensorDifference(
  comparison: Comparison & { readonly actual: Tensor; readonly expected: Tensor },
): Difference | undefined {
  const { actual, expected, subject } = comparison;
  if (
    actual.shape.length !== expected.shape.length ||
    actual.shape.some((length, axis) => length !== expected.shape[axis])
  ) {
    const pattern = shapePatternOf({ actual, expected, agree: (a, b) => agree(a, b, comparison.tolerance) });
    const suggests = pattern === undefined ? '' : ` (${pattern})`;
    return {
      sentence: `${subject.has} shape ${describeShape(actual.shape)}; expected ${describeShape(expected.shape)}${suggests}.`,
      mismatch: {
        kind: 'shape',
        subject: subject.name,
        expectedShape: [...expected.shape],
        actualShape: [...actual.shape],
        expected: viewOf(expected),
        actual: viewOf(actual),
      },
    };
  }
  const found = cellDifference(comparison);
  if (!found) {
    return undefined;
  }
  const { wrongCount, count, worst, pattern } = found;
  const suggests = pattern === undefined ? '' : ` (${pattern})`;
  const values = `got ${worst.actual}, expected ${worst.expected}`;
  const sentence =
    count === 1
      ? `${subject.is} ${worst.actual}; expected ${worst.expected}${suggests}.`
      : `${quote(subject)}: ${wrongCount} of ${count} numbers ${wrongCount === 1 ? 'differs' : 'differ'}; worst at ${describeIndex(worst.index)}: ${values}${suggests}.`;
  return { sentence, mismatch: found };
}

/** A function's name in backticks, anything else as it stands. */
function quote(subject: Subject): string {
  return subject.is.endsWith('returned') ? `\`${subject.name}\`` : subject.name;
}

type ValuesMismatch = Extract<Mismatch, { kind: 'values' }>;

export interface CellComparison {
  readonly actual: Tensor;
  readonly expected: Tensor;
  readonly subject: Subject;
  readonly tolerance: Tolerance;
  /** How numbers are compared where it is not by `tolerance` around the expected one. */
  readonly agree?: (actual: number, expected: number) => boolean;
}

/** How two tensors of one shape differ cell by cell; `undefined` if they agree. */
export function cellDifference(comparison: CellComparison): ValuesMismatch | undefined {
  const { actual, expected, subject, tolerance } = comparison;
  const same = comparison.agree ?? ((a: number, b: number) => agree(a, b, tolerance));
  const { data } = actual;
  const { data: expectedData } = expected;
  const wrong: number[] = [];
  let wrongCount = 0;
  let worst = 0;
  let worstDistance = -1;
  for (let position = 0; position < data.length; position++) {
    const [a, b] = [data[position] ?? NaN, expectedData[position] ?? NaN];
    if (same(a, b)) {
      continue;
    }
    wrongCount++;
    if (position < maxCells) {
      wrong.push(position);
    }
    // A number that is none, or infinite, is worse than any distance; the first of them counts.
    const distance = Number.isFinite(a - b) ? Math.abs(a - b) : Infinity;
    if (distance > worstDistance) {
      worstDistance = distance;
      worst = position;
    }
  }
  if (wrongCount === 0) {
    return undefined;
  }
  const [a, b] = [data[worst] ?? NaN, expectedData[worst] ?? NaN];
  const [actualText, expectedText] = formatPair(a, b);
  const pattern = patternOf({ actual, expected, agree: same });
  return {
    kind: 'values',
    subject: subject.name,
    ...viewsOfPair(actual, expected, wrong),
    wrong,
    wrongCount,
    count: data.length,
    worst: {
      index: indexAt(worst, expected.shape),
      position: worst,
      expected: expectedText,
      actual: actualText,
      difference: formatNumber(Math.abs(a - b), 3),
      relative: formatNumber(Math.abs(a - b) / Math.abs(b), 3),
    },
    tolerance,
    ...(pattern === undefined ? {} : { pattern }),
  };
}

function valueDifference(
  { actual, expected, subject }: Comparison,
  [actualText, expectedText]: readonly [string, string],
): Difference {
  return {
    sentence: `${subject.is} ${actualText}; expected ${expectedText}.`,
    mismatch: {
      kind: 'value',
      subject: subject.name,
      expected: typeof expected === 'number' ? { kind: 'text', text: expectedText } : viewOf(expected),
      actual: typeof actual === 'number' ? { kind: 'text', text: actualText } : viewOf(actual),
    },
  };
}

function numberDifference(
  comparison: Comparison & { readonly actual: number; readonly expected: number },
): Difference | undefined {
  const { actual, expected, tolerance } = comparison;
  return agree(actual, expected, tolerance) ? undefined : valueDifference(comparison, formatPair(actual, expected));
}

function listDifference(
  comparison: Comparison & { readonly actual: List; readonly expected: List },
): Difference | undefined {
  const { actual, expected, subject, tolerance } = comparison;
  const flat =
    Array.from(expected).every((item) => typeof item === 'number') && expected.length <= 16 && actual.length <= 16;
  if (actual.length !== expected.length) {
    const found = valueDifference(comparison, [textOf(actual), textOf(expected)]);
    return flat
      ? found
      : {
          ...found,
          sentence: `${subject.has} ${actual.length} ${actual.length === 1 ? 'element' : 'elements'}; expected ${expected.length}.`,
        };
  }
  for (let index = 0; index < expected.length; index++) {
    const element = memberOf(subject, `[${index}]`);
    const found = firstDifference({ actual: actual[index], expected: expected[index], subject: element, tolerance });
    if (found) {
      // A short list of numbers, such as a shape, is easier to read as a whole.
      return flat && found.mismatch.kind === 'value' ? wholeList(comparison, found) : found;
    }
  }
  return undefined;
}

function wholeList(comparison: Comparison, found: Difference): Difference {
  const texts = [textOf(comparison.actual), textOf(comparison.expected)] as const;
  // Where rounding hides the difference, the sentence about the one number shows it.
  return texts[0] === texts[1] ? found : valueDifference(comparison, texts);
}

function memberOf(subject: Subject, name: string): Subject {
  const element = name.startsWith('[');
  const plain = subject.is.endsWith('returned');
  return named(plain && !element ? name : `${subject.name}${element ? name : `.${name}`}`);
}

function memberDifference(
  comparison: Comparison & {
    readonly actual: Readonly<Record<string, unknown>>;
    readonly expected: Readonly<Record<string, unknown>>;
  },
): Difference | undefined {
  const { actual, expected, subject, tolerance } = comparison;
  const wanted = Object.keys(expected);
  const given = Object.keys(actual);
  const missing = wanted.filter((name) => !Object.hasOwn(actual, name));
  const extra = given.filter((name) => !Object.hasOwn(expected, name));
  if (missing.length > 0 || extra.length > 0) {
    const mismatch: Mismatch = {
      kind: 'type',
      subject: subject.name,
      expected: describeMembers(wanted),
      actual: describeMembers(given),
      actualValue: viewOf(actual),
    };
    const names = (list: readonly string[]): string =>
      list
        .slice(0, 5)
        .map((name) => `\`${name.slice(0, 60)}\``)
        .join(', ');
    const sentence =
      missing.length > 0
        ? `${subject.is} an object without ${names(missing)}; expected ${describeMembers(wanted)}.`
        : `${subject.is} an object with ${names(extra)}, which is not asked for; expected ${describeMembers(wanted)}.`;
    return { sentence, mismatch };
  }
  for (const name of wanted) {
    const found = firstDifference({
      actual: actual[name],
      expected: expected[name],
      subject: memberOf(subject, name),
      tolerance,
    });
    if (found) {
      return found;
    }
  }
  return undefined;
}
