/**
 * What else can be said about a wrong answer, when the call that gave it is looked at again: which operation first made a
 * number that is not finite, on which input a plain loop made one, and that the call changed what it was given.
 */
import { Tensor } from '../../tensor';
import { describeIndex, formatNumber, indexAt } from '../present/formatNumber';
import { textOf } from '../present/viewOf';
import type { Mismatch } from '../report';
import type { CheckFailed } from './expect';
import type { RealmClient } from './realmClient';
import type { CallLog, LoggedCall } from './remote';
import type { TimeLimit } from './timeLimits';

export interface HintOptions {
  readonly log: CallLog;
  readonly realm: RealmClient;
  readonly limit: () => TimeLimit;
}

/** Sentences to follow that of the failure, each with a space before it. */
export async function hintFor(error: CheckFailed, { log, realm, limit }: HintOptions): Promise<string> {
  const call = error.callIndex === undefined ? undefined : log.calls[error.callIndex];
  if (call === undefined) return '';
  const changed = changeHint(call, error.mismatch);
  const place = firstNonFinite(error.mismatch);
  if (place === undefined) return changed;
  // A trace looks at every number of every operation. Where that could take longer than a call may, there is none.
  const isQuick = (call.tookMs ?? Infinity) * 20 < limit().ms;
  const answer = isQuick && realm.ended === undefined ? await call.trace?.() : undefined;
  const found = answer?.kind === 'answered' ? answer.nonFinite : undefined;
  return found === undefined
    ? inputHint(call, place) + changed
    : ` The first operation that made one: ${found}.${changed}`;
}

interface Place {
  /** `[]` for a number. */
  readonly index: readonly number[];
  /** Of the result in which it lies. */
  readonly shape: readonly number[];
}

function firstNonFinite(mismatch: Mismatch): Place | undefined {
  const isAstray = (text: string | undefined): boolean => text !== undefined && /^-?(?:NaN|Infinity)$/.test(text);
  if (mismatch.kind === 'value') {
    const { actual, expected } = mismatch;
    return actual.kind === 'text' && isAstray(actual.text) && expected.kind === 'text' && !isAstray(expected.text)
      ? { index: [], shape: [] }
      : undefined;
  }
  if (mismatch.kind !== 'values') return undefined;
  const { actual, expected, wrong } = mismatch;
  const position = wrong.find((at) => isAstray(actual.cells[at]) && !isAstray(expected.cells[at]));
  const { shape } = actual;
  return position === undefined ? undefined : { index: indexAt(position, shape), shape };
}

/** What an argument holds where the result is not finite: at the same index, or at as much of it as their shapes share. */
function inputHint(call: LoggedCall, { index, shape }: Place): string {
  const candidates = call.arguments.flatMap((value, position) => {
    if (!(value instanceof Tensor)) return [];
    const differs = shape.findIndex((length, axis) => length !== value.shape[axis]);
    const shared = differs < 0 ? shape.length : differs;
    const [at, rest] = [index.slice(0, shared), value.shape.slice(shared)];
    if (shared === 0) return [];
    const size = rest.reduce((product, length) => product * length, 1);
    const start = at.reduce((sum, place, axis) => sum * (value.shape[axis] ?? 1) + place, 0) * size;
    const numbers = Array.from(value.data.subarray(start, start + size));
    return [{ name: call.argumentNames[position] ?? '', at, numbers }];
  });
  // Of several the one that looks like a cause: what logarithms, roots and quotients stumble over.
  const cause =
    candidates.find(({ numbers }) => numbers.some((number) => !Number.isFinite(number))) ??
    candidates.find(({ numbers }) => numbers.some((number) => number <= 0 || Math.abs(number) > 80)) ??
    candidates[0];
  if (cause === undefined) return '';
  const { name, at, numbers } = cause;
  const [only = NaN] = numbers;
  const held = numbers.length === 1 ? formatNumber(only) : textOf(numbers);
  return ` There \`${name}${describeIndex(at)}\` is ${held}.`;
}

function changeHint({ changedArguments, argumentNames }: LoggedCall, mismatch: Mismatch): string {
  const [changed] = changedArguments;
  if (changed === undefined || mismatch.kind === 'inputChanged') return '';
  return ` The call also changed its argument \`${argumentNames[changed.index] ?? `argument ${changed.index + 1}`}\`.`;
}
