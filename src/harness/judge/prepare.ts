/**
 * Compiles and links what a submission consists of: the learner's program for their realm, the solution and the checks
 * for the judge's own. A mistake in the learner's text is a problem to show; one in the author's is the harness's fault.
 */
import * as authoring from '../../authoring';
import type { CheckSet } from '../../authoring';
import type { ExerciseId } from '../../course/course';
import * as tensorLibrary from '../../tensor';
import type { compileModule } from '../compile/compile';
import type { CompiledModule, CompileInput } from '../compile/compile';
import { linkProgram } from '../compile/link';
import { loadProgram } from '../compile/loader';
import type { LoadedProgram, LoadOptions, Program } from '../compile/loader';
import type { CompileProblem } from '../report';
import type { Submission } from '../submission';

/** Something is wrong with the exercise itself, or with the harness; never with the learner's code. */
export class HarnessProblem extends Error {}

export interface LearnerProgram {
  readonly program: Program;
  /** The learner's module. */
  readonly entry: CompiledModule;
  /** It and every earlier exercise that was compiled for it, by id. */
  readonly modules: readonly CompiledModule[];
  /** The text that each of them was compiled from, by id. */
  readonly texts: ReadonlyMap<string, string>;
}

export type LearnerResult =
  { readonly ok: true; readonly learner: LearnerProgram } | { readonly ok: false; readonly problem: CompileProblem };

const libraryNames = { tensor: Object.keys(tensorLibrary) };

/** How a text becomes a module: `compileModule`, or something that remembers what it has compiled. */
export type Compile = typeof compileModule;

/** The learner's module, what it imports, and what the checks call through `earlier`. */
export function prepareLearner(submission: Submission, compile: Compile): LearnerResult {
  const compiled = compile(submission.learner);
  if (!compiled.ok) return compiled;
  const entry = compiled.module;
  const calledByChecks = submission.earlier.filter(({ exercise }) => submission.checks.includes(exercise));
  const found = new Map<string, CompiledModule>();
  const texts = new Map<string, string>([[entry.id, submission.learner.text]]);
  const wanted = [
    ...entry.imports.map(({ specifier }) => specifier),
    ...calledByChecks.map(({ exercise }) => exercise),
  ];
  for (let id = wanted.shift(); id !== undefined; id = wanted.shift()) {
    const source = submission.earlier.find(({ exercise }) => exercise === id);
    if (source === undefined || found.has(id)) continue;
    const earlier = compile(source);
    if (!earlier.ok) {
      if (source.author === 'learner') return earlier;
      throw new HarnessProblem(`The reference solution of ${id} does not compile: ${inOneLine(earlier.problem)}`);
    }
    found.set(id, earlier.module);
    texts.set(id, source.text);
    wanted.push(...earlier.module.imports.map(({ specifier }) => specifier));
  }
  const modules = [...found.values()];
  const linked = linkProgram({ entry, modules, offers: submission.offers, builtins: libraryNames });
  if (!linked.ok) return linked;
  const program = [...linked.program.modules];
  for (const { exercise } of calledByChecks) {
    const module = found.get(exercise);
    if (module === undefined) continue;
    const extra = linkProgram({ entry: module, modules, builtins: libraryNames });
    if (!extra.ok) return extra;
    program.push(...extra.program.modules.filter(({ id }) => program.every((present) => present.id !== id)));
  }
  return {
    ok: true,
    learner: { program: { entry: entry.id, modules: program }, entry, modules: [entry, ...modules], texts },
  };
}

export interface AuthorProgram {
  readonly checks: CheckSet<unknown>;
  /** The solution's exports. */
  readonly reference: object;
  /** The exports of the reference solutions of earlier exercises that the author's files import or name, by id. */
  readonly earlier: Readonly<Record<string, object>>;
}

/** How the judge's own realm turns a module's text into a function. */
export type Evaluate = LoadOptions['evaluate'];

export interface AuthorPorts {
  readonly evaluate: Evaluate;
  readonly compile: Compile;
}

