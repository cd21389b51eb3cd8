/**
 * Reads an exercise's `mutants.ts` and makes the wrong solutions of it. The file is the author's own code: it is
 * evaluated where the author check runs, never in the editor.
 */
import { z } from 'zod';
import type { ExerciseId } from '../course/course';
import { compileModule } from '../harness/compile/compile';
import { linkProgram } from '../harness/compile/link';
import type { LoadOptions } from '../harness/compile/loader';
import { loadProgram } from '../harness/compile/loader';

/** How whoever runs the author check turns a module's text into a function. */
export type Evaluate = LoadOptions['evaluate'];

const mutantSchema = z
  .strictObject({
    name: z.string().min(1),
    caughtBy: z.string().min(1),
    edits: z
      .array(z.strictObject({ find: z.string().min(1), replace: z.string() }))
      .min(1)
      .optional(),
    source: z.string().min(1).optional(),
  })
  .refine(({ edits, source }) => (edits === undefined) !== (source === undefined), {
    message: 'needs either edits or source, and not both',
  });

const equivalentSchema = z.strictObject({
  at: z.string().min(1),
  from: z.string().min(1),
  to: z.string(),
  because: z.string().trim().min(10, 'because should say in a sentence why nothing changes'),
});

export type ReadMutant = z.infer<typeof mutantSchema>;
export type ReadEquivalent = z.infer<typeof equivalentSchema>;

/** What could be read of a `mutants.ts`, or a sentence on why nothing could. */
export type MutantsResult =
  | {
      readonly ok: true;
      readonly mutants: readonly ReadMutant[];
      /** Automatic mutants that the author says are none. */
      readonly equivalent: readonly ReadEquivalent[];
    }
  | { readonly ok: false; readonly message: string; readonly line: number };

export function readMutants(text: string, exercise: ExerciseId, evaluate: Evaluate): MutantsResult {
  const itself = (given: unknown): unknown => given;
  const authoring = { defineMutants: itself, defineEquivalent: itself };
  const compiled = compileModule({ exercise, text, id: './mutants' });
  if (!compiled.ok) {
    return {
      ok: false,
      message: `It does not compile: ${compiled.problem.message}`,
      line: compiled.problem.place.line,
    };
  }
  const linked = linkProgram({ entry: compiled.module, modules: [], builtins: { authoring: Object.keys(authoring) } });
  if (!linked.ok) {
    return { ok: false, message: linked.problem.message, line: linked.problem.place.line };
  }
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = loadProgram(linked.program, { builtins: { authoring }, evaluate }).entry;
  } catch (error) {
    return { ok: false, message: `It throws while it loads: ${String(error)}.`, line: 1 };
  }
  const result = z.array(mutantSchema).safeParse(exported['default'] ?? exported['mutants']);
  if (!result.success) {
    const words = result.error.issues.map(
      ({ path, message }) => `${path.length > 0 ? `mutant ${path.join('.')}: ` : ''}${message}`,
    );
    return { ok: false, message: `It should export default defineMutants([…]): ${words.join('; ')}.`, line: 1 };
  }
  const equivalent = z.array(equivalentSchema).safeParse(exported['equivalent'] ?? []);
  if (!equivalent.success) {
    const words = equivalent.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    const message = `equivalent should be defineEquivalent([{ at, from, to, because }, …]): ${words.join('; ')}.`;
    return { ok: false, message, line: 1 };
  }
  return { ok: true, mutants: result.data, equivalent: equivalent.data };
}

/** Whether an entry of `equivalent` means that automatic mutant. Twins on one line share an entry. */
export function isSame(mutant: Omit<ReadEquivalent, 'because'>, { at, from, to }: ReadEquivalent): boolean {
  return mutant.at === at && mutant.from === from && mutant.to === to;
}

export type MutantText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** The wrong solution that `mutant` makes of `solution`. */
export function applyMutant(mutant: ReadMutant, solution: string): MutantText {
  if (mutant.source !== undefined) {
    return { ok: true, text: mutant.source };
  }
  const places: { readonly start: number; readonly end: number; readonly replace: string }[] = [];
  for (const { find, replace } of mutant.edits ?? []) {
    const count = solution.split(find).length - 1;
    if (count !== 1) {
      const mend =
        count === 0 ? 'Copy the text from solution.ts as it stands now.' : 'Take in more of the text around it.';
      return { ok: false, message: `solution.ts has ${JSON.stringify(find)} ${times(count)}, not once. ${mend}` };
    }
    if (find === replace) {
      return {
        ok: false,
        message: `the edit of ${JSON.stringify(find)} changes nothing. Replace it by something wrong.`,
      };
    }
    const start = solution.indexOf(find);
    places.push({ start, end: start + find.length, replace });
  }
  places.sort((a, b) => a.start - b.start);
  let text = '';
  let end = 0;
  for (const place of places) {
    if (place.start < end) {
      return { ok: false, message: 'two of its edits overlap. Make them one.' };
    }
    text += solution.slice(end, place.start) + place.replace;
    end = place.end;
  }
  return { ok: true, text: text + solution.slice(end) };
}

function times(count: number): string {
  return count === 0 ? 'nowhere' : `${count} times`;
}
