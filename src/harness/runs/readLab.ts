/**
 * Reads what a lab tells of itself, strictly and within bounds: what it declares, and the steps of its run. It comes out of
 * the learner's realm, so nothing of it is believed; what does not fit is one sentence.
 */
import { Tensor } from '../../tensor';
import type { CurveField, KernelField, LabDescription, QuestionField, SettingField, SettingsGiven } from './labData';
import { fieldsOf, listOf, numberOf, oneOf, textOf, Unreadable } from './reading';

export const labLimits = { settings: 20, curves: 12, questions: 8, kernels: 8, launches: 24, choices: 20 };

/** Throws an `Unreadable` where it declares something that cannot be shown. */
export function readDescription(value: unknown, parametersOf: (kernel: string) => readonly string[]): LabDescription {
  const fields = fieldsOf(value, 'the lab');
  if (oneOf(fields['kind'], ['run', 'kernels'], 'the kind of the lab') === 'kernels') {
    const kernels = listOf(fields['kernels'], { what: 'the list of kernels', most: labLimits.kernels });
    return { kind: 'kernels', kernels: kernels.map((kernel) => readKernel(kernel, parametersOf)) };
  }
  return {
    kind: 'run',
    title: textOf(fields['title'], { what: 'the title' }),
    settings: named(fields['settings'], { what: 'settings', most: labLimits.settings }).map(readSetting),
    curves: named(fields['curves'], { what: 'curves', most: labLimits.curves }).map(readCurve),
    questions: named(fields['questions'], { what: 'questions', most: labLimits.questions }).map(readQuestion),
  };
}

type Named = readonly [name: string, value: unknown];

function named(value: unknown, { what, most }: { readonly what: string; readonly most: number }): Named[] {
  const entries = Object.entries(fieldsOf(value, what));
  if (entries.length > most) throw new Unreadable(`${what} has ${entries.length} entries, and ${most} are the most`);
  return entries.map(([name, entry]) => [textOf(name, { what: `a name in ${what}`, most: 60 }), entry]);
}

function readSetting([name, value]: Named): SettingField {
  const fields = fieldsOf(value, `the setting ${name}`);
  const kind = oneOf(fields['kind'], ['integer', 'number', 'choice'], `the kind of the setting ${name}`);
  const label = textOf(fields['label'], { what: `the label of the setting ${name}` });
  if (kind === 'choice') {
    const choices = listOf(fields['choices'], { what: `the choices of ${name}`, most: labLimits.choices });
    const texts = choices.map((choice) => textOf(choice, { what: `a choice of ${name}`, most: 80 }));
    return { kind, name, label, value: oneOf(fields['value'], texts, `the value of ${name}`), choices: texts };
  }
  const numberAt = (key: string): number => numberOf(fields[key], `${key} of the setting ${name}`);
  const [number, minimum, maximum] = [numberAt('value'), numberAt('minimum'), numberAt('maximum')];
  if (!(minimum <= number && number <= maximum)) {
    throw new Unreadable(
      `the setting ${name} begins with ${number}, which does not lie between ${minimum} and ${maximum}`,
    );
  }
  return { kind, name, label, value: number, minimum, maximum };
}

const scales = ['linear', 'logarithmic', 'share'] as const;

function readCurve([name, value]: Named): CurveField {
  const fields = fieldsOf(value, `the curve ${name}`);
  const scale = oneOf(fields['scale'] ?? 'linear', scales, `the scale of the curve ${name}`);
  const label = textOf(fields['label'], { what: `the label of the curve ${name}` });
  const chart = textOf(fields['chart'] ?? scale, { what: `the chart of the curve ${name}` });
  return { name, label, scale, chart };
}

function readQuestion([name, value]: Named): QuestionField {
  const fields = fieldsOf(value, `the question ${name}`);
  const kind = oneOf(fields['kind'], ['digit-pad', 'text'], `the kind of the question ${name}`);
  const title = textOf(fields['title'], { what: `the title of the question ${name}` });
  return kind === 'text'
    ? { kind, name, title, value: textOf(fields['value'], { what: `what stands in ${name} at first`, most: 2_000 }) }
    : { kind, name, title };
}

function readKernel(value: unknown, parametersOf: (kernel: string) => readonly string[]): KernelField {
  const fields = fieldsOf(value, 'a kernel');
  const name = textOf(fields['name'], { what: 'the name of a kernel', most: 80 });
  const launches = listOf(fields['launches'], { what: `the launches of ${name}`, most: labLimits.launches });
  return {
    name,
    title: textOf(fields['title'], { what: `the title of ${name}` }),
    source: textOf(fields['source'], { what: `the text of ${name}`, most: 100_000 }),
    parameterNames: parametersOf(name),
    sizeLabel: textOf(fields['sizeLabel'], { what: `the label of the sizes of ${name}` }),
    launches: launches.map((launch) => readLaunch(launch, name)),
  };
}

