/**
 * Runs a linked program: evaluates its modules in order and hands each one its imports, and nothing else. It needs no
 * Node and no DOM, so the same lines run in the judge and inside the learner's bare context.
 */

/** One CommonJS body: a function of `exports` and `require`. */
export interface ProgramModule {
  readonly id: string;
  /** The name under which its frames appear in stack traces. */
  readonly filename: string;
  readonly code: string;
  /** The ids and built-in modules that it may require. */
  readonly requires: readonly string[];
  /** The names of `'tensor'` that this module sees; `undefined` means all. */
  readonly offers?: readonly string[];
}

/** Plain data; modules stand after everything they import. */
export interface Program {
  readonly entry: string;
  readonly modules: readonly ProgramModule[];
}

export type ModuleExports = Record<string, unknown>;
export type Require = (specifier: string) => object;
export type ModuleBody = (exports: ModuleExports, require: Require) => void;

export interface LoadOptions {
  /** `tensor`, and `authoring` where checks run. */
  readonly builtins: Readonly<Record<string, object>>;
  /**
   * Turns the code of a module into a function with the parameters `exports, require`. The first line of `code` must stay
   * the first line, at its own column, or positions in it are off.
   */
  readonly evaluate: (code: string, filename: string) => ModuleBody;
}

/** What a loaded program exports: the entry's exports, and those of every module by id. */
export interface LoadedProgram {
  readonly entry: ModuleExports;
  readonly modules: Readonly<Record<string, ModuleExports>>;
}

// Captured before any learner's code runs: a program that overwrites them changes nothing here.
const { create, defineProperty, freeze, keys } = Object;

/** The members of `module` named in `offers` (all of them when undefined), in a frozen object. */
function offered(module: object, offers: readonly string[] | undefined): object {
  const source = module as ModuleExports;
  const result = create(null) as ModuleExports;
  const names = offers ?? keys(source);
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    if (name !== undefined && name in source) {
      result[name] = source[name];
    }
  }
  // Tells the compiled code that this is a module already, so that `import * as t` is this very object.
  defineProperty(result, '__esModule', { value: true });
  return freeze(result);
}

/** Evaluates `program`. Throws what a module throws while it loads. */
export function loadProgram(program: Program, { builtins, evaluate }: LoadOptions): LoadedProgram {
  const loaded = create(null) as Record<string, ModuleExports>;
  const available = create(null) as Record<string, object>;
  for (const name of keys(builtins)) {
    available[name] = offered(builtins[name] ?? {}, undefined);
  }
  // By index, not `for…of`: an earlier module may have replaced the array iterator of its realm.
  for (let index = 0; index < program.modules.length; index++) {
    const module = program.modules[index];
    if (!module) {
      continue;
    }
    const visible = create(null) as Record<string, object>;
    for (let position = 0; position < module.requires.length; position++) {
      const name = module.requires[position] ?? '';
      const builtin = available[name];
      const found = name === 'tensor' && module.offers ? offered(builtins['tensor'] ?? {}, module.offers) : builtin;
      const target = loaded[name] ?? found;
      if (target) {
        visible[name] = target;
      }
    }
    const require: Require = (specifier) => {
      const found = visible[specifier];
      if (!found) {
        throw new Error(
          `'${specifier}' cannot be imported here: write \`import { … } from …\` at the top of the file.`,
        );
      }
      return found;
    };
    const exports: ModuleExports = {};
    evaluate(module.code, module.filename)(exports, require);
    loaded[module.id] = exports;
  }
  return { entry: loaded[program.entry] ?? {}, modules: loaded };
}
