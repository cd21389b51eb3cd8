/**
 * An exercise's `lab.ts` where the learner's code runs: it holds what the module declares, drives its generator in short
 * batches, and hands out views and answers. It judges nothing and believes nothing: what it tells is read strictly on the
 * other side. Whatever a learner breaks in here spoils their own run only.
 */
import { confusionMatrix, defineKernelRace, defineRun, shareRight } from '../../authoring/lab';
import type { KernelRace, LabDefinition, RacedLaunch, RunDefinition, RunStep } from '../../authoring/lab';
import { random } from '../../tensor';
import type { Tensor } from '../../tensor';
import type { Kernel } from '../../tensor/backends';
import { append, functionText, get, isFinite, ownKeys } from '../protocol/intrinsics';
import type { LabAction } from '../protocol/realmMessages';
import { launchKernel } from './launch';

/** What `'authoring'` offers to a `lab.ts`. */
export const labAuthoring = { defineRun, defineKernelRace, confusionMatrix, shareRight };

/** The only clock there is in the realm; taken before the learner's code could change it. */
const now = Date.now;

/** A curve that is this many times larger than it began, and than 1, has exploded. */
const explosion = 1e6;

type Exports = Readonly<Record<string, unknown>>;

export interface LabModules {
  /** The exports of `lab.ts`. */
  readonly lab: Exports;
  /** Those of the learner's module. */
  readonly learner: Exports;
}

/** The tensors of a step, as they were told. */
interface Told {
  readonly step: unknown;
  readonly tensors: Readonly<Record<string, Tensor>> | undefined;
}

export class Lab {
  private generator: Generator<RunStep, unknown> | undefined;
  private last: RunStep | undefined;
  private before: Told | undefined;
  private readonly firstValues: Record<string, number> = {};
  private hasDiverged = false;

  constructor(private readonly modules: LabModules) {}

  /** What crosses as the answer. Throws what the module throws. */
  perform(action: LabAction, given: readonly unknown[]): unknown {
    switch (action) {
      case 'describe':
        return this.describe();
      case 'begin':
        return this.begin(given);
      case 'steps':
        return this.steps(given[0] as number, given[1] as number);
      case 'views':
        return this.last?.views?.() ?? [];
      case 'answer':
        return this.answer(given[0] as string, given[1]);
      default:
        return action satisfies never;
    }
  }