function readLaunch(value: unknown, kernel: string): KernelField['launches'][number] {
  const fields = fieldsOf(value, `a launch of ${kernel}`);
  const output = listOf(fields['output'], { what: `the output of ${kernel}`, most: 3 });
  const given = listOf(fields['arguments'], { what: `the arguments of ${kernel}`, most: 12 });
  return {
    size: numberOf(fields['size'], `a size of ${kernel}`),
    operations: numberOf(fields['operations'], `the operations of ${kernel}`),
    output: output.map((length) => numberOf(length, `the output of ${kernel}`)),
    arguments: given.map((argument) =>
      argument instanceof Tensor
        ? { shape: [...argument.shape], data: Float32Array.from(argument.data) }
        : numberOf(argument, `an argument of ${kernel}`),
    ),
  };
}

/** The settings of a run, each within its bounds, whatever was asked for: what is missing or wrong has its first value. */
export function settingsWithin(fields: readonly SettingField[], given: SettingsGiven): SettingsGiven {
  return Object.fromEntries(
    fields.map((field): readonly [string, string | number] => {
      const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
      if (field.kind === 'choice') {
        return [field.name, field.choices.find((choice) => choice === value) ?? field.value];
      }
      if (typeof value !== 'number' || !Number.isFinite(value)) return [field.name, field.value];
      const within = Math.min(field.maximum, Math.max(field.minimum, value));
      return [field.name, field.kind === 'integer' ? Math.round(within) : within];
    }),
  );
}

/** What a batch of steps told. */
export interface StepBatch {
  readonly steps: readonly number[];
  /** How many steps there will be, where that is known. */
  readonly of: number | undefined;
  /** A value for each step and each declared curve, NaN where a step told none. */
  readonly curves: Readonly<Record<string, readonly number[]>>;
  readonly isDone: boolean;
  readonly wrong: Divergence | undefined;
}

/** A curve that went wrong, and the first tensor that is not finite, where one was found. */
export interface Divergence {
  readonly curve: string;
  readonly value: number;
  readonly step: number;
  /** What the curve began with. */
  readonly first: number;
  readonly place?: {
    readonly tensor: string;
    readonly entry: number;
    readonly position: number;
    readonly shape: readonly number[];
    readonly atStep: number;
  };
}

/** `after` is the step before the batch: steps only ever count up. Throws an `Unreadable`. */
export function readSteps(
  value: unknown,
  { names, after, most }: { readonly names: readonly string[]; readonly after: number; readonly most: number },
): StepBatch {
  const fields = fieldsOf(value, 'a batch of steps');
  const told = listOf(fields['steps'], { what: 'a batch of steps', most }).map((step) => fieldsOf(step, 'a step'));
  let before = after;
  const steps = told.map((step) => {
    const number = numberOf(step['step'], 'the number of a step');
    if (!Number.isSafeInteger(number) || number <= before) {
      throw new Unreadable(`the step after ${before} calls itself ${number}; steps are whole numbers that count up`);
    }
    before = number;
    return number;
  });
  const curveValues = told.map((step) => fieldsOf(step['curves'], `the curves of a step`));
  const stray = curveValues.flatMap((curves) => Object.keys(curves)).find((name) => !names.includes(name));
  if (stray !== undefined)
    throw new Unreadable(`a step has a value for “${stray.slice(0, 60)}”, which is no curve of this lab`);
  const curves = names.map((name): readonly [string, readonly number[]] => [
    name,
    curveValues.map((values) => (values[name] === undefined ? NaN : numberOf(values[name], `the curve ${name}`))),
  ]);
  const of = told.at(-1)?.['of'];
  return {
    steps,
    of: typeof of === 'number' && Number.isFinite(of) ? of : undefined,
    curves: Object.fromEntries(curves),
    isDone: fields['isDone'] === true,
    wrong: fields['wrong'] === undefined ? undefined : readDivergence(fields['wrong']),
  };
}

function readDivergence(value: unknown): Divergence {
  const fields = fieldsOf(value, 'a divergence');
  const told = (key: string): number => numberOf(fields[key], key);
  const curve = textOf(fields['curve'], { what: 'the curve', most: 60 });
  const common = { curve, value: told('value'), step: told('step'), first: told('first') };
  if (fields['tensor'] === undefined) return common;
  const shape = listOf(fields['shape'], { what: 'a shape', most: 16 }).map((length) => numberOf(length, 'a length'));
  const tensor = textOf(fields['tensor'], { what: 'the name of a tensor', most: 60 });
  return {
    ...common,
    place: { tensor, entry: told('entry'), position: told('position'), shape, atStep: told('atStep') },
  };
}
