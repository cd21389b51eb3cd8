/**
 * A realm that is none: it loads a program in this very process and calls it here. For a rehearsal, which runs the
 * author's code alone, and for debugging, where the learner wants their code in reach of the debugger.
 */
import * as tensorLibrary from '../../tensor';
import { loadProgram } from '../compile/loader';
import type { LoadedProgram, LoadOptions, Program } from '../compile/loader';
import { wireTensors } from '../protocol/tensors';
import type { FromRealm, ToRealm, WireChange } from '../protocol/realmMessages';
import { decode, encode, sameWire } from '../protocol/wire';
import type { Wire } from '../protocol/wire';
import { Lab, labAuthoring } from '../realm/lab';
import type { launchKernel } from '../realm/launch';
import type { RealmPort } from './realmPort';

type Called = Extract<ToRealm, { kind: 'call' | 'probe' }>;

export interface InProcessOptions {
  readonly evaluate: LoadOptions['evaluate'];
  /** Asked before each call; when it says no, the run is broken off. */
  readonly goOn?: () => boolean;
  /** How kernels are launched, where they are. */
  readonly launch?: typeof launchKernel;
}

/** Answers a little later than asked, so that messages of others come through in between. */
export class InProcessRealm implements RealmPort {
  readonly #options: InProcessOptions;
  /** Those of the program come first, then one for each probe. */
  readonly #modules: Program['modules'][number][] = [];
  #loaded: LoadedProgram | undefined;
  #programLength = 0;
  #lab: Lab | undefined;
  #listener: Parameters<RealmPort['listen']>[0] | undefined;

  constructor(options: InProcessOptions) {
    this.#options = options;
  }

  install(modules: Program['modules']): Promise<boolean> {
    this.#modules.push(...modules);
    return Promise.resolve(true);
  }

  listen(listener: Parameters<RealmPort['listen']>[0]): void {
    this.#listener = listener;
  }

  send(message: ToRealm): void {
    setTimeout(() => void this.#respond(message), 0);
  }

  terminate(): void {
    this.#listener = undefined;
  }

  async #respond(message: ToRealm): Promise<void> {
    if (this.#options.goOn?.() === false) {
      this.#listener?.ended({ kind: 'crashed', message: 'the run was broken off' });
    } else this.#listener?.message(await this.#answer(message));
  }

  async #answer(message: ToRealm): Promise<FromRealm> {
    switch (message.kind) {
      case 'warmUp':
        return { kind: 'ready' };
      case 'start':
        return this.#start(message);
      case 'launch':
        return this.#launch(message);
      case 'call':
      case 'probe':
        return await this.#call(message);
      case 'lab':
        return this.#askLab(message);
    }
  }

  #start({ id, program }: Extract<ToRealm, { kind: 'start' }>): FromRealm {
    try {
      this.#loaded = loadProgram(
        { entry: program.entry, modules: [...this.#modules] },
        { builtins: { tensor: tensorLibrary, authoring: labAuthoring }, evaluate: this.#options.evaluate },
      );
      this.#programLength = this.#modules.length;
      return { kind: 'started', id };
    } catch (error) {
      return threw(error, id);
    }
  }

  async #call(message: Called): Promise<FromRealm> {
    const { id, module, arguments: wires } = message;
    const exports = this.#loaded?.modules[module];
    const values = wires.map((wire) => decode(wire, wireTensors));
    try {
      const callee = message.kind === 'call' ? exports?.[message.name] : this.#probe(message.probe);
      const earlier = (exercise: string): object => this.#loaded?.modules[exercise] ?? {};
      const first = message.kind === 'call' ? [] : [{ ...exports, tensor: tensorLibrary, earlier }];
      const value = await (callee as (...values: readonly unknown[]) => unknown)(...first, ...values);
      return {
        kind: 'answered',
        id,
        value: encode(value, wireTensors),
        changed: changesOf(values, wires),
        backends: [],
      };
    } catch (error) {
      return threw(error, id, changesOf(values, wires));
    }
  }

  #askLab({ id, action, module, arguments: wires }: Extract<ToRealm, { kind: 'lab' }>): FromRealm {
    const { entry = {}, modules = {} } = this.#loaded ?? {};
    try {
      this.#lab ??= new Lab({ lab: entry, learner: modules[module] ?? {} });
      const given = wires.map((wire) => decode(wire, wireTensors));
      const value = encode(this.#lab.perform(action, given), wireTensors);
      return { kind: 'answered', id, value, changed: [], backends: [] };
    } catch (error) {
      return threw(error, id);
    }
  }

  #launch({
    id,
    module,
    name,
    output,
    arguments: wires,
    parameterNames,
  }: Extract<ToRealm, { kind: 'launch' }>): FromRealm {
    const { launch } = this.#options;
    if (launch === undefined)
      return { kind: 'launchFailed', id, sentence: 'There is no GPU.js in a rehearsal.', stack: '' };
    const values = wires.map((wire) => decode(wire, wireTensors));
    const kernel = this.#loaded?.modules[module]?.[name] as Parameters<typeof launchKernel>[0];
    try {
      const run = launch(kernel, { output, arguments: values, parameterNames });
      if ('sentence' in run) return { kind: 'launchFailed', id, sentence: run.sentence, stack: run.stack ?? '' };
      const { kernelClass, milliseconds, cellByCellMilliseconds } = run;
      const value = encode(run.values, wireTensors);
      return {
        kind: 'launched',
        id,
        value,
        kernelClass,
        milliseconds,
        cellByCellMilliseconds,
        changed: changesOf(values, wires),
        backends: [],
      };
    } catch (error) {
      return threw(error, id, changesOf(values, wires));
    }
  }

  #probe(index: number): unknown {
    const { code = '', filename = '' } = this.#modules[this.#programLength + index] ?? {};
    const body = this.#options.evaluate(code, filename) as (exports: object, require: () => object) => unknown;
    return body({}, () => ({}));
  }
}

function threw(error: unknown, id: number, changed: readonly WireChange[] = []): FromRealm {
  const { name = 'Error', message = String(error), stack = '' } = (error ?? {}) as Partial<Error>;
  return { kind: 'threw', id, thrown: { name, message, stack }, changed };
}

/** Which of the arguments are not any more what they were when they came. */
function changesOf(values: readonly unknown[], wires: readonly Wire[]): readonly WireChange[] {
  return wires.flatMap((before, index) => {
    const value = values[index];
    if (typeof value !== 'object' || value === null) return [];
    const after = encode(value, wireTensors);
    return sameWire(before, after) ? [] : [{ index, after }];
  });
}
