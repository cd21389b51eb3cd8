/**
 * What can be asked of `groundup`, as one table: from it the arguments are read, the help is written, and what is not
 * known is answered with the nearest that is.
 */
import { parseArgs } from 'node:util';
import { didYouMean } from './nearest';

interface OptionSpec {
  /** What stands for its value in the help; without one, the option is a switch. */
  readonly value?: string;
  readonly says: string;
}

const optionSpecs = {
  all: { says: 'every exercise that you have opened' },
  watch: { says: 'check again whenever a file changes, until Ctrl-C' },
  folder: { value: 'dir', says: 'the course folder (default: the present one)' },
  only: { value: 'ids', says: 'these exercises, separated by commas (default: all that are not optional)' },
  reporter: { value: 'name', says: 'pretty, json, tap or junit (default: pretty)' },
  output: { value: 'file', says: 'write the report there; the terminal shows the pretty one' },
  processes: { value: 'n', says: 'how many checks run side by side (default: as many as there are processors)' },
  seed: { value: 'n', says: 'the seed of the inputs (default: drawn anew; the report says which)' },
  backend: { value: 'name', says: 'what computes tensor operations: auto, loops or gpu.js (default: auto)' },
  full: { says: 'with a hundred seeds and automatic mutants too, and write the table of scores' },
  seeds: { value: 'n', says: 'with how many seeds, from 1 to 100 (default: 3)' },
  threads: { value: 'x,y', says: 'for a kernel: how many threads along x, then y and z' },
  reference: { says: 'show what the reference solution answers, too' },
  title: { value: 'text', says: 'what the exercise is called (default: made of its id)' },
  yes: { says: 'use a folder that already holds other files; none of them is changed' },
  course: { value: 'dir', says: 'a course of your own instead of the one that is built in' },
  help: { says: 'what can be asked, and how' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionName = keyof typeof optionSpecs;

interface CommandSpec {
  /** What stands after the command's name. */
  readonly operands: string;
  readonly says: string;
  readonly more?: string;
  readonly options: readonly OptionName[];
  /** How many operands it takes, at least and at most. */
  readonly count: readonly [number, number];
}

const reporting = ['reporter', 'output', 'processes', 'seed', 'backend'] as const;

const commandSpecs = {
  list: {
    operands: '',
    says: 'the parts and exercises of the course, and how far you are',
    options: ['folder', 'course'],
    count: [0, 0],
  },
  start: {
    operands: '[folder]',
    says: 'make a course folder and open the first exercise in it',
    more: 'The folder is what the editor would make: your file, a tsconfig, and the types of ’tensor’.',
    options: ['yes', 'course'],
    count: [0, 1],
  },
  open: {
    operands: '[exercise]',
    says: 'write the stub of an exercise into your folder, once; without a name, of the one to go on with',
    options: ['folder', 'yes', 'course'],
    count: [0, 1],
  },
  lesson: {
    operands: '<exercise>',
    says: 'the lesson as Markdown',
    options: ['course'],
    count: [1, 1],
  },
  hint: {
    operands: '<exercise>',
    says: 'one more hint',
    options: ['folder', 'course'],
    count: [1, 1],
  },
  check: {
    operands: '<exercise or file …>',
    says: 'judge your solutions as the editor does, and record what has passed',
    more: 'Exit code: 0 all of them passed, 1 one did not, 2 one could not be judged.',
    options: ['all', 'watch', 'folder', ...reporting, 'course'],
    count: [0, 1_000],
  },
  grade: {
    operands: '<folder …>',
    says: 'judge many course folders and write one report; nothing is written into them',
    more: 'Exit code: 0 everything passed, 1 something did not or was not handed in, 2 something could not be judged.\nA progress file in a folder is not believed: earlier work counts where it passes here.',
    options: ['only', ...reporting, 'course'],
    count: [1, 100_000],
  },
  try: {
    operands: '<exercise> <function> [argument …]',
    says: 'call a function of yours on an input of your own, and see what it answers',
    more: "An argument is a number, \"text\", true, false, null, a list or an object: groundup try tensors/matmul matmul '[[1, 2]]' '[[3], [4]]'\nA list of numbers is a tensor where the function takes one; tensor([1, 2]) and list([1, 2]) say which. Put -- before a negative number.\nExit code: 0 it answered, 1 it did not, 2 there was nothing to call.",
    options: ['folder', 'threads', 'reference', 'backend', 'course'],
    count: [2, 100],
  },
  course: {
    operands: '[exercise …]',
    says: 'for authors: check the exercises themselves',
    options: ['seeds', 'full', 'course'],
    count: [0, 1_000],
  },
  new: {
    operands: '<part/exercise>',
    says: 'for authors: begin an exercise, whose only faults are its TODOs',
    options: ['title', 'course'],
    count: [1, 1],
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandName = keyof typeof commandSpecs;

export type Options = Readonly<Partial<Record<OptionName, string | true>>>;

export type Request =
  | {
      readonly kind: 'command';
      readonly command: CommandName;
      readonly operands: readonly string[];
      readonly options: Options;
    }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  /** It cannot be carried out; `text` says why, and what to try. */
  | { readonly kind: 'wrong'; readonly text: string };

export function readCommandLine(args: readonly string[]): Request {
  const [first, ...rest] = args;
  if (first === undefined || first === '--help' || first === '-h') {
    return { kind: 'help', text: overview() };
  }
  if (first === '--version') {
    return { kind: 'version' };
  }
  if (first === 'help') {
    const [name] = rest;
    if (name === undefined) return { kind: 'help', text: overview() };
    return isCommand(name) ? { kind: 'help', text: helpOf(name) } : unknownCommand(name);
  }
  return isCommand(first) ? readCommand(first, rest) : unknownCommand(first);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandSpecs, name);
}

function unknownCommand(name: string): Request {
  const known = Object.keys(commandSpecs);
  const what = name.startsWith('-') ? `A command comes first, not ${name}.` : `There is no command ${name}.`;
  return wrong(`${what}${didYouMean(name, known)} There are ${known.join(', ')}.`);
}

function wrong(text: string): Request {
  return { kind: 'wrong', text };
}

function readCommand(command: CommandName, args: readonly string[]): Request {
  const spec: CommandSpec = commandSpecs[command];
  const known: readonly OptionName[] = [...spec.options, 'help'];
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      known.map((name) => [name, { type: takesValue(name) ? ('string' as const) : ('boolean' as const) }]),
    ),
  });
  const operands: string[] = [];
  const options: Partial<Record<OptionName, string | true>> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') {
      operands.push(token.value);
    } else if (token.kind === 'option') {
      const name = token.rawName === '-h' ? 'help' : token.name;
      const option = known.find((candidate) => candidate === name);
      if (option === undefined || (!token.rawName.startsWith('--') && token.rawName !== '-h')) {
        return unknownOption(token.rawName, { command, known });
      }
      const problem = valueProblem(option, token.value);
      if (problem !== undefined) return wrong(problem);
      options[option] = token.value ?? true;
    }
  }
  if (options.help === true) {
    return { kind: 'help', text: helpOf(command) };
  }
  const [least, most] = spec.count;
  if (operands.length < least || operands.length > most) {
    return wrong(
      `groundup ${command} takes ${spec.operands === '' ? 'nothing else' : spec.operands}; you gave ${operands.length === 0 ? 'nothing' : operands.join(' ')}.`,
    );
  }
  return { kind: 'command', command, operands, options };
}

