/**
 * Compiles and links what a lab consists of: the author's `lab.ts`, the learner's module, and the earlier exercises that
 * either imports, the learner's own where they have passed. All of it runs in the learner's realm.
 */
import type { ExerciseId } from '../../course/course';
import * as tensorLibrary from '../../tensor';
import type { CompiledModule } from '../compile/compile';
import { linkProgram } from '../compile/link';
import type { Program } from '../compile/loader';
import type { Compile } from '../judge/prepare';
import { HarnessProblem, inOneLine } from '../judge/prepare';
import { labAuthoring } from '../realm/lab';
import type { CompileProblem } from '../report';
import type { LabJob } from './runHost';

export interface LabProgram {
  readonly program: Program;
  /** The learner's module. */
  readonly learner: CompiledModule;
  /** It and the earlier exercises, but not `lab.ts`: the modules whose lines may be a learner's. */
  readonly modules: readonly CompiledModule[];
  readonly earlier: readonly { readonly exercise: ExerciseId; readonly author: 'learner' | 'reference' }[];
}

export type LabProgramResult =
  { readonly ok: true; readonly lab: LabProgram } | { readonly ok: false; readonly problem: CompileProblem };

const builtins = { tensor: Object.keys(tensorLibrary), authoring: Object.keys(labAuthoring) };

/** A mistake in the learner's text is a problem to show; one in the author's throws a `HarnessProblem`. */
export function prepareLab({ lab, learner, earlier }: LabJob, compile: Compile): LabProgramResult {
  const { exercise } = learner;
  const entry = compile({ exercise, text: lab, id: './lab' });
  if (!entry.ok) throw new HarnessProblem(`lab.ts does not compile: ${inOneLine(entry.problem)}`);
  const found = new Map<string, CompiledModule>();
  // The learner's module is part of every lab, whether lab.ts imports it or only names its kernels.
  const wanted: string[] = [exercise, ...entry.module.imports.map(({ specifier }) => specifier)];
  for (let id = wanted.shift(); id !== undefined; id = wanted.shift()) {
    const source = id === exercise ? learner : earlier.find((candidate) => candidate.exercise === id);
    if (source === undefined || found.has(id)) continue;
    const compiled = compile(source);
    if (!compiled.ok) return compiled;
    found.set(id, compiled.module);
    wanted.push(...compiled.module.imports.map(({ specifier }) => specifier));
  }
  const modules = [...found.values()];
  const own = found.get(exercise);
  if (own === undefined) throw new HarnessProblem(`${exercise} is missing from its own lab`);
  const linked = linkProgram({ entry: entry.module, modules, builtins });
  if (!linked.ok) throw new HarnessProblem(`lab.ts cannot be linked: ${inOneLine(linked.problem)}`);
  const present = linked.program.modules;
  const extra = present.some(({ id }) => id === exercise) ? undefined : linkProgram({ entry: own, modules, builtins });
  if (extra?.ok === false) return extra;
  const more = (extra?.program.modules ?? []).filter(({ id }) => present.every((module) => module.id !== id));
  return {
    ok: true,
    lab: {
      // Before lab.ts, which comes last.
      program: { entry: entry.module.id, modules: [...more, ...present] },
      learner: own,
      modules,
      earlier: earlier
        .filter(({ exercise: id }) => found.has(id))
        .map(({ exercise: id, author }) => ({ exercise: id, author })),
    },
  };
}
