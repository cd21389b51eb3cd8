/** Wrong solutions that a learner really writes, each with the check that must catch it. */

export interface Mutant {
  /** What went wrong, as one would say it: `forgets the transpose`. */
  readonly name: string;
  /** The sentence of the check that must fail. Others may fail too. */
  readonly caughtBy: string;
  /**
   * Edits of `solution.ts`: each `find` must occur in it exactly once. An exercise whose mistake needs another shape of
   * program gives the whole `source` instead.
   */
  readonly edits?: readonly { readonly find: string; readonly replace: string }[];
  readonly source?: string;
}

export function defineMutants(mutants: readonly Mutant[]): readonly Mutant[] {
  return mutants;
}
