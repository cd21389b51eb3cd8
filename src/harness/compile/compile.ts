/**
 * Turns TypeScript into a module that can be linked and run, or into one problem in the learner's words. Stubs,
 * solutions, mutants, checks and what learners write all pass through here, so what parses for one parses for all.
 */
import type { ExerciseId } from '../../course/course';
import type { CompileProblem } from '../report';
import { checkedTree } from './syntax';
import { describeModule } from './moduleFacts';
import type { ModuleImport } from './moduleFacts';
import type { Position, PositionMap } from './positions';

export type { ModuleImport } from './moduleFacts';

/** A module that compiled. Plain data. */
export interface CompiledModule {
  /** What other modules import it by. */
  readonly id: string;
  /** Whose file its positions lie in. */
  readonly exercise: ExerciseId;
  /** The name under which its frames appear in stack traces: `groundup:tensors/matmul`. */
  readonly filename: string;
  /** A CommonJS body, a function of `exports` and `require`. */
  readonly code: string;
  readonly map: PositionMap;
  readonly imports: readonly ModuleImport[];
  readonly exports: readonly string[];
  /** Where each exported name is declared. */
  readonly exportPlaces: Readonly<Record<string, Position>>;
  /** The parameters of each exported function, by name. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Exported functions that use `this`, or declare it: bare kernels. */
  readonly kernels: readonly string[];
}

export type CompileResult =
  { readonly ok: true; readonly module: CompiledModule } | { readonly ok: false; readonly problem: CompileProblem };

export interface CompileInput {
  readonly exercise: ExerciseId;
  readonly text: string;
  /** What other modules import it by: the exercise's id unless given (`./solution` when checks are linked). */
  readonly id?: string;
}

export function compileModule({ exercise, text, id = exercise }: CompileInput): CompileResult {
  const checked = checkedTree({ exercise, text });
  if (!checked.ok) {
    return checked;
  }
  const { code, map } = checked;
  return { ok: true, module: { id, exercise, filename: `groundup:${id}`, code, map, ...describeModule(checked) } };
}
