/**
 * `beside`: sends a probe of the checks into the learner's realm as text, where it may hand over functions and make
 * instances, and takes its answer like that of any call. The same probe runs beside the reference here.
 */
import type { RunBeside } from '../../authoring';
import * as tensorLibrary from '../../tensor';
import { readProbe } from '../compile/probe';
import type { ProbeText } from '../compile/probe';
import type { NeededExport } from '../protocol/realmMessages';
import { wireTensors } from '../protocol/tensors';
import { decode, encode } from '../protocol/wire';
import { HarnessProblem } from './prepare';
import type { AuthorProgram } from './prepare';
import type { Answer } from './realmClient';
import { answered, record } from './remote';
import type { RemoteOptions } from './remote';

export interface BesideOptions extends RemoteOptions {
  readonly author: AuthorProgram;
}

type AnyProbe = (learner: never, ...values: never[]) => unknown;

/** `Function.prototype.toString`, whatever a probe has as its own. */
const sourceOf = (probe: AnyProbe): string => Function.prototype.toString.call(probe);

export function createBeside(options: BesideOptions): RunBeside<unknown> {
  // A check asks one probe on many inputs; its text is read once.
  const known = new Map<string, ProbeText>();
  const readable = (probe: AnyProbe): ProbeText => {
    const source = sourceOf(probe);
    const read = known.get(source) ?? readProbe(source);
    if (!read.ok) throw new HarnessProblem(read.sentence);
    known.set(source, read);
    return read;
  };
  const beside = async (probe: AnyProbe, values: readonly unknown[]): Promise<unknown> =>
    await runBeside(options, { probe: readable(probe), values });
  const run = (probe: AnyProbe, ...values: readonly unknown[]): Promise<unknown> => {
    const answer = beside(probe, values);
    // As with any call: one that nobody awaits must not end the process.
    answer.catch(() => undefined);
    return answer;
  };
  const reference = async (probe: AnyProbe, ...values: readonly unknown[]): Promise<unknown> => {
    readable(probe);
    const copies = values.map((value) => across(value));
    return across(await (probe as (...all: readonly unknown[]) => unknown)(referenceOf(options.author), ...copies));
  };
  return Object.assign(run, { reference }) as RunBeside<unknown>;
}

interface BesideCall {
  readonly probe: ProbeText;
  readonly values: readonly unknown[];
}

async function runBeside(options: BesideOptions, { probe, values }: BesideCall): Promise<unknown> {
  const { code, label, text, uses, parameters } = probe;
  const { index, wires } = record(options, {
    function: label,
    probe: text,
    export: uses[0] ?? '',
    values,
    parameterNames: parameters,
  });
  const needs = uses.map((name): NeededExport => {
    const isFunction = typeof (options.author.reference as Record<string, unknown>)[name] === 'function';
    return { name, type: isFunction ? 'function' : 'any' };
  });
  const question = { kind: 'probe', module: options.module.id, needs, arguments: wires } as const;
  const ask = (trace: boolean): Promise<Answer> => options.realm.askProbe(code, { ...question, trace }, options.limit);
  return await answered(options, { index, ask });
}

/** A value as it would be on the other side, so that both answers of one probe are of one kind. */
function across(value: unknown): unknown {
  return decode(encode(value, wireTensors), wireTensors);
}

function referenceOf({ reference, earlier }: AuthorProgram): object {
  return {
    ...reference,
    tensor: tensorLibrary,
    earlier: (exercise: string): object => {
      const found = earlier[exercise];
      if (found === undefined) throw new HarnessProblem(`the probe asks for ${exercise}, which was not submitted`);
      return found;
    },
  };
}
