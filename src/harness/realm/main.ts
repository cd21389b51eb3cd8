/**
 * The learner's realm from inside: evaluated in an empty context before any code of theirs, it sets up the console and
 * the tensor library, loads their program and answers the judge's calls. It holds nothing of the outside but one
 * message port. Whatever a learner breaks in here spoils their own answers only.
 */
import * as tensorLibrary from '../../tensor';
import { backendUses, resetBackendUses, useBackend } from '../../tensor/backends';
import type { Kernel } from '../../tensor/backends';
import { loadProgram } from '../compile/loader';
import type { LoadedProgram, ModuleBody } from '../compile/loader';
import {
  append,
  apply,
  create,
  defineProperty,
  deleteProperty,
  get,
  getPrototypeOf,
  objectPrototype,
  setPrototypeOf,
  sliceText,
} from '../protocol/intrinsics';
import type { FromRealm, ToRealm, WireChange } from '../protocol/realmMessages';
import { wireTensors } from '../protocol/tensors';
import { decode, encode, sameWire } from '../protocol/wire';
import type { Wire } from '../protocol/wire';
import { createConsole } from './console';
import { Lab, labAuthoring } from './lab';
import { launchKernel } from './launch';
import { takeApart } from './thrown';

/** The port as it is inside the context: no event target, one handler. */
interface Port {
  postMessage(message: FromRealm): void;
  onmessage: ((event: { readonly data: ToRealm }) => void) | null;
}

/** What the outer thread takes from the context, once, before any code of the learner's runs. */
export interface RealmDoor {
  /** One compiled module of the program to come; called in the order of its modules. */
  provide(body: ModuleBody): void;
  connect(port: Port): void;
}

/** Those of the program come first, then one for each probe. */
const bodies: ModuleBody[] = [];
const probes: unknown[] = [];
let program: (LoadedProgram & { readonly count: number }) | undefined;
let lab: Lab | undefined;
let send: (message: FromRealm) => void = () => undefined;

const learnerConsole = createConsole(
  {
    line: (level, text) => send({ kind: 'console', level, text }),
    dropped: (count) => send({ kind: 'dropped', count }),
  },
  (value) => (value instanceof tensorLibrary.Tensor ? value.toString() : undefined),
);

function start(message: Extract<ToRealm, { kind: 'start' }>): void {
  useBackend(message.backend);
  tensorLibrary.setByteBudget(message.tensorBytes);
  const modules = message.program.modules;
  let next = 0;
  const loaded = loadProgram(
    { entry: message.program.entry, modules: withoutCode(modules) },
    {
      builtins: { tensor: tensorLibrary, authoring: labAuthoring },
      evaluate: () => {
        const body = bodies[next];
        next += 1;
        if (body === undefined) throw new Error('The program has more modules than were provided.');
        return body;
      },
    },
  );
  program = { ...loaded, count: modules.length };
  send({ kind: 'started', id: message.id });
}

/** The loader asks for the text of a module; here every text has become a function already. */
function withoutCode(
  modules: Extract<ToRealm, { kind: 'start' }>['program']['modules'],
): { id: string; filename: string; code: string; requires: readonly string[] }[] {
  const list: { id: string; filename: string; code: string; requires: readonly string[] }[] = [];
  for (let index = 0; index < modules.length; index += 1) {
    const module = modules[index];
    if (module !== undefined) append(list, { ...module, code: '' });
  }
  return list;
}

function changesOf(values: readonly unknown[], message: { readonly arguments: readonly Wire[] }): WireChange[] {
  const changes: WireChange[] = [];
  for (let index = 0; index < message.arguments.length; index += 1) {
    const before = message.arguments[index];
    const value = values[index];
    if (before === undefined || typeof value !== 'object' || value === null) continue;
    const after = encode(value, wireTensors);
    if (!sameWire(before, after)) append(changes, { index, after });
  }
  return changes;
}

type Call = Extract<ToRealm, { kind: 'call' | 'launch' | 'probe' }>;

