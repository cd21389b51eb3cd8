/**
 * One call on an input that a learner made up. It goes the way of every call of a check, with the same limits and the same
 * words for what ends it; only nothing is expected of the answer.
 */
import type { CheckContext } from '../../authoring';
import { fromData } from '../../tensor';
import type { Kernel } from '../../tensor/backends';
import { viewOf } from '../present/present';
import { launchKernel } from '../realm/launch';
import type { TrialAnswer, TrialDifference } from '../report';
import type { Trial, TrialValue } from '../submission';
import { answerOf, firstDifference } from './compare';
import { defaultTolerance } from './expect';
import type { RealmClient } from './realmClient';
import { viewOfCall } from './remote';
import type { CallLog } from './remote';

export interface TrialRun {
  readonly trial: Trial;
  readonly context: CheckContext<unknown>;
  readonly log: CallLog;
  readonly realm: RealmClient;
  /** As the learner wrote them. */
  readonly parameterNames: readonly string[];
  /** Told of the answer as far as it is known. */
  readonly answered: (answer: TrialAnswer) => void;
}

type Callable = (...values: readonly unknown[]) => unknown;

/** Rejects as the call of a check does. What the reference makes of it has been told by then, where it was asked for. */
export async function answerTrial(run: TrialRun): Promise<void> {
  const { trial, context, log, realm, answered } = run;
  const learner = context.learner as Readonly<Record<string, Callable>>;
  const values = trial.arguments.map(valueOf);
  const given = trial.output === undefined ? values : [{ output: trial.output, arguments: values }];
  const began = performance.now();
  const outcome: { readonly value: unknown } | { readonly error: unknown } = await Promise.resolve(
    learner[trial.function]?.(...given),
  ).then(
    // A kernel answers with more than its values.
    (value) => ({ value: trial.output === undefined ? value : (value as { readonly values: unknown }).values }),
    (error: unknown) => ({ error }),
  );
  const tookMs = performance.now() - began;
  const [call] = log.calls;
  if (call !== undefined) {
    answered({
      call: viewOfCall(call),
      ...('value' in outcome ? { value: viewOf(outcome.value) } : {}),
      changed: call.changedArguments.map(({ index, before, after }) => ({
        name: call.argumentNames[index] ?? '',
        before: viewOf(before),
        after: viewOf(after),
      })),
      tookMs,
      // An input that took all there was of time or memory is no input for this process.
      ...(trial.withReference && realm.ended === undefined ? { reference: referenceAnswer(run, outcome) } : {}),
    });
  }
  if ('error' in outcome) throw outcome.error;
}

function referenceAnswer(
  { trial, context, parameterNames }: TrialRun,
  outcome: { readonly value: unknown } | { readonly error: unknown },
): NonNullable<TrialAnswer['reference']> {
  const own = (context.reference as Readonly<Record<string, Callable | undefined>>)[trial.function];
  // Values of its own: the learner's may have been changed.
  const values = trial.arguments.map(valueOf);
  try {
    if (typeof own !== 'function') return { kind: 'threw', message: `It exports no function ${trial.function}.` };
    let value: unknown;
    if (trial.output === undefined) {
      value = own(...values);
    } else {
      const launched = launchKernel(own as Kernel, { output: trial.output, arguments: values, parameterNames });
      if ('sentence' in launched) return { kind: 'threw', message: launched.sentence };
      value = launched.values;
    }
    const difference =
      'value' in outcome ? differenceOf(outcome.value, { expected: value, name: trial.function }) : undefined;
    return { kind: 'returned', value: viewOf(value), ...(difference === undefined ? {} : { difference }) };
  } catch (error) {
    return { kind: 'threw', message: error instanceof Error ? error.message : String(error) };
  }
}

function differenceOf(
  actual: unknown,
  { expected, name }: { readonly expected: unknown; readonly name: string },
): TrialDifference | undefined {
  return firstDifference({ actual, expected, tolerance: defaultTolerance, subject: answerOf(name) });
}

function valueOf(value: TrialValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  switch (value.kind) {
    case 'tensor':
      return fromData(Float32Array.from(value.values), value.shape);
    case 'list':
      return value.items.map(valueOf);
    case 'object':
      return Object.fromEntries(value.members.map(([name, member]) => [name, valueOf(member)]));
    default:
      return value satisfies never;
  }
}