  private describe(): unknown {
    const definition = this.definition();
    if (definition.kind === 'kernels') return { kind: 'kernels', kernels: this.kernels(definition) };
    const { title, settings, curves } = definition;
    const questions: Record<string, unknown> = {};
    const asked = definition.questions ?? {};
    const names = ownKeys(asked);
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] as string;
      const question = asked[name];
      if (question === undefined) continue;
      const { kind, title: words } = question;
      questions[name] =
        question.kind === 'text' ? { kind, title: words, value: question.value } : { kind, title: words };
    }
    return { kind: 'run', title, settings, curves, questions };
  }

  private kernels({ kernels }: KernelRace): unknown[] {
    const list: unknown[] = [];
    for (let index = 0; index < kernels.length; index += 1) {
      const raced = kernels[index];
      if (raced === undefined) continue;
      const { kernel, title, sizeLabel, sizes } = raced;
      const exported = get(this.modules.learner, kernel);
      if (typeof exported !== 'function') throw new Error('The exercise exports no kernel called ' + kernel + '.');
      const launches: unknown[] = [];
      for (let place = 0; place < sizes.length; place += 1) {
        const size = sizes[place] ?? 0;
        append(launches, { size, operations: raced.operations(size), ...raced.launch(size, random(size)) });
      }
      const source = functionText(exported);
      tryLaunch(exported as Kernel, { name: kernel, launch: launches[0] as RacedLaunch | undefined });
      append(list, { name: kernel, title, sizeLabel, source, launches });
    }
    return list;
  }

  private begin(given: readonly unknown[]): unknown {
    const settings = given[0] as Readonly<Record<string, number>>;
    const seed = given[1] as number;
    const sets = given[2] as Exports;
    const data = (name: string): never => {
      const set = get(sets, name);
      if (set === undefined) {
        throw new Error(
          'There is no data called ' + name + ' here: the lesson names what there is in its front matter.',
        );
      }
      return set as never;
    };
    this.generator = this.run().start({ settings, seed, data });
    return true;
  }

  /** Goes on for `milliseconds`, for at most `most` steps, or until a curve goes wrong. */
  private steps(milliseconds: number, most: number): unknown {
    const { generator } = this;
    if (generator === undefined) throw new Error('The run has not begun.');
    const steps: unknown[] = [];
    const until = now() + milliseconds;
    let isDone = false;
    let wrong: unknown;
    for (let count = 0; count < most; count += 1) {
      const next = generator.next();
      if (next.done === true) {
        isDone = true;
        break;
      }
      const { value } = next;
      this.last = value;
      append(steps, { step: value.step, of: value.of, curves: value.curves });
      wrong = this.divergenceAt(value);
      this.before = { step: value.step, tensors: value.tensors };
      if (wrong !== undefined || now() >= until) break;
    }
    return { steps, isDone, ...(wrong === undefined ? {} : { wrong }) };
  }

  private answer(name: string, input: unknown): unknown {
    const question = this.run().questions?.[name];
    if (question === undefined) throw new Error('There is no question called ' + name + '.');
    return (question.answer as (input: unknown) => unknown)(input);
  }

  /** The first curve that is not finite, or has exploded, and the first tensor that is to be suspected; told once. */
  private divergenceAt({ step, curves, tensors }: RunStep): unknown {
    if (this.hasDiverged) return undefined;
    const names = ownKeys(curves);
    for (let index = 0; index < names.length; index += 1) {
      const curve = names[index] as string;
      const value = curves[curve];
      if (typeof value !== 'number') continue;
      const first = (this.firstValues[curve] ??= value);
      const limit = explosion * Math.max(1, Math.abs(first));
      if (isFinite(value) && Math.abs(value) <= limit) continue;
      this.hasDiverged = true;
      // What went wrong in the step before shows in this step's loss.
      const place = placeIn(this.before) ?? placeIn({ step, tensors });
      return { curve, value, step, first, ...(place ?? {}) };
    }
    return undefined;
  }

  private run(): RunDefinition {
    const definition = this.definition();
    if (definition.kind !== 'run') throw new Error('This lab.ts declares no run.');
    return definition;
  }

  private definition(): LabDefinition {
    const definition = get(this.modules.lab, 'default') as LabDefinition | undefined;
    if (definition?.kind !== 'run' && definition?.kind !== 'kernels') {
      throw new Error('lab.ts should say export default defineRun({…}) or defineKernelRace([…]).');
    }
    return definition;
  }
}

/** The smallest launch, cell by cell and through GPU.js, so that a kernel which cannot run is said so before it races. */
function tryLaunch(
  kernel: Kernel,
  { name, launch }: { readonly name: string; readonly launch: RacedLaunch | undefined },
): void {
  if (launch === undefined) throw new Error('The kernel ' + name + ' is to be raced at no size.');
  const parameterNames: string[] = [];
  for (let index = 0; index < launch.arguments.length; index += 1) append(parameterNames, 'argument ' + (index + 1));
  const outcome = launchKernel(kernel, { ...launch, parameterNames });
  if ('sentence' in outcome)
    throw new Error('The kernel ' + name + ' does not launch at its smallest size. ' + outcome.sentence);
}

/** The first entry of the step's tensors that is not finite. */
function placeIn(told: Told | undefined): object | undefined {
  const { tensors = {}, step } = told ?? {};
  const names = ownKeys(tensors);
  for (let index = 0; index < names.length; index += 1) {
    const tensor = names[index] as string;
    const values = valuesOf(tensors[tensor]);
    for (let position = 0; position < values.length; position += 1) {
      const entry = values[position] ?? NaN;
      if (!isFinite(entry)) return { tensor, position, entry, shape: tensors[tensor]?.shape, atStep: step };
    }
  }
  return undefined;
}

/** None where the step that told of it has freed it since. */
function valuesOf(tensor: Tensor | undefined): ArrayLike<number> {
  try {
    return tensor?.data ?? [];
  } catch {
    return [];
  }
}
