/** From what was typed for each parameter to the values of a call: which lists are tensors, and whether their rows fit. */
import type { TrialValue } from '../submission';
import { readLiteral } from './literal';
import type { Literal, LiteralProblem } from './literal';
import type { Parameter, ParameterKind, Signature } from './signature';

export interface ArgumentProblem extends LiteralProblem {
  /** Which of the typed texts it is in; the output of a kernel is `output`. */
  readonly argument: number | 'output';
}

export type ArgumentsResult =
  | { readonly ok: true; readonly arguments: readonly TrialValue[]; readonly output?: readonly number[] }
  | { readonly ok: false; readonly problem: ArgumentProblem };

export interface Typed {
  /** A text for each argument; an empty one at the end is an argument left out. */
  readonly texts: readonly string[];
  /** For a kernel: how many threads along each axis, as in `[3, 2]`. */
  readonly output?: string | undefined;
}

/** Why a function cannot be tried, or `undefined` where it can. */
export function whyNot({ name, parameters }: Signature): string | undefined {
  const taken = parameters.find(({ takes, isOptional }) => takes === 'function' && !isOptional);
  return taken === undefined
    ? undefined
    : `${name} takes ${taken.name}: ${taken.type}, which computes something, and what is typed here is only read, never run. The checks call ${name} with some of their own: check the exercise to see those.`;
}

export function readArguments(signature: Signature, { texts, output }: Typed): ArgumentsResult {
  const { parameters, name, isKernel } = signature;
  const last = texts.findLastIndex((text) => text.trim() !== '');
  const given = texts.slice(0, last + 1);
  const rest = parameters.at(-1)?.isRest === true ? parameters.at(-1) : undefined;
  if (given.length > parameters.length && rest === undefined) {
    const message = `${name} takes ${counted(parameters.length)}, and ${given.length} are given.`;
    return { ok: false, problem: { argument: parameters.length, message, column: 1 } };
  }
  const values: TrialValue[] = [];
  for (const [index, parameter] of [
    ...parameters,
    ...Array<Parameter | undefined>(given.length).fill(rest),
  ].entries()) {
    const text = given[index];
    if (text === undefined) {
      if (parameter === undefined || parameter.isOptional || parameter.isRest) break;
      return { ok: false, problem: { argument: index, message: `${parameter.name} is missing.`, column: 1 } };
    }
    const read = readLiteral(text);
    const made = read.ok ? valueOf(read.literal, parameter?.takes ?? 'other') : read;
    if (!made.ok) return { ok: false, problem: { argument: index, ...made.problem } };
    values.push(made.value);
  }
  if (!isKernel) return { ok: true, arguments: values };
  const threads = readOutput(output ?? '');
  return threads.ok
    ? { ok: true, arguments: values, output: threads.output }
    : { ok: false, problem: { argument: 'output', ...threads.problem } };
}

function counted(count: number): string {
  return count === 1 ? 'one argument' : `${count} arguments`;
}

type Made =
  { readonly ok: true; readonly value: TrialValue } | { readonly ok: false; readonly problem: LiteralProblem };

function valueOf(literal: Literal, takes: ParameterKind): Made {
  switch (literal.kind) {
    case 'plain':
      return { ok: true, value: literal.value };
    case 'scalar':
      return { ok: true, value: { kind: 'tensor', shape: [], values: [literal.value] } };
    case 'object': {
      const members: [string, TrialValue][] = [];
      for (const [name, member] of literal.members) {
        const made = valueOf(member, 'other');
        if (!made.ok) return made;
        members.push([name, made.value]);
      }
      return { ok: true, value: { kind: 'object', members } };
    }
    case 'array':
      return (literal.says ?? (takes === 'list' || takes === 'tensors' ? 'list' : 'tensor')) === 'tensor' &&
        (literal.says === 'tensor' || takes === 'tensor' || holdsNumbers(literal))
        ? tensorOf(literal)
        : listOf(literal, takes);
    default:
      return literal satisfies never;
  }
}

type ArrayLiteral = Extract<Literal, { readonly kind: 'array' }>;

function listOf({ items }: ArrayLiteral, takes: ParameterKind): Made {
  const made = items.map((item) => valueOf(item, takes === 'tensors' ? 'tensor' : takes));
  const wrong = made.find(({ ok }) => !ok);
  if (wrong !== undefined) return wrong;
  return { ok: true, value: { kind: 'list', items: made.flatMap((item) => (item.ok ? [item.value] : [])) } };
}

function holdsNumbers({ items, says }: ArrayLiteral): boolean {
  return (
    says !== 'list' &&
    items.every((item) =>
      item.kind === 'array' ? holdsNumbers(item) : item.kind === 'plain' && typeof item.value === 'number',
    )
  );
}

/** Every list at one depth is as long as its neighbours, and at the innermost lie numbers. */
function tensorOf(literal: ArrayLiteral): Made {
  const shape: number[] = [];
  for (let at: Literal | undefined = literal; at?.kind === 'array'; at = at.items[0]) shape.push(at.items.length);
  const values: number[] = [];
  let problem: LiteralProblem | undefined;
  const visit = (at: Literal, depth: number): void => {
    if (problem !== undefined) return;
    const length = shape[depth];
    if (length === undefined) {
      if (at.kind === 'plain' && typeof at.value === 'number') values.push(at.value);
      else problem = { message: 'In a tensor only numbers can stand, all at the same depth.', column: at.column };
    } else if (at.kind !== 'array') {
      problem = { message: `Here a list of ${length} should stand, as beside it.`, column: at.column };
    } else if (at.items.length !== length) {
      const message = `This list holds ${at.items.length}, and the first beside it ${length}: the rows of a tensor are equally long.`;
      problem = { message, column: at.column };
    } else {
      at.items.forEach((item) => visit(item, depth + 1));
    }
  };
  visit(literal, 0);
  return problem === undefined ? { ok: true, value: { kind: 'tensor', shape, values } } : { ok: false, problem };
}

/** As GPU.js takes it: along x, then y, then z. */
function readOutput(
  text: string,
):
  { readonly ok: true; readonly output: readonly number[] } | { readonly ok: false; readonly problem: LiteralProblem } {
  const wrong = (message: string, column = 1): ReturnType<typeof readOutput> => ({
    ok: false,
    problem: { message, column },
  });
  if (text.trim() === '') return wrong('A kernel needs its output: how many threads along x, then y, as in [3, 2].');
  const read = readLiteral(/^\s*\d[\d\s,]*$/.test(text) ? `[${text}]` : text);
  if (!read.ok) return wrong(read.problem.message, read.problem.column);
  const items = read.literal.kind === 'array' ? read.literal.items : [];
  const output = items.flatMap((item) =>
    item.kind === 'plain' && typeof item.value === 'number' && Number.isInteger(item.value) && item.value > 0
      ? [item.value]
      : [],
  );
  if (output.length === 0 || output.length !== items.length || output.length > 3) {
    return wrong('An output is one to three whole numbers above zero: [3] or [3, 2].', read.literal.column);
  }
  return { ok: true, output };
}