async function call(message: Call): Promise<void> {
  const { id } = message;
  const values: unknown[] = [];
  for (let index = 0; index < message.arguments.length; index += 1) {
    const wire = message.arguments[index];
    if (wire !== undefined) append(values, decode(wire, wireTensors));
  }
  let reply: FromRealm;
  try {
    const missing = whatIsMissing(message);
    if (missing !== undefined) {
      reply = { kind: 'notCallable', id, ...missing };
    } else if (message.kind === 'launch') {
      const run = launchKernel(exportOf(message.module, message.name) as Kernel, {
        output: message.output,
        arguments: values,
        parameterNames: message.parameterNames,
      });
      const changed = changesOf(values, message);
      reply =
        'sentence' in run
          ? { kind: 'launchFailed', id, sentence: run.sentence, stack: run.stack ?? '' }
          : {
              kind: 'launched',
              id,
              value: encode(run.values, wireTensors),
              kernelClass: run.kernelClass,
              milliseconds: run.milliseconds,
              cellByCellMilliseconds: run.cellByCellMilliseconds,
              changed,
              backends: backendUses(),
            };
    } else {
      const run = (): unknown =>
        message.kind === 'probe'
          ? apply(probeAt(message.probe), undefined, withLearner(message.module, values))
          : apply(exportOf(message.module, message.name) as Callable, undefined, values);
      const { result, nonFinite } = message.trace === true ? traced(run) : { result: run() };
      let value = result;
      if (isThenable(value)) {
        send({ kind: 'awaiting', id });
        value = await value;
      }
      const wire = encode(value, wireTensors);
      const changed = changesOf(values, message);
      const found = nonFinite === undefined ? {} : { nonFinite };
      reply = { kind: 'answered', id, value: wire, ...found, changed, backends: backendUses() };
    }
  } catch (error) {
    reply = { kind: 'threw', id, thrown: takeApart(error), changed: changesOf(values, message) };
  }
  learnerConsole.settle();
  send(reply);
}

/** A lab goes on for as long as its process does, so what it prints has a budget for each thing that it is asked. */
function askLab(message: Extract<ToRealm, { kind: 'lab' }>): void {
  const { id, action, module } = message;
  learnerConsole.refill();
  let reply: FromRealm;
  try {
    lab ??= new Lab({ lab: program?.entry ?? {}, learner: program?.modules[module] ?? {} });
    const values: unknown[] = [];
    for (let index = 0; index < message.arguments.length; index += 1) {
      const wire = message.arguments[index];
      if (wire !== undefined) append(values, decode(wire, wireTensors));
    }
    const value = encode(lab.perform(action, values), wireTensors);
    reply = { kind: 'answered', id, value, changed: [], backends: backendUses() };
  } catch (error) {
    reply = { kind: 'threw', id, thrown: takeApart(error), changed: [] };
  }
  learnerConsole.settle();
  send(reply);
}

function traced(run: () => unknown): { readonly result: unknown; readonly nonFinite?: string } {
  learnerConsole.quiet(true);
  try {
    const { result, found } = tensorLibrary.traceNonFinite(run);
    return found === undefined ? { result } : { result, nonFinite: sliceText(found.message, 0, 1_000) };
  } finally {
    learnerConsole.quiet(false);
  }
}

type Callable = (...values: unknown[]) => unknown;

function exportOf(module: string, name: string): unknown {
  const exports = program?.modules[module];
  return exports === undefined ? undefined : get(exports, name);
}

/** The first export that the call needs and that is not there, or is no function. */
function whatIsMissing(message: Call): { readonly name: string; readonly found: string } | undefined {
  const needs = message.kind === 'probe' ? message.needs : [{ name: message.name, type: 'function' }];
  for (let index = 0; index < needs.length; index += 1) {
    const { name = '', type } = needs[index] ?? {};
    const found = exportOf(message.module, name);
    if (found === undefined) return { name, found: 'nothing' };
    if (type === 'function' && typeof found !== 'function') return { name, found: 'a value of type ' + typeof found };
  }
  return undefined;
}