function takesValue(name: OptionName): boolean {
  const spec: OptionSpec = optionSpecs[name];
  return spec.value !== undefined;
}

function valueProblem(name: OptionName, value: string | undefined): string | undefined {
  if (takesValue(name)) {
    const spec: OptionSpec = optionSpecs[name];
    const isMissing = value === undefined || value === '' || value.startsWith('--');
    return isMissing ? `--${name} needs a value: --${name} ${spec.value ?? ''}, ${spec.says}.` : undefined;
  }
  return value === undefined ? undefined : `--${name} takes no value.`;
}

function unknownOption(
  raw: string,
  { command, known }: { readonly command: CommandName; readonly known: readonly OptionName[] },
): Request {
  const words = known.map((name) => `--${name}`);
  const elsewhere = Object.keys(optionSpecs).some((name) => `--${name}` === raw);
  const suggestion = elsewhere ? '' : didYouMean(raw, words);
  return wrong(`groundup ${command} has no option ${raw}.${suggestion} It has ${words.join(', ')}.`);
}

/** A whole number, or one sentence on why it is none. */
export function wholeNumber(
  options: Options,
  { name, low, high }: { readonly name: OptionName; readonly low: number; readonly high: number },
): number | undefined | { readonly problem: string } {
  const text = options[name];
  if (text === undefined || text === true) return undefined;
  const value = Number(text);
  const isFine = /^\d+$/.test(text) && value >= low && value <= high;
  return isFine ? value : { problem: `--${name} is ${text}, but it is a whole number from ${low} to ${high}.` };
}

/** One of a few words, or one sentence on which there are. */
export function oneOf<Word extends string>(
  options: Options,
  { name, words }: { readonly name: OptionName; readonly words: readonly Word[] },
): Word | undefined | { readonly problem: string } {
  const text = options[name];
  if (text === undefined || text === true) return undefined;
  const found = words.find((word) => word === text);
  return found ?? { problem: `--${name} is ${text}, but there are ${words.join(', ')}.${didYouMean(text, words)}` };
}

// Help.

function overview(): string {
  const names = Object.keys(commandSpecs) as CommandName[];
  const rows = names.map((name) => {
    const { operands, says } = commandSpecs[name];
    return [`${name} ${operands}`.trim(), says] as const;
  });
  return [
    'Ground Up: tensors, backprop and attention, built by yourself and checked as you write.',
    '',
    'groundup <command> …',
    ...columns(rows),
    '',
    'groundup <command> --help says more. Exit codes: 0 passed, 1 failed, 2 could not run.',
  ].join('\n');
}

function helpOf(name: CommandName): string {
  const spec: CommandSpec = commandSpecs[name];
  const rows = [...spec.options, 'help' as const].map((option) => {
    const { value, says }: OptionSpec = optionSpecs[option];
    return [value === undefined ? `--${option}` : `--${option} ${value}`, says] as const;
  });
  return [
    `groundup ${[name, spec.operands].join(' ').trim()}`,
    `  ${spec.says}`,
    ...(spec.more === undefined ? [] : spec.more.split('\n').map((line) => `  ${line}`)),
    '',
    ...columns(rows),
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