interface CompiledAuthor {
  readonly solution: CompiledModule;
  readonly checks: CompiledModule;
  /** The solution, and every reference that the author's files lead to. */
  readonly modules: readonly CompiledModule[];
  /** The references that the checks name. */
  readonly named: readonly CompiledModule[];
}

/** Throws a `HarnessProblem` where one of the author's files does not compile. */
export function compileAuthor(submission: Submission, compile: Compile): CompiledAuthor {
  const compileOwn = (source: CompileInput): CompiledModule => {
    const compiled = compile(source);
    if (compiled.ok) return compiled.module;
    const name = source.id ?? source.exercise;
    throw new HarnessProblem(`${name} of the course does not compile: ${inOneLine(compiled.problem)}`);
  };
  const { exercise } = submission.learner;
  const references = new Map(submission.references.map((source) => [source.exercise, source]));
  const solution = compileOwn({ exercise, text: submission.solution, id: './solution' });
  const checks = compileOwn({ exercise, text: submission.checks, id: './checks' });
  const found = new Map<string, CompiledModule>([[solution.id, solution]]);
  const named = submission.references.filter(({ exercise: id }) => submission.checks.includes(id));
  const wanted = [
    ...[...solution.imports, ...checks.imports].map(({ specifier }) => specifier),
    ...named.map(({ exercise: id }) => id),
  ];
  for (let id = wanted.shift(); id !== undefined; id = wanted.shift()) {
    const source = references.get(id as ExerciseId);
    if (source === undefined || found.has(id)) continue;
    const module = compileOwn(source);
    found.set(id, module);
    wanted.push(...module.imports.map(({ specifier }) => specifier));
  }
  return {
    solution,
    checks,
    modules: [...found.values()],
    named: named.flatMap(({ exercise: id }) => found.get(id) ?? []),
  };
}

/** Throws a `HarnessProblem` where the author's files do not compile, load, or hold checks. */
export function prepareAuthor(submission: Submission, { evaluate, compile }: AuthorPorts): AuthorProgram {
  const { solution, checks, modules, named } = compileAuthor(submission, compile);
  const { exercise } = submission.learner;
  const loadedSolution = loadOwn({ entry: solution, modules, evaluate });
  const loadedChecks = loadOwn({ entry: checks, modules, evaluate });
  const set = loadedChecks.entry['default'] ?? loadedChecks.entry['checks'];
  if (!isCheckSet(set)) {
    throw new HarnessProblem(
      `checks.ts of ${exercise} does not export checks: write \`export default defineChecks<…>({…})\`.`,
    );
  }
  // The very module that the solution imports, where it does: an instance of its classes must be one for both.
  const ofNamed = named.map(
    (entry) => [entry.id, loadedSolution.modules[entry.id] ?? loadOwn({ entry, modules, evaluate }).entry] as const,
  );
  return { checks: set, reference: loadedSolution.entry, earlier: Object.fromEntries(ofNamed) };
}

interface OwnProgram {
  readonly entry: CompiledModule;
  readonly modules: readonly CompiledModule[];
  readonly evaluate: Evaluate;
}

function loadOwn({ entry, modules, evaluate }: OwnProgram): LoadedProgram {
  const linked = linkProgram({ entry, modules, builtins: { ...libraryNames, authoring: Object.keys(authoring) } });
  if (!linked.ok) throw new HarnessProblem(`${entry.id} of the course cannot be linked: ${inOneLine(linked.problem)}`);
  try {
    return loadProgram(linked.program, { builtins: { tensor: tensorLibrary, authoring }, evaluate });
  } catch (error) {
    throw new HarnessProblem(`${entry.id} of the course throws while it loads: ${String(error)}`, { cause: error });
  }
}

function isCheckSet(value: unknown): value is CheckSet<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const checks: unknown[] = Object.values(value);
  return (
    checks.length > 0 &&
    checks.every(
      (check) => typeof check === 'object' && check !== null && 'run' in check && typeof check.run === 'function',
    )
  );
}

export function inOneLine({ message, place }: CompileProblem): string {
  return `${place.exercise}, line ${place.line}, column ${place.column}: ${message}`;
}
