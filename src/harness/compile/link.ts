/**
 * Resolves what modules import: `'tensor'` with the names an exercise offers, earlier exercises by id, and nothing else.
 * The product is plain data that the loader evaluates in either realm.
 */
import type { CompileProblem } from '../report';
import type { CompiledModule, ModuleImport } from './compile';
import type { Program, ProgramModule } from './loader';
import type { ImportedName } from './moduleFacts';

export interface LinkInput {
  readonly entry: CompiledModule;
  /** What may be imported by id. For checks: the compiled solution with the id `./solution`, and the references. */
  readonly modules: readonly CompiledModule[];
  /** The names that `'tensor'` offers to the entry; `undefined` means all. */
  readonly offers?: readonly string[] | undefined;
  /** The names that each built-in module has: `{ tensor: Object.keys(tensor) }`, with `authoring` for checks. */
  readonly builtins: Readonly<Record<string, readonly string[]>>;
}

export type LinkResult =
  { readonly ok: true; readonly program: Program } | { readonly ok: false; readonly problem: CompileProblem };

/** Ends the linking with a problem; it never leaves this file. */
class LinkProblem extends Error {
  readonly problem: CompileProblem;

  constructor(at: Pick<ImportedName, 'place' | 'sourceLine'>, message: string, hint?: string) {
    super(message);
    const { place, sourceLine } = at;
    this.problem = { message, place, sourceLine, ...(hint === undefined ? {} : { hint }) };
  }
}

export function linkProgram(input: LinkInput): LinkResult {
  try {
    return { ok: true, program: { entry: input.entry.id, modules: ordered(input) } };
  } catch (error) {
    if (error instanceof LinkProblem) {
      return { ok: false, problem: error.problem };
    }
    throw error;
  }
}

/** The entry and all it imports, each after what it imports itself. */
function ordered(input: LinkInput): readonly ProgramModule[] {
  const { entry, modules } = input;
  const placed = new Map<string, ProgramModule>();
  const visit = (module: CompiledModule, path: readonly string[]): void => {
    const requires = new Set<string>();
    for (const imported of module.imports) {
      requires.add(imported.specifier);
      const found = resolve(input, { module, imported });
      if (!found) {
        checkBuiltin(input, { module, imported });
        continue;
      }
      const circle = [...path, module.id];
      if (circle.includes(found.id)) {
        const chain = [...circle.slice(circle.indexOf(found.id)), found.id].map((id) => `'${id}'`).join(' imports ');
        throw new LinkProblem(
          imported,
          found.id === module.id
            ? `'${found.id}' is this very file: it cannot import itself.`
            : `These files import each other in a circle: ${chain}.`,
        );
      }
      for (const name of imported.names) {
        if (!found.exports.includes(name.name)) {
          throw new LinkProblem(
            name,
            `'${found.id}' does not export ${quoted(name.name)}.`,
            exportHint(name.name, found.exports),
          );
        }
      }
      if (!placed.has(found.id)) {
        visit(found, circle);
      }
    }
    const offers = module === entry ? input.offers : undefined;
    const { id, filename, code } = module;
    placed.set(id, { id, filename, code, requires: [...requires], ...(offers ? { offers: [...offers] } : {}) });
  };
  visit(entry, []);
  // Modules that the entry does not import are not part of the program.
  return [...placed.values()].filter(({ id }) => id === entry.id || modules.some((module) => module.id === id));
}

interface ImportSite {
  readonly module: CompiledModule;
  readonly imported: ModuleImport;
}

/** The module that is imported; `undefined` for a built-in one. */
function resolve(
  { entry, modules, builtins }: LinkInput,
  { module, imported }: ImportSite,
): CompiledModule | undefined {
  const { specifier } = imported;
  if (Object.hasOwn(builtins, specifier)) {
    return undefined;
  }
  const found = specifier === entry.id ? entry : modules.find(({ id }) => id === specifier);
  if (found) {
    return found;
  }
  const importable = [...Object.keys(builtins), ...modules.map(({ id }) => id)]
    .filter((id) => id !== module.id)
    .map((id) => `'${id}'`);
  const hint = `What can be imported here: ${importable.join(', ')}.`;
  if (/^\.{0,2}\//.test(specifier)) {
    throw new LinkProblem(
      imported,
      `'${specifier}' cannot be imported here: an earlier exercise is imported by its id, not by a path.`,
      hint,
    );
  }
  if (/^[a-z0-9-]+\/[a-z0-9-]+$/.test(specifier)) {
    throw new LinkProblem(
      imported,
      `'${specifier}' cannot be imported here: it is not an exercise that this one builds on.`,
      hint,
    );
  }
  throw new LinkProblem(
    imported,
    `'${specifier}' cannot be imported here: there is nothing but the course's own modules.`,
    hint,
  );
}

function checkBuiltin({ entry, offers, builtins }: LinkInput, { module, imported }: ImportSite): void {
  const all = builtins[imported.specifier] ?? [];
  const visible = module === entry && imported.specifier === 'tensor' && offers ? offers : all;
  for (const name of imported.names) {
    if (visible.includes(name.name) && all.includes(name.name)) {
      continue;
    }
    if (all.includes(name.name)) {
      const own = module.exports.includes(name.name) ? ': it is what you are to write' : '';
      const offered = visible.length === 0 ? 'Nothing is offered.' : `Offered: ${visible.join(', ')}.`;
      throw new LinkProblem(name, `\`${name.name}\` from 'tensor' is not offered in this exercise${own}. ${offered}`);
    }
    throw new LinkProblem(
      name,
      `'${imported.specifier}' has no ${quoted(name.name)}.`,
      builtinHint(name.name, visible),
    );
  }
}

function quoted(name: string): string {
  return name === 'default' ? 'default export' : `\`${name}\``;
}

function exportHint(name: string, exports: readonly string[]): string {
  return closest(name, exports) ?? (exports.length === 0 ? 'It exports nothing.' : `It exports ${exports.join(', ')}.`);
}

function builtinHint(name: string, visible: readonly string[]): string {
  return name === 'default'
    ? 'Name what you import: `import { … } from …`.'
    : (closest(name, visible) ?? `It has ${visible.join(', ')}.`);
}

/** "Did you mean …?" when a name lies at most two edits away. */
function closest(name: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= 2 && best.distance < name.length ? `Did you mean \`${best.candidate}\`?` : undefined;
}

/** The number of insertions, deletions and replacements that lead from `a` to `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
