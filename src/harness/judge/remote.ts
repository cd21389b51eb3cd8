/**
 * A learner's module as the checks see it: every export is a function that answers with a promise. A call has a limit,
 * is written down with its input, and ends in a value, in the learner's own error (`LearnerThrew`), or in something
 * after which the check cannot go on (`CheckStopped`).
 */
import type { CompiledModule } from '../compile/compile';
import { kernelProblems } from '../compile/kernelRules';
import { learnerFrames } from '../compile/positions';
import { viewOf } from '../present/present';
import type { CallView, CheckOutcome, KernelTimes, SourcePlace, ThrownError } from '../report';
import type { Thrown, WireChange } from '../protocol/realmMessages';
import { wireTensors } from '../protocol/tensors';
import { decode, encode } from '../protocol/wire';
import type { Wire } from '../protocol/wire';
import type { RecordedCall } from './recordedCall';
import type { Answer, RealmClient } from './realmClient';

/** The learner's function threw. Its message is theirs, so that `expect.throws` can look at it. */
export class LearnerThrew extends Error {
  readonly outcome: CheckOutcome;

  constructor(error: ThrownError, call: CallView) {
    super(error.message);
    this.name = error.name;
    this.outcome = { status: 'threw', error, call };
  }
}

/** The check is over, whatever its code makes of it. */
export class CheckStopped extends Error {
  readonly outcome: CheckOutcome;

  constructor(outcome: CheckOutcome) {
    super(`The check has ended: ${outcome.status}.`);
    this.outcome = outcome;
  }
}

/** A call and the module whose function it called: the learner's own, or an earlier exercise. */
export interface LoggedCall extends RecordedCall {
  readonly module: CompiledModule;
  /** The export that was called; of a probe the first that it uses. */
  readonly export: string;
}

/** One launch of a kernel, and how long it took in each of its ways. */
export type LaunchedKernel = Omit<KernelTimes, 'launches'>;

/** What a check's calls have in common. */
export interface CallLog {
  readonly calls: LoggedCall[];
  /** Kernels that ran to their end in both ways. */
  readonly launched: LaunchedKernel[];
  /** Set by the first call after which the check cannot go on. */
  stopped: CheckOutcome | undefined;
}

export interface RemoteOptions {
  readonly module: CompiledModule;
  /** The text of `module`. */
  readonly text: string;
  /** All modules that the learner's realm runs; stack traces are read with them. */
  readonly modules: readonly CompiledModule[];
  readonly realm: RealmClient;
  readonly log: CallLog;
  readonly limitMs: () => number;
  readonly memoryBytes: number;
}

type RemoteFunction = (...values: readonly unknown[]) => Promise<unknown>;

/** Any name can be called: a missing export is the learner's fault, and the answer says so. */
export function createRemote(options: RemoteOptions): Readonly<Record<string, RemoteFunction>> {
  const functions = new Map<string, RemoteFunction>();
  return new Proxy<Record<string, RemoteFunction>>(
    {},
    {
      get: (_, name) => {
        // An awaited remote must not look like a promise.
        if (typeof name === 'symbol' || name === 'then') return undefined;
        const known = functions.get(name);
        if (known !== undefined) return known;
        const remoteFunction: RemoteFunction = (...values) => {
          const answer = call(options, { name, values });
          // A check may forget to await; its call is waited for all the same, and must not end the process.
          answer.catch(() => undefined);
          return answer;
        };
        functions.set(name, remoteFunction);
        return remoteFunction;
      },
    },
  );
}

/** The call's parts; a kernel's launch is one plain object with exactly `output` and `arguments`. */
interface Call {
  readonly name: string;
  readonly values: readonly unknown[];
}

interface Launch {
  readonly output: readonly number[];
  readonly arguments: readonly unknown[];
}

function asLaunch(values: readonly unknown[]): Launch | undefined {
  const [only] = values;
  if (values.length !== 1 || typeof only !== 'object' || only === null || Object.keys(only).length !== 2)
    return undefined;
  const { output, arguments: launched } = only as Partial<Launch>;
  return Array.isArray(output) && Array.isArray(launched)
    ? { output: output as number[], arguments: launched }
    : undefined;
}

async function call(options: RemoteOptions, { name, values }: Call): Promise<unknown> {
  const { module, realm } = options;
  const launch = asLaunch(values);
  const parameterNames = module.parameters[name] ?? [];
  const { index, wires } = record(options, {
    function: name,
    export: name,
    values: launch?.arguments ?? values,
    parameterNames,
  });
  if (launch !== undefined) refuseKernel(options, { name, index });
  const answer = await realm.ask(
    launch === undefined
      ? { kind: 'call', module: module.id, name, arguments: wires }
      : { kind: 'launch', module: module.id, name, output: launch.output, arguments: wires, parameterNames },
    options.limitMs,
  );
  return conclude(answer, { options, index });
}

interface NewCall extends Pick<LoggedCall, 'function' | 'export' | 'probe'> {
  readonly values: readonly unknown[];
  readonly parameterNames: readonly string[];
}

/** Writes a call down, with its input as it is now: a check may go on to change its own tensors. */
export function record(
  { module, log }: Pick<RemoteOptions, 'module' | 'log'>,
  { values, parameterNames, ...call }: NewCall,
): { readonly index: number; readonly wires: readonly Wire[] } {
  const wires = values.map((value) => encode(value, wireTensors));
  const kept = wires.map((wire) => decode(wire, wireTensors));
  log.calls.push({
    ...call,
    module,
    argumentNames: kept.map((_, position) => parameterNames[position] ?? `argument ${position + 1}`),
    arguments: kept,
    changedArguments: [],
  });
  return { index: log.calls.length - 1, wires };
}