function probeAt(index: number): Callable {
  const known = probes[index];
  if (known !== undefined) return known as Callable;
  const body = bodies[(program?.count ?? 0) + index] as (() => unknown) | undefined;
  if (body === undefined) throw new Error('There is no such probe.');
  const probe = body();
  defineProperty(probes, index, { __proto__: null, value: probe } as PropertyDescriptor);
  return probe as Callable;
}

/** What a probe is given: the learner's exports as they are now, with the library and earlier exercises. */
function withLearner(module: string, values: readonly unknown[]): readonly unknown[] {
  const learner = create(program?.modules[module] ?? null) as object;
  defineProperty(learner, 'tensor', { __proto__: null, value: tensorLibrary } as PropertyDescriptor);
  defineProperty(learner, 'earlier', { __proto__: null, value: earlier } as PropertyDescriptor);
  const all: unknown[] = [learner];
  for (let index = 0; index < values.length; index += 1) append(all, values[index]);
  return all;
}

function earlier(exercise: string): object {
  const exports = program?.modules[exercise];
  if (exports === undefined) throw new Error(exercise + ' was not submitted with this exercise.');
  return exports;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof get(value, 'then') === 'function';
}

function receive(message: ToRealm): void {
  switch (message.kind) {
    case 'start':
      try {
        start(message);
      } catch (error) {
        learnerConsole.settle();
        send({ kind: 'threw', id: message.id, thrown: takeApart(error), changed: [] });
      }
      return;
    case 'warmUp':
      warmUp();
      return;
    case 'call':
    case 'launch':
    case 'probe':
      void call(message);
      return;
    case 'lab':
      askLab(message);
      return;
    default:
      message satisfies never;
  }
}

/** Loads GPU.js, compiles kernels and passes tensors to and fro, while nobody waits for it. */
function warmUp(): void {
  for (let size = 1; size <= 6; size += 1) {
    const x = decode(encode(tensorLibrary.ones([size, size]), wireTensors), wireTensors);
    changesOf([x], { arguments: [encode(x, wireTensors)] });
    const launch = { output: [size, size], arguments: [x, size], parameterNames: ['A', 'inner'] };
    launchKernel(rowSum, launch);
  }
  resetBackendUses();
}

/** Indices, a loop and a number: what most kernels have. */
function rowSum(this: tensorLibrary.KernelContext, A: number[][], inner: number): number {
  let sum = 0;
  for (let k = 0; k < inner; k += 1) {
    sum += A[this.thread.y]![k]! * A[k]![this.thread.x]!;
  }
  return sum;
}

/**
 * Node writes received messages to events whose prototypes end at `Object.prototype`, where a setter of the learner's
 * would see the port go by. Both chains are cut before any code of theirs runs.
 */
function cutOff(object: object): void {
  for (let current: object = object; ;) {
    const above = getPrototypeOf(current);
    if (above === null) return;
    if (above === objectPrototype) {
      setPrototypeOf(current, null);
      return;
    }
    current = above;
  }
}

const door: RealmDoor = {
  provide: (body) => append(bodies, body),
  connect: (port) => {
    const post = port.postMessage.bind(port);
    send = (message) => post(message);
    cutOff(port);
    port.onmessage = (event) => {
      cutOff(event);
      receive(event.data);
    };
    send({ kind: 'ready' });
  },
};

// Streaming compilation answers with errors of the outer realm, from which everything there could be reached.
deleteProperty(WebAssembly, 'compileStreaming');
deleteProperty(WebAssembly, 'instantiateStreaming');
defineProperty(globalThis, 'console', { value: learnerConsole.console, writable: true, configurable: true });
// Node asks the realm's own `Error` how to print a stack; nothing good comes of a learner answering.
defineProperty(Error, 'prepareStackTrace', { value: undefined });
defineProperty(globalThis, 'Error', { value: Error, writable: false, configurable: false });
defineProperty(globalThis, 'groundupDoor', { value: door, configurable: true });