/** Says in the learner's own line and words what GPU.js would say about something else. */
function refuseKernel({ module, text, log }: RemoteOptions, { name, index }: { name: string; index: number }): void {
  const [problem] = kernelProblems({ exercise: module.exercise, text, kernel: name });
  const recorded = log.calls[index];
  if (problem === undefined) return;
  const sentence = [problem.message, problem.hint ?? ''].join(' ').trim();
  const call = recorded === undefined ? {} : { call: viewOfCall(recorded) };
  const outcome: CheckOutcome = {
    status: 'failed',
    sentence,
    mismatch: { kind: 'condition' },
    ...call,
    place: problem.place,
  };
  log.stopped ??= outcome;
  throw new CheckStopped(outcome);
}

function recordChanges(log: CallLog, { index, changed }: { index: number; changed: readonly WireChange[] }): void {
  const recorded = log.calls[index];
  if (recorded === undefined || changed.length === 0) return;
  log.calls[index] = {
    ...recorded,
    changedArguments: changed.map((change) => ({
      index: change.index,
      before: recorded.arguments[change.index],
      after: decode(change.after, wireTensors),
    })),
  };
}

/** What a call answers with, or throws. */
export function conclude(answer: Answer, { options, index }: { options: RemoteOptions; index: number }): unknown {
  const { log, module, modules } = options;
  if ('changed' in answer) recordChanges(log, { index, changed: answer.changed });
  const recorded = log.calls[index];
  const name = recorded?.export ?? '';
  const place = placeOfExport(module, name);
  const view = (): CallView => (recorded === undefined ? { function: name, arguments: [] } : viewOfCall(recorded));
  const stop = (outcome: CheckOutcome): never => {
    log.stopped ??= outcome;
    throw new CheckStopped(outcome);
  };
  const answered = (result: unknown): unknown => {
    if (recorded !== undefined) log.calls[index] = { ...recorded, result };
    return result;
  };
  const at = place === undefined ? {} : { place };
  switch (answer.kind) {
    case 'answered':
      return answered(decode(answer.value, wireTensors));
    case 'launched': {
      const values = answered(decode(answer.value, wireTensors));
      const { kernelClass, milliseconds, cellByCellMilliseconds } = answer;
      log.launched.push({ kernel: name, cellByCellMs: cellByCellMilliseconds, gpuJsMs: milliseconds });
      return { values, kernelClass, milliseconds };
    }
    case 'launchFailed':
      return stop({
        status: 'failed',
        sentence: answer.sentence,
        mismatch: { kind: 'condition' },
        call: view(),
        ...at,
      });
    case 'notCallable': {
      const missing = answer.name;
      const sentence =
        answer.found === 'nothing'
          ? `\`${missing}\` is not exported from ${module.exercise}: write \`export function ${missing}(…)\`.`
          : `\`${missing}\` is exported from ${module.exercise}, but it is ${answer.found}, not a function.`;
      return stop({ status: 'failed', sentence, mismatch: { kind: 'condition' }, ...at });
    }
    case 'threw': {
      const error = thrownError(answer.thrown, modules);
      if (isTodo(error))
        return stop({ status: 'notStarted', function: name, ...(error.place ? { place: error.place } : at) });
      throw new LearnerThrew(
        recorded?.probe !== undefined && startsInProbe(answer.thrown.stack) ? inProbe(error, place) : error,
        view(),
      );
    }
    case 'timedOut':
      return stop({ status: 'timedOut', limitMs: Math.round(answer.limitMs), call: view(), ...at });
    case 'outOfMemory':
      return stop({ status: 'outOfMemory', limitBytes: options.memoryBytes, call: view() });
    case 'crashed':
      return stop({ status: 'harnessFailed', message: answer.message });
    case 'started':
      return stop({ status: 'harnessFailed', message: 'The learner’s realm answered a question that was not asked.' });
    default:
      return answer satisfies never;
  }
}

/** Whether the innermost line of a stack is the check's own, which works with what the learner's code gave it. */
function startsInProbe(stack: string): boolean {
  return /^\s*at (?:[^\n]*\()?(?:async )?groundup-probe:/m.exec(stack)?.index === stack.search(/^\s*at /m);
}

/** So that nobody looks for the error in a line of their own. */
function inProbe(error: ThrownError, place: SourcePlace | undefined): ThrownError {
  const message = `${error.message} (thrown by the check’s own code as it used what yours gave it)`;
  return { ...error, message, ...(error.place !== undefined || place === undefined ? {} : { place }) };
}

export function viewOfCall(recorded: RecordedCall): CallView {
  return {
    function: recorded.function,
    ...(recorded.probe === undefined ? {} : { probe: recorded.probe }),
    arguments: recorded.arguments.map((value, index) => ({
      name: recorded.argumentNames[index] ?? '',
      value: viewOf(value),
    })),
  };
}

export function placeOfExport(module: CompiledModule, name: string): SourcePlace | undefined {
  const position = Object.hasOwn(module.exportPlaces, name) ? module.exportPlaces[name] : undefined;
  return position === undefined ? undefined : { exercise: module.exercise, ...position };
}

/** A stub's own error: the learner has not begun here. */
export function isTodo(error: ThrownError): boolean {
  return error.message.startsWith('TODO');
}

export function thrownError(thrown: Thrown, modules: readonly CompiledModule[]): ThrownError {
  const stack = learnerFrames(thrown.stack, modules);
  const place = stack[0]?.place;
  return { name: thrown.name, message: thrown.message, stack, ...(place === undefined ? {} : { place }) };
}
